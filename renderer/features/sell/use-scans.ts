import { type RefObject, useEffect, useRef } from 'react';
import { isDialogOpen } from '../../ui/keys.ts';
import { createScanReader } from './scanner.ts';

/**
 * Hears scans wherever the focus is, and brings typing back to the search field: the focus is never lost. Dialogs
 * keep their keys.
 */
export function useScans(search: RefObject<HTMLInputElement | null>, onScan: (text: string) => void): void {
  const scan = useRef(onScan);
  scan.current = onScan;
  useEffect(() => {
    const reader = createScanReader();
    function hear(event: KeyboardEvent): void {
      if (isDialogOpen() || event.ctrlKey || event.altKey || event.metaKey) {
        reader.reset();
        return;
      }
      const text = reader.take(event.key, event.timeStamp);
      if (text !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        scan.current(text);
        search.current?.focus();
        return;
      }
      if (event.key.length === 1 && event.key !== ' ' && !isEditable(event.target)) search.current?.focus();
    }
    window.addEventListener('keydown', hear, true);
    return () => window.removeEventListener('keydown', hear, true);
  }, [search]);
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
