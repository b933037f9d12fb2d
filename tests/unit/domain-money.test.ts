/**
 * Proves that amounts and quantities are written and read as the center's money rules say, and that a split adds up,
 * by reproducing every worked figure of those rules and by trying the texts that could be read two ways.
 */
import { describe, expect, test } from 'vitest';
import {
  formatNumber,
  formatRupiah,
  MAX_RUPIAH,
  parseRupiah,
  rupiah,
  splitByLargestRemainder,
  sumRupiah,
} from '../../shared/domain/money.ts';
import {
  formatQty,
  grossOf,
  grossWithinRange,
  MAX_QTY,
  ONE,
  parseQty,
  qty,
} from '../../shared/domain/quantity.ts';

describe('rupiah', () => {
  test('takes whole numbers up to the largest amount, and no others', () => {
    expect(rupiah(MAX_RUPIAH)).toBe(99_999_999_999);
    expect(rupiah(-MAX_RUPIAH)).toBe(-99_999_999_999);
    for (const wrong of [0.5, MAX_RUPIAH + 1, -MAX_RUPIAH - 1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => rupiah(wrong)).toThrow(/not an amount/);
    }
  });

  test('never is minus zero', () => {
    expect(Object.is(rupiah(-0), 0)).toBe(true);
    expect(Object.is(qty(-0), 0)).toBe(true);
  });

  test('a sum stays within the largest amount', () => {
    expect(sumRupiah([rupiah(1), rupiah(-3)])).toBe(-2);
    expect(() => sumRupiah([rupiah(MAX_RUPIAH), rupiah(1)])).toThrow(/not an amount/);
  });
});

describe('writing amounts', () => {
  test.each([
    [0, 'Rp0'],
    [999, 'Rp999'],
    [1000, 'Rp1.000'],
    [1_234_567, 'Rp1.234.567'],
    [-5000, '-Rp5.000'],
    [MAX_RUPIAH, 'Rp99.999.999.999'],
  ])('%d is %s', (amount, text) => {
    expect(formatRupiah(rupiah(amount))).toBe(text);
  });

  test('plain numbers have dots and a minus, fractions have no form', () => {
    expect(formatNumber(-1_234_567)).toBe('-1.234.567');
    expect(formatNumber(12)).toBe('12');
    expect(() => formatNumber(1.5)).toThrow(/whole/);
  });
});

describe('reading amounts', () => {
  test.each([
    ['1234567', 1_234_567],
    ['1.234.567', 1_234_567],
    ['Rp 25.000', 25_000],
    ['Rp25.000', 25_000],
    ['Rp. 25.000', 25_000],
    ['rp\u00a025.000', 25_000],
    ['  25000  ', 25_000],
    ['25rb', 25_000],
    ['25 ribu', 25_000],
    ['25k', 25_000],
    ['25K', 25_000],
    ['1,5jt', 1_500_000],
    ['1,25 juta', 1_250_000],
    ['0,5rb', 500],
    ['1.500rb', 1_500_000],
    ['1.500', 1500],
    ['0', 0],
    ['-5.000', -5000],
    ['-Rp5.000', -5000],
    ['99.999.999.999', MAX_RUPIAH],
  ])('%j is %d', (text, amount) => {
    expect(parseRupiah(text)).toBe(amount);
  });

  test.each([
    '',
    ' ',
    'Rp',
    'abc',
    '-',
    '1,500',
    '1.5',
    '1.50',
    '1.2345',
    '12.34.567',
    '1,234,567',
    '1,250rb',
    '1,5',
    '1.5jt',
    '25.000,00',
    '25,000.00',
    '0.500',
    '007',
    '1e5',
    '1 000',
    '+5',
    '--5',
    '5-',
    '25rbk',
    '0x10',
    '١٢٣',
    'Infinity',
    '100.000.000.000',
    '100000jt',
    '9'.repeat(41),
  ])('%j is refused', (text) => {
    expect(parseRupiah(text)).toBeUndefined();
  });
});

describe('quantities', () => {
  test.each([
    ['3', 3000],
    ['0,755', 755],
    ['0.755', 755],
    ['1.5', 1500],
    ['1.500', 1500],
    ['0', 0],
    ['1500', 1_500_000],
  ])('%j is %d thousandths', (text, thousandths) => {
    expect(parseQty(text)).toBe(thousandths);
  });

  test.each(['', '-1', '1,', ',5', '1.234,5', '1.0000', '01', '1e3', '123456789', 'x'])(
    '%j is refused',
    (text) => {
      expect(parseQty(text)).toBeUndefined();
    },
  );

  test.each([
    [1000, '1'],
    [755, '0,755'],
    [1500, '1,5'],
    [50, '0,05'],
    [1_500_000, '1500'],
    [-250, '-0,25'],
    [0, '0'],
  ])('%d thousandths are %s', (thousandths, text) => {
    expect(formatQty(qty(thousandths))).toBe(text);
  });

  test('gross is rounded half up: 28.500 a kilo, 0,755 kg', () => {
    expect(grossOf(rupiah(28_500), qty(755))).toBe(21_518);
    expect(grossOf(rupiah(1), qty(499))).toBe(0);
    expect(grossOf(rupiah(1), qty(500))).toBe(1);
    expect(grossOf(rupiah(MAX_RUPIAH), ONE)).toBe(MAX_RUPIAH);
  });

  test('gross beyond the largest amount is a fault, or undefined where a person is typing', () => {
    expect(() => grossOf(rupiah(MAX_RUPIAH), qty(1001))).toThrow();
    expect(grossWithinRange(rupiah(MAX_RUPIAH), qty(1001))).toBeUndefined();
    expect(grossWithinRange(rupiah(MAX_RUPIAH), qty(MAX_QTY))).toBeUndefined();
    expect(grossWithinRange(rupiah(MAX_RUPIAH), ONE)).toBe(MAX_RUPIAH);
    expect(() => grossOf(rupiah(-1), ONE)).toThrow();
  });
});

describe('splitting', () => {
  test('10.000 over the lines of the worked sale', () => {
    expect(splitByLargestRemainder(10_000, [54_000, 23_331, 40_000])).toEqual([4602, 1989, 3409]);
  });

  test('equal remainders go to the earlier line', () => {
    expect(splitByLargestRemainder(1, [5, 5, 5])).toEqual([1, 0, 0]);
    expect(splitByLargestRemainder(2, [5, 5, 5])).toEqual([1, 1, 0]);
    expect(splitByLargestRemainder(100, [1, 1, 1])).toEqual([34, 33, 33]);
  });

  test('the larger remainder comes before the earlier line', () => {
    // Exact shares 0,3 and 0,7: the one rupiah belongs to the second.
    expect(splitByLargestRemainder(1, [3, 7])).toEqual([0, 1]);
  });

  test('a negative total mirrors the positive one, a weight of 0 gets nothing', () => {
    expect(splitByLargestRemainder(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(splitByLargestRemainder(7, [0, 3, 0])).toEqual([0, 7, 0]);
  });

  test('with nothing to split over only 0 can be split', () => {
    expect(splitByLargestRemainder(0, [0, 0])).toEqual([0, 0]);
    expect(splitByLargestRemainder(0, [])).toEqual([]);
    expect(() => splitByLargestRemainder(1, [0, 0])).toThrow(/nothing to split over/);
    expect(() => splitByLargestRemainder(1, [])).toThrow(/nothing to split over/);
    expect(() => splitByLargestRemainder(1, [2, -1])).toThrow(/not negative/);
  });
});
