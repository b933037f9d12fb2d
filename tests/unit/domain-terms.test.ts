/**
 * Proves that a line is divided between center and vendor, and a basket priced, exactly as the worked examples of the
 * center's rules: every figure of them stands here and is reproduced from prices, quantities and terms.
 */
import { describe, expect, test } from 'vitest';
import { type BasketLine, MAX_BASKET_LINES, priceBasket } from '../../shared/domain/basket.ts';
import { MAX_RUPIAH, type Rupiah, rupiah } from '../../shared/domain/money.ts';
import { MAX_QTY, ONE, qty } from '../../shared/domain/quantity.ts';
import {
  type Bearer,
  bearerAllowed,
  NO_DISCOUNTS,
  needsApproval,
  pickTerms,
  splitLine,
  type Terms,
  termsWithinRange,
} from '../../shared/domain/terms.ts';

const percent = (rateBps: number): Terms => ({ model: 'percent', rateBps });
const netPrice = (amount: number): Terms => ({ model: 'net-price', netPrice: rupiah(amount) });
const fixed = (amount: number): Terms => ({ model: 'fixed', perUnit: rupiah(amount) });
const margin = (cost: number, rateBps: number): Terms => ({ model: 'margin', cost: rupiah(cost), rateBps });
const none: Terms = { model: 'none' };
const ownGoods: Terms = { model: 'own-goods' };

function split(gross: number, pieces: number, terms: Terms, discount: number, bearer: Bearer) {
  const discounts = { ...NO_DISCOUNTS, [bearer]: rupiah(discount) };
  return splitLine({ gross: rupiah(gross), quantity: qty(pieces * 1000), terms, discounts });
}

describe('who bears a discount of 4.000 on 40.000 at 20 %', () => {
  test.each<[Bearer, number, number]>([
    ['shared', 7200, 28_800],
    ['center', 4000, 32_000],
    ['vendor', 8000, 28_000],
  ])('%s: commission %d, vendor %d', (bearer, commission, share) => {
    expect(split(40_000, 1, percent(2000), 4000, bearer)).toMatchObject({ net: 36_000, commission, share });
  });

  test('all three bearers on one line', () => {
    const discounts = { shared: rupiah(1000), center: rupiah(500), vendor: rupiah(250) };
    const line = splitLine({ gross: rupiah(40_000), quantity: ONE, terms: percent(2000), discounts });
    expect(line).toEqual({ base: 39_000, net: 38_250, commission: 7300, share: 30_950 });
  });
});

describe('percent', () => {
  test('the odd rupiah goes to the vendor', () => {
    expect(split(999, 1, percent(1000), 0, 'shared')).toMatchObject({ commission: 99, share: 900 });
  });

  test('0 % and 100 % give everything to one side', () => {
    expect(split(999, 1, percent(0), 0, 'shared')).toMatchObject({ commission: 0, share: 999 });
    expect(split(999, 1, percent(10_000), 0, 'shared')).toMatchObject({ commission: 999, share: 0 });
  });

  test('a rate is 0 to 10.000 basis points', () => {
    expect(() => split(999, 1, percent(10_001), 0, 'shared')).toThrow();
    expect(() => split(999, 1, percent(-1), 0, 'shared')).toThrow();
    expect(() => split(999, 1, percent(0.5), 0, 'shared')).toThrow();
  });
});

describe('net price 20.000, price 25.000, two pieces', () => {
  test.each<[number, Bearer, number, number]>([
    [6000, 'shared', 44_000, 4000],
    [6000, 'center', 44_000, 4000],
    [12_000, 'shared', 38_000, -2000],
    [12_000, 'center', 38_000, -2000],
  ])('discount %d borne %s: net %d, commission %d', (discount, bearer, net, commission) => {
    const line = split(50_000, 2, netPrice(20_000), discount, bearer);
    expect(line).toMatchObject({ net, commission, share: 40_000 });
    expect(needsApproval(line)).toBe(commission < 0);
  });

  test('is owed per unit, rounded half up', () => {
    const line = { gross: rupiah(21_518), quantity: qty(755), discounts: NO_DISCOUNTS };
    expect(splitLine({ ...line, terms: netPrice(20_002) })).toMatchObject({
      share: 15_102,
      commission: 6416,
    });
  });

  test('the vendor bears no discount on it', () => {
    expect(bearerAllowed(netPrice(1), 'vendor')).toBe(false);
    expect(bearerAllowed(netPrice(1), 'center')).toBe(true);
    expect(bearerAllowed(percent(1), 'vendor')).toBe(true);
    expect(() => split(50_000, 2, netPrice(20_000), 1, 'vendor')).toThrow(/net price/);
  });
});

