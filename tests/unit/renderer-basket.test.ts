/**
 * Proves that the till's total is the books' own: whatever stands in a basket, the rule that prices a sale comes to
 * the figure on the screen. And that however lines are added, changed and removed, equal ones are one, nothing is lost
 * and the chosen line is one that is there. Random baskets and random hands, from a printed seed.
 */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type BasketLine,
  basket,
  basketInput,
  type GoodsLine,
  goodsLine,
  grossRupiah,
  isGoods,
  lineKey,
  lineRupiah,
  totalRupiah,
} from '../../renderer/stores/basket.ts';
import { MAX_LINE_QTY } from '../../renderer/stores/basket-lines.ts';
import { MAX_SALE_LINES } from '../../shared/contract/sale.ts';
import { type BasketLine as DomainLine, priceBasket } from '../../shared/domain/basket.ts';
import { percentDiscount } from '../../shared/domain/discount.ts';
import { MAX_RUPIAH, rupiah, ZERO_RUPIAH } from '../../shared/domain/money.ts';
import { grossOf, ONE, qty } from '../../shared/domain/quantity.ts';
import { type RandomBasket, randomBasket, randomDiscount, randomQuantity } from '../support/random-basket.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

const PRODUCT = {
  product: 1,
  vendor: 1,
  vendorCode: 'KRP',
  vendorName: 'Kerupuk Bu Rini',
  name: 'Kerupuk ikan 250 g',
  unit: 'pcs',
  barcodes: ['8991001'],
  priceRupiah: 18_000,
  netPriceRupiah: null,
  own: false,
  active: true,
  discountable: true,
  onHandQty: 3_000,
  expiredQty: 0,
  promotion: null,
};

beforeEach(() => {
  basket.getState().clear();
  basket.getState().setVisit(null);
});

/** A basket's lines as the books price them: from what is sent, and the facts of the catalogue. */
function asSold(content: RandomBasket): DomainLine[] {
  const sent = basketInput(content).lines;
  return sent.map((line, index) => {
    const kept = content.lines[index] as BasketLine;
    const price = rupiah(line.priceRupiah);
    const quantity = qty(line.qty);
    const own = 'product' in line ? (line.discounts ?? []) : [];
    const off = own.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);
    const promised =
      isGoods(kept) && kept.promotion
        ? percentDiscount(grossOf(price, quantity), kept.promotion.rateBps)
        : ZERO_RUPIAH;
    return {
      price,
      quantity,
      discounts: { shared: rupiah(off), center: promised, vendor: ZERO_RUPIAH },
      saleDiscountBearer: isGoods(kept) && kept.discountable !== false ? 'shared' : 'none',
    };
  });
}

describe('what is on the screen', () => {
  it('comes to what the books make of it, line by line and as a whole', {
    timeout: PROPERTY_TIMEOUT_MS,
  }, () => {
    fc.assert(
      fc.property(randomBasket(), (content) => {
        const priced = priceBasket(asSold(content), rupiah(basketInput(content).discount?.amountRupiah ?? 0));
        expect(priced.ok).toBe(true);
        if (!priced.ok) return;
        expect(totalRupiah(content)).toBe(priced.totals.net);
        expect(content.lines.map(lineRupiah)).toEqual(
          priced.lines.map(({ gross, lineDiscount }) => gross - lineDiscount),
        );
      }),
      seeded(),
    );
  });

  it('stands when an amount is larger than any: the largest is shown, and the books say no', () => {
    const huge: GoodsLine = { ...goodsLine(PRODUCT), priceRupiah: MAX_RUPIAH, qty: MAX_LINE_QTY };
    const content = { lines: [huge, { ...huge, product: 2 }], discount: { bps: 10_000 } };
    expect(grossRupiah(huge)).toBe(MAX_RUPIAH);
    expect(totalRupiah({ ...content, discount: null })).toBe(MAX_RUPIAH);
    expect(totalRupiah(content)).toBe(0);
  });

  it('takes a discount on the sale from the lines that allow it alone', () => {
    const kept: GoodsLine = { ...goodsLine(PRODUCT), product: 2, discountable: false };
    const content = { lines: [goodsLine(PRODUCT), kept], discount: { bps: 1_000 } };
    expect(totalRupiah(content)).toBe(36_000 - 1_800);
    expect(totalRupiah({ ...content, discount: { rupiah: 50_000 } })).toBe(18_000);
  });
});

interface Step {
  kind: 'put' | 'price' | 'discount' | 'remove' | 'qty' | 'select';
  at: number;
  line: GoodsLine;
}

