/**
 * Proves how the money of a refund goes back: cash rounded down until the sale is complete and then exactly, what was
 * paid otherwise owed to the buyer and paid later by transfer or in cash with a reason, and a void that leaves drawer,
 * goods, vendors and rounding as they were. Afterwards the books verify and replay to the same rows.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { centerChange } from '../../shared/contract/center.ts';
import { buyerDue, buyerPay, refundComplete, refundGet, saleVoid } from '../../shared/contract/refund.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import {
  cashDrop,
  drawerCreate,
  drawerList,
  drawerState,
  shiftClose,
  shiftOpen,
} from '../../shared/contract/shift.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { goodsAt, heldGoods, owed, withYes } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { ringWorked, seenQris } from '../support/worked-sale.ts';

let engine: TestEngine;
let shop: Shop;
beforeEach(async () => {
  engine = await startEngine({ now: () => Date.UTC(2026, 10, 21, 3) });
  shop = await openShop(engine);
});
afterEach(async () => {
  expect(owed(engine, 'clearing')).toBe(0);
  await expectWholeBooks(engine);
  await engine.stop();
});

function refund(sale: number, line: number, pieces: number) {
  return shop.cashier.must(refundComplete, {
    shift: shop.shift,
    sale,
    lines: [{ line, qty: pieces * 1000, reason: 'resaleable' }],
  });
}

/** What the drawer holds besides its float. */
const inDrawer = () => -owed(engine, 'cash', shop.drawer) - 200_000;

/** The worked sale, paid 50.000 by QRIS and the rest, 57.331, with 57.300 in cash. */
async function halfByQris() {
  const lines = [{ product: shop.product, qty: 1_000, priceRupiah: 107_331 }];
  const qris = await seenQris(shop, 50_000, lines);
  return ringWorked(shop, [qris, { kind: 'cash', amountRupiah: 60_000 }]);
}

describe('a sale paid in cash', () => {
  it('goes back in whole steps, and the last refund gives exactly what was taken', async () => {
    const { sale } = await ringWorked(shop);
    const given: unknown[] = [];
    for (const [line, pieces] of [
      [1, 1],
      [1, 1],
      [1, 1],
      [2, 3],
      [3, 1],
    ] as const) {
      const { netRupiah, cashRupiah, buyerDueRupiah } = await refund(sale, line, pieces);
      given.push([netRupiah, cashRupiah, buyerDueRupiah, owed(engine, 'rounding')]);
    }
    // Due so far 16.466, 32.932, 49.398, 70.740 and 107.331; taken were 107.300, so the sale's rounding was −31.
    expect(given).toEqual([
      [16_466, 16_400, 0, 35],
      [16_466, 16_500, 0, 1],
      [16_466, 16_400, 0, 67],
      [21_342, 21_400, 0, 9],
      [36_591, 36_600, 0, 0],
    ]);
    expect([inDrawer(), owed(engine, 'buyer-due')]).toEqual([0, 0]);
  });

  it('goes back by the step in force now, never more than was taken', async () => {
    const { sale } = await ringWorked(shop);
    await refund(sale, 1, 3);
    await shop.admin.must(centerChange, { cashRounding: { stepRupiah: 1000, mode: 'up' } });
    // Due so far 70.740: 70.000 in whole thousands, of which 49.300 are gone already.
    expect(await refund(sale, 2, 3)).toMatchObject({ netRupiah: 21_342, cashRupiah: 20_700 });
    expect(await refund(sale, 3, 1)).toMatchObject({ netRupiah: 36_591, cashRupiah: 37_300 });
    expect([inDrawer(), owed(engine, 'rounding')]).toEqual([0, 0]);
  });

  it('gives nothing now where a whole step is not due yet', async () => {
    const { product } = await goodsAt(shop, 60, { terms: { model: 'none' } });
    const { sale } = await shop.cashier.must(saleComplete, {
      ...oneLine(shop.shift, product, 3, 60),
      tenders: [{ kind: 'cash', amountRupiah: 200 }],
    });
    expect(inDrawer()).toBe(100);
    const given: number[] = [];
    for (let n = 0; n < 3; n += 1) given.push((await refund(sale, 1, 1)).cashRupiah);
    expect(given).toEqual([0, 100, 0]);
    expect([inDrawer(), owed(engine, 'rounding')]).toEqual([0, 0]);
  });
});

