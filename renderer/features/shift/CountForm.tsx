import { Button, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { type ShiftView, shiftClose } from '../../../shared/contract/shift.ts';
import { parseRupiah } from '../../../shared/domain/money.ts';
import { type RunOptions, useCommand } from '../../engine/use-command.ts';
import { ApprovalDialog } from '../../ui/ApprovalDialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Money, moneyText } from '../../ui/Money.tsx';
import { MoneyInput } from '../../ui/MoneyInput.tsx';
import { Sheet } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { countedRupiah, NOTES_RUPIAH } from './count.ts';
import styles from './Shift.module.css';

/** Counts the drawer by notes and coins, or takes the sum; asks a second person when the difference is large. */
export function CountForm(props: {
  shift: ShiftView;
  onClosed: (closed: OutputOf<typeof shiftClose>) => void;
}) {
  const { t } = useTranslation();
  const { shift } = props.shift;
  const { run, busy, problem } = useCommand(shiftClose);
  const [counts, setCounts] = useState<Record<number, string>>({});
  const [sum, setSum] = useState('');
  const [approving, setApproving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const typedSum = sum.trim() === '' ? undefined : parseRupiah(sum);
  const counted = sum.trim() === '' ? countedRupiah(counts) : typedSum;
  const touched = sum.trim() !== '' || Object.values(counts).some((count) => count !== '');
  useUnsaved(touched);
  useKeys({ F8: () => form.current?.requestSubmit() });

  async function close(options?: RunOptions): Promise<void> {
    if (counted === undefined || counted < 0) return;
    const answer = await run({ shift, countedRupiah: counted }, options);
    if (answer?.outcome === 'ok') props.onClosed(answer.value);
    else if (answer?.outcome === 'rejected' && answer.name === 'variance-needs-approval') setApproving(true);
  }

  return (
    <form
      ref={form}
      className={styles.columns}
      onSubmit={(event) => {
        event.preventDefault();
        if (touched) void close();
      }}
    >
      <Sheet title={t('close.byNotes')}>
        <fieldset className={styles.notes} onKeyDown={nextOnEnter} aria-label={t('close.byNotes')}>
          {NOTES_RUPIAH.map((note, index) => (
            <NoteRow
              key={note}
              note={note}
              first={index === 0}
              value={counts[note] ?? ''}
              disabled={sum.trim() !== ''}
              onChange={(text) => setCounts((before) => ({ ...before, [note]: text }))}
            />
          ))}
        </fieldset>
      </Sheet>
      <div>
        <Sheet title={t('close.bySum')}>
          <MoneyInput
            label={t('close.sum')}
            description={t('close.sumHint')}
            value={sum}
            onChange={setSum}
            size="lg"
          />
        </Sheet>
        <Sheet>
          <span>{t('close.counted')}</span>
          <output className={styles.sum} data-testid="counted">
            {counted === undefined ? '–' : moneyText(counted)}
          </output>
          <p>{t('close.blind')}</p>
          <ProblemBox problem={problem} />
          <Button
            type="submit"
            size="lg"
            mt="sm"
            loading={busy}
            disabled={!touched || counted === undefined}
            rightSection={<KeyHint keys="F8" />}
            aria-keyshortcuts="F8"
          >
            {t('close.close')}
          </Button>
        </Sheet>
      </div>
      {approving && counted !== undefined && (
        <ApprovalDialog
          action="shift.close"
          figures={{ shift, countedRupiah: counted }}
          title={t('close.approveTitle')}
          onClose={() => setApproving(false)}
          onApproved={(approval) => {
            setApproving(false);
            void close(approval);
          }}
        >
          <p>{t('close.approveText')}</p>
          <Money amount={counted} size="lg" />
        </ApprovalDialog>
      )}
    </form>
  );
}

function NoteRow(props: {
  note: number;
  first: boolean;
  value: string;
  disabled: boolean;
  onChange: (text: string) => void;
}) {
  const { note, value } = props;
  const fieldId = `note-${note}`;
  return (
    <>
      <label htmlFor={fieldId}>{moneyText(note)} ×</label>
      <TextInput
        id={fieldId}
        size="sm"
        inputMode="numeric"
        autoComplete="off"
        autoFocus={props.first}
        disabled={props.disabled}
        value={value}
        onChange={(event) => props.onChange(event.currentTarget.value.replace(/\D/g, '').slice(0, 5))}
      />
      <output>{value ? moneyText(note * Number(value)) : ''}</output>
    </>
  );
}

/** Enter goes from note to note, and closes only from the last one's neighbour: the button and F8 do that. */
function nextOnEnter(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll('input')];
  const next = fields[fields.indexOf(event.target) + 1];
  if (next) next.focus();
  else event.target.form?.querySelector<HTMLButtonElement>('button[type=submit]')?.focus();
}
