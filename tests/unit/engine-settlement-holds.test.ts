/**
 * Proves what is kept out of a payout and comes free again: lines paid by QRIS that nobody matched, up to the payment's
 * amount in the order of the receipt; shares inside the return window; contested lines. Each line counts once, what was
 * paid out already cannot be held, and the balance is always payable, held and disputed together.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unresolvedResolve } from '../../shared/contract/goods.ts';
import { refundComplete } from '../../shared/contract/refund.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { clearingMatch, qrisShow, saleComplete } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementPay } from '../../shared/contract/settlement.ts';
import { disputeClose, disputeList, disputeOpen, holdRelease } from '../../shared/contract/vendor-money.ts';
import { brokenSettlements } from '../support/independent-settlements.ts';
import { openSettlingShop, type SettlingShop } from '../support/settling.ts';
import { type Goods, owed } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { QRIS_STATIC } from '../support/worked-sale.ts';

let shop: SettlingShop;
beforeEach(async () => {
  shop = await openSettlingShop();
  await shop.change({ qrisStatic: QRIS_STATIC, qrisShownSuffices: true, holdUnmatchedQris: true });
});
afterEach(async () => {
  expect(owed(shop.engine, 'clearing')).toBe(0);
  expect(brokenSettlements(shop.engine.engine.books)).toEqual([]);
  await expectWholeBooks(shop.engine);
  await shop.engine.stop();
});

type Line = { goods: Goods; priceRupiah: number; pieces?: number };

/** Sells lines, so much of them by QRIS and the rest in cash; answers the sale. */
async function sellByQris(qrisRupiah: number, ...sold: Line[]): Promise<number> {
  const lines = sold.map(({ goods, priceRupiah, pieces = 1 }) => {
    return { product: goods.product, qty: pieces * 1000, priceRupiah };
  });
  const totalRupiah = sold.reduce((sum, { priceRupiah, pieces = 1 }) => sum + priceRupiah * pieces, 0);
  const { ticket } = await shop.cashier.must(qrisShow, { basket: { lines }, amountRupiah: qrisRupiah });
  const qris = { kind: 'qris' as const, amountRupiah: qrisRupiah, ticket };
  const cash = { kind: 'cash' as const, amountRupiah: totalRupiah - qrisRupiah };
  const { sale } = await shop.cashier.must(saleComplete, {
    shift: shop.shift,
    lines,
    totalRupiah,
    tenders: qrisRupiah === totalRupiah ? [qris] : [qris, cash],
  });
  return sale;
}

/** Balance, payable, held, disputed: the last three are the first. */
async function standing(vendor: number): Promise<number[]> {
  const { balanceRupiah, payableRupiah, heldRupiah, disputedRupiah } = await shop.balance(vendor);
  expect(payableRupiah + heldRupiah + disputedRupiah).toBe(balanceRupiah);
  expect(balanceRupiah).toBe(shop.owed(vendor));
  return [balanceRupiah, payableRupiah, heldRupiah, disputedRupiah];
}

function exceptionsOf(settlement: number): unknown[] {
  const sql = 'SELECT kind, sale, line, amount FROM settlement_exception WHERE settlement = ? ORDER BY n';
  return shop.engine.engine.books.prepare(sql).raw().all(settlement);
}

const match = (sale: number, tender = 1) =>
  shop.manager.must(clearingMatch, { kind: 'qris', tenders: [{ sale, tender }], feeRupiah: 0 });