describe('a sale paid 50.000 by QRIS and 57.300 in cash', () => {
  it('goes back along both, in parts that sum to what was paid', async () => {
    const { sale, number: saleNumber } = await halfByQris();
    expect([inDrawer(), -owed(engine, 'qris-clearing'), owed(engine, 'rounding')]).toEqual([
      57_300, 50_000, -31,
    ]);
    const refunds: number[] = [];
    const given: unknown[] = [];
    for (const [line, pieces] of [
      [1, 1],
      [1, 1],
      [1, 1],
      [2, 3],
      [3, 1],
    ] as const) {
      const done = await refund(sale, line, pieces);
      const { tenders, roundingRupiah, dueRupiah } = await shop.cashier.must(refundGet, {
        refund: done.refund,
      });
      expect(dueRupiah).toBe(done.buyerDueRupiah);
      given.push([tenders.map(({ partRupiah }) => partRupiah), done.cashRupiah, roundingRupiah]);
      refunds.push(done.refund);
    }
    expect(given).toEqual([
      [[7_671, 8_795], 8_700, 95],
      [[7_671, 8_795], 8_800, -5],
      [[7_671, 8_795], 8_800, -5],
      [[9_942, 11_400], 11_400, 0],
      [[17_045, 19_546], 19_600, -54],
    ]);
    expect([inDrawer(), owed(engine, 'rounding'), owed(engine, 'buyer-due')]).toEqual([0, 0, 50_000]);
    // The acquirer brings what the buyer paid, whatever came back since.
    expect(-owed(engine, 'qris-clearing')).toBe(50_000);
    const due = await shop.cashier.must(buyerDue, { limit: 2 });
    expect(due).toMatchObject({
      dueRupiah: 50_000,
      refunds: [
        { refund: refunds[0], saleNumber, day: '2026-11-21', dueRupiah: 7_671 },
        { refund: refunds[1], dueRupiah: 7_671 },
      ],
    });
    expect(due.refunds).toHaveLength(2);
  });

  it('pays the buyer the QRIS part by transfer, and in cash with a reason', async () => {
    const { manager, drawer, shift } = shop;
    const { sale } = await halfByQris();
    const { refund: seq, buyerDueRupiah } = await refund(sale, 3, 1);
    expect(buyerDueRupiah).toBe(17_046);
    const pay = { refund: seq, amountRupiah: 10_000, how: 'transfer' as const };
    expect(await manager.ask(buyerPay, { ...pay, amountRupiah: 17_047 })).toMatchObject({
      name: 'more-than-due',
      details: { dueRupiah: 17_046 },
    });
    expect(await manager.ask(buyerPay, { ...pay, refund: sale })).toMatchObject({ name: 'refund-unknown' });
    const transferred = await manager.must(buyerPay, pay);
    expect(transferred.restRupiah).toBe(7_046);
    expect([owed(engine, 'bank'), owed(engine, 'buyer-due')]).toEqual([10_000, 7_046]);
    expect(await manager.ask(buyerPay, pay)).toMatchObject({ name: 'more-than-due' });

    const rest = { refund: seq, amountRupiah: 7_046, how: 'cash' as const };
    expect(await manager.ask(buyerPay, rest)).toMatchObject({ name: 'memo-missing' });
    const withReason = { ...rest, memo: 'pembeli tidak punya rekening' };
    expect(await manager.ask(buyerPay, { ...withReason, drawer: 99 })).toMatchObject({
      name: 'drawer-unknown',
    });
    const { drawer: closed } = await shop.admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
    expect(await manager.ask(buyerPay, { ...withReason, drawer: closed })).toMatchObject({
      name: 'shift-not-open',
    });
    expect(await manager.ask(buyerPay, withReason)).toMatchObject({ name: 'drawer-short' });
    await shop.cashier.must(cashDrop, { shift, amountRupiah: 5_000 });
    await manager.must(buyerPay, { ...withReason, amountRupiah: 5_000 });
    expect(owed(engine, 'cash', shop.safe)).toBe(0);
    const before = inDrawer();
    const last = await manager.must(buyerPay, { ...withReason, amountRupiah: 2_046, drawer });
    expect(last.restRupiah).toBe(0);
    expect([before - inDrawer(), owed(engine, 'buyer-due')]).toEqual([2_046, 0]);
    expect(await manager.must(buyerDue, {})).toEqual({ refunds: [], dueRupiah: 0 });

    // A payment that was taken back is due again.
    await manager.must(documentReverse, { document: transferred.payment, memo: 'rekening salah' });
    expect(await manager.must(buyerDue, {})).toMatchObject({
      refunds: [{ refund: seq, dueRupiah: 10_000 }],
      dueRupiah: 10_000,
    });
    expect((await manager.must(refundGet, { refund: seq })).dueRupiah).toBe(10_000);
    await manager.must(buyerPay, pay);
    expect([owed(engine, 'bank'), owed(engine, 'buyer-due')]).toEqual([10_000, 0]);
  });
});

