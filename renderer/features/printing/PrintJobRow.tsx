import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { PrintJobView } from '../../../shared/contract/printing.ts';
import { formatMoment } from '../../ui/problem-text.ts';
import styles from './Printing.module.css';

/** One paper of the queue: what, which number, at which drawer, how it stands and why, since when. */
export function PrintJobRow({ job }: { job: PrintJobView }) {
  const { t } = useTranslation();
  const bad = job.state === 'failed' || job.state === 'unconfirmed';
  return (
    <div className={styles.row}>
      <strong className={styles.name}>
        {t([`print.kind.${job.kind}`, 'print.kind.other'])} {job.number}
      </strong>
      <span className={styles.state} data-bad={bad || undefined}>
        {t(`print.state.${job.state}`)}
      </span>
      <span className={styles.detail}>
        {t('print.where', { drawer: job.drawerCode, at: formatMoment(job.updatedAt) })}
      </span>
      {job.labelsOut > 0 && (
        <span className={styles.detail}>
          {t('print.labelsOut', { out: job.labelsOut, labels: job.labels })}
        </span>
      )}
      {job.problem && <span className={styles.detail}>{printProblem(t, job.problem)}</span>}
    </div>
  );
}

/** Why a paper did not come out, in a sentence. */
export function printProblem(t: TFunction, problem: string): string {
  return t([`print.problem.${problem}`, 'print.problem.fault']);
}
