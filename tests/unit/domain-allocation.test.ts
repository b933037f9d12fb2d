/**
 * Proves which shelf goods leave and come back to, on one product with an expired batch, three dated ones, an undated
 * one and pieces without a batch: the order, a scanned label, a date read from the pack, and every edge of a date.
 */
import { describe, expect, test } from 'vitest';
import {
  allocate,
  giveBack,
  isPastDate,
  repay,
  type ShelfPart,
  type StockedShelf,
  takeOldest,
} from '../../shared/domain/allocation.ts';
import { addDays, businessDay } from '../../shared/domain/calendar.ts';
import { qty } from '../../shared/domain/quantity.ts';

const TODAY = businessDay('2026-11-21');
const part = (batch: number, thousandths: number): ShelfPart => ({ batch, qty: qty(thousandths) });

/** Deliberately in no useful order. */
const SHELVES: StockedShelf[] = [
  { batch: 0, onHand: 1000, expires: null },
  { batch: 7, onHand: 2000, expires: '2026-12-01' },
  { batch: 3, onHand: 4000, expires: '2026-11-20' },
  { batch: 5, onHand: 3000, expires: null },
  { batch: 6, onHand: 2000, expires: '2026-12-01' },
  { batch: 9, onHand: 1500, expires: '2026-11-21' },
];

describe('a product code', () => {
  test('takes first what expires first, older batches before newer, undated ones later, the no-batch shelf last', () => {
    expect(allocate(SHELVES, qty(9500), TODAY)).toEqual({
      parts: [part(9, 1500), part(6, 2000), part(7, 2000), part(5, 3000), part(0, 1000)],
      oversold: 0,
      expiredLeft: 4000,
    });
    expect(allocate(SHELVES, qty(1600), TODAY).parts).toEqual([part(9, 1500), part(6, 100)]);
  });

  test('never takes expired goods, and says what is missing', () => {
    expect(allocate(SHELVES, qty(10_000), TODAY)).toMatchObject({ oversold: 500, expiredLeft: 4000 });
    expect(allocate([], qty(1000), TODAY)).toEqual({ parts: [], oversold: 1000, expiredLeft: 0 });
  });

  test('takes a batch up to and including its printed day', () => {
    const shelf = { batch: 1, onHand: 1000, expires: TODAY };
    expect(isPastDate(shelf, TODAY)).toBe(false);
    expect(isPastDate(shelf, addDays(TODAY, 1))).toBe(true);
    expect(isPastDate({ expires: null }, TODAY)).toBe(false);
    expect(allocate([shelf], qty(1000), addDays(TODAY, 1))).toEqual({
      parts: [],
      oversold: 1000,
      expiredLeft: 1000,
    });
  });
});

describe('a batch label', () => {
  test('takes its own batch first, the others only for the rest', () => {
    expect(allocate(SHELVES, qty(3000), TODAY, { batch: 7 }).parts).toEqual([part(7, 2000), part(9, 1000)]);
  });

  test('of a batch the book has nothing of takes the others', () => {
    expect(allocate(SHELVES, qty(1000), TODAY, { batch: 88 }).parts).toEqual([part(9, 1000)]);
  });

  test('of an expired batch takes nothing, though others could', () => {
    expect(allocate(SHELVES, qty(1000), TODAY, { batch: 3 })).toEqual({
      parts: [],
      oversold: 1000,
      expiredLeft: 4000,
    });
  });
});

describe('a date read from the pack', () => {
  test('takes the batches of that date first, and overrules the label of an expired batch', () => {
    const dated = businessDay('2026-12-01');
    expect(allocate(SHELVES, qty(4500), TODAY, { dated }).parts).toEqual([
      part(6, 2000),
      part(7, 2000),
      part(9, 500),
    ]);
    expect(allocate(SHELVES, qty(1000), TODAY, { batch: 3, dated }).parts).toEqual([part(6, 1000)]);
  });

  test('leaves the missing to be sold without a batch, even beside expired goods', () => {
    const onlyExpired = SHELVES.filter(({ batch }) => batch === 3);
    expect(allocate(onlyExpired, qty(1000), TODAY, { dated: TODAY })).toEqual({
      parts: [],
      oversold: 1000,
      expiredLeft: 4000,
    });
  });

  test('in the past is a mistake of the caller', () => {
    expect(() => allocate(SHELVES, qty(1000), TODAY, { dated: addDays(TODAY, -1) })).toThrow();
  });
});

test('quantities that make no sense are mistakes of the caller', () => {
  expect(() => allocate(SHELVES, qty(0), TODAY)).toThrow();
  expect(() => allocate([{ batch: 1, onHand: -1, expires: null }], qty(1), TODAY)).toThrow();
  expect(() => takeOldest(SHELVES, qty(-1))).toThrow();
  expect(() => repay(qty(-1), qty(1))).toThrow();
});

test('a return to the vendor, a write-off or a shortage takes expired goods first', () => {
  expect(takeOldest(SHELVES, qty(6000))).toEqual({
    parts: [part(3, 4000), part(9, 1500), part(6, 500)],
    missing: 0,
  });
  expect(takeOldest(SHELVES, qty(14_000))).toMatchObject({ missing: 500 });
  expect(takeOldest(SHELVES, qty(0))).toEqual({ parts: [], missing: 0 });
});

test('goods that come in repay what was oversold, and no more', () => {
  expect(repay(qty(3000), qty(1000))).toEqual({ repaid: 1000, rest: 0 });
  expect(repay(qty(1000), qty(3000))).toEqual({ repaid: 1000, rest: 2000 });
  expect(repay(qty(0), qty(3000))).toEqual({ repaid: 0, rest: 3000 });
});

describe('goods given back', () => {
  const sold = [part(9, 1500), part(6, 2000), part(0, 500)];

  test('go where the last came from, then before that', () => {
    expect(giveBack(sold, [], qty(1000))).toEqual([part(0, 500), part(6, 500)]);
    expect(giveBack(sold, [part(0, 500), part(6, 500)], qty(3000))).toEqual([part(6, 1500), part(9, 1500)]);
    expect(giveBack(sold, [], qty(4000))).toEqual([part(0, 500), part(6, 2000), part(9, 1500)]);
  });

  test('go to a scanned batch first, and later refunds know it', () => {
    expect(giveBack(sold, [], qty(2000), 9)).toEqual([part(9, 1500), part(0, 500)]);
    expect(giveBack(sold, [part(9, 1500)], qty(2000), 9)).toEqual([part(0, 500), part(6, 1500)]);
    expect(giveBack(sold, [], qty(500), 88)).toEqual([part(0, 500)]);
  });

  test('may have left the same batch twice', () => {
    const twice = [part(0, 1000), part(6, 1000), part(0, 1000)];
    expect(giveBack(twice, [part(0, 1500)], qty(1500))).toEqual([part(6, 1000), part(0, 500)]);
  });

  test('are never more than were sold', () => {
    expect(() => giveBack(sold, [], qty(4001))).toThrow();
    expect(() => giveBack(sold, [part(0, 500)], qty(3501))).toThrow();
    expect(() => giveBack(sold, [part(0, 501)], qty(1))).toThrow();
    expect(() => giveBack(sold, [part(88, 1)], qty(1))).toThrow();
    expect(() => giveBack(sold, [], qty(0))).toThrow();
  });
});
