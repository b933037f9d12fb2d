import { IconBasket, IconMinus, IconPlus, IconTrash } from '@tabler/icons-react';
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatQty, ONE, qty } from '../../../shared/domain/quantity.ts';
import { type BasketLine, basket, lineKey, lineRupiah } from '../../stores/basket.ts';
import { till } from '../../stores/till.ts';
import { Empty } from '../../ui/Empty.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { SaleDone } from './SaleDone.tsx';
import styles from './Till.module.css';

/** The lines, the chosen one highlighted; between two buyers the change to hand back. */
export function Cart({ onQty }: { onQty: () => void }) {
  const { t } = useTranslation();
  const { lines, selected } = basket();
  const lastSale = till((state) => state.lastSale);
  const chosen = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen line is kept in sight whenever it changes
  useEffect(() => {
    // Newer Chromium answers with a promise, which must not become the effect's clean-up.
    void chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [selected, lines]);

  if (lines.length === 0) {
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
  return (
    <div className={styles.cart}>
      <ol className={styles.lines} aria-label={t('till.cart')} data-testid="cart">
        {lines.map((line, index) => (
          <CartLine
            key={lineKey(line)}
            line={line}
            index={index}
            isChosen={index === selected}
            onQty={onQty}
            itemRef={index === selected ? chosen : undefined}
          />
        ))}
      </ol>
    </div>
  );
}

const CartLine = memo(function CartLine(props: {
  line: BasketLine;
  index: number;
  isChosen: boolean;
  onQty: () => void;
  itemRef?: React.Ref<HTMLLIElement>;
}) {
  const { t } = useTranslation();
  const { line, index, isChosen } = props;
  const { setQty, remove, select } = basket.getState();
  const count = `${formatQty(qty(line.qty))} ${line.unit}`;
  return (
    <li className={styles.line} aria-current={isChosen} ref={props.itemRef}>
      <span className={styles.index}>{index + 1}</span>
      <button type="button" tabIndex={-1} className={styles.pick} onClick={() => select(index)}>
        <span className={styles.name}>{line.name}</span>
        <span className={styles.detail}>
          {count} × {moneyText(line.priceRupiah)} · {line.vendorCode}
        </span>
      </button>
      <span className={styles.quantity}>
        {isChosen && (
          <>
            <button type="button" tabIndex={-1} aria-label={t('till.remove')} onClick={() => remove(index)}>
              <IconTrash size={20} aria-hidden />
            </button>
            <button
              type="button"
              tabIndex={-1}
              aria-label={t('till.less')}
              onClick={() => line.qty > ONE && setQty(index, line.qty - ONE)}
            >
              <IconMinus size={20} aria-hidden />
            </button>
          </>
        )}
        {isChosen ? (
          <button
            type="button"
            tabIndex={-1}
            className={styles.count}
            aria-label={t('till.setQty', { quantity: formatQty(qty(line.qty)) })}
            onClick={props.onQty}
          >
            {formatQty(qty(line.qty))}
          </button>
        ) : (
          <span className={styles.count}>{formatQty(qty(line.qty))}</span>
        )}
        {isChosen && (
          <button
            type="button"
            tabIndex={-1}
            aria-label={t('till.more')}
            onClick={() => setQty(index, line.qty + ONE)}
          >
            <IconPlus size={20} aria-hidden />
          </button>
        )}
      </span>
      <span className={styles.amount}>{moneyText(lineRupiah(line))}</span>
    </li>
  );
});
