import { useTranslation } from 'react-i18next';
import type { SaleSummary } from '../../../shared/contract/sale.ts';
import { formatTime } from '../../../shared/domain/calendar.ts';
import { connection } from '../../stores/connection.ts';
import { moneyText } from '../../ui/Money.tsx';
import styles from './Receipts.module.css';

/** A receipt in a list: number and total large, when and by whom below, and in words what came back of it. */
export function ReceiptRow({ sale }: { sale: SaleSummary }) {
  const { t } = useTranslation();
  const offset = connection((state) => state.offsetMinutes);
  return (
    <div className={styles.row}>
      <strong>{sale.number}</strong>
      <strong className={styles.amount}>{moneyText(sale.totalRupiah)}</strong>
      <span className={styles.detail}>
        {formatTime(sale.at, offset)} · {sale.cashier} · {t('ticket.lines', { count: sale.lines })}
      </span>
      <span className={styles.detail}>
        <BackState back={sale.back} />
      </span>
    </div>
  );
}

/** What came back of a receipt, in words; nothing where nothing did. */
export function BackState({ back }: { back: SaleSummary['back'] }) {
  const { t } = useTranslation();
  if (!back || back === 'none') return null;
  return (
    <span className={styles.back} data-back={back}>
      {t(`sales.back.${back}`)}
    </span>
  );
}
