/**
 * Proves the worked figures of selling through the whole engine: six ways of sharing, three bearers of discounts, a
 * discount on the whole sale, promotions, prices kept and overridden, and when a supervisor has to say yes. Afterwards
 * the books verify and replay to the same rows.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apply } from '../../main/engine/apply.ts';
import { centerChange } from '../../shared/contract/center.ts';
import { priceSet, productChange, promotionCreate, promotionEnd } from '../../shared/contract/product.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet } from '../../shared/contract/vendor.ts';
import type { BusinessDay } from '../../shared/domain/calendar.ts';
import { newCommandId, startEngine, type TestEngine } from '../support/engine.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import {
  accepted,
  goodsAt,
  inCash,
  owed,
  ring,
  type SaleInput,
  storedLines,
  withYes,
} from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

const HOUR_MS = 60 * 60 * 1000;

let engine: TestEngine;
let shop: Shop;
let now: number;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 3);
  engine = await startEngine({ now: () => now });
  shop = await openShop(engine);
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

const FIGURES = ['gross', 'sale_discount', 'net', 'commission', 'share'];

/** One product's line at its price. */
function lineOf(product: number, pieces: number, priceRupiah: number) {
  return { product, qty: pieces * 1000, priceRupiah };
}

async function discountsUpTo(cashierDiscountBps: number): Promise<void> {
  await shop.admin.must(centerChange, { cashierDiscountBps });
}

const needsDiscountYes = { outcome: 'rejected', name: 'approval-needed', details: { why: 'discount' } };

describe('a discount on the whole sale', () => {
  it('is spread by largest remainder, and vendors and center have the worked figures', async () => {
    const second = await goodsAt(shop, 7_777, { terms: { model: 'percent', rateBps: 1250 } });
    const third = await goodsAt(shop, 40_000, { terms: { model: 'percent', rateBps: 2000 } });
    const sale = inCash({
      shift: shop.shift,
      lines: [
        lineOf(shop.product, 3, 18_000),
        lineOf(second.product, 3, 7_777),
        lineOf(third.product, 1, 40_000),
      ],
      discount: { amountRupiah: 10_000 },
      totalRupiah: 107_331,
      visit: 'N 7012 UA',
    });
    await discountsUpTo(800);
    expect(await ring(shop, sale)).toMatchObject(needsDiscountYes);
    const done = accepted(await withYes(shop, saleComplete, sale));
    expect(done).toMatchObject({ totalRupiah: 107_331, roundingRupiah: -31, cashDueRupiah: 107_300 });
    expect(storedLines(engine, done.sale, ...FIGURES)).toEqual([
      [54_000, 4_602, 49_398, 7_409, 41_989],
      [23_331, 1_989, 21_342, 2_667, 18_675],
      [40_000, 3_409, 36_591, 7_318, 29_273],
    ]);
    expect(
      [shop.vendor, second.vendor, third.vendor].map((vendor) => owed(engine, 'vendor', vendor)),
    ).toEqual([41_989, 18_675, 29_273]);
    expect(owed(engine, 'commission')).toBe(17_394);
    const head = engine.engine.books.prepare('SELECT gross, net, sale_discount, visit FROM sale').raw().get();
    expect(head).toEqual([117_331, 107_331, 10_000, 'N 7012 UA']);
  });

  it('keeps out of goods that allow none, and is at most the rest', async () => {
    await discountsUpTo(10_000);
    const other = await goodsAt(shop, 30_000, { terms: { model: 'percent', rateBps: 1000 } });
    await shop.manager.must(productChange, { product: other.product, discountable: false });
    const sale = (amountRupiah: number): SaleInput =>
      inCash({
        shift: shop.shift,
        lines: [lineOf(other.product, 1, 30_000), lineOf(shop.product, 1, 18_000)],
        discount: { amountRupiah },
        totalRupiah: 48_000 - amountRupiah,
      });
    expect(await ring(shop, sale(18_001))).toMatchObject({
      name: 'discount-too-large',
      details: { mostRupiah: 18_000 },
    });
    const { sale: seq } = accepted(await ring(shop, sale(9_000)));
    expect(storedLines(engine, seq, ...FIGURES)).toEqual([
      [30_000, null, 30_000, 3_000, 27_000],
      [18_000, 9_000, 9_000, 1_350, 7_650],
    ]);
  });

  it('is borne as it says, or else as each agreement says', async () => {
    await discountsUpTo(10_000);
    const generous = await goodsAt(shop, 10_000, {
      terms: { model: 'percent', rateBps: 2000 },
      discountBearer: 'vendor',
    });
    const basket = {
      shift: shop.shift,
      lines: [lineOf(generous.product, 1, 10_000), lineOf(shop.product, 1, 18_000)],
      totalRupiah: 25_200,
    };
    const agreed = accepted(await ring(shop, inCash({ ...basket, discount: { amountRupiah: 2_800 } })));
    expect(storedLines(engine, agreed.sale, 'net', 'commission', 'share')).toEqual([
      [9_000, 2_000, 7_000],
      [16_200, 2_430, 13_770],
    ]);
    const discount = { amountRupiah: 2_800, bearer: 'center' as const };
    const said = accepted(await ring(shop, inCash({ ...basket, discount })));
    expect(storedLines(engine, said.sale, 'net', 'commission', 'share')).toEqual([
      [9_000, 1_000, 8_000],
      [16_200, 900, 15_300],
    ]);
  });
});

