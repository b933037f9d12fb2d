/** Baskets as a till can hold them: any mix of goods, weights, discounts, promotions, own prices and unknown goods. */
import fc from 'fast-check';
import type { BasketLine, Discount, GoodsLine, UnknownLine } from '../../renderer/stores/basket.ts';

export interface RandomBasket {
  lines: BasketLine[];
  discount: Discount | null;
  visit: string | null;
  taken: [];
}

const MAX_PRICE_RUPIAH = 2_000_000;

const discount: fc.Arbitrary<Discount> = fc.oneof(
  fc.record({ bps: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({ rupiah: fc.integer({ min: 1, max: 3 * MAX_PRICE_RUPIAH }) }),
);

const quantity = fc.oneof(
  fc.integer({ min: 1, max: 20 }).map((pieces) => pieces * 1_000),
  fc.integer({ min: 1, max: 25_000 }),
);

const goodsLine: fc.Arbitrary<GoodsLine> = fc
  .record({
    product: fc.integer({ min: 1, max: 8 }),
    priceRupiah: fc.integer({ min: 1, max: MAX_PRICE_RUPIAH }),
    qty: quantity,
    discount: fc.option(discount, { nil: undefined }),
    promotionBps: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
    isDiscountable: fc.boolean(),
  })
  .map(({ promotionBps, isDiscountable, discount: own, ...line }) => ({
    ...line,
    name: `Barang ${line.product}`,
    vendorCode: 'KRP',
    unit: 'pcs',
    onHandQty: 10_000,
    ...(own && { discount: own }),
    ...(promotionBps && { promotion: { promotion: 1, name: 'Promo', rateBps: promotionBps } }),
    ...(!isDiscountable && { discountable: false as const }),
  }));

const unknownLine: fc.Arbitrary<UnknownLine> = fc
  .record({ priceRupiah: fc.integer({ min: 1, max: MAX_PRICE_RUPIAH }), qty: quantity })
  .map((line) => ({ ...line, unknownCode: '899777', name: '', vendorCode: '', unit: 'pcs' }));

/** At least one line. `goods` gives the lines with a product; those of the till's own shape when left out. */
export function randomBasket(goods: fc.Arbitrary<GoodsLine> = goodsLine): fc.Arbitrary<RandomBasket> {
  return fc.record({
    lines: fc.array(fc.oneof({ weight: 5, arbitrary: goods }, { weight: 1, arbitrary: unknownLine }), {
      minLength: 1,
      maxLength: 12,
    }),
    discount: fc.option(discount, { nil: null }),
    visit: fc.constantFrom(null, 'Bus biru'),
    taken: fc.constant([]),
  });
}

export const randomDiscount = discount;

/** With who bears it, as a basket may have that was parked by another program than a till. */
export const borneDiscount: fc.Arbitrary<Discount> = fc
  .record({
    discount,
    bearer: fc.option(fc.constantFrom('shared', 'center', 'vendor'), { nil: undefined }),
  })
  .map(({ discount, bearer }) => ({ ...discount, ...(bearer && { bearer }) }));
export const randomQuantity = quantity;