describe('a void', () => {
  /** Everything a sale moves, to be compared as a whole. */
  function state(): unknown {
    const sql = `SELECT ledger, code, owner, debits - credits AS held FROM account WHERE debits <> credits
      ORDER BY ledger, code, owner`;
    return engine.engine.books.prepare(sql).all();
  }

  it.each([
    ['down', 100, 107_300],
    ['up', 500, 107_500],
    ['nearest', 1000, 107_000],
    ['down', 0, 107_331],
  ] as const)(
    'of a sale rounded %s to %i leaves everything as before it',
    async (mode, stepRupiah, taken) => {
      await shop.admin.must(centerChange, { cashRounding: { stepRupiah, mode } });
      const earlier = await ringWorked(shop);
      const before = state();
      const { cashier, shift } = shop;
      const sale = {
        shift,
        lines: [
          { product: earlier.products[0], qty: 3_000, priceRupiah: 18_000 },
          { product: earlier.products[1], qty: 3_000, priceRupiah: 7_777 },
          { product: earlier.products[2], qty: 1_000, priceRupiah: 40_000 },
        ],
        discount: { amountRupiah: 10_000 },
        totalRupiah: 107_331,
        tenders: [{ kind: 'cash' as const, amountRupiah: 110_000 }],
      };
      const sold = await withYes(shop, saleComplete, sale);
      if (sold.outcome !== 'ok') throw new Error(JSON.stringify(sold));
      expect(state()).not.toEqual(before);
      const done = await cashier.must(saleVoid, { shift, sale: sold.value.sale, memo: 'salah ketik' });
      expect(done).toMatchObject({ netRupiah: 107_331, cashRupiah: taken, buyerDueRupiah: 0 });
      expect(state()).toEqual(before);
      expect(await cashier.must(refundGet, { refund: done.refund })).toMatchObject({
        isVoid: true,
        memo: 'salah ketik',
        number: done.number,
        lines: [
          { line: 1, saleLine: 1, qty: 3_000, netRupiah: 49_398, reason: 'resaleable' },
          { line: 2, saleLine: 2, qty: 3_000, netRupiah: 21_342 },
          { line: 3, saleLine: 3, qty: 1_000, netRupiah: 36_591 },
        ],
        tenders: [{ kind: 'cash', partRupiah: 107_331, paidRupiah: taken }],
        roundingRupiah: 107_331 - taken,
      });
    },
  );

  it('is of the last receipt only, once, and before anything of it came back', async () => {
    const { cashier, shift, product } = shop;
    const first = await cashier.must(saleComplete, oneLine(shift, product, 2, 18_000));
    const second = await cashier.must(saleComplete, oneLine(shift, product, 2, 18_000));
    expect(await cashier.ask(saleVoid, { shift, sale: first.sale })).toMatchObject({
      name: 'not-last-sale',
      details: { lastNumber: second.number },
    });
    expect(await cashier.ask(saleVoid, { shift, sale: shift })).toMatchObject({ name: 'sale-unknown' });
    const back = await refund(second.sale, 1, 1);
    const refunded = { name: 'sale-refunded', details: { number: back.number } };
    expect(await cashier.ask(saleVoid, { shift, sale: second.sale })).toMatchObject(refunded);
    const third = await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
    const voided = await cashier.must(saleVoid, { shift, sale: third.sale });
    expect(await cashier.ask(saleVoid, { shift, sale: third.sale })).toMatchObject({
      name: 'sale-refunded',
      details: { number: voided.number },
    });
    expect(await cashier.ask(saleVoid, { shift, sale: second.sale })).toMatchObject({
      name: 'not-last-sale',
      details: { lastNumber: third.number },
    });
    // A receipt of the shift before is refunded instead.
    await cashier.must(shiftClose, { shift, countedRupiah: 200_000 + 36_000 + 18_000 });
    const next = await cashier.must(shiftOpen, { drawer: shop.drawer, floatRupiah: 0 });
    expect(await cashier.ask(saleVoid, { shift: next.shift, sale: third.sale })).toMatchObject({
      name: 'not-last-sale',
      details: { lastNumber: '–' },
    });
    expect(await cashier.ask(saleVoid, { shift, sale: third.sale })).toMatchObject({
      name: 'shift-not-open',
    });
  });

  it('of a sale paid otherwise owes the buyer all of it, and leaves what the acquirer will bring', async () => {
    const { cashier, shift, product } = shop;
    const { sale } = await cashier.must(saleComplete, {
      ...oneLine(shift, product, 3, 18_000),
      tenders: [
        { kind: 'debit', amountRupiah: 30_000, reference: '4821' },
        { kind: 'transfer', amountRupiah: 24_000 },
      ],
    });
    const done = await cashier.must(saleVoid, { shift, sale });
    expect(done).toMatchObject({ netRupiah: 54_000, cashRupiah: 0, buyerDueRupiah: 54_000 });
    expect([inDrawer(), owed(engine, 'vendor', shop.vendor), owed(engine, 'buyer-due')]).toEqual([
      0, 0, 54_000,
    ]);
    expect([-owed(engine, 'card-clearing'), -owed(engine, 'bank')]).toEqual([30_000, 24_000]);
    expect((await cashier.must(refundGet, { refund: done.refund })).tenders).toEqual([
      { kind: 'debit', partRupiah: 30_000, paidRupiah: 0 },
      { kind: 'transfer', partRupiah: 24_000, paidRupiah: 0 },
    ]);
  });

  it('of oversold pieces leaves them on the no-batch shelf, still to be explained', async () => {
    const { product, vendor } = await goodsAt(shop, 10_000, {
      terms: { model: 'percent', rateBps: 3000 },
      batches: [],
    });
    const { cashier, shift } = shop;
    const { sale } = await cashier.must(saleComplete, oneLine(shift, product, 2, 10_000));
    await cashier.must(saleVoid, { shift, sale });
    expect([inDrawer(), owed(engine, 'vendor', vendor)]).toEqual([0, 0]);
    expect([heldGoods(engine, product, 'shelf', 0), -heldGoods(engine, product, 'found')]).toEqual([
      2_000, 2_000,
    ]);
  });
});