describe('a discount on a line', () => {
  it.each([
    ['shared', 7_200, 28_800],
    ['center', 4_000, 32_000],
    ['vendor', 8_000, 28_000],
  ] as const)('of 4.000 of 40.000 at a fifth, borne by %s: %i and %i', async (bearer, commission, share) => {
    await discountsUpTo(1_000);
    const { product, vendor } = await goodsAt(shop, 40_000, { terms: { model: 'percent', rateBps: 2000 } });
    const line = { ...lineOf(product, 1, 40_000), discounts: [{ amountRupiah: 4_000, bearer }] };
    const { sale } = accepted(
      await ring(shop, inCash({ shift: shop.shift, lines: [line], totalRupiah: 36_000 })),
    );
    expect(storedLines(engine, sale, 'commission', 'share', `discount_${bearer}`)).toEqual([
      [commission, share, 4_000],
    ]);
    expect([owed(engine, 'commission'), owed(engine, 'vendor', vendor)]).toEqual([commission, share]);
  });

  it('may not exceed the line', async () => {
    const line = {
      ...lineOf(shop.product, 1, 18_000),
      discounts: [{ amountRupiah: 10_000 }, { amountRupiah: 8_001 }],
    };
    expect(await ring(shop, inCash({ shift: shop.shift, lines: [line], totalRupiah: 0 }))).toMatchObject({
      name: 'discount-too-large',
      details: { mostRupiah: 18_000 },
    });
  });

  it('needs a supervisor above the part of the sale that a cashier may give', async () => {
    await discountsUpTo(500);
    const sale = (amountRupiah: number): SaleInput =>
      inCash({
        shift: shop.shift,
        lines: [
          { ...lineOf(shop.product, 1, 18_000), discounts: [{ amountRupiah }] },
          lineOf(shop.product, 1, 18_000),
        ],
        totalRupiah: 36_000 - amountRupiah,
      });
    expect((await ring(shop, sale(1_800))).outcome).toBe('ok');
    expect(await ring(shop, sale(1_801))).toMatchObject(needsDiscountYes);
    expect((await withYes(shop, saleComplete, sale(1_801))).outcome).toBe('ok');
  });
});