describe('two pieces at 20.000 with a discount of 4.000', () => {
  test.each<[string, Terms, Bearer, number, number]>([
    ['5.000 per piece', fixed(5000), 'shared', 10_000, 26_000],
    ['5.000 per piece', fixed(5000), 'center', 6000, 30_000],
    ['5.000 per piece', fixed(5000), 'vendor', 10_000, 26_000],
    // The margin over a cost of 15.000 is 6.000 of the base 36.000, else 10.000 of 40.000.
    ['40 % over a cost of 15.000', margin(15_000, 4000), 'shared', 2400, 33_600],
    ['40 % over a cost of 15.000', margin(15_000, 4000), 'center', 0, 36_000],
    ['40 % over a cost of 15.000', margin(15_000, 4000), 'vendor', 4000, 32_000],
    ['no commission', none, 'shared', 0, 36_000],
    ['no commission', none, 'center', -4000, 40_000],
    ['no commission', none, 'vendor', 0, 36_000],
    ['own goods', ownGoods, 'shared', 36_000, 0],
    ['own goods', ownGoods, 'center', 36_000, 0],
  ])('%s %# splits as worked', (_, terms, bearer, commission, share) => {
    const line = split(40_000, 2, terms, 4000, bearer);
    expect(line).toMatchObject({ net: 36_000, commission, share });
    expect(needsApproval(line)).toBe(commission < 0);
  });
});

describe('a fixed commission', () => {
  test('is rounded down, so the odd rupiah goes to the vendor', () => {
    const line = { gross: rupiah(21_518), quantity: qty(755), discounts: NO_DISCOUNTS };
    // 3.999 × 0,755 = 3.019,245; 3.001 × 0,755 = 2.265,755: neither is rounded up.
    expect(splitLine({ ...line, terms: fixed(3999) })).toMatchObject({ commission: 3019, share: 18_499 });
    expect(splitLine({ ...line, terms: fixed(3001) })).toMatchObject({ commission: 2265, share: 19_253 });
  });

  test('above the price leaves the vendor below 0 and asks for approval', () => {
    const line = split(8000, 2, fixed(5000), 0, 'shared');
    expect(line).toMatchObject({ net: 8000, commission: 10_000, share: -2000 });
    expect(needsApproval(line)).toBe(true);
  });
});

describe('a margin', () => {
  test('below the cost gives the center nothing and the vendor all there is', () => {
    expect(split(29_999, 2, margin(15_000, 4000), 0, 'shared')).toMatchObject({
      commission: 0,
      share: 29_999,
    });
    expect(split(30_001, 2, margin(15_000, 4000), 0, 'shared')).toMatchObject({ commission: 0 });
    expect(split(30_003, 2, margin(15_000, 4000), 0, 'shared')).toMatchObject({ commission: 1 });
  });

  test('counts the cost per unit, rounded half up, and takes its rate rounded down', () => {
    // 15.002 × 0,755 = 11.326,51 → 11.327; 21.518 − 11.327 = 10.191; half of it is 5.095,5.
    const line = { gross: rupiah(21_518), quantity: qty(755), discounts: NO_DISCOUNTS };
    expect(splitLine({ ...line, terms: margin(15_002, 5000) })).toMatchObject({
      commission: 5095,
      share: 16_423,
    });
  });

  test('has a rate of 0 to 10.000 basis points', () => {
    expect(() => split(999, 1, margin(1, 10_001), 0, 'shared')).toThrow();
    expect(() => split(999, 1, margin(1, -1), 0, 'shared')).toThrow();
  });
});

