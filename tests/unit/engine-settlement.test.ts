/**
 * Proves settlements by the worked figures: a claw-back after a payout carried to the period after, a refund between
 * approval and payout, a fee above the balance that the vendor pays in, cash and bank payouts with their rests, the
 * center's minimum and payout fee, periods closed with nothing to pay, and what cancelling and taking back open again.
 * Afterwards the books verify and replay to the same rows.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { payoutOnPaper } from '../../main/engine/printing/payout-on-paper.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { refundComplete } from '../../shared/contract/refund.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import {
  payoutConfirm,
  settlementApprove,
  settlementCancel,
  settlementGet,
  settlementList,
  settlementPay,
  settlementPrepare,
} from '../../shared/contract/settlement.ts';
import { vendorChange, vendorCreate, vendorStatement } from '../../shared/contract/vendor.ts';
import { feeCharge, feeRecur, vendorPayIn } from '../../shared/contract/vendor-money.ts';
import { brokenSettlements } from '../support/independent-settlements.ts';
import { openSettlingShop, type SettlingShop } from '../support/settling.ts';
import { accepted, goodsAt, owed, withYes } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

let shop: SettlingShop;
beforeEach(async () => {
  shop = await openSettlingShop();
});
afterEach(async () => {
  expect(owed(shop.engine, 'clearing')).toBe(0);
  expect(brokenSettlements(shop.engine.engine.books)).toEqual([]);
  await expectWholeBooks(shop.engine);
  await shop.engine.stop();
});

/** 3 × 18.000 less 4.602 at 15 % is a share of 41.989; another sale brings the vendor's shares to 500.000. */
async function shareOf500000(): Promise<{ vendor: number; refundable: number }> {
  const terms = { model: 'percent', rateBps: 1500 } as const;
  const { vendor, product } = await goodsAt(shop, 18_000, { terms });
  const first = accepted(
    await withYes(shop, saleComplete, {
      shift: shop.shift,
      lines: [{ product, qty: 3_000, priceRupiah: 18_000 }],
      discount: { amountRupiah: 4_602 },
      totalRupiah: 49_398,
      tenders: [{ kind: 'cash', amountRupiah: 50_000 }],
    }),
  );
  expect(shop.owed(vendor)).toBe(41_989);
  await shareFor(vendor, 538_836);
  expect(shop.owed(vendor)).toBe(500_000);
  return { vendor, refundable: first.sale };
}

/** Sells one piece of a new product of the vendor. */
async function shareFor(vendor: number, priceRupiah: number): Promise<void> {
  const { product } = await shop.manager.must(productCreate, {
    vendor,
    name: `Barang ${priceRupiah}`,
    priceRupiah,
  });
  await shop.sell({ vendor, product, batches: [] }, priceRupiah);
}

function refundOne(sale: number) {
  const line = { line: 1, qty: 1_000, reason: 'resaleable' as const };
  return shop.cashier.must(refundComplete, { shift: shop.shift, sale, lines: [line] });
}

function payFromTill(settlement: number, amountRupiah?: number) {
  const part = amountRupiah === undefined ? {} : { amountRupiah };
  return shop.manager.must(settlementPay, { settlement, drawer: shop.drawer, ...part });
}

/** Sums of the five sections of a statement, in their order. */
async function sections(vendor: number, fromDay?: string, toDay?: string) {
  const range = { ...(fromDay && { fromDay }), ...(toDay && { toDay }) };
  const statement = await shop.manager.must(vendorStatement, { vendor, ...range });
  const moved = statement.movements.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);
  expect(statement.openingRupiah + moved).toBe(statement.closingRupiah);
  return [
    statement.openingRupiah,
    ...statement.sections.map(({ sumRupiah }) => sumRupiah),
    statement.closingRupiah,
  ];
}