it('holds the lines of an unmatched QRIS payment, pays the rest, and lets them into the next after the match', async () => {
  const goods = await shop.vendorWith(30_000);
  const { vendor } = goods;
  await shop.sell(goods, 30_000, 2);
  const sale = await sellByQris(30_000, { goods, priceRupiah: 30_000 });
  expect(await standing(vendor)).toEqual([90_000, 60_000, 30_000, 0]);
  const settlement = await shop.prepare(vendor);
  expect(await shop.view(settlement)).toMatchObject({
    closingRupiah: 90_000,
    heldRupiah: 30_000,
    eligibleRupiah: 60_000,
  });
  expect(exceptionsOf(settlement)).toEqual([['qris', sale, 1, 30_000]]);
  const ask = (amountRupiah: number) => shop.admin.ask(settlementApprove, { settlement, amountRupiah });
  expect(await ask(60_001)).toMatchObject({
    name: 'more-than-eligible',
    details: { eligibleRupiah: 60_000 },
  });
  expect(await ask(60_000)).toMatchObject({ outcome: 'ok' });
  await shop.manager.must(settlementPay, { settlement, drawer: shop.drawer });
  expect(await standing(vendor)).toEqual([30_000, 0, 30_000, 0]);
  // Still held in the next, out of what was carried over.
  const next = await shop.prepare(vendor);
  expect(await shop.view(next)).toMatchObject({
    openingRupiah: 30_000,
    heldRupiah: 30_000,
    eligibleRupiah: 0,
  });
  await shop.approve(next, 0);
  const { match: document } = await match(sale);
  expect(await standing(vendor)).toEqual([30_000, 30_000, 0, 0]);
  await shop.manager.must(documentReverse, { document, memo: 'salah baris' });
  expect(await standing(vendor)).toEqual([30_000, 0, 30_000, 0]);
  await match(sale);
  const last = await shop.prepare(vendor);
  expect(await shop.view(last)).toMatchObject({
    openingRupiah: 30_000,
    heldRupiah: 0,
    eligibleRupiah: 30_000,
  });
});

it('holds lines in the order of the receipt up to what was paid by QRIS, whoever they belong to', async () => {
  const first = await shop.vendorWith(20_000);
  const second = await shop.vendorWith(50_000);
  const third = await shop.vendorWith(7_000);
  await sellByQris(
    45_000,
    { goods: first, priceRupiah: 20_000 },
    { goods: second, priceRupiah: 50_000 },
    { goods: third, priceRupiah: 7_000 },
  );
  expect(await standing(first.vendor)).toEqual([20_000, 0, 20_000, 0]);
  expect(await standing(second.vendor)).toEqual([50_000, 25_000, 25_000, 0]);
  expect(await standing(third.vendor)).toEqual([7_000, 7_000, 0, 0]);
});

it('lets a sale go after the days of the setting, or when a manager says so', async () => {
  await shop.change({ qrisReleaseDays: 3 });
  const goods = await shop.vendorWith(30_000);
  const { vendor } = goods;
  const sale = await sellByQris(30_000, { goods, priceRupiah: 30_000 });
  const cash = await shop.sell(goods, 30_000);
  const release = (of: number) => shop.manager.ask(holdRelease, { sale: of, memo: 'bukti dari bank' });
  expect(await release(9_999)).toMatchObject({ name: 'sale-unknown' });
  expect(await release(cash)).toMatchObject({ name: 'not-held', details: { sale: cash } });
  expect(await release(sale)).toMatchObject({ value: { sale } });
  expect(await release(sale)).toMatchObject({ name: 'not-held' });
  expect(await standing(vendor)).toEqual([60_000, 60_000, 0, 0]);
  const later = await sellByQris(30_000, { goods, priceRupiah: 30_000 });
  await shop.nextDay(2);
  expect(await standing(vendor)).toEqual([90_000, 60_000, 30_000, 0]);
  await shop.nextDay();
  expect(await standing(vendor)).toEqual([90_000, 90_000, 0, 0]);
  expect(await release(later)).toMatchObject({ name: 'not-held' });
  await shop.change({ qrisReleaseDays: 60 });
  expect(await standing(vendor)).toEqual([90_000, 60_000, 30_000, 0]);
  await shop.change({ holdUnmatchedQris: false });
  expect(await standing(vendor)).toEqual([90_000, 90_000, 0, 0]);
  expect(await release(later)).toMatchObject({ name: 'not-held' });
});

