/**
 * Proves which way on a cashier has when the books refuse a sale for its prices: the new one always, the basket's where
 * it was shown and is lower, or where money for it came in already; and that an ended promotion is found on its lines.
 * And that the second press of a double Enter is told from the first.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../renderer/engine/problem.ts';
import { endedPromotion, priceChangeOf } from '../../renderer/features/pay/price-change.ts';
import { basket, type GoodsLine, totalRupiah } from '../../renderer/stores/basket.ts';
import { BOUNCE_MS, createBounce } from '../../renderer/ui/bounce.ts';

const LINE: GoodsLine = {
  product: 3,
  name: 'Keripik usus',
  vendorCode: 'BU-01',
  unit: 'pcs',
  priceRupiah: 25_000,
  qty: 2_000,
  onHandQty: 9_000,
};
const PAID = [{ kind: 'debit' as const, amountRupiah: 50_000 }];

function refusedFor(name: string, details: object): Problem {
  return { kind: 'rejected', name, details } as Problem;
}

function changedTo(currentRupiah: number): Problem {
  return refusedFor('price-changed', {
    product: 3,
    name: LINE.name,
    basketRupiah: LINE.priceRupiah,
    currentRupiah,
  });
}

beforeEach(() => {
  basket.getState().clear();
  basket.getState().fill({ lines: [LINE] });
});

describe('a price that changed while the basket was filled', () => {
  it('may be kept where it was lower; where it was higher, only when money for it came in', () => {
    const { lines } = basket.getState();
    expect(priceChangeOf(changedTo(27_000), { lines, taken: [] })).toMatchObject({ keepAs: 'kept' });
    expect(priceChangeOf(changedTo(27_000), { lines, taken: PAID })).toMatchObject({ keepAs: 'kept' });
    expect(priceChangeOf(changedTo(20_000), { lines, taken: [] })).toMatchObject({ keepAs: undefined });
    expect(priceChangeOf(changedTo(20_000), { lines, taken: PAID })).toMatchObject({ keepAs: 'override' });
  });

  it('is no change for any other "no"', () => {
    const { lines } = basket.getState();
    expect(priceChangeOf(refusedFor('tender-short', {}), { lines, taken: [] })).toBeUndefined();
    expect(priceChangeOf({ kind: 'lost' }, { lines, taken: [] })).toBeUndefined();
  });

  it('that was kept and is not taken any more gives way to the one of now, on every line of it', () => {
    const { keepPrice, setPrice } = basket.getState();
    keepPrice(3, 25_000, 'kept', 27_000);
    expect(basket.getState().lines).toMatchObject([{ price: 'kept', listRupiah: 27_000 }]);
    const problem = refusedFor('price-not-kept', { product: LINE.name, currentRupiah: 22_000 });
    const change = priceChangeOf(problem, basket.getState());
    expect(change).toEqual({
      product: 3,
      name: LINE.name,
      basketRupiah: 25_000,
      currentRupiah: 22_000,
      keepAs: undefined,
    });
    setPrice(3, 22_000);
    expect(basket.getState().lines).toEqual([{ ...LINE, priceRupiah: 22_000 }]);
  });
});

describe('a promotion that ended while the basket was filled', () => {
  const promotion = { promotion: 8, name: 'Pekan keripik', rateBps: 1_000 };

  it.each([
    ['promotion-ended', { name: promotion.name }],
    ['promotion-not-for-line', { name: promotion.name, product: LINE.name }],
    ['promotion-unknown', { promotion: 8 }],
  ])('is found by what %s says', (name, details) => {
    basket.getState().fill({ lines: [{ ...LINE, promotion }] });
    expect(totalRupiah(basket.getState())).toBe(45_000);
    const isOver = endedPromotion(refusedFor(name, details));
    expect(isOver?.({ ...promotion, promotion: 9, name: 'Hari ibu' })).toBe(false);
    basket.getState().dropPromotion(isOver ?? (() => false));
    expect(totalRupiah(basket.getState())).toBe(50_000);
  });

  it('is none for any other "no"', () => {
    expect(endedPromotion(changedTo(1))).toBeUndefined();
    expect(endedPromotion({ kind: 'lost' })).toBeUndefined();
  });
});

it('a key pressed at once after a change was meant for what stood there before; later ones are not', () => {
  let nowMs = 1_000;
  const bounce = createBounce(() => nowMs);
  expect(bounce.isOn()).toBe(false);
  bounce.mark();
  expect(bounce.isOn()).toBe(true);
  nowMs += BOUNCE_MS - 1;
  expect(bounce.isOn()).toBe(true);
  nowMs += 1;
  expect(bounce.isOn()).toBe(false);
});