it('goes back out of the safe where the office gives it, and stays: it is never taken back itself', async () => {
  const { cashier, manager, safe, shift } = shop;
  const { sale } = await ringWorked(shop);
  await cashier.must(cashDrop, { shift, amountRupiah: 50_000 });
  const { drawers } = await manager.must(drawerList, {});
  const ofSafe = drawers.find(({ drawer }) => drawer === safe)?.shift as number;
  const lines = [{ line: 3, qty: 1_000, reason: 'resaleable' as const }];
  expect(await cashier.ask(refundComplete, { shift: ofSafe, sale, lines })).toMatchObject({
    name: 'not-your-shift',
  });
  const given = await manager.must(refundComplete, { shift: ofSafe, sale, lines });
  expect(given.cashRupiah).toBe(36_500);
  expect(await manager.must(drawerState, { drawer: safe })).toMatchObject({
    refundsCashRupiah: 36_500,
    expectedRupiah: 13_500,
  });
  expect(await manager.must(drawerState, { drawer: shop.drawer })).toMatchObject({
    salesCashRupiah: 107_300,
    refundsCashRupiah: 0,
    expectedRupiah: 257_300,
  });
  const reverse = { document: given.refund, memo: 'salah' };
  expect(await manager.ask(documentReverse, reverse)).toMatchObject({ name: 'not-reversible' });
});

it('knows no other refund', async () => {
  expect(await shop.cashier.ask(refundGet, { refund: shop.shift })).toMatchObject({ name: 'refund-unknown' });
});