it('holds what a refund has left of a line, and nothing of a line that is back whole', async () => {
  const goods = await shop.vendorWith(10_000);
  const { vendor } = goods;
  await shop.sell(goods, 10_000, 5);
  const sale = await sellByQris(30_000, { goods, priceRupiah: 10_000, pieces: 3 });
  const refund = (qty: number) =>
    shop.cashier.must(refundComplete, {
      shift: shop.shift,
      sale,
      lines: [{ line: 1, qty, reason: 'resaleable' }],
    });
  await refund(1_000);
  expect(await standing(vendor)).toEqual([70_000, 50_000, 20_000, 0]);
  await refund(2_000);
  expect(await standing(vendor)).toEqual([50_000, 50_000, 0, 0]);
});

it('keeps sales inside the return window as one sum, and lets them go day by day', async () => {
  await shop.change({ returnWindowDays: 2 });
  const goods = await shop.vendorWith(10_000);
  const { vendor } = goods;
  await shop.sell(goods, 10_000, 4);
  await shop.nextDay();
  const sale = await shop.sell(goods, 10_000, 2);
  // Held by the window alone, although its payment is not matched either.
  await sellByQris(10_000, { goods, priceRupiah: 10_000 });
  expect(await standing(vendor)).toEqual([70_000, 0, 70_000, 0]);
  await shop.nextDay();
  expect(await standing(vendor)).toEqual([70_000, 40_000, 30_000, 0]);
  await shop.cashier.must(refundComplete, {
    shift: shop.shift,
    sale,
    lines: [{ line: 1, qty: 1_000, reason: 'vendor-fault' }],
  });
  expect(await standing(vendor)).toEqual([60_000, 40_000, 20_000, 0]);
  const settlement = await shop.prepare(vendor);
  expect(exceptionsOf(settlement)).toEqual([['return-window', null, null, 20_000]]);
  expect(await shop.view(settlement)).toMatchObject({ heldRupiah: 20_000, eligibleRupiah: 40_000 });
  await shop.approve(settlement, 40_000);
  await shop.manager.must(settlementPay, { settlement, drawer: shop.drawer });
  expect(await standing(vendor)).toEqual([20_000, 0, 20_000, 0]);
  await shop.nextDay();
  // The window has passed; one line of it is still an unmatched QRIS payment.
  expect(await standing(vendor)).toEqual([20_000, 10_000, 10_000, 0]);
});

it('keeps contested lines apart while the rest is paid, and pays them when the dispute is closed', async () => {
  const goods = await shop.vendorWith(10_000);
  const other = await shop.vendorWith(5_000);
  const { vendor } = goods;
  await shop.sell(goods, 10_000, 4);
  const sale = await sellByQris(20_000, { goods, priceRupiah: 10_000, pieces: 2 });
  const open = (input: object) =>
    shop.manager.ask(disputeOpen, { vendor, sale, line: 1, memo: 'jumlah tidak cocok', ...input });
  expect(await open({ vendor: 99 })).toMatchObject({ name: 'vendor-unknown' });
  expect(await open({ sale: 9_999 })).toMatchObject({ name: 'line-unknown', details: { line: 1 } });
  expect(await open({ line: 2 })).toMatchObject({ name: 'line-unknown', details: { line: 2 } });
  expect(await open({ vendor: other.vendor })).toMatchObject({ name: 'wrong-vendor' });
  const opened = await open({});
  expect(opened).toMatchObject({ outcome: 'ok' });
  expect(await open({})).toMatchObject({ name: 'already-disputed' });
  // Contested and not matched: it counts once, as contested.
  expect(await standing(vendor)).toEqual([60_000, 40_000, 0, 20_000]);
  const settlement = await shop.prepare(vendor);
  expect(await shop.view(settlement)).toMatchObject({
    disputedRupiah: 20_000,
    heldRupiah: 0,
    eligibleRupiah: 40_000,
  });
  await shop.approve(settlement, 40_000);
  await shop.manager.must(settlementPay, { settlement, drawer: shop.drawer });
  expect(await standing(vendor)).toEqual([20_000, 0, 0, 20_000]);
  const { disputes } = await shop.manager.must(disputeList, { vendor });
  expect(disputes).toMatchObject([{ sale, line: 1, amountRupiah: 20_000, closed: null }]);
  const dispute = disputes[0]?.dispute as number;
  const close = (of: number) => shop.manager.ask(disputeClose, { dispute: of, memo: 'dihitung bersama' });
  expect(await close(dispute)).toMatchObject({ value: { dispute } });
  expect(await close(dispute)).toMatchObject({ name: 'dispute-closed' });
  expect(await close(1)).toMatchObject({ name: 'dispute-unknown', details: { dispute: 1 } });
  expect(await standing(vendor)).toEqual([20_000, 0, 20_000, 0]);
  expect((await shop.manager.must(disputeList, {})).disputes[0]?.closed).toBe('dihitung bersama');
});

