/**
 * Proves that a scanner's burst is told apart from a hand, whatever the order in which both come: pure, with times
 * given to the reader instead of taken from a clock.
 */
import { expect, test } from 'vitest';
import { createScanReader, readMultiplied, SCAN_GAP_MS, type ScanReader } from '../../renderer/ui/scanner.ts';

const HAND_GAP_MS = 90;
const SCANNER_GAP_MS = 8;

/** Types `text` and Enter, `gapMs` between the keys; gives what the reader said at the Enter, and when it was. */
function type(reader: ScanReader, text: string, fromMs: number, gapMs: number): [string | undefined, number] {
  let atMs = fromMs;
  for (const key of text) {
    reader.take(key, atMs);
    atMs += gapMs;
  }
  return [reader.take('Enter', atMs), atMs];
}

test('a burst that ends with Enter is a scan, the same keys by hand are not', () => {
  expect(type(createScanReader(), '8991234500017', 0, SCANNER_GAP_MS)[0]).toBe('8991234500017');
  expect(type(createScanReader(), '8991234500017', 0, HAND_GAP_MS)[0]).toBeUndefined();
  expect(type(createScanReader(), '8991234500017', 0, SCAN_GAP_MS)[0]).toBe('8991234500017');
  expect(type(createScanReader(), '8991234500017', 0, SCAN_GAP_MS + 1)[0]).toBeUndefined();
});

test('two keys by chance are not a scan', () => {
  expect(type(createScanReader(), '12', 0, SCANNER_GAP_MS)[0]).toBeUndefined();
});

test('what a hand typed before the scan is no part of it', () => {
  const reader = createScanReader();
  reader.take('k', 0);
  reader.take('o', HAND_GAP_MS);
  expect(type(reader, '8991234500017', 1_000, SCANNER_GAP_MS)[0]).toBe('8991234500017');
});

test('a scan after a scan starts anew, and a hand after a scan is a hand', () => {
  const reader = createScanReader();
  const [first, atMs] = type(reader, '8991234500017', 0, SCANNER_GAP_MS);
  const [second, laterMs] = type(reader, '8991234500024', atMs + SCANNER_GAP_MS, SCANNER_GAP_MS);
  expect([first, second]).toEqual(['8991234500017', '8991234500024']);
  expect(type(reader, 'kopi', laterMs + 500, HAND_GAP_MS)[0]).toBeUndefined();
});

test('one key held back by a busy machine does not tear a scan apart', () => {
  const reader = createScanReader();
  let atMs = 0;
  for (const [index, key] of [...'8991234500031'].entries()) {
    atMs += index === 9 ? 200 : SCANNER_GAP_MS;
    reader.take(key, atMs);
  }
  expect(reader.take('Enter', atMs + SCANNER_GAP_MS)).toBe('8991234500031');
});

test('Shift between the characters is part of a scan, any other key ends it', () => {
  const reader = createScanReader();
  let atMs = 0;
  const press = (key: string) => {
    atMs += SCANNER_GAP_MS;
    return reader.take(key, atMs);
  };
  for (const key of ['B', 'Shift', 'U', '-', '0', '1']) press(key);
  expect(press('Enter')).toBe('BU-01');
  for (const key of ['1', '2', '3', 'Backspace', '4']) press(key);
  expect(press('Enter')).toBeUndefined();
});

test('a burst that has no Enter is there to be read, and what a hand typed before it is not', () => {
  const reader = createScanReader();
  reader.take('k', 0);
  let atMs = 1_000;
  for (const key of '8991234500017') {
    atMs += SCANNER_GAP_MS;
    reader.take(key, atMs);
  }
  expect(reader.burst()).toBe('8991234500017');
  reader.take('8', atMs + HAND_GAP_MS * 3);
  expect(reader.burst()).toBe('8');
  reader.reset();
  expect(reader.burst()).toBe('');
});

test('a multiplier is read off the front of a code', () => {
  expect(readMultiplied('3*8991234500017')).toEqual({ multiplier: '3', code: '8991234500017' });
  expect(readMultiplied('0,755*KOPI')).toEqual({ multiplier: '0,755', code: 'KOPI' });
  expect(readMultiplied('8991234500017')).toEqual({ multiplier: undefined, code: '8991234500017' });
  expect(readMultiplied('12X')).toEqual({ multiplier: '12', code: '' });
  expect(readMultiplied('99999*8991234500017').multiplier).toBeUndefined();
});