it('carries a claw-back after the payout: closing −3.997, nothing to pay, and the period after opens at −3.997', async () => {
  const { vendor, refundable } = await shareOf500000();
  const first = await shop.prepare(vendor);
  await shop.approve(first, 500_000);
  expect(await payFromTill(first)).toMatchObject({ paidRupiah: 500_000, restRupiah: 0 });
  await shop.nextDay();
  await refundOne(refundable);
  expect(shop.owed(vendor)).toBe(-13_997);
  await shareFor(vendor, 11_764);
  const second = await shop.prepare(vendor);
  const view = await shop.view(second);
  expect(view).toMatchObject({
    openingRupiah: 0,
    movementRupiah: -3_997,
    closingRupiah: -3_997,
    eligibleRupiah: 0,
    state: 'draft',
  });
  expect(view.movements.map(({ reason, amountRupiah }) => [reason, amountRupiah])).toEqual([
    ['refund.share', -13_997],
    ['sale.share', 10_000],
  ]);
  expect(await sections(vendor, shop.today())).toEqual([0, 10_000, -13_997, 0, 0, 0, -3_997]);
  expect(await shop.admin.ask(settlementApprove, { settlement: second, amountRupiah: 1 })).toMatchObject({
    name: 'more-than-eligible',
    details: { eligibleRupiah: 0 },
  });
  await shop.approve(second, 0);
  expect(await shop.view(second)).toMatchObject({ state: 'closed', approvedRupiah: 0, paidRupiah: null });
  await shop.nextDay();
  const third = await shop.prepare(vendor);
  expect(await shop.view(third)).toMatchObject({
    openingRupiah: -3_997,
    movementRupiah: 0,
    closingRupiah: -3_997,
  });
  expect(await shop.balance(vendor)).toEqual({
    balanceRupiah: -3_997,
    payableRupiah: -3_997,
    heldRupiah: 0,
    disputedRupiah: 0,
    payoutDueRupiah: 0,
  });
});

it('leaves an approved amount alone when a refund comes before the payout, and carries the refund on', async () => {
  const { vendor, refundable } = await shareOf500000();
  const first = await shop.prepare(vendor);
  await shop.approve(first, 500_000);
  await refundOne(refundable);
  expect([shop.owed(vendor), owed(shop.engine, 'payout-due', vendor)]).toEqual([-13_997, 500_000]);
  expect(await shop.view(first)).toMatchObject({ closingRupiah: 500_000, approvedRupiah: 500_000 });
  expect(await payFromTill(first)).toMatchObject({ paidRupiah: 500_000, restRupiah: 0 });
  await shareFor(vendor, 11_764);
  const second = await shop.prepare(vendor);
  expect(await shop.view(second)).toMatchObject({
    openingRupiah: 0,
    movementRupiah: -3_997,
    closingRupiah: -3_997,
  });
  await shop.approve(second, 0);
  const third = await shop.prepare(vendor);
  expect((await shop.view(third)).openingRupiah).toBe(-3_997);
});

it('offers less after a refund that came between draft and approval, though the draft itself never changes', async () => {
  const { vendor, refundable } = await shareOf500000();
  const settlement = await shop.prepare(vendor);
  await refundOne(refundable);
  expect(await shop.view(settlement)).toMatchObject({ closingRupiah: 500_000, eligibleRupiah: 486_003 });
  const ask = (amountRupiah: number) => shop.admin.ask(settlementApprove, { settlement, amountRupiah });
  expect(await ask(486_004)).toMatchObject({
    name: 'more-than-eligible',
    details: { eligibleRupiah: 486_003 },
  });
  expect(await ask(486_003)).toMatchObject({ value: { amountRupiah: 486_003, feesRupiah: 0 } });
  // In cash 486.000; the 3 stay in the balance and open the next one.
  expect(await payFromTill(settlement)).toMatchObject({ paidRupiah: 486_000, restRupiah: 3 });
  expect(shop.owed(vendor)).toBe(3);
  // The refund belongs to the next: 500.000 − 486.000 opens it, −13.997 moves it.
  expect(await shop.view(await shop.prepare(vendor))).toMatchObject({
    openingRupiah: 14_000,
    movementRupiah: -13_997,
    closingRupiah: 3,
  });
});

