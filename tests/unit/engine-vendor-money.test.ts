/**
 * Proves what moves a vendor's money besides sales: a fee above the balance that the vendor then pays in, a debt that
 * two people give up, corrections by hand, fees that fall due by the calendar and are posted once for each period
 * whatever becomes of the settlements, and who is to be settled when. Afterwards the books verify and replay.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clockConfirm } from '../../shared/contract/center.ts';
import { authApprove } from '../../shared/contract/people.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import {
  settlementApprove,
  settlementCancel,
  settlementDue,
  settlementGet,
  settlementPay,
  settlementPrepare,
} from '../../shared/contract/settlement.ts';
import { drawerCreate } from '../../shared/contract/shift.ts';
import { vendorChange, vendorCreate, vendorStatement } from '../../shared/contract/vendor.ts';
import {
  adjustmentPost,
  debtWriteOff,
  feeCharge,
  feeList,
  feeRecur,
  feeStop,
  vendorPayIn,
} from '../../shared/contract/vendor-money.ts';
import type { Reason } from '../../shared/domain/reasons.ts';
import { newCommandId, startEngine, type TestEngine } from '../support/engine.ts';
import { writeOffWithYes } from '../support/full-shop-runs.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import { owed } from '../support/till.ts';
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
  expect(owed(engine, 'clearing')).toBe(0);
  await expectWholeBooks(engine);
  await engine.stop();
});

function balance(vendor = shop.vendor): number {
  return owed(engine, 'vendor', vendor);
}

/** Sells pieces of 18.000, of which 15.300 each are the vendor's. */
async function sell(pieces: number): Promise<void> {
  await shop.cashier.must(saleComplete, {
    shift: shop.shift,
    lines: [{ product: shop.product, qty: pieces * 1000, priceRupiah: 18_000 }],
    totalRupiah: pieces * 18_000,
    tenders: [{ kind: 'cash', amountRupiah: pieces * 18_000 }],
  });
}

/** Days pass; everybody signs in anew and the manager says that the clock is right. */
async function waitDays(days: number): Promise<void> {
  now += days * DAY_MS;
  await signIn(shop.manager, 'budi', PINS.manager);
  await signIn(shop.admin, 'ratna', PINS.admin);
  await signIn(shop.cashier, 'siti', PINS.cashier);
  await shop.manager.must(clockConfirm, {});
}

async function sections(vendor = shop.vendor) {
  const { sections: list } = await shop.manager.must(vendorStatement, { vendor });
  return Object.fromEntries(list.map(({ section, sumRupiah }) => [section, sumRupiah]));
}

function movements(reason: Reason): Promise<(string | null)[]> {
  return shop.manager
    .must(vendorStatement, { vendor: shop.vendor })
    .then(({ movements: all }) => all.filter((row) => row.reason === reason).map(({ what }) => what));
}

it('charges a fee above the balance, which the vendor pays in by hand and by bank', async () => {
  const { manager, vendor, safe, drawer } = shop;
  await sell(1);
  const fee = await manager.must(feeCharge, { vendor, name: 'Label', amountRupiah: 25_300 });
  expect(fee.number).toMatch(/^BY-261121-\d{6}$/);
  expect(balance()).toBe(-10_000);
  expect(owed(engine, 'vendor-fees')).toBe(25_300);
  const inSafe = owed(engine, 'cash', safe);
  const first = await manager.must(vendorPayIn, { vendor, amountRupiah: 4_000, how: 'cash' });
  expect(first).toMatchObject({ balanceRupiah: -6_000, number: expect.stringMatching(/^TS-/) });
  expect(owed(engine, 'cash', safe)).toBe(inSafe - 4_000);
  const inTill = owed(engine, 'cash', drawer);
  await manager.must(vendorPayIn, { vendor, amountRupiah: 1_000, how: 'cash', drawer, memo: 'titip' });
  expect(owed(engine, 'cash', drawer)).toBe(inTill - 1_000);
  // A drawer says nothing of what reached the bank.
  const last = await manager.must(vendorPayIn, { vendor, amountRupiah: 5_500, how: 'bank', drawer: 99 });
  expect(last.balanceRupiah).toBe(500);
  expect(owed(engine, 'bank')).toBe(-5_500);
  expect(await sections()).toMatchObject({ shares: 15_300, fees: -25_300, payouts: 10_500 });
  expect(await movements('fee.charged')).toEqual(['Label']);
});