it('cannot hold what was paid out already', async () => {
  const goods = await shop.vendorWith(10_000);
  const { vendor } = goods;
  const sale = await shop.sell(goods, 10_000, 4);
  const settlement = await shop.prepare(vendor);
  await shop.approve(settlement, 40_000);
  await shop.manager.must(settlementPay, { settlement, drawer: shop.drawer });
  await shop.manager.must(disputeOpen, { vendor, sale, line: 1, memo: 'kurang' });
  expect(await standing(vendor)).toEqual([0, 0, 0, 0]);
  await shop.sell(goods, 10_000, 3);
  expect(await standing(vendor)).toEqual([30_000, 30_000, 0, 0]);
  await shop.change({ returnWindowDays: 5 });
  // Of today's sales only those that were not paid yet.
  expect(await standing(vendor)).toEqual([30_000, 0, 30_000, 0]);
});

it('offers nothing of a line that was contested after the draft was made', async () => {
  const goods = await shop.vendorWith(10_000);
  const { vendor } = goods;
  const sale = await shop.sell(goods, 10_000, 4);
  await shop.sell(goods, 10_000);
  const settlement = await shop.prepare(vendor);
  expect((await shop.view(settlement)).eligibleRupiah).toBe(50_000);
  await shop.manager.must(disputeOpen, { vendor, sale, line: 1, memo: 'kurang' });
  expect(await shop.view(settlement)).toMatchObject({ disputedRupiah: 0, eligibleRupiah: 10_000 });
  expect(await shop.admin.ask(settlementApprove, { settlement, amountRupiah: 10_001 })).toMatchObject({
    name: 'more-than-eligible',
  });
});

it('holds and contests a line that was sold under an unknown code, once somebody said what it was', async () => {
  const goods = await shop.vendorWith(10_000);
  const { vendor } = goods;
  const lines = [{ unknownCode: 'TANPA-1', qty: 1_000, priceRupiah: 10_000 }];
  const { ticket } = await shop.cashier.must(qrisShow, { basket: { lines }, amountRupiah: 10_000 });
  const { sale } = await shop.cashier.must(saleComplete, {
    shift: shop.shift,
    lines,
    totalRupiah: 10_000,
    tenders: [{ kind: 'qris', amountRupiah: 10_000, ticket }],
  });
  const contest = { vendor, sale, line: 1, memo: 'bukan harga ini' };
  expect(await shop.manager.ask(disputeOpen, contest)).toMatchObject({ name: 'line-unknown' });
  await shop.nextDay();
  await shop.manager.must(unresolvedResolve, { sale, line: 1, product: goods.product });
  expect(await standing(vendor)).toEqual([10_000, 0, 10_000, 0]);
  const settlement = await shop.prepare(vendor);
  expect(exceptionsOf(settlement)).toEqual([['qris', sale, 1, 10_000]]);
  await shop.approve(settlement, 0);
  await shop.manager.must(disputeOpen, contest);
  expect(await standing(vendor)).toEqual([10_000, 0, 0, 10_000]);
  await shop.change({ returnWindowDays: 10 });
  expect(await standing(vendor)).toEqual([10_000, 0, 0, 10_000]);
});
