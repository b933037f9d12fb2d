/**
 * Proves cash moved by hand: which accounts it moves between, who may move it in whose shift, how a closing and a count
 * of the safe are kept note by note, and that the figures of a drawer explain every rupiah it holds: on the screen, in
 * the report of the shift and on its slip.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { materialOf } from '../../main/engine/printing/material-of.ts';
import { purchaseConfirm } from '../../shared/contract/intake.ts';
import { authApprove, userCreate } from '../../shared/contract/people.ts';
import { printerSet } from '../../shared/contract/printing.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { buyerPay, refundComplete } from '../../shared/contract/refund.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementPay, settlementPrepare } from '../../shared/contract/settlement.ts';
import {
  cashDrop,
  cashIn,
  cashList,
  cashOut,
  drawerCreate,
  drawerState,
  safeCount,
  shiftClose,
  shiftOpen,
  shiftSummary,
} from '../../shared/contract/shift.ts';
import { vendorPayIn } from '../../shared/contract/vendor-money.ts';
import type { AccountCode } from '../../shared/domain/chart.ts';
import { newCommandId, startEngine, type TestClient, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { seed } from '../support/seed.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

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

/** Debits less credits of a money account. */
function held(code: AccountCode, owner: number | string = ''): number {
  const sql = 'SELECT debits - credits FROM account WHERE ledger = 0 AND code = ? AND owner = ?';
  return (engine.engine.books.prepare(sql).pluck().get(code, String(owner)) as number | undefined) ?? 0;
}

/** A second cashier with an open shift of an own drawer. */
async function secondTill(floatRupiah = 0) {
  const { admin } = shop;
  const pin = '806153';
  await admin.must(userCreate, { username: 'wati', name: 'Wati', role: 'cashier', pin });
  const cashier = engine.client('till-2');
  await signIn(cashier, 'wati', pin);
  const { drawer } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  const opened = await cashier.must(shiftOpen, { drawer, floatRupiah, floatFrom: 'opening' });
  return { cashier, drawer, shift: opened.shift };
}

/** The manager sends a safe count with somebody's yes, given at another's screen or at the own one. */
async function countWith(beside: TestClient, username: string, pin: string, figures: object) {
  const commandId = newCommandId();
  const approve = { commandId, action: 'safe.count', figures, username, pin };
  const { approval } = await beside.must(authApprove, approve);
  return shop.manager.ask(safeCount, figures as { countedRupiah: number }, { commandId, approval });
}

const safeShift = 1;

it('moves cash between the accounts it names, and shows it figure by figure in drawer and safe', async () => {
  const { cashier, manager, shift, drawer, safe, product } = shop;
  const paid = {
    ...oneLine(shift, product, 2, 18_000),
    tenders: [{ kind: 'cash' as const, amountRupiah: 50_000 }],
  };
  await cashier.must(saleComplete, paid);
  await cashier.must(cashIn, { shift, amountRupiah: 10_000, kind: 'other-income', memo: 'parkir bus' });
  await manager.must(cashIn, { shift, amountRupiah: 50_000, kind: 'bank', memo: 'uang kecil' });
  await cashier.must(cashOut, {
    shift,
    amountRupiah: 7_000,
    kind: 'expense',
    category: 'listrik',
    memo: 'token',
  });
  await cashier.must(cashOut, { shift, amountRupiah: 3_000, kind: 'expense', memo: 'plastik' });
  await manager.must(cashOut, { shift, amountRupiah: 20_000, kind: 'bank', memo: 'setor' });
  await cashier.must(cashDrop, { shift, amountRupiah: 100_000 });
  expect([held('other-income'), held('bank'), held('expense', 'listrik'), held('expense', 'lain')]).toEqual([
    -10_000,
    20_000 - 50_000,
    7_000,
    3_000,
  ]);
  const state = await manager.must(drawerState, { drawer });
  expect(state).toMatchObject({
    shift,
    floatRupiah: 200_000,
    salesCashRupiah: 36_000,
    refundsCashRupiah: 0,
    inRupiah: 60_000,
    outRupiah: 30_000,
    dropsRupiah: 100_000,
    payoutsRupiah: 0,
    expectedRupiah: 166_000,
    lastCount: null,
  });
  expect(held('cash', drawer)).toBe(166_000);
  expect(await manager.must(drawerState, { drawer: safe })).toMatchObject({
    shift: safeShift,
    dropsRupiah: 0,
    fromDrawersRupiah: 100_000,
    expectedRupiah: 100_000,
  });
  const { moves } = await manager.must(cashList, { shift });
  expect(
    moves.map(({ direction, kind, category, amountRupiah, reversed }) => [
      direction,
      kind,
      category,
      amountRupiah,
      reversed,
    ]),
  ).toEqual([
    ['drop', 'safe', null, 100_000, false],
    ['out', 'bank', null, 20_000, false],
    ['out', 'expense', 'lain', 3_000, false],
    ['out', 'expense', 'listrik', 7_000, false],
    ['in', 'bank', null, 50_000, false],
    ['in', 'other-income', null, 10_000, false],
  ]);
  expect(moves[0]?.number).toMatch(/^KM-261121-\d{6}$/);
  expect(moves.map(({ username }) => username)).toEqual(['siti', 'budi', 'siti', 'siti', 'budi', 'siti']);
  expect((await manager.must(cashList, { limit: 2 })).moves).toEqual(moves.slice(0, 2));
});