it('takes money in only where somebody is in charge of it', async () => {
  const { manager, admin, cashier, vendor } = shop;
  const { drawer } = await admin.must(drawerCreate, { code: 'K9', name: 'Kasir 9' });
  const input = { vendor, amountRupiah: 1_000, how: 'cash' as const };
  expect(await manager.ask(vendorPayIn, { ...input, drawer })).toMatchObject({ name: 'shift-not-open' });
  expect(await manager.ask(vendorPayIn, { ...input, drawer: 99 })).toMatchObject({
    name: 'drawer-unknown',
    details: { drawer: 99 },
  });
  expect(await manager.ask(vendorPayIn, { ...input, vendor: 99 })).toMatchObject({
    name: 'vendor-unknown',
    details: { vendor: '99' },
  });
  expect(await cashier.ask(vendorPayIn, input)).toMatchObject({ name: 'forbidden' });
});

it('gives up a debt when two people say so, and no more than is owed', async () => {
  const { manager, admin, vendor } = shop;
  await manager.must(feeCharge, { vendor, name: 'Denda', amountRupiah: 30_000 });
  const input = { vendor, amountRupiah: 30_000, memo: 'tutup usaha' };
  expect(await manager.ask(debtWriteOff, input)).toMatchObject({ name: 'second-person-needed' });
  // The administrator alone is one person as well, and cannot stand beside herself.
  expect(await admin.ask(debtWriteOff, input)).toMatchObject({ name: 'second-person-needed' });
  const beside = { username: 'ratna', pin: PINS.admin };
  const asked = { commandId: newCommandId(), action: 'debt.writeOff', figures: input, ...beside };
  expect(await admin.ask(authApprove, asked)).toMatchObject({ name: 'same-person' });
  // Nor does a yes that she gave a manager serve herself.
  const { approval } = await manager.must(authApprove, asked);
  expect(await admin.ask(debtWriteOff, input, { commandId: asked.commandId, approval })).toMatchObject({
    name: 'second-person-needed',
  });
  expect(await writeOffWithYes(manager, { ...input, amountRupiah: 30_001 })).toMatchObject({
    name: 'more-than-owed',
    details: { owedRupiah: 30_000 },
  });
  expect(await writeOffWithYes(manager, { ...input, vendor: 99 })).toMatchObject({ name: 'vendor-unknown' });
  const part = await writeOffWithYes(manager, { ...input, amountRupiah: 12_000 });
  expect(part).toMatchObject({ value: { balanceRupiah: -18_000, number: expect.stringMatching(/^HP-/) } });
  const rest = await writeOffWithYes(manager, { ...input, amountRupiah: 18_000 });
  expect(rest).toMatchObject({ value: { balanceRupiah: 0 } });
  expect(owed(engine, 'bad-debt')).toBe(-30_000);
  expect(await writeOffWithYes(manager, { ...input, amountRupiah: 1 })).toMatchObject({
    name: 'more-than-owed',
    details: { owedRupiah: 0 },
  });
  const approvers = engine.engine.books.prepare('SELECT DISTINCT approver FROM debt_write_off').pluck().all();
  const ratna = engine.engine.books.prepare(`SELECT id FROM "user" WHERE username = 'ratna'`).pluck().get();
  expect(approvers).toEqual([ratna]);
  expect(await sections()).toMatchObject({ fees: -30_000, adjustments: 30_000 });
  expect(await movements('debt.written-off')).toEqual(['tutup usaha', 'tutup usaha']);
});

it('corrects a balance upwards at the center’s expense and downwards for its income', async () => {
  const { manager, vendor } = shop;
  const up = await manager.must(adjustmentPost, { vendor, amountRupiah: 1_250, memo: 'salah harga' });
  expect(up.number).toMatch(/^PY-261121-\d{6}$/);
  await manager.must(adjustmentPost, { vendor, amountRupiah: -2_000, memo: 'dus rusak' });
  expect([balance(), owed(engine, 'expense', 'adjustment'), owed(engine, 'other-income')]).toEqual([
    -750, -1_250, 2_000,
  ]);
  expect(await manager.ask(adjustmentPost, { vendor, amountRupiah: 0, memo: 'x' })).toMatchObject({
    name: 'bad-input',
  });
  expect(await manager.ask(adjustmentPost, { vendor: 99, amountRupiah: 1, memo: 'x' })).toMatchObject({
    name: 'vendor-unknown',
  });
  expect(await movements('adjustment.posted')).toEqual(['salah harga', 'dus rusak']);
  await manager.must(documentReverse, { document: up.adjustment, memo: 'bukan penitip ini' });
  expect(balance()).toBe(-2_000);
});