/** Few products, prices and discounts, so that lines become alike all the time. */
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('put', 'put', 'put', 'price', 'discount', 'discount', 'remove', 'qty', 'select'),
  at: fc.nat(12),
  line: fc
    .record({
      product: fc.constantFrom(1, 2),
      priceRupiah: fc.constantFrom(10_000, 20_000),
      qty: fc.constantFrom(1_000, 2_000, 755),
      discount: fc.constantFrom(undefined, { rupiah: 1_000 }, { rupiah: 2_000 }, { bps: 1_000 }),
    })
    .map(({ discount, ...line }) => ({
      ...goodsLine({ ...PRODUCT, ...line }, { qty: line.qty }),
      ...(discount && { discount }),
    })),
});

function perform({ kind, at, line }: Step): void {
  const state = basket.getState();
  const index = state.lines.length === 0 ? -1 : at % state.lines.length;
  if (kind === 'put') state.put(line);
  else if (index < 0) return;
  else if (kind === 'price') state.setLinePrice(index, line.priceRupiah, 'override');
  else if (kind === 'discount') state.setLineDiscount(index, line.discount);
  else if (kind === 'qty') state.setQty(index, line.qty);
  else if (kind === 'remove') state.remove(index);
  else state.select(at);
}

describe('a basket in any hands', () => {
  it('has each kind of line once and a chosen line that is there', { timeout: PROPERTY_TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        basket.getState().clear();
        for (const each of steps) {
          const before = basket.getState();
          perform(each);
          const { lines, selected } = basket.getState();
          expect(new Set(lines.map(lineKey)).size).toBe(lines.length);
          expect(selected).toBe(lines.length === 0 ? -1 : Math.min(Math.max(selected, 0), lines.length - 1));
          if (each.kind === 'price' || each.kind === 'discount') {
            expect(pieces(lines)).toBe(pieces(before.lines));
          }
        }
      }),
      { ...seeded(), numRuns: Math.min(seeded().numRuns ?? 2_000, 2_000) },
    );
  });

  it('loses no rupiah of two discounts that become one', { timeout: PROPERTY_TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_000 }), (off) => {
        const { fill, setLineDiscount } = basket.getState();
        fill({ lines: [{ ...goodsLine(PRODUCT), discount: { rupiah: off } }, goodsLine(PRODUCT)] });
        setLineDiscount(1, { rupiah: off });
        expect(basket.getState().lines).toHaveLength(1);
        expect(totalRupiah(basket.getState())).toBe(36_000 - 2 * off);
      }),
      { ...seeded(), numRuns: 200 },
    );
  });
});

function pieces(lines: readonly BasketLine[]): number {
  return lines.reduce((sum, line) => sum + line.qty, 0);
}

describe('lines', () => {
  it('grow with the same goods and move to the end, knowing what the book has now', () => {
    const { put } = basket.getState();
    put(goodsLine(PRODUCT));
    put(goodsLine({ ...PRODUCT, product: 2 }));
    put(goodsLine({ ...PRODUCT, onHandQty: 1_000 }, { qty: 2_000 }));
    const { lines, selected } = basket.getState();
    expect(lines).toMatchObject([{ product: 2 }, { product: 1, qty: 3_000, onHandQty: 1_000 }]);
    expect(selected).toBe(1);
  });

  it('stay apart by price, discount, label and printed day', () => {
    const { put, setLineDiscount } = basket.getState();
    put(goodsLine(PRODUCT));
    setLineDiscount(0, { bps: 500 });
    put(goodsLine(PRODUCT));
    put(goodsLine({ ...PRODUCT, priceRupiah: 17_000 }));
    put(goodsLine(PRODUCT, { batch: 4 }));
    put(goodsLine(PRODUCT, { printedExpiry: '2027-01-01' }));
    expect(basket.getState().lines).toHaveLength(5);
  });

  it('are bounded in number and in quantity', () => {
    const { put, setMultiplier, takeMultiplier } = basket.getState();
    for (let product = 1; product <= MAX_SALE_LINES; product += 1) {
      expect(put(goodsLine({ ...PRODUCT, product }))).toBe(true);
    }
    expect(put(goodsLine({ ...PRODUCT, product: 999 }))).toBe(false);
    expect(put(goodsLine({ ...PRODUCT, product: 1 }, { qty: MAX_LINE_QTY }))).toBe(true);
    expect(basket.getState().lines.at(-1)?.qty).toBe(MAX_LINE_QTY);
    setMultiplier(MAX_LINE_QTY * 2);
    expect(takeMultiplier()).toBe(MAX_LINE_QTY);
    expect(takeMultiplier()).toBe(ONE);
  });

  it('go back to the catalogue’s price, and follow it only where none was decided', () => {
    const { fill, setLinePrice, setPrice } = basket.getState();
    fill({ lines: [goodsLine(PRODUCT), goodsLine(PRODUCT, { batch: 4 })] });
    setLinePrice(1, 15_000, 'override');
    expect(basket.getState().lines[1]).toMatchObject({ priceRupiah: 15_000, listRupiah: 18_000 });
    setPrice(1, 19_000);
    expect(basket.getState().lines).toMatchObject([
      { priceRupiah: 19_000 },
      { priceRupiah: 15_000, listRupiah: 19_000, price: 'override' },
    ]);
    setLinePrice(1, 19_000, undefined);
    expect(basket.getState().lines[1]).toEqual({
      ...goodsLine({ ...PRODUCT, priceRupiah: 19_000 }, { batch: 4 }),
    });
  });

  it('are sent as the contract wants them, percentages as amounts that name their rate', () => {
    const { fill } = basket.getState();
    fill({
      lines: [
        {
          ...goodsLine(PRODUCT, { qty: 2_000, batch: 4 }),
          discount: { bps: 1_000 },
          promotion: { promotion: 9, name: 'Promo', rateBps: 5_000 },
        },
        {
          unknownCode: '899',
          name: '',
          vendor: 3,
          vendorCode: 'KRP',
          unit: 'pcs',
          priceRupiah: 500,
          qty: ONE,
        },
      ],
      discount: { bps: 2_000 },
      visit: 'Bus biru',
    });
    expect(basketInput(basket.getState())).toEqual({
      lines: [
        {
          product: 1,
          qty: 2_000,
          priceRupiah: 18_000,
          batch: 4,
          discounts: [{ amountRupiah: 1_800, rateBps: 1_000 }],
          promotion: 9,
        },
        { unknownCode: '899', qty: 1_000, priceRupiah: 500, vendor: 3 },
      ],
      discount: { amountRupiah: 3_240, rateBps: 2_000 },
      visit: 'Bus biru',
    });
  });
});

