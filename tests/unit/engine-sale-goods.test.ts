/**
 * Proves where the goods of a sale come from: first expired first out over batches, the scanned label first, expired
 * stock both ways on, overselling; and what is refused before anything is sold. Afterwards the books verify and replay.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { saleComplete } from '../../shared/contract/sale.ts';
import { shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import {
  accepted,
  goodsAt,
  heldGoods,
  inCash,
  owed,
  ring,
  type SaleInput,
  storedLines,
  storedParts,
  withYes,
} from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const percent = { model: 'percent' as const, rateBps: 3000 };

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

/** Pieces of one product at 10.000. */
function pieces(
  product: number,
  count: number,
  more: { batch?: number; printedExpiry?: string } = {},
): SaleInput {
  const line = { product, qty: count * 1000, priceRupiah: 10_000, ...more };
  return inCash({ shift: shop.shift, lines: [line], totalRupiah: count * 10_000 });
}

it('takes one line from two batches, first expired first, under one price and one agreement', async () => {
  const batches = [{ pieces: 5 }, { pieces: 5, expires: '2026-12-31' }, { pieces: 2, expires: '2026-12-01' }];
  const goods = await goodsAt(shop, 10_000, { terms: percent, batches });
  const [undated = 0, later = 0, soon = 0] = goods.batches;
  const { sale, oversold } = accepted(await ring(shop, pieces(goods.product, 4)));
  expect(storedParts(engine, sale)).toEqual([
    [1, soon, 2_000],
    [1, later, 2_000],
  ]);
  expect(storedLines(engine, sale, 'qty', 'net', 'commission', 'share', 'batch')).toEqual([
    [4_000, 40_000, 12_000, 28_000, null],
  ]);
  expect(oversold).toEqual([]);
  expect([soon, later, undated].map((batch) => heldGoods(engine, goods.product, 'shelf', batch))).toEqual([
    0, 3_000, 5_000,
  ]);
  expect(heldGoods(engine, goods.product, 'sold')).toBe(4_000);
});

it('takes the scanned batch before the others, and the rest as ever', async () => {
  const batches = [
    { pieces: 5, expires: '2026-12-01' },
    { pieces: 2, expires: '2026-12-31' },
  ];
  const goods = await goodsAt(shop, 10_000, { terms: percent, batches });
  const [soon = 0, later = 0] = goods.batches;
  const first = accepted(await ring(shop, pieces(goods.product, 1, { batch: later })));
  expect(storedParts(engine, first.sale)).toEqual([[1, later, 1_000]]);
  expect(storedLines(engine, first.sale, 'batch')).toEqual([[later]]);
  const second = accepted(await ring(shop, pieces(goods.product, 3, { batch: later })));
  expect(storedParts(engine, second.sale)).toEqual([
    [1, later, 1_000],
    [1, soon, 2_000],
  ]);
  // A label of pieces that the book no longer has: the others, first expired first.
  const third = accepted(await ring(shop, pieces(goods.product, 1, { batch: later })));
  expect(storedParts(engine, third.sale)).toEqual([[1, soon, 1_000]]);
});

it('does not take a label of other goods', async () => {
  const goods = await goodsAt(shop, 10_000, { terms: percent });
  const other = await goodsAt(shop, 10_000, { terms: percent });
  for (const batch of [other.batches[0], 999]) {
    expect(await ring(shop, pieces(goods.product, 1, batch === undefined ? {} : { batch }))).toMatchObject({
      name: 'batch-unknown',
      details: { batch },
    });
  }
});

it('sells what the book does not have, and says so', async () => {
  const goods = await goodsAt(shop, 10_000, { terms: percent, batches: [{ pieces: 8 }] });
  const { sale, oversold } = accepted(await ring(shop, pieces(goods.product, 10)));
  expect(oversold).toEqual([goods.product]);
  expect(storedParts(engine, sale)).toEqual([
    [1, goods.batches[0], 8_000],
    [1, 0, 2_000],
  ]);
  expect(heldGoods(engine, goods.product, 'found')).toBe(-2_000);
  expect(heldGoods(engine, goods.product, 'shelf')).toBe(0);
  expect(owed(engine, 'vendor', goods.vendor)).toBe(70_000);
});