it('posts a fee above the balance, and the vendor pays in what is missing', async () => {
  const goods = await shop.vendorWith(10_000);
  const { vendor } = goods;
  const fee = { vendor, name: 'Sewa rak', amountRupiah: 25_000, cycle: { kind: 'monthly', day: 5 } } as const;
  const { fee: recurring } = await shop.manager.must(feeRecur, fee);
  await shop.sell(goods, 10_000);
  await shop.nextDay(5);
  const settlement = await shop.prepare(vendor);
  const due = { name: 'Sewa rak', fee: recurring, period: '2026-11-05', amountRupiah: 25_000 };
  expect(await shop.view(settlement)).toMatchObject({
    closingRupiah: 10_000,
    fees: [due],
    feesRupiah: 25_000,
    eligibleRupiah: 0,
  });
  expect(await shop.approve(settlement, 0)).toMatchObject({ feesRupiah: 25_000 });
  expect(await shop.view(settlement)).toMatchObject({ state: 'closed', fees: [due], feesRupiah: 25_000 });
  expect([shop.owed(vendor), owed(shop.engine, 'vendor-fees')]).toEqual([-15_000, 25_000]);
  await shop.manager.must(vendorPayIn, { vendor, amountRupiah: 15_000, how: 'cash', drawer: shop.drawer });
  expect(shop.owed(vendor)).toBe(0);
  // The period of the fee is posted, so nothing is due again; opening and payment meet at 0.
  const next = await shop.prepare(vendor);
  expect(await shop.view(next)).toMatchObject({
    openingRupiah: -15_000,
    movementRupiah: 15_000,
    closingRupiah: 0,
    fees: [],
  });
  await shop.approve(next, 0);
  expect(await shop.manager.ask(settlementPrepare, { vendor })).toMatchObject({ name: 'nothing-to-settle' });
  expect(await sections(vendor)).toEqual([0, 10_000, 0, -25_000, 0, 15_000, 0]);
});

it('settles a vendor whom only a fee falls due for, each period once, and again when its approval is taken back', async () => {
  const goods = await shop.vendorWith(10_000);
  const { vendor } = goods;
  expect(await shop.manager.ask(settlementPrepare, { vendor })).toMatchObject({ name: 'nothing-to-settle' });
  const cycle = { kind: 'weekly', weekday: 1 } as const;
  await shop.manager.must(feeRecur, { vendor, name: 'Label', amountRupiah: 2_000, cycle });
  // 2, 9 and 16 November are Mondays.
  await shop.nextDay(14);
  const settlement = await shop.prepare(vendor);
  const periods = async (of: number) => (await shop.view(of)).fees.map(({ period }) => period);
  expect(await periods(settlement)).toEqual(['2026-11-02', '2026-11-09', '2026-11-16']);
  await shop.approve(settlement, 0);
  expect(shop.owed(vendor)).toBe(-6_000);
  const { approval } = await shop.view(settlement);
  await shop.manager.must(documentReverse, { document: approval as number, memo: 'salah' });
  expect([shop.owed(vendor), (await shop.view(settlement)).state]).toEqual([0, 'reversed']);
  const again = await shop.prepare(vendor);
  expect(await periods(again)).toEqual(['2026-11-02', '2026-11-09', '2026-11-16']);
  await shop.approve(again, 0);
  await shop.nextDay(7);
  const next = await shop.prepare(vendor);
  expect(await periods(next)).toEqual(['2026-11-23']);
  expect((await shop.view(next)).openingRupiah).toBe(-6_000);
});

it('takes a payout fee only where something is paid, and keeps to the minimum unless it is overridden', async () => {
  await shop.change({ payoutFeeRupiah: 2_500, minimumPayoutRupiah: 100_000 });
  const goods = await shop.vendorWith(100_000);
  const { vendor } = goods;
  await shop.sell(goods, 100_000);
  const settlement = await shop.prepare(vendor);
  const fees = [{ name: 'Biaya pencairan', fee: null, period: null, amountRupiah: 2_500 }];
  expect(await shop.view(settlement)).toMatchObject({ fees, eligibleRupiah: 97_500 });
  const approve = { settlement, amountRupiah: 97_500 };
  expect(await shop.admin.ask(settlementApprove, approve)).toMatchObject({
    name: 'below-minimum',
    details: { eligibleRupiah: 97_500, minimumRupiah: 100_000 },
  });
  expect(await shop.admin.must(settlementApprove, { ...approve, overrideMinimum: true })).toMatchObject({
    feesRupiah: 2_500,
  });
  const { payout, ...paid } = await payFromTill(settlement);
  expect(paid).toMatchObject({ paidRupiah: 97_500, restRupiah: 0 });
  // On the vendor's slip the fee stands between what was sold and what is paid.
  expect(payoutOnPaper(shop.engine.engine.sql, payout)).toMatchObject({
    paid: 97_500,
    stampDuty: 0,
    statement: {
      opening: 0,
      closing: 97_500,
      sections: [{ sum: 100_000 }, { sum: 0 }, { section: 'fees', sum: -2_500 }, { sum: 0 }, { sum: 0 }],
    },
  });
  expect([shop.owed(vendor), owed(shop.engine, 'vendor-fees')]).toEqual([0, 2_500]);
  await shop.sell(goods, 100_000);
  const closed = await shop.prepare(vendor);
  expect((await shop.view(closed)).openingRupiah).toBe(0);
  // Closed without a payout, so without its fee.
  expect(await shop.approve(closed, 0)).toMatchObject({ feesRupiah: 0 });
  expect(shop.owed(vendor)).toBe(100_000);
});