it('takes every document of it back', async () => {
  const { manager, vendor } = shop;
  await sell(1);
  const fee = await manager.must(feeCharge, { vendor, name: 'Label', amountRupiah: 40_000 });
  const payment = await manager.must(vendorPayIn, { vendor, amountRupiah: 3_000, how: 'cash' });
  const writeOff = await writeOffWithYes(manager, { vendor, amountRupiah: 1_000, memo: 'sudahlah' });
  expect(balance()).toBe(15_300 - 40_000 + 3_000 + 1_000);
  if (writeOff.outcome !== 'ok') throw new Error('not written off');
  for (const document of [writeOff.value.writeOff, payment.payment, fee.fee]) {
    await manager.must(documentReverse, { document, memo: 'keliru' });
  }
  expect(balance()).toBe(15_300);
  expect([owed(engine, 'bad-debt'), owed(engine, 'vendor-fees')]).toEqual([0, 0]);
});

/** Due days of the vendor's only fee. */
async function due(): Promise<string[] | undefined> {
  const { fees } = await shop.manager.must(feeList, { vendor: shop.vendor });
  return fees[0]?.due;
}

function postedPeriods(): unknown[] {
  const sql = `SELECT period FROM settlement_fee JOIN settlement_now ON settlement_now.id = settlement
    WHERE state NOT IN ('cancelled', 'reversed') ORDER BY period`;
  return engine.engine.books.prepare(sql).pluck().all();
}

it('posts a monthly fee once for each period, over cancelled and reversed settlements', async () => {
  const { manager, admin, vendor } = shop;
  const rent = { vendor, name: 'Sewa rak', amountRupiah: 5_000 };
  const { fee } = await manager.must(feeRecur, { ...rent, cycle: { kind: 'monthly', day: 25 } });
  await sell(4);
  expect(await due()).toEqual([]);
  await waitDays(4);
  expect(await due()).toEqual(['2026-11-25']);

  // A draft shows it; cancelled, it is due as before.
  const first = await manager.must(settlementPrepare, { vendor });
  expect(await manager.must(settlementGet, { settlement: first.settlement })).toMatchObject({
    fees: [{ name: 'Sewa rak', fee, period: '2026-11-25', amountRupiah: 5_000 }],
    feesRupiah: 5_000,
    eligibleRupiah: 61_200 - 5_000,
  });
  await manager.must(settlementCancel, { settlement: first.settlement, memo: 'salah tanggal' });
  expect([await due(), balance()]).toEqual([['2026-11-25'], 61_200]);

  // Approved it is posted; taken back, it is due once more.
  const second = await manager.must(settlementPrepare, { vendor });
  await admin.must(settlementApprove, { settlement: second.settlement, amountRupiah: 56_200 });
  expect([await due(), balance()]).toEqual([[], 0]);
  const { approval } = await manager.must(settlementGet, { settlement: second.settlement });
  await manager.must(documentReverse, { document: approval as number, memo: 'salah jumlah' });
  expect([await due(), balance(), owed(engine, 'vendor-fees')]).toEqual([['2026-11-25'], 61_200, 0]);

  // Approved and paid, it is gone for good; the next one falls due a month later.
  const third = await manager.must(settlementPrepare, { vendor });
  await admin.must(settlementApprove, { settlement: third.settlement, amountRupiah: 56_200 });
  await manager.must(settlementPay, { settlement: third.settlement, drawer: shop.drawer });
  expect(postedPeriods()).toEqual(['2026-11-25']);
  await waitDays(30);
  expect(await due()).toEqual(['2026-12-25']);
  // Two periods at once, and a balance that cannot bear them: the period is closed, the vendor owes.
  await waitDays(31);
  expect(await due()).toEqual(['2026-12-25', '2027-01-25']);
  const fourth = await manager.must(settlementPrepare, { vendor });
  await admin.must(settlementApprove, { settlement: fourth.settlement, amountRupiah: 0 });
  expect(postedPeriods()).toEqual(['2026-11-25', '2026-12-25', '2027-01-25']);
  expect([await due(), balance()]).toEqual([[], -10_000]);
});