describe('terms', () => {
  it('share 20 % borne by the center at 10 % commission: the center pays, with one yes', async () => {
    await discountsUpTo(10_000);
    const { product, vendor } = await goodsAt(shop, 10_000, { terms: { model: 'percent', rateBps: 1000 } });
    const line = {
      ...lineOf(product, 1, 10_000),
      discounts: [{ amountRupiah: 2_000, bearer: 'center' as const }],
    };
    const sale = inCash({ shift: shop.shift, lines: [line, line], totalRupiah: 16_000 });
    expect(await ring(shop, sale)).toMatchObject(needsDiscountYes);
    accepted(await withYes(shop, saleComplete, sale));
    expect([owed(engine, 'commission'), owed(engine, 'vendor', vendor)]).toEqual([-2_000, 18_000]);
  });

  it('of so many rupiah a piece above the price leave the vendor in debt, with a yes', async () => {
    const { product, vendor } = await goodsAt(shop, 10_000, {
      terms: { model: 'fixed', perUnitRupiah: 12_000 },
    });
    const sale = inCash({ shift: shop.shift, lines: [lineOf(product, 1, 10_000)], totalRupiah: 10_000 });
    expect(await ring(shop, sale)).toMatchObject(needsDiscountYes);
    const { sale: seq } = accepted(await withYes(shop, saleComplete, sale));
    expect(storedLines(engine, seq, 'model', 'per_unit', 'commission', 'share')).toEqual([
      ['fixed', 12_000, 12_000, -2_000],
    ]);
    expect([owed(engine, 'commission'), owed(engine, 'vendor', vendor)]).toEqual([12_000, -2_000]);
  });

  it('with a net price owe it in full, and the center pays the discount', async () => {
    await discountsUpTo(10_000);
    const { product, vendor } = await goodsAt(shop, 25_000, {
      terms: { model: 'net-price' },
      netPriceRupiah: 20_000,
    });
    const sale = (amountRupiah: number, bearer: 'shared' | 'vendor'): SaleInput => {
      const discounts = [{ amountRupiah, bearer }];
      const lines = [{ ...lineOf(product, 2, 25_000), discounts }];
      return inCash({ shift: shop.shift, lines, totalRupiah: 50_000 - amountRupiah });
    };
    const fewer = accepted(await ring(shop, sale(6_000, 'shared')));
    expect(storedLines(engine, fewer.sale, 'net', 'commission', 'share')).toEqual([[44_000, 4_000, 40_000]]);
    expect(await ring(shop, sale(12_000, 'shared'))).toMatchObject(needsDiscountYes);
    const more = accepted(await withYes(shop, saleComplete, sale(12_000, 'shared')));
    expect(storedLines(engine, more.sale, 'net', 'commission', 'share')).toEqual([[38_000, -2_000, 40_000]]);
    expect([owed(engine, 'commission'), owed(engine, 'vendor', vendor)]).toEqual([2_000, 80_000]);
    expect(await ring(shop, sale(6_000, 'vendor'))).toMatchObject({ name: 'bearer-not-allowed' });
  });

  it('that leave the center nothing ask for a yes since version 2; older rows replay as they were', async () => {
    const { product } = await goodsAt(shop, 10_000, {
      terms: { model: 'net-price' },
      netPriceRupiah: 11_000,
    });
    const sale = inCash({ shift: shop.shift, lines: [lineOf(product, 1, 10_000)], totalRupiah: 10_000 });
    expect(await ring(shop, sale)).toMatchObject(needsDiscountYes);
    const { books, journal, ledger, sql } = engine.engine;
    const seq = journal.head().seq + 1;
    const facts = {
      seq,
      id: newCommandId(),
      actor: 3,
      approver: null,
      device: 'test',
      at: now,
      day: '2026-11-21',
    };
    const outcomeUnder = (contract: number) => {
      books.exec('BEGIN');
      const { outcome } = apply(
        engine.engine,
        saleComplete,
        { ...facts, day: facts.day as BusinessDay, contract },
        sale,
      );
      books.exec('ROLLBACK');
      sql.forget();
      ledger.forget();
      return outcome;
    };
    expect(outcomeUnder(1)).toMatchObject({ ok: { totalRupiah: 10_000 } });
    expect(outcomeUnder(2)).toMatchObject({ rejected: 'approval-needed' });
  });

  it('of a margin, of none, and of own goods', async () => {
    const margin = await goodsAt(shop, 10_000, {
      terms: { model: 'margin', rateBps: 5_000 },
      costRupiah: 6_001,
    });
    const none = await goodsAt(shop, 9_000, { terms: { model: 'none' } });
    const own = await goodsAt(shop, 8_000, { own: true });
    const lines = [
      lineOf(margin.product, 1, 10_000),
      lineOf(none.product, 1, 9_000),
      lineOf(own.product, 1, 8_000),
    ];
    const done = accepted(await ring(shop, inCash({ shift: shop.shift, lines, totalRupiah: 27_000 })));
    expect(
      storedLines(engine, done.sale, 'model', 'level', 'cost', 'rate_bps', 'commission', 'share'),
    ).toEqual([
      ['margin', null, 6_001, 5_000, 1_999, 8_001],
      ['none', null, null, null, 0, 9_000],
      ['own-goods', 'product', null, null, 8_000, 0],
    ]);
    expect(owed(engine, 'commission')).toBe(1_999);
    expect(owed(engine, 'own-goods-sales')).toBe(8_000);
    expect([margin, none, own].map(({ vendor }) => owed(engine, 'vendor', vendor))).toEqual([
      8_001, 9_000, 0,
    ]);
    expect(done.oversold).toEqual([own.product]);
  });

  it('are the product’s before its vendor’s, the category’s before the center’s', async () => {
    const percent = (rateBps: number) => ({ terms: { model: 'percent' as const, rateBps } });
    const { manager } = shop;
    const bare = await goodsAt(shop, 10_000, { category: 'Sambal' });
    const sale = inCash({ shift: shop.shift, lines: [lineOf(bare.product, 1, 10_000)], totalRupiah: 10_000 });
    expect(await ring(shop, sale)).toMatchObject({ name: 'no-agreement' });
    const found: unknown[] = [];
    for (const whose of [
      {},
      { category: 'Sambal' },
      { vendor: bare.vendor },
      { vendor: bare.vendor, category: 'Sambal' },
      { product: bare.product },
    ]) {
      await manager.must(agreementSet, { ...whose, ...percent(1_000 + 100 * found.length) });
      const { sale: seq } = accepted(await ring(shop, sale));
      found.push(...storedLines(engine, seq, 'level', 'rate_bps', 'commission'));
    }
    expect(found).toEqual([
      ['center', 1_000, 1_000],
      ['category', 1_100, 1_100],
      // The vendor's own terms: what there was before there were levels.
      [null, 1_200, 1_200],
      ['vendor-category', 1_300, 1_300],
      ['product', 1_400, 1_400],
    ]);
  });

  it('ask for the net price or the cost they share by, and stay within what an amount can be', async () => {
    const net = await goodsAt(shop, 10_000, { terms: { model: 'net-price' } });
    const margin = await goodsAt(shop, 10_000, { terms: { model: 'margin', rateBps: 5_000 } });
    const fixed = await goodsAt(shop, 1, { terms: { model: 'fixed', perUnitRupiah: 99_999_999_999 } });
    const one = (product: number, pieces: number, price: number): SaleInput =>
      inCash({ shift: shop.shift, lines: [lineOf(product, pieces, price)], totalRupiah: pieces * price });
    expect(await ring(shop, one(net.product, 1, 10_000))).toMatchObject({ name: 'net-price-missing' });
    expect(await ring(shop, one(margin.product, 1, 10_000))).toMatchObject({ name: 'cost-missing' });
    expect(await ring(shop, one(fixed.product, 2, 1))).toMatchObject({ name: 'amount-too-large' });
  });
});