it('lets a cashier move cash in the own shift only, and the office in any that is open', async () => {
  const { manager, shift } = shop;
  const second = await secondTill(5_000);
  const move = { amountRupiah: 1_000, kind: 'other-income' as const, memo: 'parkir' };
  expect(await second.cashier.ask(cashIn, { ...move, shift })).toMatchObject({
    name: 'not-your-shift',
    details: { username: 'siti' },
  });
  expect(await second.cashier.ask(cashIn, { ...move, shift: safeShift })).toMatchObject({
    name: 'not-your-shift',
  });
  const expense = { amountRupiah: 1_000, kind: 'expense' as const, memo: 'sapu' };
  expect(await second.cashier.ask(cashOut, { ...expense, shift })).toMatchObject({ name: 'not-your-shift' });
  expect(await second.cashier.ask(cashDrop, { shift, amountRupiah: 1 })).toMatchObject({
    name: 'not-your-shift',
  });
  await manager.must(cashIn, { ...move, shift: safeShift });
  await manager.must(cashOut, { ...expense, shift: second.shift });
  expect([held('cash', shop.safe), held('cash', second.drawer)]).toEqual([1_000, 4_000]);
  expect(await manager.ask(cashDrop, { shift: safeShift, amountRupiah: 1_000 })).toMatchObject({
    name: 'drawer-is-safe',
  });
  expect(
    await second.cashier.ask(cashOut, { ...expense, shift: second.shift, amountRupiah: 4_001 }),
  ).toMatchObject({
    name: 'drawer-short',
  });
  expect(await second.cashier.ask(cashDrop, { shift: second.shift, amountRupiah: 4_001 })).toMatchObject({
    name: 'drawer-short',
  });
  await second.cashier.must(shiftClose, { shift: second.shift, countedRupiah: 4_000 });
  for (const closed of [second.shift, 999_999]) {
    expect(await manager.ask(cashIn, { ...move, shift: closed })).toMatchObject({ name: 'shift-not-open' });
  }
  expect(await manager.ask(drawerState, { drawer: 99 })).toMatchObject({ name: 'drawer-unknown' });
});

