/**
 * Proves that a parked basket comes back with its discounts as they were given: a part is a part of what is added
 * afterwards too, whoever bore a discount bears it again, several on one line stay several, and where rate and amount
 * contradict each other the amount counts. F5 over such a basket changes nothing that nobody changed.
 */
import { beforeEach, describe, expect, it, test } from 'vitest';
import {
  applyDiscount,
  proposalOf,
  removeDiscount,
  standing,
} from '../../renderer/features/sell/discount-kinds.ts';
import { recalled } from '../../renderer/features/tickets/recalled.ts';
import {
  type BasketInput,
  basket,
  basketInput,
  goodsLine,
  ownDiscountRupiah,
  totalRupiah,
} from '../../renderer/stores/basket.ts';
import type { ProductView } from '../../shared/contract/product.ts';

const PROMOTION = { promotion: 4, name: 'Pekan keripik', rateBps: 2_500 };

function product(number: number, priceRupiah: number, more: Partial<ProductView> = {}): ProductView {
  return {
    product: number,
    vendor: 1,
    vendorCode: 'BU-01',
    vendorName: 'Bu Sri',
    name: `Barang ${number}`,
    unit: 'pcs',
    barcodes: [],
    priceRupiah,
    netPriceRupiah: null,
    own: false,
    active: true,
    discountable: true,
    onHandQty: 50_000,
    expiredQty: 0,
    promotion: null,
    ...more,
  };
}

const KERIPIK = product(1, 40_000);
const SAMBAL = product(2, 25_000);

type HeldLine = Extract<BasketInput['lines'][number], { product: number }>;

/** Two pieces of keripik, 80.000 rupiah. */
function keripik(more: Partial<HeldLine> = {}): HeldLine {
  return { product: 1, qty: 2_000, priceRupiah: 40_000, ...more };
}

/** What the till holds after the basket was called back. */
function callBack(held: BasketInput, products: readonly ProductView[] = [KERIPIK, SAMBAL]) {
  const { content } = recalled(held, products);
  basket.getState().callBack(content);
  return basket.getState();
}

const now = () => basket.getState();

beforeEach(() => {
  now().clear();
  now().setVisit(null);
});

describe('a part of the sale', () => {
  const held: BasketInput = {
    lines: [keripik()],
    discount: { amountRupiah: 8_000, rateBps: 1_000, bearer: 'center' },
  };

  it('is one again, and of what is added afterwards too', () => {
    const { discount, put } = callBack(held);
    expect(discount).toEqual({ bps: 1_000, bearer: 'center' });
    put(goodsLine(SAMBAL));
    expect(totalRupiah(now())).toBe(105_000 - 10_500);
    expect(basketInput(now()).discount).toEqual({ amountRupiah: 10_500, rateBps: 1_000, bearer: 'center' });
  });

  it('is of the lines that allow it, after their own discounts', () => {
    const lines = [
      keripik({ discounts: [{ amountRupiah: 5_000 }] }),
      { product: 2, qty: 1_000, priceRupiah: 25_000 },
      { unknownCode: '777123', name: 'Kue', qty: 1_000, priceRupiah: 5_000 },
    ];
    const out = product(2, 25_000, { discountable: false });
    const part = { lines, discount: { amountRupiah: 7_500, rateBps: 1_000 } };
    expect(callBack(part, [KERIPIK, out]).discount).toEqual({ bps: 1_000 });
    // With the sambal in it 10 % would be 10.000: another sum than the buyer was told.
    expect(callBack(part).discount).toEqual({ rupiah: 7_500 });
  });

  it('that was given as an amount stays an amount, whoever bears it', () => {
    for (const bearer of ['shared', 'center', 'vendor'] as const) {
      const discount = { amountRupiah: 8_000, bearer };
      callBack({ ...held, discount });
      expect(now().discount).toEqual({ rupiah: 8_000, bearer });
      now().put(goodsLine(SAMBAL));
      expect(basketInput(now()).discount).toEqual(discount);
    }
  });
});

describe('a part of a line', () => {
  const held: BasketInput = {
    lines: [keripik({ discounts: [{ amountRupiah: 8_000, rateBps: 1_000, bearer: 'vendor' }] })],
  };

  it('is one again, and grows with its line', () => {
    callBack(held);
    expect(basketInput(now())).toEqual(held);
    now().setQty(0, 3_000);
    expect(basketInput(now()).lines).toMatchObject([
      { qty: 3_000, discounts: [{ amountRupiah: 12_000, rateBps: 1_000, bearer: 'vendor' }] },
    ]);
  });

  it('is of the new price, where that is lower now', () => {
    callBack(held, [product(1, 30_000)]);
    expect(totalRupiah(now())).toBe(54_000);
  });

  it('is of what the promotion left, as long as that is the same', () => {
    const promoted = product(1, 40_000, { promotion: PROMOTION });
    const of = (amountRupiah: number) => ({
      lines: [keripik({ promotion: 4, discounts: [{ amountRupiah, rateBps: 1_000 }] })],
      discount: { amountRupiah: 5_400, rateBps: 1_000 },
    });
    callBack(of(6_000), [promoted]);
    expect(basketInput(now())).toEqual(of(6_000));
    callBack(of(8_000), [promoted]);
    expect(now().lines).toMatchObject([{ discount: { rupiah: 8_000 } }]);
  });

  it('stays one when the promotion it was taken beside is over', () => {
    const discounts = [{ amountRupiah: 6_000, rateBps: 1_000 }];
    const discount = { amountRupiah: 5_400, rateBps: 1_000 };
    callBack({ lines: [keripik({ promotion: 4, discounts })], discount });
    expect(now().lines).toMatchObject([{ discount: { bps: 1_000 } }]);
    expect(totalRupiah(now())).toBe(80_000 - 8_000 - 7_200);
    // No promotion makes more than 8.000 of 10 %.
    callBack({ lines: [keripik({ promotion: 4, discounts: [{ amountRupiah: 8_001, rateBps: 1_000 }] })] });
    expect(now().lines).toMatchObject([{ discount: { rupiah: 8_001 } }]);
  });
});

