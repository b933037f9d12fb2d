import { IconAlarm } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type ShiftView, shiftCurrent } from '../../../shared/contract/shift.ts';
import { formatTime } from '../../../shared/domain/calendar.ts';
import chrome from '../../app/Shell.module.css';
import { useQuery } from '../../engine/use-query.ts';
import { connection } from '../../stores/connection.ts';
import { navigation } from '../../stores/navigation.ts';
import { lastMoment, shiftAge } from './shift-age.ts';

/** The own drawer in the header: which, since when, how many sales; loud before it stops selling. */
export function ShiftFact({ now }: { now: number }) {
  const { t } = useTranslation();
  const { value } = useQuery(shiftCurrent, {}, ['shift', 'sales']);
  if (!value) return null;
  if (!value.shift) return <span className={chrome.fact}>{t('shell.noShift')}</span>;
  return <OpenShiftFact shift={value.shift} now={now} />;
}

function OpenShiftFact({ shift, now }: { shift: ShiftView; now: number }) {
  const { t } = useTranslation();
  const offset = connection((state) => state.offsetMinutes);
  const age = shiftAge(shift.openedAt, now);
  const since = t('shell.since', { time: formatTime(shift.openedAt, offset) });
  const sales = t('shell.sales', { count: shift.sales });
  if (age === 'fine') {
    return (
      <span className={`${chrome.fact} ${chrome.figures}`} title={`${since} · ${sales}`}>
        <span>
          {t('shell.shift')} <strong>{shift.drawerCode}</strong>
        </span>
        <span>{since}</span>
        <span>{sales}</span>
      </span>
    );
  }
  const time = formatTime(lastMoment(shift.openedAt), offset);
  // In the place of the quiet words: until when there is time matters more now than since when.
  return (
    <button
      type="button"
      className={`${chrome.chip} ${chrome.alarm} ${chrome.giving}`}
      title={`${since} · ${sales}`}
      onClick={() => navigation.getState().go({ section: 'close' })}
    >
      <IconAlarm size={18} aria-hidden />
      <span>
        {shift.drawerCode} · {age === 'over' ? t('shell.closeNow') : t('shell.closeBefore', { time })}
      </span>
    </button>
  );
}