describe('a promotion', () => {
  const bearers = { sharedBps: 5_000, centerBps: 5_000, vendorBps: 0 };
  const days = { from: '2026-11-20', to: '2026-11-21' };

  it('comes on top of the line’s own discount, borne as it says, and asks nobody', async () => {
    const { promotion } = await shop.manager.must(promotionCreate, {
      name: 'Akhir pekan',
      ...days,
      rateBps: 1_000,
      bearers,
      vendor: shop.vendor,
    });
    const line = { ...lineOf(shop.product, 1, 18_000), promotion };
    const sale = inCash({ shift: shop.shift, lines: [line], totalRupiah: 16_200 });
    const { sale: seq } = accepted(await ring(shop, sale));
    // 1.800: 900 shared, 900 the center's; 15 % of 17.100 is 2.565.
    const figures = ['net', 'discount_shared', 'discount_center', 'commission', 'share', 'promotion'];
    expect(storedLines(engine, seq, ...figures)).toEqual([[16_200, 900, 900, 1_665, 14_535, promotion]]);

    await discountsUpTo(10_000);
    const both = { ...line, discounts: [{ amountRupiah: 200, bearer: 'vendor' as const }] };
    const more = inCash({ shift: shop.shift, lines: [both], totalRupiah: 16_000 });
    const again = accepted(await ring(shop, more));
    expect(storedLines(engine, again.sale, 'net', 'commission', 'share')).toEqual([[16_000, 1_665, 14_335]]);
  });

  it('carries its approval where it alone takes a side below 0, and no further', async () => {
    await discountsUpTo(10_000);
    const { promotion } = await shop.manager.must(promotionCreate, {
      name: 'Setengah harga',
      ...days,
      rateBps: 5_000,
      bearers: { sharedBps: 0, centerBps: 10_000, vendorBps: 0 },
    });
    const line = { ...lineOf(shop.product, 1, 18_000), promotion };
    const alone = inCash({ shift: shop.shift, lines: [line], totalRupiah: 9_000 });
    const { sale } = accepted(await ring(shop, alone));
    expect(storedLines(engine, sale, 'commission', 'share')).toEqual([[-6_300, 15_300]]);
    const withMore = { ...line, discounts: [{ amountRupiah: 1_000, bearer: 'vendor' as const }] };
    const more = inCash({ shift: shop.shift, lines: [withMore], totalRupiah: 8_000 });
    expect(await ring(shop, more)).toMatchObject(needsDiscountYes);
    // Terms above the price are not the promotion's doing.
    const fixed = await goodsAt(shop, 10_000, { terms: { model: 'fixed', perUnitRupiah: 12_000 } });
    const below = { ...lineOf(fixed.product, 1, 10_000), promotion };
    const bad = inCash({ shift: shop.shift, lines: [below], totalRupiah: 5_000 });
    expect(await ring(shop, bad)).toMatchObject(needsDiscountYes);
  });

  it('runs on its days, for its goods, until it is ended', async () => {
    const make = (more: {
      from?: string;
      to?: string;
      product?: number;
      category?: string;
      vendor?: number;
    }) => shop.manager.must(promotionCreate, { name: 'Promo', ...days, rateBps: 1_000, bearers, ...more });
    const tryWith = (promotion: number) =>
      ring(
        shop,
        inCash({
          shift: shop.shift,
          lines: [{ ...lineOf(shop.product, 1, 18_000), promotion }],
          totalRupiah: 16_200,
        }),
      );
    const other = await goodsAt(shop, 10_000, { terms: { model: 'none' } });
    const past = await make({ from: '2026-11-19', to: '2026-11-20' });
    const coming = await make({ from: '2026-11-22', to: '2026-11-23' });
    const wrong = [
      await make({ product: other.product }),
      await make({ category: 'Sambal' }),
      await make({ vendor: other.vendor }),
    ];
    const right = await make({ product: shop.product });
    expect(await tryWith(999)).toMatchObject({ name: 'promotion-unknown' });
    expect(await tryWith(past.promotion)).toMatchObject({ name: 'promotion-ended' });
    expect(await tryWith(coming.promotion)).toMatchObject({ name: 'promotion-ended' });
    for (const { promotion } of wrong) {
      expect(await tryWith(promotion)).toMatchObject({ name: 'promotion-not-for-line' });
    }
    expect((await tryWith(right.promotion)).outcome).toBe('ok');
    await shop.manager.must(promotionEnd, { promotion: right.promotion });
    expect(await tryWith(right.promotion)).toMatchObject({ name: 'promotion-ended' });
  });

  it('that the vendor bears is not for goods with a net price', async () => {
    const { product } = await goodsAt(shop, 25_000, {
      terms: { model: 'net-price' },
      netPriceRupiah: 20_000,
    });
    const { promotion } = await shop.manager.must(promotionCreate, {
      name: 'Dari penitip',
      ...days,
      rateBps: 1_000,
      bearers: { sharedBps: 0, centerBps: 0, vendorBps: 10_000 },
    });
    const lines = [{ ...lineOf(product, 1, 25_000), promotion }];
    expect(await ring(shop, inCash({ shift: shop.shift, lines, totalRupiah: 22_500 }))).toMatchObject({
      name: 'bearer-not-allowed',
    });
  });
});

