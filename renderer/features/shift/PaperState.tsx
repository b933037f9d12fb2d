import { IconPrinter, IconPrinterOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { printJobs } from '../../../shared/contract/printing.ts';
import { useQuery } from '../../engine/use-query.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import styles from './Shift.module.css';

/** Whether the slip of a document came out; where it did not, which key helps. Never in the way. */
export function PaperState(props: { number: string; hasPrinter: boolean }) {
  const { t } = useTranslation();
  const queue = useQuery(printJobs, {}, ['print']).value;
  if (!props.hasPrinter) return <p className={styles.hint}>{t('paper.noPrinter')}</p>;
  if (!queue) return null;
  const job = queue.jobs.find(({ number }) => number === props.number);
  if (!job) {
    return (
      <p className={styles.paper} role="status">
        <IconPrinter size={20} aria-hidden /> {t('paper.printed')}
      </p>
    );
  }
  const printer = queue.printers.find(({ drawerCode }) => drawerCode === job.drawerCode);
  // Behind a paper that does not come out the next ones wait, however quietly.
  const isMoving = printer?.state !== 'trouble';
  const onItsWay = isMoving && (job.state === 'queued' || job.state === 'sending');
  return (
    <p className={styles.paper} role="status">
      {onItsWay ? <IconPrinter size={20} aria-hidden /> : <IconPrinterOff size={20} aria-hidden />}
      {t(onItsWay ? 'paper.printing' : 'paper.waiting')}
      {!onItsWay && <KeyHint keys="F9" />}
    </p>
  );
}
