import { TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { moneyText } from '../../ui/Money.tsx';
import { countedNotes, MAX_PIECES_DIGITS } from './count.ts';
import styles from './Shift.module.css';
import type { CashCount } from './use-cash-count.ts';

/** A row for each note and coin. Enter goes on to the next one, from the last to the button of the form. */
export function NotesFields({ count, autoFocus = true }: { count: CashCount; autoFocus?: boolean }) {
  const { t } = useTranslation();
  const disabled = count.sum.trim() !== '';
  return (
    <fieldset className={styles.notes} onKeyDown={nextOnEnter} aria-label={t('close.byNotes')}>
      {countedNotes.map(({ valueRupiah, rare }, index) => (
        <NoteRow
          key={valueRupiah}
          valueRupiah={valueRupiah}
          rare={rare}
          autoFocus={autoFocus && index === 0}
          value={count.counts[valueRupiah] ?? ''}
          disabled={disabled}
          onChange={(text) => count.setPieces(valueRupiah, text)}
        />
      ))}
    </fieldset>
  );
}

function NoteRow(props: {
  valueRupiah: number;
  rare: boolean;
  autoFocus: boolean;
  value: string;
  disabled: boolean;
  onChange: (text: string) => void;
}) {
  const { valueRupiah, value } = props;
  const fieldId = `note-${valueRupiah}`;
  return (
    <>
      <label htmlFor={fieldId} className={props.rare ? styles.rare : undefined}>
        {moneyText(valueRupiah)} ×
      </label>
      <TextInput
        id={fieldId}
        size="sm"
        inputMode="numeric"
        autoComplete="off"
        autoFocus={props.autoFocus}
        disabled={props.disabled}
        value={value}
        onChange={(event) =>
          props.onChange(event.currentTarget.value.replace(/\D/g, '').slice(0, MAX_PIECES_DIGITS))
        }
      />
      <output>{value ? moneyText(valueRupiah * Number(value)) : ''}</output>
    </>
  );
}

function nextOnEnter(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll('input')];
  const next = fields[fields.indexOf(event.target) + 1];
  if (next) next.focus();
  else event.target.form?.querySelector<HTMLButtonElement>('button[type=submit]')?.focus();
}
