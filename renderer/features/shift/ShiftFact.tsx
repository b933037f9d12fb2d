import { IconAlarm } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type ShiftView, shiftCurrent } from '../../../shared/contract/shift.ts';
import { formatTime } from '../../../shared/domain/calendar.ts';
import chrome from '../../app/Shell.module.css';
import { useQuery } from '../../engine/use-query.ts';
import { connection } from '../../stores/connection.ts';
import { navigation } from '../../stores/navigation.ts';
import { lastMoment, shiftAge } from './shift-age.ts';

/** The own drawer in the header: which, since when, how many sales; loud before it has been open for too long. */
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
  const since = formatTime(shift.openedAt, offset);
  return (
    <>
      <span className={chrome.fact}>
        <span>
          {t('shell.shift')} <strong>{shift.drawerCode}</strong>
        </span>
        <span>{t('shell.since', { time: since })}</span>
        <span>{t('shell.sales', { count: shift.sales })}</span>
      </span>
      {age !== 'fine' && (
        <button
          type="button"
          className={`${chrome.chip} ${chrome.alarm} ${chrome.giving}`}
          onClick={() => navigation.getState().go({ section: 'close' })}
        >
          <IconAlarm size={18} aria-hidden />
          <span>
            {age === 'over'
              ? t('shell.closeNow')
              : t('shell.closeBefore', { time: formatTime(lastMoment(shift.openedAt), offset) })}
          </span>
        </button>
      )}
    </>
  );
}
