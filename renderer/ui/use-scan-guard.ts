import { useEffect, useState } from 'react';
import { isEan } from '../../shared/domain/barcode.ts';
import { beepUnknown } from './beep.ts';
import { isTyped } from './choice.ts';
import { createScanReader } from './scanner.ts';
import { setField } from './use-scans.ts';

/**
 * What a scan is to a dialog. `refused`: nothing, but for a field that wants it and says so by `data-scans`. `own`: the
 * dialog hears scans itself. `pass`: it only shows how something ended, and scans are for what lies below.
 */
export type ScansHere = 'refused' | 'own' | 'pass';

/** The guards of the open dialogs, the uppermost last: only that one acts. */
const guards: object[] = [];

/**
 * Keeps a scan out of what does not want it: its Enter presses no button, sends no form and is no key of a dialog, and
 * the field it fell into is as it was before. It hears every key before anybody else does. True from such a scan to the
 * next key.
 */
export function useScanGuard(scans: ScansHere = 'refused'): boolean {
  const [scannedInVain, setScannedInVain] = useState(false);
  useEffect(() => {
    const guard = {};
    guards.push(guard);
    const reader = createScanReader();
    let before: { field: HTMLInputElement; value: string } | undefined;
    function hear(event: KeyboardEvent): void {
      const { key, target, timeStamp } = event;
      if (event.ctrlKey || event.altKey || event.metaKey || guards.at(-1) !== guard) return reader.reset();
      const text = reader.take(key, timeStamp);
      if (text !== undefined && scans === 'refused' && isUnwanted(text, target)) {
        event.preventDefault();
        event.stopImmediatePropagation();
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
    window.addEventListener('keydown', hear, true);
    return () => {
      guards.splice(guards.indexOf(guard), 1);
      window.removeEventListener('keydown', hear, true);
    };
  }, [scans]);
  return scannedInVain;
}

/** Longest PIN; most codes on labels are longer. */
const MAX_PIN_LENGTH = 12;

/** Tools and quick hands fill fields in bursts, too: in a field only what is a label's code is a scan. */
function isUnwanted(text: string, target: EventTarget | null): boolean {
  if (!isTyped({ target })) return true;
  if (target instanceof HTMLElement && target.dataset.scans !== undefined) return false;
  if (target instanceof HTMLInputElement && target.type === 'password') {
    // The letter that chose the person may come right before the PIN.
    return text.replace(/^[a-z]/i, '').length > MAX_PIN_LENGTH;
  }
  return isLabel(text);
}

/** True for what stands on labels, receipts and tickets and is neither an amount nor a word. */
export function isLabel(text: string): boolean {
  if (/^\d+$/.test(text)) return text.length > 11 || (isEan(text) && !text.endsWith('000'));
  return /^[A-Za-z0-9./-]+$/.test(text) && /\d{6}/.test(text);
}
