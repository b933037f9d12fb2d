import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { SCAN_GAP_MS } from './scanner.ts';

/**
 * The keys of a few large buttons below each other: a digit presses one, arrows go from one to the next. Bind `press`
 * to the element that `list` refers to.
 */
export function useMenuKeys(onDigit: (digit: number) => void): {
  list: RefObject<HTMLDivElement | null>;
  press: (event: KeyboardEvent) => void;
} {
  const list = useRef<HTMLDivElement>(null);
  const pressDigit = useDigit(onDigit);
  function press(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return pressDigit(event);
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  }
  return { list, press };
}

/** Longer than a scanner waits between two keys: a digit that is followed by more was the beginning of a scan. */
const DIGIT_WAIT_MS = SCAN_GAP_MS + 20;

/** A digit pressed alone, with Enter at once. The first digits of a scan are not alone. */
function useDigit(run: (digit: number) => void): (event: KeyboardEvent) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const alone = useRef<number>(undefined);
  return (event) => {
    const digit = alone.current;
    if (event.key === 'Enter' && digit !== undefined) {
      event.preventDefault();
      clearTimeout(timer.current);
      run(digit);
    }
    if (event.key.length !== 1) return;
    const isAlone = timer.current === undefined;
    clearTimeout(timer.current);
    alone.current = isAlone && /^[1-9]$/.test(event.key) ? Number(event.key) : undefined;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      if (alone.current !== undefined) run(alone.current);
      alone.current = undefined;
    }, DIGIT_WAIT_MS);
  };
}
