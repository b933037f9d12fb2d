/**
 * Proves that a discount is divided among those who bear it without losing a rupiah, that a percentage never takes off
 * more than it says, and that several discounts of one line come to the line as one.
 */
import { describe, expect, test } from 'vitest';
import {
  type BearerBps,
  borneBy,
  joinDiscounts,
  percentDiscount,
  splitDiscount,
} from '../../shared/domain/discount.ts';
import { MAX_RUPIAH, rupiah } from '../../shared/domain/money.ts';
import { ONE } from '../../shared/domain/quantity.ts';
import { type Discounts, NO_DISCOUNTS, splitLine } from '../../shared/domain/terms.ts';

const bps = (shared: number, center: number, vendor: number): BearerBps => ({ shared, center, vendor });
const rp = (shared: number, center: number, vendor: number): Discounts => ({
  shared: rupiah(shared),
  center: rupiah(center),
  vendor: rupiah(vendor),
});

describe('who bears a discount', () => {
  test.each<[number, BearerBps, Discounts]>([
    [4000, borneBy('shared'), rp(4000, 0, 0)],
    [4000, borneBy('center'), rp(0, 4000, 0)],
    [4000, borneBy('vendor'), rp(0, 0, 4000)],
    [4000, bps(0, 5000, 5000), rp(0, 2000, 2000)],
    [10_001, bps(2500, 2500, 5000), rp(2500, 2500, 5001)],
    // Thirds of 100: 33,34 and 33,33 and 33,33; the largest remainder takes the odd rupiah.
    [100, bps(3334, 3333, 3333), rp(34, 33, 33)],
    // Equal remainders go to the earlier one: shared, then center, then vendor.
    [1, bps(0, 5000, 5000), rp(0, 1, 0)],
    [1, bps(5000, 0, 5000), rp(1, 0, 0)],
    [0, bps(2000, 3000, 5000), NO_DISCOUNTS],
    [MAX_RUPIAH, bps(1, 9998, 1), rp(10_000_000, 99_979_999_999, 10_000_000)],
  ])('of %d by %j', (amount, bearers, expected) => {
    expect(splitDiscount(rupiah(amount), bearers)).toEqual(expected);
  });

  test.each([
    ['too little', 100, bps(0, 5000, 4999)],
    ['too much', 100, bps(1, 5000, 5000)],
    ['below 0', 100, bps(-1, 5001, 5000)],
    ['a fraction', 100, bps(0.5, 4999.5, 5000)],
    ['an amount below 0', -1, borneBy('center')],
  ])('%s is refused', (_, amount, bearers) => {
    expect(() => splitDiscount(rupiah(amount), bearers)).toThrow();
  });
});

describe('a percentage', () => {
  test.each([
    [40_000, 1000, 4000],
    [21_518, 1000, 2151],
    [999, 1, 0],
    [9999, 1, 0],
    [10_000, 1, 1],
    [MAX_RUPIAH, 10_000, MAX_RUPIAH],
    [MAX_RUPIAH, 9999, 99_989_999_999],
    [0, 5000, 0],
  ])('of %d at %d basis points takes off %d', (gross, rateBps, expected) => {
    expect(percentDiscount(rupiah(gross), rateBps)).toBe(expected);
  });

  test('is 0 to 10.000 basis points of 0 or more', () => {
    expect(() => percentDiscount(rupiah(1), 10_001)).toThrow();
    expect(() => percentDiscount(rupiah(1), -1)).toThrow();
    expect(() => percentDiscount(rupiah(1), 0.5)).toThrow();
    expect(() => percentDiscount(rupiah(-1), 1)).toThrow();
  });
});

test('several discounts of a line come to it as one, bearer by bearer', () => {
  const joined = joinDiscounts([rp(1000, 0, 0), rp(0, 500, 250), rp(1, 2, 3)]);
  expect(joined).toEqual(rp(1001, 502, 253));
  expect(joinDiscounts([])).toEqual(NO_DISCOUNTS);
  expect(() => joinDiscounts([rp(MAX_RUPIAH, 0, 0), rp(1, 0, 0)])).toThrow();
});

test('10 % on 40.000 at 20 %, half of it the center\u2019s and half the vendor\u2019s', () => {
  const discounts = splitDiscount(percentDiscount(rupiah(40_000), 1000), bps(0, 5000, 5000));
  const line = splitLine({
    gross: rupiah(40_000),
    quantity: ONE,
    terms: { model: 'percent', rateBps: 2000 },
    discounts,
  });
  expect(line).toEqual({ base: 40_000, net: 36_000, commission: 6000, share: 30_000 });
});
