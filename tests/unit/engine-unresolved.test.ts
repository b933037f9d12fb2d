/**
 * Proves what becomes of goods with a code nobody knows: they are sold at the typed price, their money waits, and
 * later the vendor gets the share of the day they were sold, or the center an income with a memo; a resolution that
 * is taken back leaves the line to be resolved again. Afterwards the books verify and replay.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unresolvedList, unresolvedResolve } from '../../shared/contract/goods.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { priceSet } from '../../shared/contract/product.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet } from '../../shared/contract/vendor.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import {
  accepted,
  goodsAt,
  heldGoods,
  inCash,
  owed,
  ring,
  storedLines,
  storedParts,
} from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

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

const unknownLine = { unknownCode: '8999999', name: 'Kripik pisang', qty: 3000, priceRupiah: 9_333 };

/** One line of known goods and one of unknown ones. */
async function sellUnknown(more: { vendor?: number } = {}): Promise<number> {
  const lines = [
    { product: shop.product, qty: 1000, priceRupiah: 18_000 },
    { ...unknownLine, ...more },
  ];
  const sale = inCash({ shift: shop.shift, lines, totalRupiah: 45_999 });
  return accepted(await ring(shop, sale)).sale;
}

it('waits in the books under its code, and no discount on the sale touches it', async () => {
  const sale = await sellUnknown({ vendor: shop.vendor });
  expect(owed(engine, 'unresolved')).toBe(27_999);
  expect(storedLines(engine, sale, 'line', 'net')).toEqual([[1, 18_000]]);
  const { lines } = await shop.manager.must(unresolvedList, {});
  expect(lines).toEqual([
    {
      sale,
      number: 'K1-261121-0001',
      day: '2026-11-21',
      line: 2,
      code: '8999999',
      name: 'Kripik pisang',
      vendor: shop.vendor,
      qty: 3000,
      priceRupiah: 9_333,
      netRupiah: 27_999,
    },
  ]);
  const discounted = inCash({
    shift: shop.shift,
    lines: [unknownLine],
    discount: { amountRupiah: 1 },
    totalRupiah: 27_998,
  });
  expect(await ring(shop, discounted)).toMatchObject({
    name: 'discount-too-large',
    details: { mostRupiah: 0 },
  });
});

it('is refused for a code that is on a product, and for a vendor that is none', async () => {
  const known = inCash({
    shift: shop.shift,
    lines: [{ ...unknownLine, unknownCode: '8991001' }],
    totalRupiah: 27_999,
  });
  expect(await ring(shop, known)).toMatchObject({
    name: 'code-known',
    details: { code: '8991001', product: 'Kerupuk ikan 250 g' },
  });
  const nobodys = inCash({ shift: shop.shift, lines: [{ ...unknownLine, vendor: 99 }], totalRupiah: 27_999 });
  expect(await ring(shop, nobodys)).toMatchObject({ name: 'vendor-unknown', details: { vendor: '99' } });
});

it('becomes the vendor’s under the terms of the day it was sold, at the price it was sold at', async () => {
  const percent = (rateBps: number) => ({ terms: { model: 'percent' as const, rateBps } });
  const batches = [{ pieces: 2, expires: '2026-11-21' }];
  const goods = await goodsAt(shop, 12_000, { ...percent(1500), batches });
  const sale = await sellUnknown();
  await nextDay();
  await shop.manager.must(agreementSet, { vendor: goods.vendor, ...percent(5000) });
  const { resolution, shareRupiah } = await shop.manager.must(unresolvedResolve, {
    sale,
    line: 2,
    product: goods.product,
  });
  // 15 % of 27.999 is 4.199,85.
  expect(shareRupiah).toBe(23_800);
  const figures = ['line', 'qty', 'price', 'list_price', 'gross', 'net', 'commission', 'share', 'rate_bps'];
  expect(storedLines(engine, resolution, ...figures)).toEqual([
    [2, 3_000, 9_333, null, 27_999, 27_999, 4_199, 23_800, 1_500],
  ]);
  expect([owed(engine, 'unresolved'), owed(engine, 'vendor', goods.vendor)]).toEqual([0, 23_800]);
  expect(owed(engine, 'commission')).toBe(2_700 + 4_199);
  // The batch could be sold on the day of the sale; the third piece is found.
  expect(storedParts(engine, resolution)).toEqual([
    [2, goods.batches[0], 2_000],
    [2, 0, 1_000],
  ]);
  expect([heldGoods(engine, goods.product, 'shelf'), heldGoods(engine, goods.product, 'found')]).toEqual([
    0, -1_000,
  ]);
  // A delivery repays it without touching the vendor.
  await shop.manager.must(intakeConfirm, {
    vendor: goods.vendor,
    lines: [{ product: goods.product, qty: 4000 }],
  });
  expect(heldGoods(engine, goods.product, 'shelf')).toBe(3_000);
  expect(owed(engine, 'vendor', goods.vendor)).toBe(23_800);
});

