import { useEffect, useRef } from 'react';
import { isTyped } from './choice.ts';
import { createScanReader } from './scanner.ts';
import { setField } from './use-scans.ts';

/** Quick hands and tools type words in bursts, too: what falls into a field is a scan when it has a code's digits. */
const CODE_IN_WORDS = /^[A-Za-z0-9./-]*\d{4}[A-Za-z0-9./-]*$/;

/**
 * Hears scans in a dialog that wants them itself, wherever in it the focus is. The first keys of a scan are heard as
 * keys, too, before anybody can know that they are one: `onBegin` is the moment to remember how things stood, and a
 * field they fell into is put back.
 */
export function useDialogScans(
  onScan: (code: string) => void,
  options: { active?: boolean; onBegin?: () => void } = {},
): void {
  const current = useRef({ onScan, ...options });
  current.current = { onScan, ...options };
  const { active = true } = options;
  useEffect(() => {
    if (!active) return;
    const reader = createScanReader();
    let before: { field: HTMLInputElement; value: string } | undefined;
    function hear(event: KeyboardEvent): void {
      if (event.ctrlKey || event.altKey || event.metaKey) return reader.reset();
      const code = reader.take(event.key, event.timeStamp);
      if (code !== undefined && (!isTyped(event) || CODE_IN_WORDS.test(code))) {
        event.preventDefault();
        event.stopImmediatePropagation();
        if (before) setField(before.field, before.value);
        before = undefined;
        current.current.onScan(code.replace(/^[^A-Za-z0-9]+/, ''));
      } else if (reader.length() === 1) {
        before = fieldOf(event);
        current.current.onBegin?.();
      }
    }
    window.addEventListener('keydown', hear, true);
    return () => window.removeEventListener('keydown', hear, true);
  }, [active]);
}

function fieldOf(event: KeyboardEvent): { field: HTMLInputElement; value: string } | undefined {
  const { target } = event;
  return target instanceof HTMLInputElement && isTyped(event)
    ? { field: target, value: target.value }
    : undefined;
}