it('brings change money from the safe into a till in use, and shows both sides of it', async () => {
  const { cashier, manager, shift, drawer, safe } = shop;
  const change = { shift, amountRupiah: 60_000, kind: 'safe' as const, memo: 'uang kecil' };
  expect(await cashier.ask(cashIn, change)).toMatchObject({ name: 'drawer-short', details: {} });
  await cashier.must(cashDrop, { shift, amountRupiah: 100_000 });
  expect(await cashier.ask(cashIn, { ...change, amountRupiah: 100_001 })).toMatchObject({
    name: 'drawer-short',
  });
  const { number } = await cashier.must(cashIn, change);
  await manager.must(cashIn, { ...change, amountRupiah: 15_000 });
  expect([held('cash', drawer), held('cash', safe)]).toEqual([175_000, 25_000]);
  const till = { inRupiah: 75_000, dropsRupiah: 100_000, expectedRupiah: 175_000 };
  expect(await manager.must(drawerState, { drawer })).toMatchObject(till);
  expect(await manager.must(shiftSummary, { shift })).toMatchObject(till);
  const inSafe = { inRupiah: 0, fromDrawersRupiah: 100_000, toDrawersRupiah: 75_000, expectedRupiah: 25_000 };
  expect(await manager.must(drawerState, { drawer: safe })).toMatchObject(inSafe);
  const { moves } = await manager.must(cashList, {});
  expect(moves[1]).toMatchObject({ number, shift, drawerCode: 'K1', direction: 'in', kind: 'safe' });

  const into = { ...change, shift: safeShift };
  expect(await manager.ask(cashIn, into)).toMatchObject({
    name: 'drawer-is-safe',
    details: { drawer: 'BRANKAS' },
  });
  // Neither a cashier at the safe, nor at another's till.
  expect(await cashier.ask(cashIn, into)).toMatchObject({ name: 'not-your-shift' });
  const second = await secondTill();
  expect(await second.cashier.ask(cashIn, change)).toMatchObject({ name: 'not-your-shift' });
  expect(await manager.must(safeCount, { countedRupiah: 25_000 })).toMatchObject({ expectedRupiah: 25_000 });
  expect(await cashier.must(shiftClose, { shift, countedRupiah: 175_000 })).toMatchObject({
    expectedRupiah: 175_000,
    differenceRupiah: 0,
  });
  expect(held('cash', safe)).toBe(200_000);
  expect(await manager.ask(cashIn, change)).toMatchObject({ name: 'shift-not-open' });
});

it('shows every other way that cash of a till moves in a figure of its own', async () => {
  const { cashier, manager, admin, shift, drawer, product, vendor } = shop;
  const line = { line: 1, qty: 1_000, reason: 'resaleable' as const };
  const sold = await cashier.must(saleComplete, oneLine(shift, product, 10, 18_000));
  await cashier.must(refundComplete, { shift, sale: sold.sale, lines: [line] });
  const tenders = [{ kind: 'debit' as const, amountRupiah: 18_000, reference: '4711' }];
  const card = await cashier.must(saleComplete, { ...oneLine(shift, product, 1, 18_000), tenders });
  const { refund } = await cashier.must(refundComplete, { shift, sale: card.sale, lines: [line] });
  await manager.must(buyerPay, { refund, amountRupiah: 18_000, how: 'cash', drawer, memo: 'kartu hilang' });
  const own = { vendor, name: 'Gula aren', priceRupiah: 30_000, own: true };
  const bought = await manager.must(productCreate, own);
  const lines = [{ product: bought.product, qty: 2_000, unitCostRupiah: 20_000 }];
  await manager.must(purchaseConfirm, { vendor, lines, paid: 'cash', drawer });
  const { settlement } = await manager.must(settlementPrepare, { vendor });
  await admin.must(settlementApprove, { settlement, amountRupiah: 100_000 });
  await manager.must(settlementPay, { settlement, drawer, how: 'cash', amountRupiah: 90_000 });
  await manager.must(vendorPayIn, { vendor, amountRupiah: 25_000, how: 'cash', drawer });
  const figures = {
    floatRupiah: 200_000,
    salesCashRupiah: 180_000,
    refundsCashRupiah: 18_000,
    inRupiah: 0,
    outRupiah: 0,
    dropsRupiah: 0,
    payoutsRupiah: 90_000,
    purchasesRupiah: 40_000,
    buyerPaymentsRupiah: 18_000,
    vendorPaymentsRupiah: 25_000,
    fromDrawersRupiah: 0,
    toDrawersRupiah: 0,
    expectedRupiah: 239_000,
  };
  expect(await manager.must(drawerState, { drawer })).toMatchObject(figures);
  await cashier.must(shiftClose, { shift, countedRupiah: 239_000 });
  expect(await manager.must(shiftSummary, { shift })).toMatchObject({
    ...figures,
    sales: 2,
    salesRupiah: 198_000,
    tenders: [{ kind: 'debit', amountRupiah: 18_000 }],
    refunds: 2,
    refundsRupiah: 36_000,
    differenceRupiah: 0,
  });
  expect(await manager.must(shiftSummary, { shift: safeShift })).toMatchObject({
    fromDrawersRupiah: 239_000,
    expectedRupiah: 239_000,
    closedAt: null,
  });
});

