/**
 * Proves the worked figures of the domain through the whole engine: shares and commission of percent and net-price
 * lines with the odd rupiah for the vendor, cash rounding, overselling and its repayment, settlement with late sales,
 * payout with its rest. After each test the books are added up a second time by independent SQL.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { priceSet, productCreate } from '../../shared/contract/product.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import {
  settlementApprove,
  settlementGet,
  settlementPay,
  settlementPrepare,
} from '../../shared/contract/settlement.ts';
import { shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet, vendorCreate, vendorGet, vendorStatement } from '../../shared/contract/vendor.ts';
import type { AccountCode } from '../../shared/domain/chart.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { brokenRules } from '../support/independent-books.ts';
import { openShop, type Shop } from '../support/shop.ts';

let engine: TestEngine;
let shop: Shop;
beforeEach(async () => {
  engine = await startEngine();
  shop = await openShop(engine);
});
afterEach(async () => {
  expect(brokenRules(engine.engine.books)).toEqual([]);
  await engine.stop();
});

/** Credits less debits of a money account. */
function owed(code: AccountCode, owner: number | string = ''): number {
  const sql = 'SELECT credits - debits FROM account WHERE ledger = 0 AND code = ? AND owner = ?';
  return (engine.engine.books.prepare(sql).pluck().get(code, String(owner)) as number | undefined) ?? 0;
}

/** On the shelves of a product, thousandths. */
function onShelf(product: number): number {
  const sql = "SELECT coalesce(sum(debits - credits), 0) FROM account WHERE ledger = ? AND code = 'shelf'";
  return engine.engine.books.prepare(sql).pluck().get(product) as number;
}

async function vendorWith(rateBps: number | 'net-price', code: string): Promise<number> {
  const { vendor } = await shop.manager.must(vendorCreate, { code, name: `Penitip ${code}` });
  const terms =
    rateBps === 'net-price' ? { model: 'net-price' as const } : { model: 'percent' as const, rateBps };
  await shop.manager.must(agreementSet, { vendor, terms });
  return vendor;
}

async function productAt(vendor: number, priceRupiah: number, netPriceRupiah?: number): Promise<number> {
  const { product } = await shop.manager.must(productCreate, {
    vendor,
    name: `Produk ${priceRupiah}`,
    priceRupiah,
    ...(netPriceRupiah !== undefined && { netPriceRupiah }),
  });
  await shop.manager.must(intakeConfirm, { vendor, lines: [{ product, qty: 50_000 }] });
  return product;
}

it.each([
  // price, pieces, rate: commission is rounded down, the odd rupiah is the vendor's
  [10_000, 1, 3000, 7_000, 3_000],
  [9_333, 1, 1500, 7_934, 1_399],
  [7_777, 3, 1250, 20_415, 2_916],
  [1, 1, 1000, 1, 0],
  [107_331, 1, 1000, 96_598, 10_733],
])('%i × %i at %i basis points: vendor %i, center %i', async (price, pieces, rate, share, commission) => {
  const vendor = await vendorWith(rate, 'P10');
  const product = await productAt(vendor, price);
  const sale = oneLine(shop.shift, product, pieces, price);
  const paid = { ...sale, tenders: [{ kind: 'cash' as const, amountRupiah: price * pieces + 100 }] };
  await shop.cashier.must(saleComplete, paid);
  expect([owed('vendor', vendor), owed('commission')]).toEqual([share, commission]);
});

it('owes the net price per piece and keeps the rest, also by weight', async () => {
  const vendor = await vendorWith('net-price', 'NET');
  const product = await productAt(vendor, 25_000, 20_000);
  await shop.cashier.must(saleComplete, oneLine(shop.shift, product, 2, 25_000));
  expect([owed('vendor', vendor), owed('commission')]).toEqual([40_000, 10_000]);
  // 0,755 kg at 28.500 is 21.517,5, so 21.518; at 20.001 net 15.100,755, so 15.101.
  const weighed = await productAt(vendor, 28_500, 20_001);
  const sold = await shop.cashier.must(saleComplete, {
    shift: shop.shift,
    lines: [{ product: weighed, qty: 755, priceRupiah: 28_500 }],
    totalRupiah: 21_518,
    tenders: [{ kind: 'cash', amountRupiah: 22_000 }],
  });
  expect(sold).toMatchObject({
    totalRupiah: 21_518,
    roundingRupiah: -18,
    cashDueRupiah: 21_500,
    changeRupiah: 500,
  });
  expect([owed('vendor', vendor), owed('commission')]).toEqual([55_101, 16_417]);
});

