import { useTranslation } from 'react-i18next';
import { formatQty, qty } from '../../../shared/domain/quantity.ts';
import { lineKey, lineRupiah, saleDiscountRupiah, totalRupiah } from '../../stores/basket.ts';
import { moneyText } from '../../ui/Money.tsx';
import { recalled } from './recalled.ts';
import styles from './Tickets.module.css';
import type { OpenTicket } from './use-recall.ts';

/** What the chosen ticket holds, at the prices it would be sold for now. */
export function TicketBasket({ open }: { open: OpenTicket | undefined }) {
  const { t } = useTranslation();
  if (!open) return <div className={styles.basket} aria-busy />;
  const { content } = recalled(open.basket, open.products);
  const off = saleDiscountRupiah(content);
  return (
    <section className={styles.basket} aria-label={t('tickets.basket')}>
      <ul className={styles.lines}>
        {content.lines.map((line) => (
          <li key={lineKey(line)}>
            <span className={styles.name}>{line.name}</span>
            <span className={styles.detail}>
              {formatQty(qty(line.qty))} {line.unit} × {moneyText(line.priceRupiah)}
            </span>
            <span className={styles.amount}>{moneyText(lineRupiah(line))}</span>
          </li>
        ))}
      </ul>
      {off > 0 && (
        <p className={styles.sum}>
          <span>{t('tickets.discount')}</span>
          <span>{moneyText(-off)}</span>
        </p>
      )}
      {content.visit && (
        <p className={styles.sum}>
          <span>{t('tickets.visit')}</span>
          <span>{content.visit}</span>
        </p>
      )}
      <p className={styles.total}>
        <span>{t('till.total')}</span>
        <b>{moneyText(totalRupiah(content))}</b>
      </p>
    </section>
  );
}
