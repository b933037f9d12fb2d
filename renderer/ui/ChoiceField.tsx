import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ChoiceList, optionId } from './ChoiceList.tsx';
import type { Choice } from './choice.ts';

/**
 * A field that narrows the list below it: what is typed or scanned stays in the field, the dialog's keys move the choice
 * (`choice.keys`). A list without items is not there.
 */
export function ChoiceField<T>(props: {
  label: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  maxLength: number;
  list: {
    id: string;
    label: string;
    items: readonly T[];
    keyOf: (item: T) => string | number;
    choice: Choice<T>;
    row: (item: T) => ReactNode;
  };
}) {
  const { id, items, keyOf, choice } = props.list;
  return (
    <>
      <TextInput
        size="md"
        label={props.label}
        placeholder={props.placeholder}
        data-autofocus
        data-scans
        autoComplete="off"
        spellCheck={false}
        maxLength={props.maxLength}
        value={props.text}
        onChange={(event) => props.onText(event.currentTarget.value)}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={items.length > 0 ? id : undefined}
        aria-activedescendant={choice.item && optionId(id, keyOf(choice.item))}
      />
      {items.length > 0 && <ChoiceList {...props.list} />}
    </>
  );
}