it('pays a part in cash, not more than was approved, and the rest opens the next settlement', async () => {
  const goods = await shop.vendorWith(100_000);
  const { vendor } = goods;
  await shop.sell(goods, 100_000);
  const settlement = await shop.prepare(vendor);
  await shop.approve(settlement, 90_000);
  const pay = (part: object) => shop.manager.ask(settlementPay, { settlement, drawer: shop.drawer, ...part });
  expect(await pay({ amountRupiah: 90_001 })).toMatchObject({ name: 'payout-exceeds-approved' });
  expect(await pay({ amountRupiah: 99 })).toMatchObject({ name: 'nothing-to-settle' });
  expect(await pay({ drawer: 77 })).toMatchObject({ name: 'drawer-unknown' });
  expect(await pay({ amountRupiah: 40_050 })).toMatchObject({
    value: { paidRupiah: 40_000, restRupiah: 50_000 },
  });
  expect(await pay({})).toMatchObject({ name: 'settlement-state', details: { state: 'paid' } });
  expect((await shop.view(await shop.prepare(vendor))).openingRupiah).toBe(60_000);
});

it('pays by bank to the rupiah, where the vendor has an account, and hears that it arrived', async () => {
  const goods = await shop.vendorWith(486_003);
  const { vendor } = goods;
  await shop.sell(goods, 486_003);
  const settlement = await shop.prepare(vendor);
  await shop.approve(settlement, 486_003);
  const pay = () => shop.manager.ask(settlementPay, { settlement, how: 'bank' });
  expect(await pay()).toMatchObject({ name: 'bank-account-missing' });
  await shop.manager.must(vendorChange, { vendor, bankCode: '014' });
  expect(await pay()).toMatchObject({ name: 'bank-account-missing' });
  await shop.manager.must(vendorChange, { vendor, person: { bankAccount: '0087654321098' } });
  const paid = accepted(await pay());
  expect(paid).toMatchObject({ paidRupiah: 486_003, restRupiah: 0 });
  expect([owed(shop.engine, 'bank'), shop.owed(vendor)]).toEqual([486_003, 0]);
  expect(await shop.view(settlement)).toMatchObject({
    payoutHow: 'bank',
    payoutConfirmed: false,
    state: 'paid',
  });
  await shop.manager.must(payoutConfirm, { payout: paid.payout });
  expect((await shop.view(settlement)).payoutConfirmed).toBe(true);
  const confirm = (payout: number) => shop.manager.ask(payoutConfirm, { payout });
  expect(await confirm(paid.payout)).toMatchObject({ name: 'payout-confirmed' });
  expect(await confirm(1)).toMatchObject({ name: 'payout-unknown', details: { payout: 1 } });
});

it('opens the movements again when a draft is cancelled or a payout taken back', async () => {
  const goods = await shop.vendorWith(100_000);
  const { vendor } = goods;
  await shop.sell(goods, 100_000);
  const draft = await shop.prepare(vendor);
  const cancel = (settlement: number) =>
    shop.manager.ask(settlementCancel, { settlement, memo: 'salah tanggal' });
  expect(await shop.manager.ask(settlementPrepare, { vendor })).toMatchObject({
    name: 'settlement-open',
    details: { settlement: draft },
  });
  expect(await cancel(draft)).toMatchObject({ value: { settlement: draft } });
  expect(await cancel(draft)).toMatchObject({ name: 'settlement-state', details: { state: 'cancelled' } });
  expect(await shop.admin.ask(settlementApprove, { settlement: draft, amountRupiah: 0 })).toMatchObject({
    name: 'settlement-state',
  });
  const paid = await shop.prepare(vendor);
  expect((await shop.view(paid)).closingRupiah).toBe(100_000);
  await shop.approve(paid, 60_000);
  const { payout } = await payFromTill(paid);
  const reversal = await shop.manager.must(documentReverse, { document: payout, memo: 'uang kembali' });
  expect([shop.owed(vendor), (await shop.view(paid)).state]).toEqual([100_000, 'reversed']);
  expect(await shop.manager.ask(payoutConfirm, { payout })).toMatchObject({
    name: 'already-reversed',
    details: { number: reversal.number },
  });
  expect(await shop.manager.ask(settlementPay, { settlement: paid })).toMatchObject({
    name: 'settlement-state',
  });
  const again = await shop.prepare(vendor);
  expect(await shop.view(again)).toMatchObject({ openingRupiah: 0, movementRupiah: 100_000 });
  // The one that was taken back still shows what it showed.
  expect(await shop.view(paid)).toMatchObject({ closingRupiah: 100_000, paidRupiah: 60_000 });
  expect((await shop.view(paid)).movements).toHaveLength(1);
  const { settlements } = await shop.manager.must(settlementList, { vendor });
  expect(settlements.map(({ state }) => state)).toEqual(['draft', 'reversed', 'cancelled']);
});

