import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry, InputOf } from '../../shared/contract/define.ts';
import type { Answer } from '../../shared/wire/client.ts';
import { type CommandState, type Send, useCommand } from '../engine/use-command.ts';
import { ApprovalDialog } from './ApprovalDialog.tsx';

/** The answers that mean: a second person has to say yes, here and now. */
const ASKS_FOR_YES = ['approval-needed', 'variance-needs-approval', 'second-person-needed'] as const;

interface Asking<E extends Entry> {
  input: InputOf<E>;
  why: string | undefined;
  answer: Answer<E>;
  done: (answer: Answer<E> | undefined) => void;
}

/**
 * A command that may need a supervisor's yes. `run` ends when it is done: where the engine asks for a yes, the
 * approval stands in place and the command goes again with it, as a new command, for a journaled no stays no. Whoever
 * closes the approval gets that no as the answer. Render `approval` where the form is; `describe` shows there what the
 * yes is for.
 */
export function useSupervised<E extends Entry>(
  entry: E,
  describe?: (input: InputOf<E>) => ReactNode,
  send?: Send<E>,
): CommandState<E> & { approval: ReactNode } {
  const { t } = useTranslation();
  const command = useCommand(entry, send);
  const [asking, setAsking] = useState<Asking<E>>();
  const waiting = useRef(false);

  async function run(input: InputOf<E>): Promise<Answer<E> | undefined> {
    if (waiting.current) return undefined;
    const answer = await command.run(input);
    const why = answer && approvalWanted(answer);
    if (!answer || why === undefined) return answer;
    waiting.current = true;
    return new Promise<Answer<E> | undefined>((resolve) => {
      setAsking({ input, why, answer, done: (last) => resolve(last as never) });
    });
  }

  function end(answer: Answer<E> | undefined): void {
    waiting.current = false;
    setAsking(undefined);
    asking?.done(answer);
  }

  const approval = asking && (
    <ApprovalDialog
      action={entry.name}
      figures={asking.input}
      title={t('approval.title')}
      onClose={() => end(asking.answer)}
      onApproved={(given) => {
        setAsking(undefined);
        void command.run(asking.input, given).then(end);
      }}
    >
      <p>
        {asking.why
          ? t('approval.needs', { why: t(`approval.why.${asking.why}`) })
          : t('approval.needsSomebody')}
      </p>
      {describe?.(asking.input)}
    </ApprovalDialog>
  );
  return { ...command, run, approval };
}

/** What needs a yes: its `why`, '' where the answer gives none; undefined when no yes is asked for. */
export function approvalWanted(answer: {
  outcome: string;
  name?: string;
  details?: unknown;
}): string | undefined {
  if (answer.outcome !== 'rejected' || !ASKS_FOR_YES.includes(answer.name as never)) return undefined;
  return (answer.details as { why?: string } | undefined)?.why ?? '';
}
