/**
 * Proves that a product's and a batch's own codes are EANs, tell themselves apart, and cannot be taken for any other
 * code: a maker's EAN, an EAN-8, a code of another range for use inside a shop.
 */
import { expect, test } from 'vitest';
import {
  batchEan13,
  inStoreEan13,
  isEan,
  MAX_OWN_CODE_NUMBER,
  productEan13,
  readOwnCode,
} from '../../shared/domain/barcode.ts';

test('a product and a batch of the same number have different codes', () => {
  expect(productEan13(4711)).toBe('2000000047119');
  expect(batchEan13(4711)).toBe('2900000047112');
  expect(isEan(productEan13(4711)) && isEan(batchEan13(4711))).toBe(true);
  expect(readOwnCode('2000000047119')).toEqual({ kind: 'product', number: 4711 });
  expect(readOwnCode('2900000047112')).toEqual({ kind: 'batch', number: 4711 });
});

test('labels printed before batches had codes still name their product', () => {
  expect(productEan13(12)).toBe(inStoreEan13(12));
  expect(readOwnCode(inStoreEan13(12))).toEqual({ kind: 'product', number: 12 });
});

test('the largest number fits, and nothing beyond', () => {
  expect(readOwnCode(batchEan13(MAX_OWN_CODE_NUMBER))).toEqual({
    kind: 'batch',
    number: MAX_OWN_CODE_NUMBER,
  });
  for (const wrong of [0, -1, 1.5, MAX_OWN_CODE_NUMBER + 1, Number.NaN]) {
    expect(() => productEan13(wrong)).toThrow();
    expect(() => batchEan13(wrong)).toThrow();
  }
});

test.each([
  ['', 'nothing'],
  ['4006381333931', 'a maker\u2019s code'],
  ['73513537', 'an EAN-8'],
  ['2000000047114', 'a wrong check digit'],
  [inStoreEan13(0), 'number 0 of a product'],
  [inStoreEan13(90_000_000_000), 'number 0 of a batch'],
  [inStoreEan13(12_345_678_901), 'another range of codes for use inside a shop'],
  ['200000004711', 'one digit too few'],
  [' 2000000047119', 'a space in front'],
  ['2000000047119\n', 'a line break behind'],
])('"%s" (%s) is no code of the center\u2019s own', (text) => {
  expect(readOwnCode(text)).toBeUndefined();
});
