import { Button, Group, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import {
  type PrintJobView,
  printDismiss,
  type printJobs,
  printResend,
} from '../../../shared/contract/printing.ts';
import { useCommand } from '../../engine/use-command.ts';
import { askAgain } from '../../engine/use-query.ts';
import { ChoiceList } from '../../ui/ChoiceList.tsx';
import { isPressed, useChoice } from '../../ui/choice.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { PaperPicture } from './PaperPicture.tsx';
import { PrinterStates } from './PrinterStates.tsx';
import styles from './Printing.module.css';
import { PrintJobRow } from './PrintJobRow.tsx';

/** Papers that want something of somebody, with their picture: print again (marked as a copy), or let go. */
export function PrintJobsDialog(props: { state: OutputOf<typeof printJobs>; onClose: () => void }) {
  const { t } = useTranslation();
  const { jobs, printers } = props.state;
  const choice = useChoice(jobs, keyOf);
  const resend = useCommand(printResend);
  const dismiss = useCommand(printDismiss);
  const job = choice.item;
  // What is on its way to the printer right now cannot be called back.
  const isFree = job !== undefined && job.state !== 'sending';

  async function decide(again: boolean): Promise<void> {
    if (!job || !isFree) return;
    const { seq, n } = job;
    resend.clear();
    dismiss.clear();
    await (again ? resend.run({ seq, n }) : dismiss.run({ seq, n }));
    askAgain('print');
  }

  useKeys({
    ...choice.keys,
    Enter: (event) => (isPressed(event) ? false : void decide(true)),
    Delete: () => void decide(false),
  });
  const waits = job?.state === 'queued' || job?.state === 'retry';
  return (
    <Dialog title={t('print.title')} size="64rem" onClose={props.onClose}>
      <PrinterStates printers={printers} />
      {jobs.length === 0 ? (
        <Empty icon={<IconPrinter size={40} />} title={t('print.emptyTitle')}>
          <p>{t('print.emptyText')}</p>
        </Empty>
      ) : (
        <div className={styles.columns}>
          <ChoiceList
            id="print-jobs"
            label={t('print.title')}
            items={jobs}
            keyOf={keyOf}
            choice={choice}
            autoFocus
            row={(listed) => <PrintJobRow job={listed} />}
          />
          <PaperPicture of={job ? { of: 'job', seq: job.seq, n: job.n } : null} />
        </div>
      )}
      <ProblemBox problem={resend.problem ?? dismiss.problem} />
      <Group justify="space-between" mt="md" wrap="nowrap">
        <Text c="dimmed" size="sm">
          {t('print.lead')}
        </Text>
        <Group wrap="nowrap" gap="sm">
          <Button
            variant="default"
            size="md"
            data-autofocus={jobs.length === 0 || undefined}
            onClick={props.onClose}
            rightSection={<KeyHint keys="Esc" />}
          >
            {t('common.close')}
          </Button>
          {job && (
            <>
              <Button
                variant="default"
                size="md"
                disabled={!isFree}
                aria-keyshortcuts="Delete"
                onClick={() => void decide(false)}
                rightSection={<KeyHint keys="Del" />}
              >
                {t('print.dismiss')}
              </Button>
              <Button
                size="md"
                disabled={!isFree}
                loading={resend.busy}
                onClick={() => void decide(true)}
                rightSection={<KeyHint keys="Enter" />}
              >
                {t(waits ? 'print.tryNow' : 'print.again')}
              </Button>
            </>
          )}
        </Group>
      </Group>
    </Dialog>
  );
}

function keyOf({ seq, n }: PrintJobView): string {
  return `${seq}-${n}`;
}
