import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { printJobs } from '../../../shared/contract/printing.ts';
import { ticketList } from '../../../shared/contract/sale.ts';
import { useQuery } from '../../engine/use-query.ts';
import { basket } from '../../stores/basket.ts';
import { till } from '../../stores/till.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { WarningBox } from '../../ui/ProblemBox.tsx';
import styles from './Shift.module.css';

/** What is easily forgotten on the way out. Nothing of it forbids to close. */
export function CloseReminders() {
  const { t } = useTranslation();
  const jobs = useQuery(printJobs, {}, ['print', 'sales']).value;
  const tickets = useQuery(ticketList, { limit: 100 }, ['sales']).value?.tickets.length ?? 0;
  const unrecorded = till((state) => state.tickets.length);
  const lines = basket((state) => state.lines.length);
  const papers = jobs ? jobs.waiting + jobs.unconfirmed + jobs.failed : 0;
  if (unrecorded + papers + tickets + lines === 0) return null;
  return (
    <WarningBox tone={unrecorded > 0 ? 'bad' : 'warn'}>
      {unrecorded > 0 && <Reminder>{t('close.unrecorded', { count: unrecorded })}</Reminder>}
      {papers > 0 && (
        <Reminder>
          {t('close.papers', { count: papers })} <KeyHint keys="F9" />
        </Reminder>
      )}
      {tickets > 0 && <Reminder>{t('close.tickets', { count: tickets })}</Reminder>}
      {lines > 0 && <Reminder>{t('close.basket', { count: lines })}</Reminder>}
    </WarningBox>
  );
}

function Reminder({ children }: { children: ReactNode }) {
  return <span className={styles.reminder}>{children}</span>;
}