it('settles up to a rising cut-off: what was sold after it waits, whatever was posted when', async () => {
  const goods = await shop.vendorWith(10_000);
  const { vendor } = goods;
  const firstDay = shop.today();
  await shop.sell(goods, 10_000);
  await shop.nextDay();
  await shop.sell(goods, 10_000, 2);
  const ask = (cutoffDay: string) => shop.manager.ask(settlementPrepare, { vendor, cutoffDay });
  expect(await ask('2026-11-04')).toMatchObject({ name: 'cutoff-in-future', details: { day: '2026-11-03' } });
  const first = await shop.prepare(vendor, firstDay);
  expect((await shop.view(first)).closingRupiah).toBe(10_000);
  await shop.approve(first, 10_000);
  await payFromTill(first);
  await shop.nextDay();
  await shop.sell(goods, 10_000, 4);
  expect(await ask('2026-11-01')).toMatchObject({
    name: 'cutoff-not-rising',
    details: { lastCutoffDay: firstDay },
  });
  const second = await shop.prepare(vendor, '2026-11-03');
  expect(await shop.view(second)).toMatchObject({ openingRupiah: 0, movementRupiah: 20_000 });
  await shop.approve(second, 20_000);
  await payFromTill(second);
  const third = await shop.prepare(vendor);
  expect(await shop.view(third)).toMatchObject({ openingRupiah: 0, movementRupiah: 40_000 });
  expect((await shop.view(third)).movements).toHaveLength(1);
});

it('wants two people only where the center asks for two', async () => {
  const goods = await shop.vendorWith(100_000);
  await shop.sell(goods, 100_000);
  const settlement = await shop.prepare(goods.vendor);
  const ask = () => shop.manager.ask(settlementApprove, { settlement, amountRupiah: 50_000 });
  expect(await ask()).toMatchObject({ name: 'same-person' });
  await shop.change({ twoPersonSettlement: false });
  expect(await ask()).toMatchObject({ outcome: 'ok' });
  expect(await shop.view(settlement)).toMatchObject({ preparedBy: 'budi', approvedBy: 'budi' });
});

it('names what is not there', async () => {
  const settlement = 7_777;
  const unknown = { name: 'settlement-unknown', details: { settlement } };
  const { manager } = shop;
  expect(await manager.ask(settlementPrepare, { vendor: 99 })).toMatchObject({ name: 'vendor-unknown' });
  expect(await manager.ask(settlementApprove, { settlement, amountRupiah: 0 })).toMatchObject(unknown);
  expect(await manager.ask(settlementCancel, { settlement, memo: 'x' })).toMatchObject(unknown);
  expect(await manager.ask(settlementPay, { settlement })).toMatchObject(unknown);
  expect(await manager.ask(settlementGet, { settlement })).toMatchObject(unknown);
  const { vendor } = await manager.must(vendorCreate, { code: 'BARU', name: 'Belum pernah jual' });
  expect(await shop.balance(vendor)).toMatchObject({ balanceRupiah: 0, payableRupiah: 0 });
  expect(await manager.must(vendorStatement, { vendor })).toMatchObject({
    movements: [],
    closingRupiah: 0,
    stock: [],
  });
  await manager.must(feeCharge, { vendor, name: 'Cetak label', amountRupiah: 5_000 });
  const charged = await shop.prepare(vendor);
  expect(await shop.view(charged)).toMatchObject({ closingRupiah: -5_000, eligibleRupiah: 0 });
});
