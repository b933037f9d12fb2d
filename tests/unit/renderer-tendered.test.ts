/**
 * Proves what a cashier's few keys in the pay dialog come to, that a typed date of expiry is read the way it stands
 * on packages, and that a drawer's count and a commission are read right. Pure functions with written-out cases.
 */
import { expect, test } from 'vitest';
import { readDay } from '../../renderer/features/intake/typed-day.ts';
import { isOddTender, quickCashKeys, readTendered } from '../../renderer/features/pay/tendered.ts';
import { countedRupiah } from '../../renderer/features/shift/count.ts';
import { rateText, readRate } from '../../renderer/features/vendors/terms-text.ts';
import { rupiah } from '../../shared/domain/money.ts';

test('nothing typed is the exact amount', () => {
  expect(readTendered('', rupiah(55_500))).toBe(55_500);
  expect(readTendered('  ', rupiah(0))).toBe(0);
});

test('one digit is a quick-cash key, and only those on the screen', () => {
  expect(quickCashKeys(rupiah(84_500))).toEqual([85_000, 90_000, 100_000]);
  expect(readTendered('3', rupiah(84_500))).toBe(100_000);
  expect(readTendered('4', rupiah(84_500))).toBeUndefined();
});

test('two or three digits below the amount due are thousands', () => {
  expect(readTendered('50', rupiah(25_000))).toBe(50_000);
  expect(readTendered('500', rupiah(413_000))).toBe(500_000);
  expect(readTendered('500', rupiah(400))).toBe(500);
});

test('whole amounts are taken as they are', () => {
  expect(readTendered('100000', rupiah(84_500))).toBe(100_000);
  expect(readTendered('100.000', rupiah(84_500))).toBe(100_000);
  expect(readTendered('100rb', rupiah(84_500))).toBe(100_000);
  expect(readTendered('abc', rupiah(84_500))).toBeUndefined();
  expect(readTendered('-100000', rupiah(84_500))).toBeUndefined();
});

test.each([
  // A digit too many, a stray one, a whole amount typed twice.
  [99_999_999, 20_000],
  [200_000, 20_000],
  [500_000, 50_000],
  [120_000, 20_000],
])('%i for %i is asked about: its change reaches the largest note', (tendered, due) => {
  expect(isOddTender(rupiah(tendered), rupiah(due))).toBe(true);
});

test.each([
  [119_999, 20_000],
  [100_000, 20_000],
  [100_000, 500],
  [1_000_000, 950_000],
  [20_000, 20_000],
])('%i for %i is taken as it is', (tendered, due) => {
  expect(isOddTender(rupiah(tendered), rupiah(due))).toBe(false);
});

test('no quick-cash key is ever asked about, even where it gives a whole note back', () => {
  expect(quickCashKeys(rupiah(100_000))).toContain(200_000);
  for (let due = 100; due <= 400_000; due += 100) {
    const asked = quickCashKeys(rupiah(due)).filter((amount) => isOddTender(amount, rupiah(due)));
    expect([due, asked]).toEqual([due, []]);
  }
});

test.each([
  ['31-12-2027', '2027-12-31'],
  ['31/12/27', '2027-12-31'],
  ['311227', '2027-12-31'],
  ['31122027', '2027-12-31'],
  ['1.2.28', '2028-02-01'],
  ['29-02-2028', '2028-02-29'],
])('%s is a day', (typed, day) => {
  expect(readDay(typed)).toBe(day);
});

test.each(['29-02-2027', '31-04-2027', '00-01-2027', '2027-12-31', '12', 'besok', ''])(
  '%s is no day',
  (typed) => {
    expect(readDay(typed)).toBeUndefined();
  },
);

test('a counted drawer is the sum of its notes', () => {
  expect(countedRupiah({ 100000: '2', 50000: '1', 500: '3', 100: '' })).toBe(251_500);
  expect(countedRupiah({})).toBe(0);
});

test.each([
  ['30', 3_000],
  ['12,5', 1_250],
  ['12.5 %', 1_250],
  ['0', 0],
  ['100', 10_000],
  ['7,25', 725],
])('%s percent is %i basis points', (typed, rateBps) => {
  expect(readRate(typed)).toBe(rateBps);
  expect(readRate(rateText(rateBps))).toBe(rateBps);
});

test.each(['', '100,01', '101', '12,555', 'x', '-1'])('"%s" is no rate', (typed) => {
  expect(readRate(typed)).toBeUndefined();
});
