import { type RefObject, useEffect, useRef } from 'react';
import { isEan } from '../../shared/domain/barcode.ts';
import { isDialogOpen } from './keys.ts';
import { createScanReader, SCAN_QUIET_MS } from './scanner.ts';

/**
 * Hears scans wherever the focus is, and puts the field they fell into back as it was. With `grabTyping` what is typed
 * outside any field goes to the search: the focus is never lost. Dialogs keep their keys.
 */
export function useScans(
  search: RefObject<HTMLInputElement | null>,
  onScan: (text: string) => void,
  options: {
    grabTyping?: boolean;
    /** A whole EAN at a scanner's pace is a scan, even if no Enter follows: cheap scanners come without. */
    withoutEnter?: boolean;
    /** `field` is all that stands in the field the burst fell into: typing may come in bursts, too. */
    isScan?: (text: string, field: string) => boolean;
  } = {},
): void {
  const current = useRef({ onScan, options });
  current.current = { onScan, options };
  useEffect(() => {
    const reader = createScanReader();
    let before: { field: HTMLInputElement; value: string } | undefined;
    let quiet: ReturnType<typeof setTimeout> | undefined;
    function give(text: string): void {
      if (before) setField(before.field, before.value);
      before = undefined;
      current.current.onScan(text);
    }
    function endWithoutEnter(): void {
      const text = reader.burst();
      reader.reset();
      if (!isDialogOpen()) give(text);
    }
    function hear(event: KeyboardEvent): void {
      clearTimeout(quiet);
      if (isDialogOpen() || event.ctrlKey || event.altKey || event.metaKey) {
        reader.reset();
        return;
      }
      const { isScan = () => true, grabTyping, withoutEnter } = current.current.options;
      const text = reader.take(event.key, event.timeStamp);
      const field = isField(event.target) ? event.target.value.trim() : '';
      if (text !== undefined && isScan(text, field)) {
        event.preventDefault();
        event.stopPropagation();
        give(text);
        return;
      }
      if (withoutEnter && isEan(reader.burst())) quiet = setTimeout(endWithoutEnter, SCAN_QUIET_MS);
      if (reader.length() === 1) {
        before = isField(event.target) ? { field: event.target, value: event.target.value } : undefined;
      }
      if (grabTyping && event.key.length === 1 && event.key !== ' ' && !isEditable(event.target)) {
        search.current?.focus();
      }
    }
    window.addEventListener('keydown', hear, true);
    return () => {
      clearTimeout(quiet);
      window.removeEventListener('keydown', hear, true);
    };
  }, [search]);
}

/** Sets a field so that React hears of it: through the element's own setter, past the one React watches. */
export function setField(field: HTMLInputElement, value: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function isField(target: EventTarget | null): target is HTMLInputElement {
  return target instanceof HTMLInputElement && /^(text|search|tel|)$/.test(target.type);
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
