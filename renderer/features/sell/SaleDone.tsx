import { useTranslation } from 'react-i18next';
import type { LastSale } from '../../stores/till.ts';
import { moneyText } from '../../ui/Money.tsx';
import styles from './Till.module.css';

/** The change, huge, until the next scan. */
export function SaleDone({ sale }: { sale: LastSale }) {
  const { t } = useTranslation();
  const exact = sale.changeRupiah === 0;
  return (
    <div className={styles.done} role="status">
      <h2>{t(exact ? 'till.exactTitle' : 'till.change')}</h2>
      <span className={exact ? `${styles.change} ${styles.exact}` : styles.change} data-testid="change">
        {exact ? t('till.exact') : moneyText(sale.changeRupiah)}
      </span>
      <dl className={styles.facts}>
        <div>
          <dt>{t('till.receipt')}</dt>
          <dd data-testid="receipt-number">{sale.number}</dd>
        </div>
        <div>
          <dt>{t('till.cashDue')}</dt>
          <dd>{moneyText(sale.cashDueRupiah)}</dd>
        </div>
        <div>
          <dt>{t('till.tendered')}</dt>
          <dd>{moneyText(sale.tenderedRupiah)}</dd>
        </div>
      </dl>
      {sale.oversold > 0 && <p>{t('till.oversold', { count: sale.oversold })}</p>}
      <p className={styles.next}>{t('till.nextScan')}</p>
    </div>
  );
}