it('rounds the cash down to 107.300 on its own account and never touches the vendor', async () => {
  const vendor = await vendorWith(1500, 'RND');
  const product = await productAt(vendor, 107_331);
  const line = oneLine(shop.shift, product, 1, 107_331);
  const short = await shop.cashier.ask(saleComplete, {
    ...line,
    tenders: [{ kind: 'cash', amountRupiah: 107_299 }],
  });
  expect(short).toMatchObject({ name: 'tender-short', details: { missingRupiah: 1 } });
  const sold = await shop.cashier.must(saleComplete, {
    ...line,
    tenders: [{ kind: 'cash', amountRupiah: 110_000 }],
  });
  expect(sold).toMatchObject({ roundingRupiah: -31, cashDueRupiah: 107_300, changeRupiah: 2_700 });
  expect(owed('rounding')).toBe(-31);
  expect(owed('vendor', vendor)).toBe(107_331 - 16_099);
  expect(-owed('cash', shop.drawer)).toBe(200_000 + 107_300);
});

it('sells two pieces that the book has not, credits the vendor for just those, and repays them from the next intake', async () => {
  const { product } = await shop.manager.must(productCreate, {
    vendor: shop.vendor,
    name: 'Belum dicatat',
    priceRupiah: 10_000,
  });
  const sold = await shop.cashier.must(saleComplete, oneLine(shop.shift, product, 2, 10_000));
  expect(sold.oversold).toEqual([product]);
  expect([owed('vendor', shop.vendor), onShelf(product)]).toEqual([17_000, 0]);
  await shop.manager.must(intakeConfirm, { vendor: shop.vendor, lines: [{ product, qty: 10_000 }] });
  expect([owed('vendor', shop.vendor), onShelf(product)]).toEqual([17_000, 8_000]);
  const again = await shop.cashier.must(saleComplete, oneLine(shop.shift, product, 9, 10_000));
  expect(again.oversold).toEqual([product]);
  // One of nine was oversold; an intake of half a piece repays a half of it and leaves nothing on the shelf.
  await shop.manager.must(intakeConfirm, { vendor: shop.vendor, lines: [{ product, qty: 500 }] });
  expect(onShelf(product)).toBe(0);
  await shop.manager.must(intakeConfirm, { vendor: shop.vendor, lines: [{ product, qty: 1_000 }] });
  expect([owed('vendor', shop.vendor), onShelf(product)]).toEqual([11 * 8_500, 500]);
});

it('pays 486.003 as 486.000, and the rest of 3 opens the next settlement', async () => {
  const vendor = await vendorWith(1000, 'REST');
  const product = await productAt(vendor, 540_003);
  const line = oneLine(shop.shift, product, 1, 540_003);
  await shop.cashier.must(saleComplete, line);
  expect(owed('vendor', vendor)).toBe(486_003);
  const first = await shop.manager.must(settlementPrepare, { vendor });
  expect(first.closingRupiah).toBe(486_003);
  const approve = { settlement: first.settlement, amountRupiah: 486_003 };
  expect(await shop.manager.ask(settlementApprove, approve)).toMatchObject({ name: 'same-person' });
  const over = { ...approve, amountRupiah: 486_004 };
  expect(await shop.admin.ask(settlementApprove, over)).toMatchObject({
    name: 'more-than-eligible',
    details: { eligibleRupiah: 486_003 },
  });
  await shop.admin.must(settlementApprove, approve);
  expect([owed('vendor', vendor), owed('payout-due', vendor)]).toEqual([0, 486_003]);
  // The safe is empty until the till has brought its cash.
  const tooEarly = await shop.manager.ask(settlementPay, { settlement: first.settlement });
  expect(tooEarly).toMatchObject({ name: 'drawer-short' });
  await shop.cashier.must(shiftClose, { shift: shop.shift, countedRupiah: 740_000 });
  const paid = await shop.manager.must(settlementPay, { settlement: first.settlement });
  expect(paid).toMatchObject({ paidRupiah: 486_000, restRupiah: 3 });
  expect([owed('vendor', vendor), owed('payout-due', vendor)]).toEqual([3, 0]);
  expect(await shop.manager.ask(settlementPay, { settlement: first.settlement })).toMatchObject({
    name: 'settlement-state',
    details: { state: 'paid' },
  });

  const { shift } = await shop.cashier.must(shiftOpen, { drawer: shop.drawer, floatRupiah: 100_000 });
  await shop.manager.must(priceSet, { product, priceRupiah: 10_000 });
  await shop.cashier.must(saleComplete, oneLine(shift, product, 1, 10_000));
  const second = await shop.manager.must(settlementPrepare, { vendor });
  expect(await shop.manager.must(settlementGet, { settlement: second.settlement })).toMatchObject({
    openingRupiah: 3,
    movementRupiah: 9_000,
    closingRupiah: 9_003,
  });
});

