import { useTranslation } from 'react-i18next';
import { moneyText } from '../../ui/Money.tsx';
import type { BackNow } from './coming-back.ts';
import styles from './Refund.module.css';

/** What the buyer gets: in cash now, and what stays owed because it was not paid in cash. */
export function RefundFigures({ net, back }: { net: number; back: BackNow | undefined }) {
  const { t } = useTranslation();
  const rounded = back !== undefined && back.cash + back.owed !== net;
  return (
    <div className={styles.figures} role="status">
      <span>{t(back ? 'refund.cashNow' : 'refund.worth')}</span>
      <b data-testid="refund-cash">{moneyText(back ? back.cash : net)}</b>
      {rounded && <small>{t('refund.rounded', { net: moneyText(net) })}</small>}
      {back !== undefined && back.owed > 0 && (
        <small>{t('refund.owed', { amount: moneyText(back.owed) })}</small>
      )}
      {back === undefined && net > 0 && <small>{t('refund.splitLater')}</small>}
    </div>
  );
}