it('keeps the notes of a closing, and the closing expects what cash moves left', async () => {
  const { cashier, manager, shift, drawer, product } = shop;
  const paper = join(engine.dir, 'paper.prn');
  writeFileSync(paper, '');
  const address = { kind: 'file' as const, path: paper };
  await manager.must(printerSet, { drawer, address, paperMm: 58, profile: 'simple58' });
  await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  await cashier.must(cashOut, { shift, amountRupiah: 8_000, kind: 'expense', memo: 'air galon' });
  await cashier.must(cashDrop, { shift, amountRupiah: 70_000 });
  await cashier.must(cashIn, { shift, amountRupiah: 10_000, kind: 'safe', memo: 'uang kecil' });
  const open = await manager.must(shiftSummary, { shift });
  expect(open).toMatchObject({
    expectedRupiah: 150_000,
    countedRupiah: null,
    denominations: [],
    tenders: [],
  });
  const denominations = [
    { valueRupiah: 50_000 as const, pieces: 2 },
    { valueRupiah: 2_000 as const, pieces: 24 },
  ];
  const wrong = { shift, countedRupiah: 149_000, denominations };
  expect(await cashier.ask(shiftClose, wrong)).toMatchObject({
    name: 'denominations-differ',
    details: { denominationsRupiah: 148_000, countedRupiah: 149_000 },
  });
  const closing = await cashier.must(shiftClose, { shift, countedRupiah: 148_000, denominations });
  expect(closing).toMatchObject({ expectedRupiah: 150_000, differenceRupiah: -2_000 });
  const after = await manager.must(shiftSummary, { shift });
  expect(after).toMatchObject({
    ...open,
    number: closing.number,
    closedAt: now,
    countedRupiah: 148_000,
    differenceRupiah: -2_000,
    denominations,
  });
  expect(await manager.must(drawerState, { drawer })).toMatchObject({ shift: null, expectedRupiah: 0 });

  const { seq, n } = engine.engine.books
    .prepare("SELECT seq, n FROM print_wish WHERE kind = 'shift-slip'")
    .get() as { seq: number; n: number };
  const printed = materialOf(engine.engine.sql, seq, n, drawer)?.lines.map(({ text }) => text) ?? [];
  const figures = printed
    .filter((text) => text.includes('Rp'))
    .map((text) => text.trim().split(/\s{2,}|(?<=\D) (?=-?Rp)/));
  expect(figures).toEqual([
    ['Penjualan (1)', 'Rp18.000'],
    ['- Tunai', 'Rp18.000'],
    ['Kas awal', 'Rp200.000'],
    ['Penjualan tunai', 'Rp18.000'],
    ['Kas masuk', 'Rp10.000'],
    ['Kas keluar', '-Rp8.000'],
    ['Setoran ke brankas', '-Rp70.000'],
    ['Kas seharusnya', 'Rp150.000'],
    ['Kas dihitung', 'Rp148.000'],
    ['SELISIH', '-Rp2.000'],
  ]);
});

it('counts the safe blind: a difference above the limit needs somebody else, and the figures begin anew', async () => {
  const { manager, cashier, shift, safe } = shop;
  await cashier.must(cashDrop, { shift, amountRupiah: 120_000 });
  const within = await manager.must(safeCount, { countedRupiah: 119_000 });
  expect(within).toMatchObject({ expectedRupiah: 120_000, countedRupiah: 119_000, differenceRupiah: -1_000 });
  expect(within.number).toMatch(/^TB-261121-\d{6}$/);
  expect(held('over-short')).toBe(1_000);
  const denominations = [{ valueRupiah: 10_000 as const, pieces: 6 }];
  const far = { countedRupiah: 60_000, denominations };
  expect(await manager.ask(safeCount, { ...far, countedRupiah: 60_001 })).toMatchObject({
    name: 'denominations-differ',
  });
  expect(await manager.ask(safeCount, far)).toMatchObject({ name: 'variance-needs-approval', details: {} });
  expect(await countWith(shop.admin, 'budi', PINS.manager, far)).toMatchObject({
    name: 'variance-needs-approval',
  });
  expect(await countWith(manager, 'ratna', PINS.admin, far)).toMatchObject({
    value: { expectedRupiah: 119_000, differenceRupiah: -59_000 },
  });
  expect([held('over-short'), held('cash', safe)]).toEqual([60_000, 60_000]);
  await manager.must(cashIn, { shift: safeShift, amountRupiah: 5_000, kind: 'opening', memo: 'modal' });
  expect(await manager.must(drawerState, { drawer: safe })).toMatchObject({
    floatRupiah: 60_000,
    fromDrawersRupiah: 0,
    inRupiah: 5_000,
    expectedRupiah: 65_000,
    lastCount: { day: '2026-11-21', countedRupiah: 60_000, differenceRupiah: -59_000 },
  });
});