it('puts a sale between preparing and approving into the next settlement, and no printed figure moves', async () => {
  const { vendor, product, shift, manager, admin, cashier } = shop;
  const sell = () => cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  await sell();
  const first = await manager.must(settlementPrepare, { vendor });
  await sell();
  const shown = await manager.must(settlementGet, { settlement: first.settlement });
  expect([shown.closingRupiah, shown.movements.length]).toEqual([15_300, 1]);
  // A part is approved and paid; the rest of it stays in the balance with what came later.
  await admin.must(settlementApprove, { settlement: first.settlement, amountRupiah: 10_050 });
  await sell();
  const paid = await manager.must(settlementPay, { settlement: first.settlement, drawer: shop.drawer });
  expect(paid).toMatchObject({ paidRupiah: 10_000, restRupiah: 50 });
  const after = await manager.must(settlementGet, { settlement: first.settlement });
  expect(after).toMatchObject({
    openingRupiah: 0,
    movementRupiah: 15_300,
    closingRupiah: 15_300,
    paidRupiah: 10_000,
  });
  expect(after.movements).toEqual(shown.movements);

  const second = await manager.must(settlementPrepare, { vendor });
  const next = await manager.must(settlementGet, { settlement: second.settlement });
  expect(next).toMatchObject({ openingRupiah: 5_300, movementRupiah: 30_600, closingRupiah: 35_900 });
  expect(next.openingRupiah).toBe(after.closingRupiah - (after.paidRupiah ?? 0));
  expect((await manager.must(vendorGet, { vendor })).balanceRupiah).toBe(35_900);
  const statement = await manager.must(vendorStatement, { vendor });
  expect(statement.closingRupiah).toBe(35_900);
  expect(await manager.ask(settlementPrepare, { vendor })).toMatchObject({ name: 'settlement-open' });
});

it('approves nothing below one cash step, which could never be paid: such a period is closed with 0 and carried on', async () => {
  const vendor = await vendorWith(0, 'KCL');
  const product = await productAt(vendor, 60);
  const sell = (pieces: number) => {
    const line = oneLine(shop.shift, product, pieces, 60);
    return shop.cashier.must(saleComplete, { ...line, tenders: [{ kind: 'cash', amountRupiah: 1_000 }] });
  };
  await sell(1);
  const asked = { vendor, payableOnly: true };
  expect(await shop.manager.ask(settlementPrepare, asked)).toMatchObject({ name: 'nothing-to-settle' });
  const small = await shop.manager.must(settlementPrepare, { vendor });
  expect(small.closingRupiah).toBe(60);
  const close = (amountRupiah: number) =>
    shop.admin.ask(settlementApprove, { settlement: small.settlement, amountRupiah });
  expect(await close(60)).toMatchObject({ name: 'nothing-to-settle' });
  expect(await close(0)).toMatchObject({ value: { amountRupiah: 0, feesRupiah: 0 } });
  await sell(2);
  const { settlement, closingRupiah } = await shop.manager.must(settlementPrepare, { vendor });
  expect(closingRupiah).toBe(180);
  const approve = (amountRupiah: number) => shop.admin.ask(settlementApprove, { settlement, amountRupiah });
  expect(await approve(99)).toMatchObject({ name: 'nothing-to-settle' });
  expect(await approve(180)).toMatchObject({ outcome: 'ok' });
  expect(await shop.manager.must(settlementPay, { settlement, drawer: shop.drawer })).toMatchObject({
    paidRupiah: 100,
    restRupiah: 80,
  });
});

it('splits a line under the terms in force when it is sold', async () => {
  const { manager, cashier, vendor, product, shift } = shop;
  await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  await manager.must(agreementSet, { vendor, terms: { model: 'percent', rateBps: 2000 } });
  await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  expect([owed('vendor', vendor), owed('commission')]).toEqual([15_300 + 14_400, 2_700 + 3_600]);
  const rates = engine.engine.books.prepare('SELECT rate_bps FROM sale_line ORDER BY seq').pluck().all();
  expect(rates).toEqual([1500, 2000]);
});
