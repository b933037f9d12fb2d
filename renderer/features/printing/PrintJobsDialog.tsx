import { Button, Group, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type PrintJobView, printDismiss, printResend } from '../../../shared/contract/printing.ts';
import { useCommand } from '../../engine/use-command.ts';
import { askAgain } from '../../engine/use-query.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { formatMoment } from '../../ui/problem-text.ts';
import table from '../../ui/table.module.css';

/** Papers that want something of somebody: print again (marked as a copy), or let go. */
export function PrintJobsDialog(props: { jobs: PrintJobView[]; onClose: () => void }) {
  const { t } = useTranslation();
  const resend = useCommand(printResend);
  const dismiss = useCommand(printDismiss);

  async function decide(job: PrintJobView, again: boolean): Promise<void> {
    const { seq, n } = job;
    await (again ? resend.run({ seq, n }) : dismiss.run({ seq, n }));
    askAgain('print');
  }

  return (
    <Dialog title={t('print.title')} size="xl" onClose={props.onClose}>
      <Text c="dimmed" mb="sm">
        {t('print.lead')}
      </Text>
      <ProblemBox problem={resend.problem ?? dismiss.problem} />
      {props.jobs.length === 0 ? (
        <Empty icon={<IconPrinter size={40} />} title={t('print.emptyTitle')}>
          <p>{t('print.emptyText')}</p>
        </Empty>
      ) : (
        <div className={table.frame}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('print.paper')}</th>
                <th scope="col">{t('print.stateTitle')}</th>
                <th scope="col">{t('print.at')}</th>
                <th scope="col">{t('print.decide')}</th>
              </tr>
            </thead>
            <tbody>
              {props.jobs.map((job, index) => (
                <tr key={`${job.seq}/${job.n}`}>
                  <td>
                    {t([`print.kind.${job.kind}`, 'print.kind.other'])} {job.number}
                  </td>
                  <td>{t(`print.state.${job.state}`)}</td>
                  <td>{formatMoment(job.updatedAt)}</td>
                  <td>
                    <Group gap="xs" wrap="nowrap">
                      <Button
                        size="compact-md"
                        data-autofocus={index === 0 || undefined}
                        onClick={() => void decide(job, true)}
                      >
                        {t('print.again')}
                      </Button>
                      <Button size="compact-md" variant="default" onClick={() => void decide(job, false)}>
                        {t('print.dismiss')}
                      </Button>
                    </Group>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Dialog>
  );
}
