import { useTranslation } from 'react-i18next';
import { moneyText } from '../../ui/Money.tsx';
import styles from './Pay.module.css';
import type { Payment } from './payment.ts';

/** What is to pay, and what comes back: the two figures a cashier looks at. */
export function Figures(props: {
  payment: Payment;
  totalRupiah: number;
  hasParts: boolean;
  /** A QRIS payment has to be seen yet. */
  isAwaited: boolean;
}) {
  const { t } = useTranslation();
  const { payment, totalRupiah, hasParts, isAwaited } = props;
  if (payment.state === 'over') {
    return (
      <div className={styles.payTop}>
        <Figure name={t('till.total')} amount={totalRupiah} />
        <div className={`${styles.figure} ${styles.short}`} role="status">
          <span>{t('pay.over')}</span>
          <b>{moneyText(payment.excessRupiah)}</b>
        </div>
      </div>
    );
  }
  if (payment.state === 'paid') {
    return (
      <div className={styles.payTop}>
        <Figure name={t('till.total')} amount={totalRupiah} />
        <div className={`${styles.figure} ${isAwaited ? '' : styles.paid}`} role="status">
          <span>{t(isAwaited ? 'tender.qris' : 'pay.paid')}</span>
          <b className={isAwaited ? styles.awaited : undefined}>
            {t(isAwaited ? 'pay.waitingQris' : 'pay.paidAll')}
          </b>
        </div>
      </div>
    );
  }
  const { cashDueRupiah, leftRupiah, changeRupiah, tenderedRupiah } = payment;
  const missing = tenderedRupiah === undefined ? undefined : cashDueRupiah - tenderedRupiah;
  return (
    <div className={styles.payTop}>
      <div className={styles.figure}>
        <span>{t(hasParts ? 'pay.dueCash' : 'pay.due')}</span>
        <b data-testid="cash-due">{moneyText(cashDueRupiah)}</b>
        <small>
          {[
            cashDueRupiah !== leftRupiah && t('pay.rounded', { total: moneyText(leftRupiah) }),
            hasParts && t('pay.ofTotal', { total: moneyText(totalRupiah) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      {changeRupiah === undefined ? (
        <div className={`${styles.figure} ${styles.short}`} role="status">
          <span>{t('pay.short')}</span>
          <b>{missing === undefined ? '–' : moneyText(missing)}</b>
        </div>
      ) : (
        <div className={`${styles.figure} ${styles.give}`} role="status">
          <span>{t('till.change')}</span>
          <b>{moneyText(changeRupiah)}</b>
        </div>
      )}
    </div>
  );
}

function Figure({ name, amount }: { name: string; amount: number }) {
  return (
    <div className={styles.figure}>
      <span>{name}</span>
      <b>{moneyText(amount)}</b>
    </div>
  );
}
