import { useTranslation } from 'react-i18next';
import { moneyText } from '../../ui/Money.tsx';
import type { BackNow } from './coming-back.ts';
import styles from './Refund.module.css';

/** What the buyer gets: in cash now, and what stays owed because it was not paid in cash. */
export function RefundFigures({ net, back }: { net: number; back: BackNow | undefined }) {
  const { t } = useTranslation();
  const cash = back?.cash ?? 0;
  const owed = back?.owed ?? 0;
  const rounding = back ? net - cash - owed : 0;
  return (
    <div className={styles.figures} role="status">
      <span>{t(back ? 'refund.cashNow' : 'refund.worth')}</span>
      <b data-testid="refund-cash">{moneyText(back ? cash : net)}</b>
      {back && cash !== net && <Row label={t('refund.worth')} amount={net} />}
      {owed > 0 && <Row label={t('refund.owed')} amount={owed} />}
      {rounding !== 0 && <Row label={t('sales.rounding')} amount={rounding} />}
      {!back && net > 0 && <small>{t('refund.splitLater')}</small>}
    </div>
  );
}

function Row({ label, amount }: { label: string; amount: number }) {
  return (
    <small>
      <span>{label}</span>
      <span>{moneyText(amount)}</span>
    </small>
  );
}
