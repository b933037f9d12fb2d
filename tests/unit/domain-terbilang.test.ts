/**
 * Proves that amounts in words and barcodes are what Indonesian documents and GS1 ask for, by a table of words that
 * covers each rule of the language once, and by codes whose check digits are printed on real goods.
 */
import { describe, expect, test } from 'vitest';
import {
  eanCheckDigit,
  inStoreEan13,
  inStoreNumber,
  isEan,
  MAX_IN_STORE_NUMBER,
} from '../../shared/domain/barcode.ts';
import { rupiah } from '../../shared/domain/money.ts';
import { terbilang, terbilangRupiah } from '../../shared/domain/terbilang.ts';

test.each([
  [0, 'nol'],
  [10, 'sepuluh'],
  [11, 'sebelas'],
  [12, 'dua belas'],
  [19, 'sembilan belas'],
  [21, 'dua puluh satu'],
  [100, 'seratus'],
  [101, 'seratus satu'],
  [111, 'seratus sebelas'],
  [999, 'sembilan ratus sembilan puluh sembilan'],
  [1000, 'seribu'],
  [1011, 'seribu sebelas'],
  [1100, 'seribu seratus'],
  [2000, 'dua ribu'],
  [11_000, 'sebelas ribu'],
  [21_000, 'dua puluh satu ribu'],
  [100_000, 'seratus ribu'],
  [101_000, 'seratus satu ribu'],
  [111_111, 'seratus sebelas ribu seratus sebelas'],
  [1_000_000, 'satu juta'],
  [1_001_000, 'satu juta seribu'],
  [1_100_000, 'satu juta seratus ribu'],
  [2_500_750, 'dua juta lima ratus ribu tujuh ratus lima puluh'],
  [11_000_000, 'sebelas juta'],
  [101_001_001, 'seratus satu juta seribu satu'],
  [1_000_001_000, 'satu miliar seribu'],
  [
    1_234_567_890,
    'satu miliar dua ratus tiga puluh empat juta lima ratus enam puluh tujuh ribu delapan ratus sembilan puluh',
  ],
  [1_000_000_000_000, 'satu triliun'],
  [-5000, 'minus lima ribu'],
])('%d in words', (value, words) => {
  expect(terbilang(value)).toBe(words);
});

test('a kwitansi has a capital letter and rupiah in full', () => {
  expect(terbilangRupiah(rupiah(1_001_000))).toBe('Satu juta seribu rupiah');
  expect(() => terbilang(1.5)).toThrow();
  expect(() => terbilang(1_000_000_000_000_000)).toThrow();
});

describe('EAN codes', () => {
  test('known check digits', () => {
    expect(eanCheckDigit('400638133393')).toBe(1);
    expect(eanCheckDigit('7351353')).toBe(7);
    expect(isEan('4006381333931')).toBe(true);
    expect(isEan('73513537')).toBe(true);
    expect(isEan('4006381333932')).toBe(false);
    expect(isEan('400638133393')).toBe(false);
    expect(isEan('400638133393A')).toBe(false);
    expect(() => eanCheckDigit('12')).toThrow();
  });

  test('the center\u2019s own codes start with 2 and give their number back', () => {
    expect(inStoreEan13(1)).toBe('2000000000015');
    expect(isEan(inStoreEan13(4711))).toBe(true);
    expect(inStoreNumber(inStoreEan13(4711))).toBe(4711);
    expect(inStoreNumber(inStoreEan13(MAX_IN_STORE_NUMBER))).toBe(MAX_IN_STORE_NUMBER);
    expect(inStoreNumber('4006381333931')).toBeUndefined();
    expect(inStoreNumber('2000000000016')).toBeUndefined();
    expect(() => inStoreEan13(MAX_IN_STORE_NUMBER + 1)).toThrow();
    expect(() => inStoreEan13(-1)).toThrow();
  });
});
