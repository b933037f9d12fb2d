/**
 * Proves what a refund takes back of a line through the whole engine: the worked steps of net, commission and share in
 * any portions, goods to the batches they came from, who bears it by its reason, own goods, lines whose code was unknown,
 * and every "no" of a refund. Afterwards the books verify and replay to the same rows.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputOf } from '../../shared/contract/define.ts';
import { unresolvedResolve } from '../../shared/contract/goods.ts';
import { purchaseConfirm } from '../../shared/contract/intake.ts';
import { userCreate } from '../../shared/contract/people.ts';
import { refundComplete, saleVoid } from '../../shared/contract/refund.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { cashDrop, drawerCreate, shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import { accepted, goodsAt, heldGoods, owed, storedParts, withYes } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { refundedParts, refundLines, ringWorked } from '../support/worked-sale.ts';

type Line = InputOf<typeof refundComplete>['lines'][number];

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
  expect(owed(engine, 'clearing')).toBe(0);
  await expectWholeBooks(engine);
  await engine.stop();
});

const FIGURES = ['net', 'commission', 'share'];

function piece(line: number, reason: Line['reason'] = 'resaleable', pieces = 1): Line {
  return { line, qty: pieces * 1000, reason };
}

function refund(sale: number, ...lines: Line[]) {
  return shop.cashier.must(refundComplete, { shift: shop.shift, sale, lines });
}

function ask(sale: number, ...lines: Line[]) {
  return shop.cashier.ask(refundComplete, { shift: shop.shift, sale, lines });
}

describe('the worked line of 49.398 with commission 7.409', () => {
  it('comes back piece by piece as 13.997, 13.996 and 13.996, and exactly', async () => {
    const { sale, vendors } = await ringWorked(shop);
    const figures: unknown[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { refund: seq } = await refund(sale, piece(1));
      figures.push(...refundLines(engine, seq, ...FIGURES));
    }
    expect(figures).toEqual([
      [16_466, 2_469, 13_997],
      [16_466, 2_470, 13_996],
      [16_466, 2_470, 13_996],
    ]);
    expect(vendors.map((vendor) => owed(engine, 'vendor', vendor))).toEqual([0, 18_675, 29_273]);
    expect(owed(engine, 'commission')).toBe(17_394 - 7_409);
    expect(await ask(sale, piece(1))).toMatchObject({ name: 'more-than-sold', details: { leftQty: 0 } });
  });

  it('comes back in two portions as their sum, one for resale and two set aside', async () => {
    const { sale, vendors, products } = await ringWorked(shop);
    const first = await refund(sale, piece(1, 'vendor-fault', 2));
    expect(refundLines(engine, first.refund, ...FIGURES, 'reason')).toEqual([
      [32_932, 4_939, 27_993, 'vendor-fault'],
    ]);
    expect(await ask(sale, piece(1, 'resaleable', 2))).toMatchObject({
      name: 'more-than-sold',
      details: { line: 1, leftQty: 1_000 },
    });
    const second = await refund(sale, piece(1), piece(3));
    expect(refundLines(engine, second.refund, 'line', 'sale_line', ...FIGURES)).toEqual([
      [1, 1, 16_466, 2_470, 13_996],
      [2, 3, 36_591, 7_318, 29_273],
    ]);
    expect(vendors.map((vendor) => owed(engine, 'vendor', vendor))).toEqual([0, 18_675, 0]);
    expect([
      heldGoods(engine, products[0], 'shelf'),
      heldGoods(engine, products[0], 'return-shelf'),
      heldGoods(engine, products[0], 'sold'),
    ]).toEqual([48_000, 2_000, 0]);
  });
});

describe('goodwill', () => {
  it('is the center’s, needs a supervisor, and leaves vendor, commission and goods alone', async () => {
    const { sale, vendors, products } = await ringWorked(shop);
    const input = { shift: shop.shift, sale, lines: [piece(1, 'goodwill')], memo: 'pecah di jalan' };
    expect(await shop.cashier.ask(refundComplete, input)).toMatchObject({
      name: 'approval-needed',
      details: { why: 'goodwill' },
    });
    const given = accepted(await withYes(shop, refundComplete, input));
    expect(given).toMatchObject({ netRupiah: 16_466, cashRupiah: 16_400, buyerDueRupiah: 0 });
    expect(refundLines(engine, given.refund, ...FIGURES)).toEqual([[16_466, 0, 0]]);
    expect([owed(engine, 'goodwill'), owed(engine, 'commission')]).toEqual([-16_466, 17_394]);
    expect(owed(engine, 'vendor', vendors[0])).toBe(41_989);
    expect(refundedParts(engine, given.refund)).toEqual([]);
    expect(heldGoods(engine, products[0], 'sold')).toBe(3_000);

    // The piece that was forgiven is the first of three: what comes back then are the second and the third.
    const rest = await refund(sale, piece(1, 'resaleable', 2));
    expect(refundLines(engine, rest.refund, ...FIGURES)).toEqual([[32_932, 4_940, 27_992]]);
    expect(owed(engine, 'vendor', vendors[0])).toBe(13_997);
    expect(heldGoods(engine, products[0], 'sold')).toBe(1_000);
  });

  it('is given by the office without asking anybody, out of the cashier’s drawer', async () => {
    const { sale } = await ringWorked(shop);
    const lines = [piece(2, 'goodwill', 3)];
    const given = await shop.manager.must(refundComplete, { shift: shop.shift, sale, lines });
    expect(given).toMatchObject({ netRupiah: 21_342, cashRupiah: 21_300 });
    expect(owed(engine, 'cash', shop.drawer)).toBe(-(200_000 + 107_300 - 21_300));
  });
});

describe('goods of several batches', () => {
  async function soldFromTwo(pieces: number) {
    const goods = await goodsAt(shop, 10_000, {
      terms: { model: 'percent', rateBps: 3000 },
      batches: [
        { pieces: 2, expires: '2027-01-31' },
        { pieces: 3, expires: '2027-02-28' },
      ],
    });
    const { sale } = await shop.cashier.must(
      saleComplete,
      oneLine(shop.shift, goods.product, pieces, 10_000),
    );
    const [early, late] = goods.batches as [number, number];
    return { ...goods, sale, early, late };
  }

  it('go back last out first', async () => {
    const { sale, product, early, late } = await soldFromTwo(4);
    expect(storedParts(engine, sale)).toEqual([
      [1, early, 2_000],
      [1, late, 2_000],
    ]);
    const one = await refund(sale, piece(1));
    expect(refundedParts(engine, one.refund)).toEqual([[1, 'shelf', late, 1_000]]);
    expect([heldGoods(engine, product, 'shelf', early), heldGoods(engine, product, 'shelf', late)]).toEqual([
      0, 2_000,
    ]);
    const two = await refund(sale, piece(1, 'vendor-fault', 2));
    expect(refundedParts(engine, two.refund)).toEqual([
      [1, 'return-shelf', late, 1_000],
      [1, 'return-shelf', early, 1_000],
    ]);
    // What is back on the shelf can be sold again: the early batch first.
    await refund(sale, piece(1));
    const again = await shop.cashier.must(saleComplete, oneLine(shop.shift, product, 2, 10_000));
    expect(storedParts(engine, again.sale)).toEqual([
      [1, early, 1_000],
      [1, late, 1_000],
    ]);
  });

  it('go back to the batch whose label was scanned, as far as the line came from it', async () => {
    const { sale, early, late } = await soldFromTwo(4);
    const labelled = await refund(sale, { ...piece(1, 'resaleable', 3), batch: early });
    expect(refundedParts(engine, labelled.refund)).toEqual([
      [1, 'shelf', early, 2_000],
      [1, 'shelf', late, 1_000],
    ]);
    const other = await goodsAt(shop, 5_000, { terms: { model: 'none' } });
    for (const batch of [other.batches[0] as number, 9_999]) {
      expect(await ask(sale, { ...piece(1), batch })).toMatchObject({
        name: 'batch-unknown',
        details: { batch },
      });
    }
    const last = await refund(sale, { ...piece(1), batch: early });
    expect(refundedParts(engine, last.refund)).toEqual([[1, 'shelf', late, 1_000]]);
  });

  it('go back first to the no-batch shelf where the book had too few', async () => {
    const { sale, product, late } = await soldFromTwo(6);
    const back = await refund(sale, piece(1, 'resaleable', 2));
    expect(refundedParts(engine, back.refund)).toEqual([
      [1, 'shelf', 0, 1_000],
      [1, 'shelf', late, 1_000],
    ]);
    expect([heldGoods(engine, product, 'shelf', 0), -heldGoods(engine, product, 'found')]).toEqual([
      1_000, 1_000,
    ]);
  });
});

it('takes own goods back from the center alone', async () => {
  const { vendor, product } = await goodsAt(shop, 12_345, { own: true });
  const bought = await shop.manager.must(purchaseConfirm, {
    vendor,
    lines: [{ product, qty: 10_000, unitCostRupiah: 8_000 }],
    paid: 'credit',
  });
  const { sale } = await shop.cashier.must(saleComplete, oneLine(shop.shift, product, 3, 12_345));
  expect([owed(engine, 'own-goods-sales'), owed(engine, 'commission')]).toEqual([37_035, 0]);
  const one = await refund(sale, piece(1));
  expect(refundLines(engine, one.refund, ...FIGURES)).toEqual([[12_345, 12_345, 0]]);
  expect(owed(engine, 'own-goods-sales')).toBe(24_690);
  await refund(sale, piece(1, 'vendor-fault', 2));
  expect([owed(engine, 'own-goods-sales'), owed(engine, 'commission')]).toEqual([0, 0]);
  expect(owed(engine, 'vendor', vendor)).toBe(80_000);
  const [batch] = bought.batches;
  expect([
    heldGoods(engine, product, 'shelf', batch),
    heldGoods(engine, product, 'return-shelf', batch),
  ]).toEqual([8_000, 2_000]);
});

it('takes back more than a line’s own commission where the center bore a discount', async () => {
  const { vendor, product } = await goodsAt(shop, 25_000, {
    terms: { model: 'net-price' },
    netPriceRupiah: 20_000,
    discountBearer: 'center',
  });
  const sold = await withYes(shop, saleComplete, {
    shift: shop.shift,
    lines: [{ product, qty: 2_000, priceRupiah: 25_000, discounts: [{ amountRupiah: 12_000 }] }],
    totalRupiah: 38_000,
    tenders: [{ kind: 'cash', amountRupiah: 38_000 }],
  });
  const { sale } = accepted(sold);
  expect([owed(engine, 'vendor', vendor), owed(engine, 'commission')]).toEqual([40_000, -2_000]);
  const { refund: seq } = await refund(sale, piece(1));
  expect(refundLines(engine, seq, ...FIGURES)).toEqual([[19_000, -1_000, 20_000]]);
  expect([owed(engine, 'vendor', vendor), owed(engine, 'commission')]).toEqual([20_000, -1_000]);
});

describe('a line whose code was unknown', () => {
  async function soldUnknown() {
    const { sale } = await shop.cashier.must(saleComplete, {
      shift: shop.shift,
      lines: [
        { product: shop.product, qty: 1_000, priceRupiah: 18_000 },
        { unknownCode: '8999999', qty: 3_000, priceRupiah: 18_000 },
      ],
      totalRupiah: 72_000,
      tenders: [{ kind: 'cash', amountRupiah: 72_000 }],
    });
    return sale;
  }
  const unresolved = { name: 'line-unresolved', details: { line: 2 } };

  it('comes back once it is known what it was, and then its resolution stays', async () => {
    const sale = await soldUnknown();
    expect(await ask(sale, piece(2))).toMatchObject(unresolved);
    expect(await shop.cashier.ask(saleVoid, { shift: shop.shift, sale })).toMatchObject(unresolved);
    const resolution = { sale, line: 2, product: shop.product };
    const { resolution: document } = await shop.manager.must(unresolvedResolve, resolution);
    expect(owed(engine, 'vendor', shop.vendor)).toBe(4 * 15_300);
    const one = await refund(sale, piece(2));
    expect(refundLines(engine, one.refund, 'sale', 'sale_line', ...FIGURES)).toEqual([
      [sale, 2, 18_000, 2_700, 15_300],
    ]);
    expect(owed(engine, 'vendor', shop.vendor)).toBe(3 * 15_300);
    expect(heldGoods(engine, shop.product, 'shelf')).toBe(97_000);
    expect(await ask(sale, piece(2, 'resaleable', 3))).toMatchObject({
      name: 'more-than-sold',
      details: { line: 2, leftQty: 2_000 },
    });
    expect(await shop.manager.ask(documentReverse, { document, memo: 'salah' })).toMatchObject({
      name: 'document-used',
      details: { by: one.number },
    });
  });

  it('does not come back when its resolution was taken back, or found nobody’s goods', async () => {
    const sale = await soldUnknown();
    const { resolution: document } = await shop.manager.must(unresolvedResolve, {
      sale,
      line: 2,
      product: shop.product,
    });
    await shop.manager.must(documentReverse, { document, memo: 'salah produk' });
    expect(await ask(sale, piece(2))).toMatchObject(unresolved);
    await shop.manager.must(unresolvedResolve, { sale, line: 2, memo: 'tidak ada yang tahu' });
    expect(await ask(sale, piece(2))).toMatchObject(unresolved);
    expect([owed(engine, 'unresolved'), owed(engine, 'other-income')]).toEqual([0, 54_000]);
  });
});

describe('is refused', () => {
  it('for receipts and lines that are not there, and lines named twice', async () => {
    const { sale } = await ringWorked(shop);
    expect(await ask(shop.shift, piece(1))).toMatchObject({
      name: 'sale-unknown',
      details: { sale: shop.shift },
    });
    expect(await ask(sale, piece(4))).toMatchObject({ name: 'line-unknown', details: { line: 4 } });
    expect(await ask(sale, piece(1), piece(2), piece(1))).toMatchObject({ name: 'line-twice' });
    expect(await ask(sale, piece(1), piece(3, 'resaleable', 2))).toMatchObject({ name: 'more-than-sold' });
    expect(engine.engine.books.prepare('SELECT count(*) FROM refund').pluck().get()).toBe(0);
  });

  it('in another’s shift, a closed one, one of yesterday, and where the drawer has too little', async () => {
    const { admin, manager, cashier, shift } = shop;
    const { sale } = await ringWorked(shop);
    const input = { shift, sale, lines: [piece(3)] };
    await admin.must(userCreate, { username: 'wati', name: 'Wati', role: 'cashier', pin: '806153' });
    const wati = engine.client('till-2');
    await signIn(wati, 'wati', '806153');
    expect(await wati.ask(refundComplete, input)).toMatchObject({
      name: 'not-your-shift',
      details: { username: 'siti' },
    });
    expect(await wati.ask(saleVoid, { shift, sale })).toMatchObject({ name: 'not-your-shift' });
    expect(await cashier.ask(refundComplete, { ...input, shift: sale })).toMatchObject({
      name: 'shift-not-open',
    });
    await cashier.must(cashDrop, { shift, amountRupiah: 280_000 });
    expect(await cashier.ask(refundComplete, input)).toMatchObject({ name: 'drawer-short' });

    now += 20 * HOUR_MS + 1;
    await Promise.all([
      signIn(cashier, 'siti', PINS.cashier),
      signIn(manager, 'budi', PINS.manager),
      signIn(admin, 'ratna', PINS.admin),
    ]);
    expect(await cashier.ask(refundComplete, input)).toMatchObject({ name: 'shift-too-long' });
    await cashier.must(shiftClose, { shift, countedRupiah: 27_300 });
    expect(await cashier.ask(refundComplete, input)).toMatchObject({ name: 'shift-not-open' });

    // Another till of the next day gives it back, on that day.
    const { drawer } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
    const next = await cashier.must(shiftOpen, { drawer, floatRupiah: 100_000 });
    const given = await cashier.must(refundComplete, { ...input, shift: next.shift });
    expect(given).toMatchObject({ netRupiah: 36_591, cashRupiah: 36_500 });
    expect(
      engine.engine.books.prepare('SELECT drawer, day FROM refund WHERE seq = ?').get(given.refund),
    ).toEqual({ drawer, day: '2026-11-22' });
    expect(owed(engine, 'cash', drawer)).toBe(-63_500);
  });
});
