import { useEffect, useState } from 'react';
import { isEan } from '../../shared/domain/barcode.ts';
import { beepUnknown } from './beep.ts';
import { isTyped } from './choice.ts';
import { createScanReader } from './scanner.ts';
import { setField } from './use-scans.ts';

/** The guards of the open dialogs, the uppermost last: only that one acts. */
const guards: object[] = [];

/**
 * Keeps a scan out of a dialog that does not want it: its Enter presses no button and sends no form, and the field it
 * fell into is as it was before. A dialog that takes scans itself hears them first and says so by preventing the default.
 * True from such a scan to the next key.
 */
export function useScanGuard(): boolean {
  const [scannedInVain, setScannedInVain] = useState(false);
  useEffect(() => {
    const guard = {};
    guards.push(guard);
    const reader = createScanReader();
    let before: { field: HTMLInputElement; value: string } | undefined;
    function hear(event: KeyboardEvent): void {
      const { key, target, timeStamp, defaultPrevented } = event;
      if (event.ctrlKey || event.altKey || event.metaKey || guards.at(-1) !== guard) return reader.reset();
      const text = reader.take(key, timeStamp);
      if (text !== undefined && !defaultPrevented && isUnwanted(text, target)) {
        event.preventDefault();
        if (before) setField(before.field, before.value);
        before = undefined;
        beepUnknown();
        setScannedInVain(true);
      } else if (reader.length() === 1) {
        setScannedInVain(false);
        before =
          target instanceof HTMLInputElement && isTyped(event)
            ? { field: target, value: target.value }
            : undefined;
      }
    }
    window.addEventListener('keydown', hear);
    return () => {
      guards.splice(guards.indexOf(guard), 1);
      window.removeEventListener('keydown', hear);
    };
  }, []);
  return scannedInVain;
}

/** Longest PIN; most codes on labels are longer. */
const MAX_PIN_LENGTH = 12;

/** Tools and quick hands fill fields in bursts, too: in a field only what is a label's code is a scan. */
function isUnwanted(text: string, target: EventTarget | null): boolean {
  if (!isTyped({ target })) return true;
  if (target instanceof HTMLInputElement && target.type === 'password') return text.length > MAX_PIN_LENGTH;
  return isLabel(text);
}

/** True for what stands on labels, receipts and tickets and is neither an amount nor a word. */
export function isLabel(text: string): boolean {
  if (/^\d+$/.test(text)) return text.length > 11 || (isEan(text) && !text.endsWith('000'));
  return /^[A-Za-z0-9./-]+$/.test(text) && /\d{6}/.test(text);
}
