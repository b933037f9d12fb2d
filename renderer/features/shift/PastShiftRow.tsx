import { useTranslation } from 'react-i18next';
import type { ClosedShiftView } from '../../../shared/contract/shift.ts';
import { formatTime } from '../../../shared/domain/calendar.ts';
import { connection } from '../../stores/connection.ts';
import { moneyText } from '../../ui/Money.tsx';
import { formatMoment } from '../../ui/problem-text.ts';
import styles from './PastShifts.module.css';

/** One closed shift: which drawer, whose, from when to when, and what was missing or too much. */
export function PastShiftRow({ shift }: { shift: ClosedShiftView }) {
  const { t } = useTranslation();
  const { differenceRupiah: difference, openedAt, closedAt } = shift;
  const offset = connection((state) => state.offsetMinutes);
  const name = difference === 0 ? 'exact' : difference > 0 ? 'over' : 'short';
  const from = formatMoment(openedAt, offset);
  const isSameDay = formatMoment(closedAt, offset).slice(0, 10) === from.slice(0, 10);
  const to = isSameDay ? formatTime(closedAt, offset) : formatMoment(closedAt, offset);
  return (
    <div className={styles.row}>
      <strong className={styles.name}>
        {shift.drawerCode} · {shift.username}
      </strong>
      <span className={styles.difference} data-short={difference < 0 || undefined}>
        {t(`close.${name}`, { amount: moneyText(Math.abs(difference)) })}
      </span>
      <span className={styles.detail}>
        {shift.number} · {t('past.span', { from, to })}
      </span>
    </div>
  );
}
