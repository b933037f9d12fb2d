import { useState } from 'react';
import type { KeyBindings } from './keys.ts';

/** Which row of a list is chosen. Kept by the row's own key: a list that grows at its top does not move the choice. */
export interface Choice<T> {
  /** -1 in an empty list. */
  index: number;
  item: T | undefined;
  choose(item: T): void;
  /** Arrows, Home and End; for `useKeys` of the dialog, wherever in it the focus is. */
  keys: KeyBindings;
}

/** The first row is chosen until a person chooses another. A row that is gone leaves the choice at its place. */
export function useChoice<T>(items: readonly T[], keyOf: (item: T) => string | number): Choice<T> {
  const [chosen, setChosen] = useState<{ key: string | number; at: number }>();
  const found = chosen ? items.findIndex((item) => keyOf(item) === chosen.key) : 0;
  const index = found >= 0 ? Math.min(found, items.length - 1) : Math.min(chosen?.at ?? 0, items.length - 1);

  function to(at: number): void {
    const bounded = Math.min(Math.max(at, 0), items.length - 1);
    const item = items[bounded];
    if (item !== undefined) setChosen({ key: keyOf(item), at: bounded });
  }

  return {
    index,
    item: items[index],
    choose: (item) => to(items.indexOf(item)),
    keys: {
      ArrowUp: () => to(index - 1),
      ArrowDown: () => to(index + 1),
      PageUp: () => to(0),
      PageDown: () => to(items.length - 1),
    },
  };
}

/** True where a pressed character is text: a key of its own must let it pass. */
export function isTyped({ target }: Pick<Event, 'target'>): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || isTextField(target);
}

/** True where Enter belongs to what has the focus: a button does what it says. */
export function isPressed({ target }: Pick<Event, 'target'>): boolean {
  return target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement;
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(target.type);
}