it('stops where the book has only expired pieces, and goes on with the day on the package and a yes', async () => {
  const batches = [
    { pieces: 3, expires: '2026-11-21' },
    { pieces: 1, expires: '2026-12-31' },
  ];
  const goods = await goodsAt(shop, 10_000, { terms: percent, batches });
  const [old = 0, fresh = 0] = goods.batches;
  await tomorrow();
  const sale = (printedExpiry?: string) =>
    pieces(goods.product, 2, { ...(printedExpiry && { printedExpiry }) });
  expect(await ring(shop, sale())).toMatchObject({ name: 'only-expired-stock', details: { expired: 3_000 } });
  expect(await ring(shop, sale('2026-11-21'))).toMatchObject({
    name: 'already-expired',
    details: { expires: '2026-11-21' },
  });
  expect(await ring(shop, sale('2026-11-22'))).toMatchObject({
    name: 'approval-needed',
    details: { why: 'expired' },
  });
  const done = accepted(await withYes(shop, saleComplete, sale('2026-11-22')));
  expect(storedParts(engine, done.sale)).toEqual([
    [1, fresh, 1_000],
    [1, 0, 1_000],
  ]);
  expect(storedLines(engine, done.sale, 'printed_expiry')).toEqual([['2026-11-22']]);
  expect(done.oversold).toEqual([goods.product]);
  expect(heldGoods(engine, goods.product, 'shelf', old)).toBe(3_000);
});

it('refuses a label of an expired batch while other pieces are still good', async () => {
  const batches = [
    { pieces: 3, expires: '2026-11-21' },
    { pieces: 9, expires: '2026-12-31' },
  ];
  const goods = await goodsAt(shop, 10_000, { terms: percent, batches });
  await tomorrow();
  const [old = 0] = goods.batches;
  expect(await ring(shop, pieces(goods.product, 1, { batch: old }))).toMatchObject({
    name: 'only-expired-stock',
    details: { expired: 3_000 },
  });
});

it('takes a printed day only where nothing but expired stock is left', async () => {
  const full = await goodsAt(shop, 10_000, { terms: percent });
  const empty = await goodsAt(shop, 10_000, { terms: percent, batches: [] });
  for (const { product } of [full, empty]) {
    const sale = pieces(product, 1, { printedExpiry: '2026-12-31' });
    expect(await withYes(shop, saleComplete, sale)).toMatchObject({ name: 'not-expired' });
  }
});

/** A day later, in a new shift. */
async function tomorrow(): Promise<void> {
  await shop.cashier.must(shiftClose, { shift: shop.shift, countedRupiah: 200_000 });
  now += DAY_MS;
  await signIn(shop.cashier, 'siti', PINS.cashier);
  const { shift } = await shop.cashier.must(shiftOpen, { drawer: shop.drawer, floatRupiah: 0 });
  shop = { ...shop, shift };
}

it('sells in the caller’s own open shift of less than 20 hours, not from the safe', async () => {
  const sale = pieces(shop.product, 1);
  const own = {
    ...sale,
    lines: [{ product: shop.product, qty: 1000, priceRupiah: 18_000 }],
    totalRupiah: 18_000,
  };
  expect(await shop.manager.ask(saleComplete, own)).toMatchObject({
    name: 'not-your-shift',
    details: { username: 'siti' },
  });
  expect(await ring(shop, { ...own, shift: 999 })).toMatchObject({ name: 'shift-not-open' });
  const safeShift = engine.engine.books
    .prepare('SELECT seq FROM shift WHERE drawer = ?')
    .pluck()
    .get(shop.safe);
  expect(await shop.admin.ask(saleComplete, { ...own, shift: safeShift as number })).toMatchObject({
    name: 'shift-not-open',
  });
  now += (DAY_MS * 5) / 6;
  await signIn(shop.cashier, 'siti', PINS.cashier);
  expect((await ring(shop, own)).outcome).toBe('ok');
  now += 1;
  expect(await ring(shop, own)).toMatchObject({ name: 'shift-too-long' });
});

it('is refused when the total is another, nothing is to pay, or it is too much for the books', async () => {
  const free = inCash({
    shift: shop.shift,
    lines: [{ product: shop.product, qty: 1000, priceRupiah: 18_000, discounts: [{ amountRupiah: 18_000 }] }],
    totalRupiah: 0,
  });
  expect(await ring(shop, free)).toMatchObject({ name: 'nothing-to-pay' });
  const wrong = inCash({
    shift: shop.shift,
    lines: [{ product: shop.product, qty: 1000, priceRupiah: 18_000 }],
    totalRupiah: 17_999,
  });
  expect(await ring(shop, wrong)).toMatchObject({
    name: 'total-differs',
    details: { expectedRupiah: 17_999, totalRupiah: 18_000 },
  });
  const huge = { ...wrong, lines: [{ product: shop.product, qty: 9_999_999_000, priceRupiah: 18_000 }] };
  expect(await ring(shop, huge)).toMatchObject({ name: 'amount-too-large' });
  expect(await ring(shop, { ...wrong, place: 'Pameran' })).toMatchObject({ name: 'places-not-available' });
});
