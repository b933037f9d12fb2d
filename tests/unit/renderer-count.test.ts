/**
 * Proves that cash counted note by note comes to what the contract will hold against it: every note and coin in use
 * is asked for once, the pieces sent add up to the sum sent, and the contract takes both. Also when a shift that
 * stays open is warned about. Pure; random counts against the contract's own schema.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countedNotes,
  countedRupiah,
  denominationsOf,
  MAX_PIECES_DIGITS,
} from '../../renderer/features/shift/count.ts';
import { lastMoment, shiftAge } from '../../renderer/features/shift/shift-age.ts';
import { shiftClose } from '../../shared/contract/shift.ts';
import { seeded } from '../support/seed.ts';

/** Bank Indonesia's notes and coins in use, and the one commemorative note that is money as well. */
const IN_USE = [100_000, 75_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50];

const typedPieces = fc.oneof(
  fc.constant(''),
  fc.constant('0'),
  fc.integer({ min: 0, max: 10 ** MAX_PIECES_DIGITS - 1 }).map(String),
  fc.integer({ min: 0, max: 99 }).map((pieces) => `00${pieces}`),
);
const counts = fc
  .array(typedPieces, { minLength: IN_USE.length, maxLength: IN_USE.length })
  .map((pieces) => Object.fromEntries(IN_USE.map((value, at) => [value, pieces[at] ?? ''])));

describe('a count by notes', () => {
  test('asks for every note and coin once, the rare ones last', () => {
    const asked = countedNotes.map(({ valueRupiah }) => valueRupiah);
    expect([...asked].sort((a, b) => b - a)).toEqual(IN_USE);
    expect(asked.slice(0, 10)).toEqual([100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100]);
  });

  test('worked: 2 × 100.000, 1 × 75.000, 3 × 50', () => {
    const typed = { 100000: '2', 75000: '1', 50: '3', 500: '' };
    expect(countedRupiah(typed)).toBe(275_150);
    expect(denominationsOf(typed)).toEqual([
      { valueRupiah: 100_000, pieces: 2 },
      { valueRupiah: 75_000, pieces: 1 },
      { valueRupiah: 50, pieces: 3 },
    ]);
  });

  test('an empty drawer is counted, too', () => {
    expect(countedRupiah({})).toBe(0);
    expect(denominationsOf({ 100000: '0' })).toEqual([]);
  });

  test('whatever is typed, pieces and sum agree and the contract takes them', () => {
    fc.assert(
      fc.property(counts, (typed) => {
        const denominations = denominationsOf(typed);
        const sum = denominations.reduce((all, { valueRupiah, pieces }) => all + valueRupiah * pieces, 0);
        expect(countedRupiah(typed)).toBe(sum);
        const input = { shift: 1, countedRupiah: sum, denominations };
        expect(shiftClose.input.safeParse(input).success).toBe(true);
      }),
      seeded(),
    );
  });
});

describe('a shift that stays open', () => {
  const HOUR_MS = 3_600_000;
  const openedAt = Date.UTC(2026, 10, 21, 1);

  test('is fine for 18 hours, warned of for two, then over', () => {
    const ages = [0, 8, 18, 18.01, 20, 20.01].map((hours) => shiftAge(openedAt, openedAt + hours * HOUR_MS));
    expect(ages).toEqual(['fine', 'fine', 'fine', 'soon', 'soon', 'over']);
  });

  test('sells until the moment the warning names', () => {
    expect(shiftAge(openedAt, lastMoment(openedAt))).toBe('soon');
    expect(shiftAge(openedAt, lastMoment(openedAt) + 1)).toBe('over');
  });
});
