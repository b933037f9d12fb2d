import { useEffect, useRef, useState } from 'react';
import { createScanReader, SCAN_GAP_MS, SCAN_MIN_LENGTH } from '../../ui/scanner.ts';

/** One frame: within it a scanner has sent its next keys. */
const FRAME_MS = 16;

/**
 * How long to wait before a text is searched for, in milliseconds. Words are searched for at once. A figure may be the
 * beginning of a scan and waits a frame; what comes at a scanner's pace waits until it is clear that it was typed: a
 * scan must neither keep the engine busy with its own beginnings nor make the list flicker.
 */
export function searchWaitMs(text: string, burstLength: number): number {
  if (burstLength >= SCAN_MIN_LENGTH) return SCAN_GAP_MS + FRAME_MS;
  return /\d$/.test(text) ? FRAME_MS : 0;
}

export interface Typing {
  /** Heard before the field changes. */
  key(key: string, atMs: number): void;
  /** The field has another text. */
  changed(text: string): void;
  /** What to search for. */
  wanted: string;
}

/** The text of the search field as it is searched for; `text` is what stands in the field. */
export function useTyping(text: string): Typing {
  const [settled, setSettled] = useState(text);
  const [reader] = useState(createScanReader);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // Emptied by a scan or by a choice: what was typed before is over.
    if (text !== '') return;
    clearTimeout(timer.current);
    setSettled('');
  }, [text]);
  return {
    key: (key, atMs) => void reader.take(key, atMs),
    changed(next) {
      clearTimeout(timer.current);
      const waitMs = next === '' ? 0 : searchWaitMs(next, reader.length());
      if (waitMs === 0) setSettled(next);
      else timer.current = setTimeout(() => setSettled(next), waitMs);
    },
    wanted: text.trim() === '' ? '' : settled.trim(),
  };
}