it('a discount is never more than what it is taken from', { timeout: PROPERTY_TIMEOUT_MS }, () => {
  fc.assert(
    fc.property(randomDiscount, randomQuantity, (discount, quantity) => {
      const line: GoodsLine = { ...goodsLine(PRODUCT, { qty: quantity }), discount };
      expect(lineRupiah(line)).toBeGreaterThanOrEqual(0);
      expect(totalRupiah({ lines: [line], discount })).toBeGreaterThanOrEqual(0);
    }),
    seeded(),
  );
});

describe('a group', () => {
  const tagged = (visit: string | null) => ({ lines: [goodsLine(PRODUCT)], discount: null, visit });

  it('of a basket that was called back is gone with it, and the buyers to come are of the group before', () => {
    const { setVisit, callBack, clear, remove, put } = basket.getState();
    setVisit('Bus merah');
    callBack(tagged('Bus hijau'));
    expect(basket.getState().visit).toBe('Bus hijau');
    callBack(tagged(null));
    expect(basket.getState().visit).toBe(null);
    clear();
    expect(basket.getState().visit).toBe('Bus merah');
    callBack(tagged('Bus hijau'));
    remove(0);
    expect(basket.getState().visit).toBe('Bus merah');
    put(goodsLine(PRODUCT));
    clear();
    expect(basket.getState().visit).toBe('Bus merah');
  });

  it('chosen while such a basket is in hand stays for the buyers to come', () => {
    const { setVisit, callBack, clear } = basket.getState();
    callBack(tagged('Bus hijau'));
    setVisit('Bus kuning');
    clear();
    expect(basket.getState().visit).toBe('Bus kuning');
  });
});

describe('a promotion', () => {
  const promotion = { promotion: 4, name: 'Pekan keripik', rateBps: 1_000 };

  it('is that of the last scan: it may have ended, or begun, since the one before', () => {
    const { put } = basket.getState();
    put(goodsLine({ ...PRODUCT, promotion }));
    put(goodsLine(PRODUCT));
    expect(basket.getState().lines).toMatchObject([{ qty: 2 * ONE }]);
    expect(basket.getState().lines[0]).not.toHaveProperty('promotion');
    put(goodsLine({ ...PRODUCT, promotion }));
    expect(basket.getState().lines).toMatchObject([{ qty: 3 * ONE, promotion }]);
  });

  it('that runs no more is taken off its lines and off no others', () => {
    const other = { ...promotion, promotion: 5, name: 'Hari ibu' };
    const { put, dropPromotion } = basket.getState();
    put(goodsLine({ ...PRODUCT, promotion }));
    put(goodsLine({ ...PRODUCT, product: 2, promotion: other }));
    dropPromotion(({ name }) => name === promotion.name);
    expect(basket.getState().lines[0]).not.toHaveProperty('promotion');
    expect(basket.getState().lines[1]).toMatchObject({ promotion: other });
    expect(totalRupiah(basket.getState())).toBe(18_000 + 16_200);
  });
});
