/**
 * Tells a scanner from a person. A scanner types a whole code and Enter faster than any hand: every gap between two
 * keys is short. Pure: times come with the keys.
 */

/** Longest gap between two keys of one scan. Cheap scanners send a key every 1 to 30 ms, fast typists every 80. */
export const SCAN_GAP_MS = 50;
/**
 * A busy machine may hold one key of a scan back. A longer gap still belongs to the scan when three keys came before
 * it and the whole is faster than a hand.
 */
export const SCAN_HICCUP_MS = 250;
/**
 * A scanner that was set up without Enter is done when nothing has followed its code for so long: longer than any pause
 * within a scan.
 */
export const SCAN_QUIET_MS = 400;
/** Fewer characters than this are typed by hand. */
export const SCAN_MIN_LENGTH = 3;
/** A code is at most this long; a cat on the keyboard is not a scan. */
export const SCAN_MAX_LENGTH = 60;

export interface ScanReader {
  /** Takes one key. Gives the scanned text when this Enter ends a burst, else undefined. */
  take(key: string, atMs: number): string | undefined;
  /** How many characters the burst under way has. */
  length(): number;
  /** The characters of the burst under way, '' between two. */
  burst(): string;
  reset(): void;
}

export function createScanReader(): ScanReader {
  let burst = '';
  let startMs = 0;
  let lastMs = Number.NEGATIVE_INFINITY;

  function goesOn(atMs: number): boolean {
    const gapMs = atMs - lastMs;
    if (gapMs <= SCAN_GAP_MS) return true;
    const meanGapMs = (atMs - startMs) / burst.length;
    return burst.length >= SCAN_MIN_LENGTH && gapMs <= SCAN_HICCUP_MS && meanGapMs <= SCAN_GAP_MS;
  }

  return {
    take(key, atMs) {
      const fast = goesOn(atMs);
      lastMs = atMs;
      if (key === 'Enter' || key === 'Tab') {
        const text = burst;
        burst = '';
        return fast && text.length >= SCAN_MIN_LENGTH ? text : undefined;
      }
      if (key.length !== 1) {
        // Shift comes between the characters of one scan and says nothing about its speed.
        if (key !== 'Shift') burst = '';
        return undefined;
      }
      if (fast && burst !== '' && burst.length < SCAN_MAX_LENGTH) {
        burst += key;
      } else {
        burst = key;
        startMs = atMs;
      }
      return undefined;
    },
    length: () => burst.length,
    burst: () => burst,
    reset() {
      burst = '';
    },
  };
}

/** `3*899…` is three of 899…; quantity in thousandths, undefined when none was given. */
export function readMultiplied(text: string): { multiplier: string | undefined; code: string } {
  const match = /^(\d{1,4}(?:[.,]\d{1,3})?)[*x×](.*)$/i.exec(text.trim());
  if (!match) return { multiplier: undefined, code: text.trim() };
  return { multiplier: match[1], code: (match[2] ?? '').trim() };
}
