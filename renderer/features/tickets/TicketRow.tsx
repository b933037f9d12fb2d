import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../shared/contract/sale.ts';
import { businessDayAt, formatTime } from '../../../shared/domain/calendar.ts';
import { connection } from '../../stores/connection.ts';
import { moneyText } from '../../ui/Money.tsx';
import { formatMoment } from '../../ui/problem-text.ts';
import styles from './Tickets.module.css';

/** A ticket in the list: whose it is, what it comes to, how far it is, since when. */
export function TicketRow({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const offset = connection((state) => state.offsetMinutes);
  return (
    <div className={styles.row}>
      <strong className={styles.name}>{ticket.name ?? ticket.code}</strong>
      <strong className={styles.amount}>{moneyText(ticket.amountRupiah)}</strong>
      <span className={styles.detail}>
        {ticket.name && `${ticket.code} · `}
        {t('ticket.lines', { count: ticket.lines })} · {ticket.by} · {when(ticket.at, offset)}
      </span>
      {ticket.state !== 'held' && (
        <span className={styles.state} data-state={ticket.state}>
          {t(`tickets.state.${ticket.state}`)}
        </span>
      )}
    </div>
  );
}

/** The time alone says enough of what was parked today. */
function when(at: number, offset: number): string {
  const isToday = businessDayAt(at, offset) === businessDayAt(Date.now(), offset);
  return isToday ? formatTime(at, offset) : formatMoment(at, offset);
}
