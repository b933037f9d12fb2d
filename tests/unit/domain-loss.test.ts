/**
 * Proves who bears goods that were lost: at the vendor's share and never at the retail price, to the rupiah, under each
 * kind of agreement and over a run of losses that uses an allowance up.
 */
import { describe, expect, test } from 'vitest';
import { type LossTerms, splitLoss, vendorValue } from '../../shared/domain/loss.ts';
import { MAX_RUPIAH, rupiah } from '../../shared/domain/money.ts';
import { qty } from '../../shared/domain/quantity.ts';
import type { Terms } from '../../shared/domain/terms.ts';

function lost(pieces: number, value: number, terms: LossTerms, received = 0, lostBefore = 0) {
  return splitLoss({
    quantity: qty(pieces * 1000),
    value: rupiah(value),
    terms,
    sinceCount: { received: qty(received * 1000), lostBefore: qty(lostBefore * 1000) },
  });
}

const shared = (vendorBps: number): LossTerms => ({ bearer: 'shared', vendorBps });
const allowance = (allowanceBps: number): LossTerms => ({ bearer: 'allowance', allowanceBps });

describe('three pieces worth 41.989 to their vendor', () => {
  test.each<[string, LossTerms, number, number]>([
    ['are the vendor\u2019s', { bearer: 'vendor' }, 0, 41_989],
    ['are the center\u2019s', { bearer: 'center' }, 41_989, 0],
    ['are shared by half: the odd rupiah is the vendor\u2019s gain', shared(5000), 20_995, 20_994],
    ['are shared at 0 %', shared(0), 41_989, 0],
    ['are shared at 100 %', shared(10_000), 0, 41_989],
    ['are shared at 33,33 %', shared(3333), 27_995, 13_994],
  ])('%s', (_, terms, center, vendor) => {
    expect(lost(3, 41_989, terms)).toEqual({ center, vendor });
  });
});

describe('an allowance of 2 %', () => {
  test.each<[string, number, number, number, number]>([
    ['150 received allow the three pieces', 150, 0, 0, 41_989],
    ['100 received allow two of three', 100, 0, 13_997, 27_992],
    ['100 received and two lost before allow none', 100, 2, 41_989, 0],
    ['100 received and more lost before than allowed', 100, 9, 41_989, 0],
    ['nothing received allows nothing', 0, 0, 41_989, 0],
  ])('%s', (_, received, lostBefore, center, vendor) => {
    expect(lost(3, 41_989, allowance(200), received, lostBefore)).toEqual({ center, vendor });
  });

  test('is rounded down to thousandths', () => {
    // 2 % of 0,049 kg is 0,00098 kg: nothing. Of 0,05 kg it is one gram of the two lost.
    const loss = { quantity: qty(2), value: rupiah(101), terms: allowance(200) };
    const with49 = splitLoss({ ...loss, sinceCount: { received: qty(49), lostBefore: qty(0) } });
    const with50 = splitLoss({ ...loss, sinceCount: { received: qty(50), lostBefore: qty(0) } });
    expect(with49).toEqual({ center: 101, vendor: 0 });
    expect(with50).toEqual({ center: 51, vendor: 50 });
  });

  test('is used up by one loss after the other', () => {
    // 4 of 200 pieces are the vendor's, whichever way seven of them go.
    const terms = allowance(200);
    const value = 10_000;
    expect(lost(1, value, terms, 200, 0).vendor).toBe(10_000);
    expect(lost(2, 2 * value, terms, 200, 1).vendor).toBe(20_000);
    expect(lost(3, 3 * value, terms, 200, 3).vendor).toBe(10_000);
    expect(lost(1, value, terms, 200, 6).vendor).toBe(0);
    expect(lost(7, 7 * value, terms, 200, 0)).toEqual({ center: 30_000, vendor: 40_000 });
  });
});

test('a loss is of something, and nobody bears more than all of it', () => {
  expect(() => lost(0, 1, { bearer: 'center' })).toThrow();
  expect(() => lost(1, -1, { bearer: 'center' })).toThrow();
  expect(() => lost(1, 1, shared(10_001))).toThrow();
  expect(() => lost(1, 1, shared(-1))).toThrow();
  expect(() => lost(1, 1, allowance(10_001), 1)).toThrow();
  expect(() => lost(1, 1, allowance(1), 1, -1)).toThrow();
  expect(() => lost(1, 1, allowance(1), -1)).toThrow();
  expect(lost(1, 0, shared(5000))).toEqual({ center: 0, vendor: 0 });
});

describe('what lost pieces are worth to their vendor', () => {
  test.each<[string, Terms, number, number, number]>([
    ['percent', { model: 'percent', rateBps: 1500 }, 18_000, 3000, 45_900],
    ['percent by weight', { model: 'percent', rateBps: 1500 }, 28_500, 755, 18_291],
    ['net price', { model: 'net-price', netPrice: rupiah(20_000) }, 25_000, 2000, 40_000],
    [
      'net price above the retail price',
      { model: 'net-price', netPrice: rupiah(20_000) },
      15_000,
      2000,
      40_000,
    ],
    ['fixed', { model: 'fixed', perUnit: rupiah(5000) }, 20_000, 2000, 30_000],
    ['fixed above the price', { model: 'fixed', perUnit: rupiah(5000) }, 4000, 2000, 0],
    ['margin', { model: 'margin', cost: rupiah(15_000), rateBps: 4000 }, 20_000, 2000, 36_000],
    ['none', { model: 'none' }, 20_000, 2000, 40_000],
    ['own goods', { model: 'own-goods' }, 20_000, 2000, 0],
  ])('%s', (_, terms, price, quantity, value) => {
    expect(vendorValue(terms, rupiah(price), qty(quantity))).toBe(value);
  });

  test('is no question beyond the largest amount', () => {
    expect(() => vendorValue({ model: 'none' }, rupiah(MAX_RUPIAH), qty(2000))).toThrow();
  });
});