it('ends a recurring fee, and begins none in the past', async () => {
  const { manager, vendor } = shop;
  const cycle = { kind: 'weekly' as const, weekday: 2 };
  const input = { vendor, name: 'Listrik', amountRupiah: 2_000, cycle };
  expect(await manager.ask(feeRecur, { ...input, from: '2026-11-20' })).toMatchObject({
    name: 'agreement-backdated',
    details: { from: '2026-11-20', day: '2026-11-21' },
  });
  expect(await manager.ask(feeRecur, { ...input, vendor: 99 })).toMatchObject({ name: 'vendor-unknown' });
  expect(await manager.ask(feeList, { vendor: 99 })).toMatchObject({ name: 'vendor-unknown' });
  const { fee } = await manager.must(feeRecur, { ...input, from: '2026-11-25' });
  expect(await manager.must(feeList, { vendor })).toEqual({
    fees: [{ ...input, fee, from: '2026-11-25', until: null, due: [] }],
  });
  await waitDays(17);
  // Tuesdays: 24 November is before its beginning.
  expect(await due()).toEqual(['2026-12-01', '2026-12-08']);
  await manager.must(feeStop, { fee, until: '2026-12-05' });
  expect(await due()).toEqual(['2026-12-01']);
  expect(await manager.ask(feeStop, { fee })).toMatchObject({
    name: 'fee-ended',
    details: { until: '2026-12-05' },
  });
  expect(await manager.ask(feeStop, { fee: 99 })).toMatchObject({
    name: 'fee-unknown',
    details: { fee: 99 },
  });
  expect(await manager.ask(feeCharge, { vendor: 99, name: 'x', amountRupiah: 1 })).toMatchObject({
    name: 'vendor-unknown',
  });
});

it('says who is to be settled: by cycle since the last settlement, or who may ask', async () => {
  const { manager, admin, vendor } = shop;
  const dueNow = async () => (await manager.must(settlementDue, { limit: 10 })).vendors;
  expect(await dueNow()).toEqual([]);
  await sell(2);
  const row = { vendor, code: 'KRP', name: 'Kerupuk Bu Rini', balanceRupiah: 30_600, feesRupiah: 0 };
  expect(await dueNow()).toEqual([{ ...row, cutoffDay: null, lastCutoffDay: null }]);
  // 21 November 2026 is a Saturday; the week ends on Fridays.
  await manager.must(vendorChange, { vendor, cycle: { kind: 'weekly', weekday: 5 } });
  expect(await dueNow()).toEqual([{ ...row, cutoffDay: '2026-11-20', lastCutoffDay: null }]);
  const { settlement } = await manager.must(settlementPrepare, { vendor });
  expect(await dueNow()).toEqual([]);
  await admin.must(settlementApprove, { settlement, amountRupiah: 30_600 });
  await manager.must(settlementPay, { settlement, drawer: shop.drawer });
  await sell(1);
  expect(await dueNow()).toEqual([]);
  await waitDays(6);
  const after = { ...row, balanceRupiah: 15_300, cutoffDay: '2026-11-27', lastCutoffDay: '2026-11-21' };
  expect(await dueNow()).toEqual([after]);
  // Who owes and only may ask is left out; who owes by cycle is told.
  await manager.must(feeCharge, { vendor, name: 'Denda', amountRupiah: 20_000 });
  expect(await dueNow()).toEqual([{ ...after, balanceRupiah: -4_700 }]);
  const other = await manager.must(vendorCreate, { code: 'AAA', name: 'Aneka' });
  await manager.must(adjustmentPost, { vendor: other.vendor, amountRupiah: 500, memo: 'saldo awal' });
  expect((await dueNow()).map(({ code }) => code)).toEqual(['KRP', 'AAA']);
  expect((await manager.must(settlementDue, { limit: 1 })).vendors).toHaveLength(1);
  await manager.must(vendorChange, { vendor, cycle: { kind: 'on-request' } });
  expect((await dueNow()).map(({ code }) => code)).toEqual(['AAA']);
});