it('takes net price and cost from the price version of that day', async () => {
  const goods = await goodsAt(shop, 12_000, {
    terms: { model: 'net-price' },
    netPriceRupiah: 10_000,
    batches: [],
  });
  const sale = await sellUnknown();
  now += 1;
  await shop.manager.must(priceSet, { product: goods.product, priceRupiah: 15_000, netPriceRupiah: 13_000 });
  const { resolution } = await shop.manager.must(unresolvedResolve, {
    sale,
    line: 2,
    product: goods.product,
  });
  // Sold below the net price: the center pays the difference, and an office person said so.
  expect(storedLines(engine, resolution, 'net_price', 'commission', 'share')).toEqual([
    [10_000, -2_001, 30_000],
  ]);
});

it('takes today’s terms of a vendor who had none when it was sold', async () => {
  const sale = await sellUnknown();
  await nextDay();
  const goods = await goodsAt(shop, 10_000, { terms: { model: 'percent', rateBps: 1000 } });
  const { shareRupiah } = await shop.manager.must(unresolvedResolve, {
    sale,
    line: 2,
    product: goods.product,
  });
  expect(shareRupiah).toBe(25_200);
  const bare = await goodsAt(shop, 10_000, {});
  const second = await sellAgain();
  expect(
    await shop.manager.ask(unresolvedResolve, { sale: second, line: 1, product: bare.product }),
  ).toMatchObject({
    name: 'no-agreement',
  });
});

it('of the center’s own goods is all the center’s', async () => {
  const own = await goodsAt(shop, 10_000, { own: true });
  const sale = await sellUnknown();
  const { shareRupiah } = await shop.manager.must(unresolvedResolve, { sale, line: 2, product: own.product });
  expect([shareRupiah, owed(engine, 'own-goods-sales'), owed(engine, 'vendor', own.vendor)]).toEqual([
    0, 27_999, 0,
  ]);
  expect(owed(engine, 'commission')).toBe(2_700);
});

it('of nobody is the center’s income, with a memo', async () => {
  const sale = await sellUnknown();
  expect(await shop.manager.ask(unresolvedResolve, { sale, line: 2 })).toMatchObject({
    name: 'memo-missing',
  });
  const { resolution } = await shop.manager.must(unresolvedResolve, {
    sale,
    line: 2,
    memo: 'tidak ada yang mengaku',
  });
  expect([owed(engine, 'unresolved'), owed(engine, 'other-income')]).toEqual([0, 27_999]);
  expect(storedLines(engine, resolution, 'line')).toEqual([]);
});

it('is resolved once, and again only after that was taken back', async () => {
  const goods = await goodsAt(shop, 9_333, { terms: { model: 'percent', rateBps: 1000 } });
  const sale = await sellUnknown();
  const first = await shop.manager.must(unresolvedResolve, { sale, line: 2, product: shop.product });
  const again = { sale, line: 2, product: goods.product };
  expect(await shop.manager.ask(unresolvedResolve, again)).toMatchObject({ name: 'already-resolved' });
  expect((await shop.manager.must(unresolvedList, {})).lines).toEqual([]);
  const shares = owed(engine, 'vendor', shop.vendor);
  await shop.manager.must(documentReverse, { document: first.resolution, memo: 'salah barang' });
  expect(owed(engine, 'vendor', shop.vendor)).toBe(shares - first.shareRupiah);
  expect([owed(engine, 'unresolved'), heldGoods(engine, shop.product, 'shelf')]).toEqual([27_999, 99_000]);
  expect((await shop.manager.must(unresolvedList, {})).lines).toHaveLength(1);
  const second = await shop.manager.must(unresolvedResolve, again);
  // 10 % of 27.999 is 2.799,9.
  expect([second.shareRupiah, owed(engine, 'vendor', goods.vendor)]).toEqual([25_200, 25_200]);
});

it('is refused where there is nothing of the kind', async () => {
  const sale = await sellUnknown();
  const ask = (line: number, product: number) => shop.manager.ask(unresolvedResolve, { sale, line, product });
  expect(await ask(1, shop.product)).toMatchObject({
    name: 'unresolved-unknown',
    details: { sale, line: 1 },
  });
  expect(await ask(2, 999)).toMatchObject({ name: 'product-unknown', details: { product: '999' } });
  const net = await goodsAt(shop, 10_000, { terms: { model: 'net-price' } });
  const margin = await goodsAt(shop, 10_000, { terms: { model: 'margin', rateBps: 5000 } });
  const fixed = await goodsAt(shop, 10_000, { terms: { model: 'fixed', perUnitRupiah: 99_999_999_999 } });
  expect(await ask(2, net.product)).toMatchObject({ name: 'net-price-missing' });
  expect(await ask(2, margin.product)).toMatchObject({ name: 'cost-missing' });
  expect(await ask(2, fixed.product)).toMatchObject({ name: 'amount-too-large' });
});

/** A day later, in a new shift. */
async function nextDay(): Promise<void> {
  await shop.cashier.must(shiftClose, { shift: shop.shift, countedRupiah: 245_900 });
  now += 24 * 60 * 60 * 1000;
  await signIn(shop.manager, 'budi', PINS.manager);
  await signIn(shop.cashier, 'siti', PINS.cashier);
  const { shift } = await shop.cashier.must(shiftOpen, { drawer: shop.drawer, floatRupiah: 0 });
  shop = { ...shop, shift };
}

async function sellAgain(): Promise<number> {
  const sale = inCash({ shift: shop.shift, lines: [unknownLine], totalRupiah: 27_999 });
  return accepted(await ring(shop, sale)).sale;
}