test('own goods never leave a vendor anything, nor take anything from one', () => {
  expect(bearerAllowed(ownGoods, 'vendor')).toBe(false);
  expect(bearerAllowed(ownGoods, 'shared') && bearerAllowed(ownGoods, 'center')).toBe(true);
  expect(() => split(40_000, 1, ownGoods, 1, 'vendor')).toThrow(/own goods/);
  const discounts = { shared: rupiah(3000), center: rupiah(1000), vendor: rupiah(0) };
  expect(splitLine({ gross: rupiah(40_000), quantity: ONE, terms: ownGoods, discounts })).toEqual({
    base: 37_000,
    net: 36_000,
    commission: 36_000,
    share: 0,
  });
});

test.each<[string, Terms]>([
  ['net price', netPrice(-1)],
  ['fixed', fixed(-1)],
  ['margin', margin(-1, 0)],
])('an amount per unit below 0 is no terms: %s', (_, terms) => {
  expect(() => split(1000, 1, terms, 0, 'shared')).toThrow();
});

test('terms per unit stay within the largest amount, or are told apart beforehand', () => {
  for (const terms of [netPrice(MAX_RUPIAH), fixed(MAX_RUPIAH), margin(MAX_RUPIAH, 1)]) {
    expect(termsWithinRange(terms, ONE)).toBe(true);
    expect(split(1000, 1, terms, 0, 'shared').net).toBe(1000);
    expect(termsWithinRange(terms, qty(1001))).toBe(false);
  }
  for (const terms of [percent(1), none, ownGoods]) expect(termsWithinRange(terms, qty(MAX_QTY))).toBe(true);
});

test('a vendor-borne discount above the share asks for approval too', () => {
  const line = split(1000, 1, percent(9000), 200, 'vendor');
  expect(line).toMatchObject({ commission: 900, share: -100 });
  expect(needsApproval(line)).toBe(true);
});

test('discounts never exceed the gross and are never negative', () => {
  expect(() => split(1000, 1, percent(0), 1001, 'shared')).toThrow();
  expect(() => split(1000, 1, percent(0), -1, 'center')).toThrow();
});

test('terms are picked by precedence, most particular first', () => {
  const center = percent(1);
  const all = {
    product: percent(5),
    'vendor-category': percent(4),
    vendor: percent(3),
    category: percent(2),
    center,
  };
  expect(pickTerms(all)).toEqual({ level: 'product', terms: percent(5) });
  expect(pickTerms({ ...all, product: undefined })).toEqual({ level: 'vendor-category', terms: percent(4) });
  expect(pickTerms({ vendor: percent(3), category: percent(2), center })).toMatchObject({ level: 'vendor' });
  expect(pickTerms({ category: percent(2), center })).toMatchObject({ level: 'category' });
  expect(pickTerms({ center })).toEqual({ level: 'center', terms: center });
  expect(pickTerms({ product: undefined, center: undefined })).toBeUndefined();
  expect(pickTerms({})).toBeUndefined();
});

test('what is found at a level comes back as it was put in', () => {
  const agreement = { id: 7, terms: none };
  expect(pickTerms({ vendor: agreement })).toEqual({ level: 'vendor', terms: agreement });
});

function line(price: number, pieces: number, more: Partial<BasketLine> = {}): BasketLine {
  return {
    price: rupiah(price),
    quantity: qty(pieces * 1000),
    discounts: NO_DISCOUNTS,
    saleDiscountBearer: 'shared',
    ...more,
  };
}

function priced(lines: readonly BasketLine[], saleDiscount: Rupiah) {
  const basket = priceBasket(lines, saleDiscount);
  if (!basket.ok) throw new Error(`refused: ${basket.reason}`);
  return basket;
}