test.each([
  [7_999, 1_000],
  [8_001, 1_000],
  [8_000, 999],
  [8_000, 10_000],
])('%d that says it is %d basis points of 80.000 stays what it is', (amountRupiah, rateBps) => {
  callBack({ lines: [keripik({ discounts: [{ amountRupiah, rateBps }] })] });
  expect(now().lines).toMatchObject([{ discount: { rupiah: amountRupiah } }]);
  expect(totalRupiah(now())).toBe(80_000 - amountRupiah);
  callBack({ lines: [keripik()], discount: { amountRupiah, rateBps } });
  expect(now().discount).toEqual({ rupiah: amountRupiah });
});

describe('several discounts of one line', () => {
  const discounts = [
    { amountRupiah: 8_000, rateBps: 1_000, bearer: 'center' as const },
    { amountRupiah: 1_000, bearer: 'vendor' as const },
    { amountRupiah: 500 },
  ];
  const held: BasketInput = { lines: [keripik({ discounts })] };

  it('stay several', () => {
    callBack(held);
    expect(basketInput(now())).toEqual(held);
    expect(totalRupiah(now())).toBe(70_500);
  });

  it('never take more than the line, the earlier ones first', () => {
    callBack({
      lines: [keripik({ discounts: [{ amountRupiah: 50_000 }, { amountRupiah: 30_000, bearer: 'center' }] })],
    });
    expect(totalRupiah(now())).toBe(0);
    now().setQty(0, 1_000);
    expect(totalRupiah(now())).toBe(0);
    expect(basketInput(now()).lines).toMatchObject([{ discounts: [{ amountRupiah: 40_000 }] }]);
  });

  it('add up each with its like when two lines become one', () => {
    const lines = [30_000, 35_000].map((priceRupiah) =>
      keripik({ qty: 1_000, priceRupiah, discounts: discounts.slice(1) }),
    );
    callBack({ lines }, [product(1, 20_000)]);
    expect(basketInput(now()).lines).toEqual([
      keripik({
        priceRupiah: 20_000,
        discounts: [{ amountRupiah: 2_000, bearer: 'vendor' }, { amountRupiah: 1_000 }],
      }),
    ]);
  });
});

it('lines stay apart by who bears their discount', () => {
  const lines = (['center', 'vendor'] as const).map((bearer, index) =>
    keripik({ priceRupiah: 50_000 + index, discounts: [{ amountRupiah: 1_000, bearer }] }),
  );
  expect(callBack({ lines }).lines).toHaveLength(2);
});

describe('F5 over what was called back', () => {
  const bearer = 'center' as const;
  const discounts = [{ amountRupiah: 8_000, rateBps: 1_000, bearer }];
  const held: BasketInput = {
    lines: [keripik({ discounts })],
    discount: { amountRupiah: 7_200, rateBps: 1_000, bearer },
  };

  it.each(['line', 'sale'] as const)('and Enter leaves the %s as it is', (kind) => {
    callBack(held);
    expect(standing(now(), kind)).toBe('10%');
    applyDiscount(kind, standing(now(), kind));
    expect(basketInput(now())).toEqual(held);
  });

  it('gives another discount as the agreement says, or none', () => {
    callBack(held);
    applyDiscount('line', '5%');
    applyDiscount('sale', '1000');
    expect(basketInput(now())).toEqual({
      lines: [keripik({ discounts: [{ amountRupiah: 4_000, rateBps: 500 }] })],
      discount: { amountRupiah: 1_000 },
    });
    removeDiscount('line');
    removeDiscount('sale');
    expect(basketInput(now())).toEqual({ lines: [keripik()] });
  });

  it('has several of a line as one sum, and gives one instead of them', () => {
    const several: BasketInput = { lines: [keripik({ discounts: [...discounts, { amountRupiah: 500 }] })] };
    callBack(several);
    expect(standing(now(), 'line')).toBe('8500');
    applyDiscount('line', '8500');
    expect(basketInput(now())).toEqual(several);
    const proposal = proposalOf(now(), 'line', '2000');
    expect(proposal).toMatchObject({ ok: true, beforeRupiah: 80_000, afterRupiah: 78_000 });
    applyDiscount('line', '2000');
    expect(now().lines.map(ownDiscountRupiah)).toEqual([2_000]);
    callBack(several);
    removeDiscount('line');
    expect(now().lines.map(ownDiscountRupiah)).toEqual([0]);
  });
});