describe('a price', () => {
  const at = (priceRupiah: number, price?: 'kept' | 'override'): SaleInput =>
    inCash({
      shift: shop.shift,
      lines: [{ ...lineOf(shop.product, 1, priceRupiah), ...(price && { price }) }],
      totalRupiah: priceRupiah,
    });

  it('that changed under the basket is said with both figures, and the lower may be kept for a day', async () => {
    await shop.manager.must(priceSet, { product: shop.product, priceRupiah: 20_000 });
    expect(await ring(shop, at(18_000))).toMatchObject({
      name: 'price-changed',
      details: { basketRupiah: 18_000, currentRupiah: 20_000 },
    });
    now += 10 * HOUR_MS;
    const { sale } = accepted(await ring(shop, at(18_000, 'kept')));
    expect(storedLines(engine, sale, 'price', 'list_price', 'net')).toEqual([[18_000, 20_000, 18_000]]);
    expect(await ring(shop, at(17_000, 'kept'))).toMatchObject({ name: 'price-not-kept' });
    expect((await ring(shop, at(20_000, 'kept'))).outcome).toBe('ok');
    await shop.cashier.must(shiftClose, { shift: shop.shift, countedRupiah: 238_000 });
    now += 14 * HOUR_MS + 1;
    await signIn(shop.cashier, 'siti', PINS.cashier);
    const { shift } = await shop.cashier.must(shiftOpen, { drawer: shop.drawer, floatRupiah: 0 });
    expect(await ring(shop, { ...at(18_000, 'kept'), shift })).toMatchObject({
      name: 'price-not-kept',
      details: { currentRupiah: 20_000 },
    });
  });

  it('that was higher before is not kept', async () => {
    await shop.manager.must(priceSet, { product: shop.product, priceRupiah: 15_000 });
    expect(await ring(shop, at(18_000, 'kept'))).toMatchObject({ name: 'price-not-kept' });
  });

  it('of a supervisor’s own making needs the yes', async () => {
    expect(await ring(shop, at(12_345, 'override'))).toMatchObject({
      name: 'approval-needed',
      details: { why: 'price' },
    });
    const { sale } = accepted(await withYes(shop, saleComplete, at(12_345, 'override')));
    expect(storedLines(engine, sale, 'price', 'list_price', 'commission', 'share')).toEqual([
      [12_345, 18_000, 1_851, 10_494],
    ]);
    const approver = engine.engine.books
      .prepare('SELECT approver FROM journal WHERE seq = ?')
      .pluck()
      .get(sale);
    expect(approver).toBe(2);
    expect((await ring(shop, at(18_000, 'override'))).outcome).toBe('ok');
  });

  it('needs no yes of somebody else from a manager at the till', async () => {
    await shop.cashier.must(shiftClose, { shift: shop.shift, countedRupiah: 200_000 });
    const { shift } = await shop.manager.must(shiftOpen, { drawer: shop.drawer, floatRupiah: 0 });
    expect((await shop.manager.ask(saleComplete, { ...at(12_345, 'override'), shift })).outcome).toBe('ok');
  });

  it('of an unknown product is none', async () => {
    const sale = inCash({ shift: shop.shift, lines: [lineOf(999, 1, 1)], totalRupiah: 1 });
    expect(await ring(shop, sale)).toMatchObject({ name: 'product-unknown', details: { product: '999' } });
  });
});