describe('the worked sale', () => {
  const lines = [line(18_000, 3), line(7777, 3), line(40_000, 1)];
  const basket = priced(lines, rupiah(10_000));

  test('spreads the sale discount over the lines', () => {
    expect(basket.lines.map(({ gross, saleDiscount, net }) => [gross, saleDiscount, net])).toEqual([
      [54_000, 4602, 49_398],
      [23_331, 1989, 21_342],
      [40_000, 3409, 36_591],
    ]);
    expect(basket.totals).toEqual({ gross: 117_331, lineDiscount: 0, saleDiscount: 10_000, net: 107_331 });
  });

  test('divides each line by its terms', () => {
    const parts = [1500, 1250, 2000].map((rateBps, index) => {
      const priced = basket.lines[index]!;
      return splitLine({ ...priced, quantity: lines[index]!.quantity, terms: percent(rateBps) });
    });
    expect(parts.map(({ commission, share }) => [commission, share])).toEqual([
      [7409, 41_989],
      [2667, 18_675],
      [7318, 29_273],
    ]);
    expect(parts.reduce((sum, part) => sum + part.commission, 0)).toBe(17_394);
    expect(parts.reduce((sum, part) => sum + part.share, 0)).toBe(89_937);
  });
});

describe('a basket', () => {
  test('takes the line discount first', () => {
    const discounts = { ...NO_DISCOUNTS, center: rupiah(5000) };
    const basket = priced([line(10_000, 1, { discounts }), line(5000, 1)], rupiah(1001));
    expect(basket.lines.map((each) => [each.lineDiscount, each.saleDiscount, each.net])).toEqual([
      [5000, 501, 4499],
      [0, 500, 4500],
    ]);
    expect(basket.lines[0]?.discounts).toEqual({ shared: 501, center: 5000, vendor: 0 });
  });

  test('keeps lines out of the sale discount that do not allow it or have nothing left', () => {
    const free = line(5000, 1, { discounts: { ...NO_DISCOUNTS, shared: rupiah(5000) } });
    const basket = priced(
      [line(10_000, 1, { saleDiscountBearer: 'none' }), free, line(3000, 1)],
      rupiah(3000),
    );
    expect(basket.lines.map((each) => each.saleDiscount)).toEqual([0, 0, 3000]);
    const refused = priceBasket([line(10_000, 1, { saleDiscountBearer: 'none' }), free], rupiah(1));
    expect(refused).toEqual({ ok: false, reason: 'sale-discount-exceeds-lines' });
  });

  test('can be discounted to nothing', () => {
    expect(priced([line(10_000, 1), line(1, 1)], rupiah(10_001)).totals.net).toBe(0);
  });

  test.each<[string, BasketLine[], number, object]>([
    ['no lines', [], 0, { reason: 'no-lines' }],
    ['201 lines', Array(MAX_BASKET_LINES + 1).fill(line(1, 1)), 0, { reason: 'too-many-lines' }],
    ['a negative price', [line(1, 1), line(-1, 1)], 0, { reason: 'price-negative', line: 1 }],
    ['no quantity', [line(1, 0)], 0, { reason: 'quantity-not-positive', line: 0 }],
    ['a negative quantity', [line(1, -1)], 0, { reason: 'quantity-not-positive', line: 0 }],
    [
      'a negative discount',
      [line(9, 1, { discounts: { ...NO_DISCOUNTS, vendor: rupiah(-1) } })],
      0,
      { reason: 'discount-negative', line: 0 },
    ],
    [
      'a line discount above the line',
      [line(9, 1, { discounts: { shared: rupiah(4), center: rupiah(3), vendor: rupiah(3) } })],
      0,
      { reason: 'discount-exceeds-line', line: 0 },
    ],
    ['a negative sale discount', [line(9, 1)], -1, { reason: 'sale-discount-negative' }],
    ['a sale discount above the lines', [line(9, 1)], 10, { reason: 'sale-discount-exceeds-lines' }],
    ['a line too large', [line(MAX_RUPIAH, 2)], 0, { reason: 'amount-too-large', line: 0 }],
    ['a sum too large', [line(MAX_RUPIAH, 1), line(1, 1)], 0, { reason: 'amount-too-large' }],
  ])('with %s is refused with a reason', (_, lines, saleDiscount, problem) => {
    expect(priceBasket(lines, rupiah(saleDiscount))).toEqual({ ok: false, ...problem });
  });

  test('of 200 lines is taken', () => {
    expect(priced(Array(MAX_BASKET_LINES).fill(line(7, 1)), rupiah(199)).totals.net).toBe(1201);
  });
});
