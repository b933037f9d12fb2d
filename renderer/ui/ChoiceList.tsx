import { type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './ChoiceList.module.css';
import type { Choice } from './choice.ts';

/**
 * Rows of which one is chosen, by arrows (the dialog binds `choice.keys`), by a click or a touch. Rows hold words and
 * figures only: a button inside a row is out of reach for a screen reader. Where no field of the
 * dialog has the focus, the list itself takes it with `autoFocus`; a field that leads the list names it by
 * `aria-controls={id}` and `aria-activedescendant={optionId(id, key)}`.
 */
export function ChoiceList<T>(props: {
  id: string;
  label: string;
  items: readonly T[];
  keyOf: (item: T) => string | number;
  choice: Choice<T>;
  autoFocus?: boolean;
  row: (item: T, isChosen: boolean) => ReactNode;
}) {
  const { id, items, keyOf, choice, autoFocus = false } = props;
  const chosen = choice.item;
  const list = useRef<HTMLDivElement>(null);
  // A list that comes after its dialog takes the focus all the same.
  useLayoutEffect(() => {
    if (autoFocus) list.current?.focus();
  }, [autoFocus]);
  return (
    <div
      id={id}
      ref={list}
      role="listbox"
      aria-label={props.label}
      aria-activedescendant={chosen === undefined ? undefined : optionId(id, keyOf(chosen))}
      className={styles.list}
      tabIndex={0}
      data-autofocus={autoFocus || undefined}
    >
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list's keys choose a row, rows have none of their own
        <div
          key={keyOf(item)}
          id={optionId(id, keyOf(item))}
          role="option"
          tabIndex={-1}
          aria-selected={index === choice.index}
          className={styles.option}
          ref={index === choice.index ? scrollNear : undefined}
          // The focus stays where the keys are heard.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choice.choose(item)}
        >
          {props.row(item, index === choice.index)}
        </div>
      ))}
    </div>
  );
}

export function optionId(list: string, key: string | number): string {
  return `${list}-${key}`;
}

function scrollNear(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
