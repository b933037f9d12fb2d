import { IconBasket } from '@tabler/icons-react';
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { basket, isGoods, lineKey } from '../../stores/basket.ts';
import { till } from '../../stores/till.ts';
import { Empty } from '../../ui/Empty.tsx';
import { CartLine } from './CartLine.tsx';
import { oversold } from './line-actions.ts';
import { SaleDone } from './SaleDone.tsx';
import styles from './Till.module.css';

/** The lines, the chosen one highlighted; between two buyers the change to hand back. */
export const Cart = memo(function Cart({ onQty }: { onQty: () => void }) {
  const { t } = useTranslation();
  const lines = basket((state) => state.lines);
  const selected = basket((state) => state.selected);
  const lastSale = till((state) => state.lastSale);
  const chosen = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen line is kept in sight whenever it changes
  useEffect(() => {
    // Newer Chromium answers with a promise, which must not become the effect's clean-up.
    void chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [selected, lines]);
  const isEmpty = lines.length === 0;
  useEffect(() => {
    // However the basket was filled: the buyer before has gone.
    if (!isEmpty) till.getState().forgetLast();
  }, [isEmpty]);

  if (isEmpty) {
    return (
      <div className={styles.cart}>
        {lastSale ? (
          <SaleDone sale={lastSale} />
        ) : (
          <Empty icon={<IconBasket size={56} stroke={1.3} />} title={t('till.emptyTitle')}>
            <p>{t('till.emptyText')}</p>
          </Empty>
        )}
      </div>
    );
  }
  const short = oversold(lines);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.cart} aria-label={t('till.cart')} tabIndex={0}>
      <ol className={styles.lines} data-testid="cart">
        {lines.map((line, index) => (
          <CartLine
            key={lineKey(line)}
            line={line}
            index={index}
            isChosen={index === selected}
            bookQty={isGoods(line) ? short.get(line.product) : undefined}
            onQty={onQty}
            itemRef={index === selected ? chosen : undefined}
          />
        ))}
      </ol>
    </section>
  );
});