it("books the safe's cash on the day it moves, the till's on the day its shift was opened", async () => {
  const { manager, shift } = shop;
  now += DAY_MS;
  await signIn(manager, 'budi', PINS.manager);
  const move = { amountRupiah: 1_000, kind: 'other-income' as const, memo: 'parkir' };
  await manager.must(cashIn, { ...move, shift });
  await manager.must(cashIn, { ...move, shift: safeShift });
  const { moves } = await manager.must(cashList, {});
  expect(moves.map(({ day }) => day)).toEqual(['2026-11-22', '2026-11-21']);
});

it('explains what each drawer holds after any order of sales, moves, closings and counts', async () => {
  const { manager, cashier, product, drawer, safe } = shop;
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  let shift = shop.shift;
  const done: Record<string, number> = {};
  for (let step = 0; step < 150; step += 1) {
    const amountRupiah = 1 + random(90_000);
    const at = random(4) === 0 ? safeShift : shift;
    const steps: Record<string, () => Promise<{ outcome: string }>> = {
      sell: () => cashier.ask(saleComplete, oneLine(shift, product, 1 + random(2), 18_000)),
      in: () => manager.ask(cashIn, { shift: at, amountRupiah, kind: 'other-income', memo: 'x' }),
      change: () => manager.ask(cashIn, { shift: at, amountRupiah, kind: 'safe', memo: 'x' }),
      out: () => manager.ask(cashOut, { shift: at, amountRupiah, kind: 'expense', memo: 'x' }),
      drop: () => cashier.ask(cashDrop, { shift, amountRupiah }),
      count: () =>
        manager.ask(safeCount, { countedRupiah: Math.max(0, held('cash', safe) + random(99) - 49) }),
      close: async () => {
        const closed = await cashier.ask(shiftClose, {
          shift,
          countedRupiah: held('cash', drawer) + random(9),
        });
        const floatFrom = random(2) === 0 ? ('safe' as const) : ('opening' as const);
        const opened = await cashier.ask(shiftOpen, { drawer, floatRupiah: amountRupiah, floatFrom });
        shift =
          opened.outcome === 'ok'
            ? opened.value.shift
            : (await cashier.must(shiftOpen, { drawer, floatRupiah: amountRupiah, floatFrom: 'opening' }))
                .shift;
        return closed;
      },
    };
    const names = Object.keys(steps);
    const name = names[random(names.length)] as string;
    const { outcome } = await (steps[name] as () => Promise<{ outcome: string }>)();
    done[`${name} ${outcome}`] = (done[`${name} ${outcome}`] ?? 0) + 1;
    for (const each of [drawer, safe]) {
      const figures = await manager.must(drawerState, { drawer: each });
      const sum =
        figures.floatRupiah +
        figures.salesCashRupiah -
        figures.refundsCashRupiah +
        figures.inRupiah -
        figures.outRupiah -
        figures.dropsRupiah -
        figures.payoutsRupiah -
        figures.purchasesRupiah -
        figures.buyerPaymentsRupiah +
        figures.vendorPaymentsRupiah +
        figures.fromDrawersRupiah -
        figures.toDrawersRupiah;
      expect(sum).toBe(held('cash', each));
      expect(figures.expectedRupiah).toBe(sum);
    }
    const summary = await manager.must(shiftSummary, { shift });
    expect(summary.expectedRupiah).toBe(held('cash', drawer));
  }
  console.log(JSON.stringify(done));
});
