import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saleComplete } from '../../../shared/contract/sale.ts';
import type { OutboxAnswer, OutboxEntry } from '../../engine/outbox.ts';
import { till } from '../../stores/till.ts';
import { ApprovalDialog } from '../../ui/ApprovalDialog.tsx';
import { SaleFigures } from './SaleFigures.tsx';

interface Asking {
  entry: OutboxEntry;
  why: string;
  /** The no that stays when nobody says yes. */
  answer: OutboxAnswer;
  done: (answer: OutboxAnswer) => void;
}

/**
 * Sends a sale through the till's outbox, the basket's (`pay`) or one that waited (`record`). Where it needs a
 * supervisor's yes, that is asked for in place, and the same sale goes again as a new command with it: a journaled no
 * stays no. Render `approval` where the dialog is.
 */
export function useSale(how: 'pay' | 'record'): {
  run(entry: OutboxEntry): Promise<OutboxAnswer | undefined>;
  busy: boolean;
  approval: ReactNode;
} {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asking>();
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);

  async function run(entry: OutboxEntry): Promise<OutboxAnswer | undefined> {
    // A double click is one intent.
    if (underWay.current) return undefined;
    underWay.current = true;
    setBusy(true);
    const answer = await till.getState()[how](entry);
    const why = approvalWanted(answer);
    const last =
      why === undefined
        ? answer
        : await new Promise<OutboxAnswer>((done) => setAsking({ entry, why, answer, done }));
    underWay.current = false;
    setBusy(false);
    return last;
  }

  const approval = asking && (
    <ApprovalDialog
      action={saleComplete.name}
      figures={asking.entry.input}
      title={t('approval.title')}
      onClose={() => {
        setAsking(undefined);
        asking.done(asking.answer);
      }}
      onApproved={({ commandId, approval: yes }) => {
        const { entry, done } = asking;
        setAsking(undefined);
        const again = { ...entry, id: commandId, at: Date.now() };
        void till.getState()[how](again, { approval: yes, instead: entry.id }).then(done);
      }}
    >
      <p>{t('approval.needs', { why: t(`approval.why.${asking.why}`) })}</p>
      <SaleFigures entry={asking.entry} />
    </ApprovalDialog>
  );
  return { run, busy, approval };
}

function approvalWanted(answer: OutboxAnswer): string | undefined {
  if (answer.kind !== 'refused' || answer.problem.kind !== 'rejected') return undefined;
  return answer.problem.name === 'approval-needed' ? String(answer.problem.details.why) : undefined;
}
