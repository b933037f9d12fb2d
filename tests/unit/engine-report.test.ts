/**
 * Proves what the office reads of the books: sales by day, vendor, product, category and cashier with what was refunded
 * apart and unknown goods in plain sight, each adding up to the same total; whose the money is that the center holds;
 * and the journal by anything an auditor knows of a row.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputOf } from '../../shared/contract/define.ts';
import { unresolvedResolve } from '../../shared/contract/goods.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { userCreate } from '../../shared/contract/people.ts';
import { productChange, productCreate } from '../../shared/contract/product.ts';
import { refundComplete } from '../../shared/contract/refund.ts';
import {
  documentReverse,
  journalGet,
  journalSearch,
  reportLiabilities,
  reportSales,
  type SalesTotals,
} from '../../shared/contract/report.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { cashDrop, cashIn, cashOut, drawerCreate, shiftOpen } from '../../shared/contract/shift.ts';
import { journalList } from '../../shared/contract/system.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import { startEngine, type TestClient, type TestEngine } from '../support/engine.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

/** From ten on Monday morning to one on Tuesday: the shifts of Monday may still go on. */
const OVERNIGHT_MS = 15 * 60 * 60 * 1000;
const MONDAY = '2026-11-23';
const TUESDAY = '2026-11-24';

let engine: TestEngine;
let shop: Shop;
let now: number;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 3);
  engine = await startEngine({ now: () => now });
  shop = await openShop(engine);
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

type Line = InputOf<typeof saleComplete>['lines'][number];

/** Rings a sale paid in one tender; with a discount on the whole of it by an office person. */
async function sell(
  client: TestClient,
  shift: number,
  lines: Line[],
  {
    kind = 'cash',
    discountRupiah = 0,
  }: { kind?: 'cash' | 'debit' | 'transfer'; discountRupiah?: number } = {},
): Promise<number> {
  const gross = lines.reduce((sum, line) => sum + (line.qty * line.priceRupiah) / 1000, 0);
  const totalRupiah = gross - discountRupiah;
  const { sale } = await client.must(saleComplete, {
    shift,
    lines,
    totalRupiah,
    ...(discountRupiah > 0 && { discount: { amountRupiah: discountRupiah } }),
    tenders: [{ kind, amountRupiah: totalRupiah, ...(kind !== 'cash' && { reference: '1234' }) }],
  });
  return sale;
}

interface Week {
  sambal: number;
  sambalVendor: number;
  managerShift: number;
  first: number;
  second: number;
}

/**
 * Monday: the cashier sells 3 kerupuk at 18.000 (15 %) and unknown goods for 9.000; the manager 2 sambal at 25.000
 * (net price 20.000) and 1 kerupuk with 6.800 off, and unknown goods for 5.000 and 4.000. Tuesday: one kerupuk of
 * Monday is refunded, the 5.000 turn out to be one sambal, the 4.000 nobody's.
 */
async function aWeek(): Promise<Week> {
  const { manager, admin, cashier, product, shift } = shop;
  const { vendor: sambalVendor } = await manager.must(vendorCreate, { code: 'SMB', name: 'Dapur Wulan' });
  await manager.must(agreementSet, { vendor: sambalVendor, terms: { model: 'net-price' } });
  const { product: sambal } = await manager.must(productCreate, {
    vendor: sambalVendor,
    name: 'Sambal cumi',
    category: 'Bumbu',
    priceRupiah: 25_000,
    netPriceRupiah: 4_000,
  });
  await manager.must(productChange, { product, category: 'Kering' });
  await manager.must(intakeConfirm, { vendor: sambalVendor, lines: [{ product: sambal, qty: 9_000 }] });
  const { drawer } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  const opened = await manager.must(shiftOpen, { drawer, floatRupiah: 0, floatFrom: 'opening' });
  const managerShift = opened.shift;

  const kerupuk = (pieces: number) => ({ product, qty: pieces * 1000, priceRupiah: 18_000 });
  const unknown = (priceRupiah: number) => ({ unknownCode: `X${priceRupiah}`, qty: 1_000, priceRupiah });
  const first = await sell(cashier, shift, [kerupuk(3), unknown(9_000)]);
  const second = await sell(
    manager,
    managerShift,
    [{ product: sambal, qty: 2_000, priceRupiah: 25_000 }, kerupuk(1)],
    { kind: 'debit', discountRupiah: 6_800 },
  );
  const third = await sell(manager, managerShift, [unknown(5_000), unknown(4_000)]);

  now += OVERNIGHT_MS;
  for (const [client, name, pin] of [
    [manager, 'budi', PINS.manager],
    [admin, 'ratna', PINS.admin],
    [cashier, 'siti', PINS.cashier],
  ] as const) {
    await signIn(client, name, pin);
  }
  const wrong = await manager.must(unresolvedResolve, { sale: third, line: 1, product });
  await manager.must(documentReverse, { document: wrong.resolution, memo: 'salah barang' });
  await manager.must(unresolvedResolve, { sale: third, line: 1, product: sambal });
  await manager.must(unresolvedResolve, { sale: third, line: 2, memo: 'kantong belanja' });
  return { sambal, sambalVendor, managerShift, first, second };
}

const report = (by: 'day' | 'vendor' | 'product' | 'category' | 'cashier', more: object = {}) =>
  shop.manager.must(reportSales, { fromDay: MONDAY, toDay: TUESDAY, by, ...more });

/** Key, sales, pieces, gross, discount, net, commission, share, refunds. */
function figures({ key, sales, qty, ...rupiah }: SalesTotals) {
  const { grossRupiah, discountRupiah, netRupiah, commissionRupiah, shareRupiah, refundsRupiah } = rupiah;
  return [
    key,
    sales,
    qty / 1000,
    grossRupiah,
    discountRupiah,
    netRupiah,
    commissionRupiah,
    shareRupiah,
    refundsRupiah,
  ];
}

describe('report.sales', () => {
  it('counts each line where it belongs, refunds apart, unknown goods in plain sight', async () => {
    const { sambal, sambalVendor, first } = await aWeek();
    const { product, vendor } = shop;
    const { drawer } = await shop.admin.must(drawerCreate, { code: 'K3', name: 'Kasir 3' });
    const opened = await shop.admin.must(shiftOpen, { drawer, floatRupiah: 50_000, floatFrom: 'opening' });
    // The till refunds on the day its shift was opened, the administrator's on Tuesday.
    await shop.admin.must(refundComplete, {
      shift: opened.shift,
      sale: first,
      lines: [{ line: 1, qty: 1_000, reason: 'resaleable' }],
    });

    // 6.800 over 50.000 and 18.000: 5.000 and 1.800. Kerupuk: 15 % of 54.000 and of 16.200; sambal: net less 4.000 each.
    const kerupuk = [2, 4, 72_000, 1_800, 70_200, 8_100 + 2_430, 45_900 + 13_770, 18_000];
    const sambals = [2, 3, 55_000, 5_000, 50_000, 37_000 + 1_000, 8_000 + 4_000, 0];
    const unresolved = ['unresolved', 1, 1, 9_000, 0, 9_000, 0, 0, 0];
    const nobodys = ['other-income', 1, 1, 4_000, 0, 4_000, 0, 0, 0];
    const byVendor = await report('vendor');
    expect(byVendor.rows.map(figures)).toEqual([
      [String(vendor), ...kerupuk],
      [String(sambalVendor), ...sambals],
      unresolved,
      nobodys,
    ]);
    expect(byVendor.rows.map(({ name }) => name)).toEqual(['Kerupuk Bu Rini', 'Dapur Wulan', '', '']);
    const byProduct = await report('product');
    expect(byProduct.rows.map(figures)).toEqual([
      [String(product), ...kerupuk],
      [String(sambal), ...sambals],
      unresolved,
      nobodys,
    ]);
    expect((await report('category')).rows.map(figures)).toEqual([
      ['Kering', ...kerupuk],
      ['Bumbu', ...sambals],
      unresolved,
      nobodys,
    ]);
    const byCashier = await report('cashier');
    expect(byCashier.rows.map(({ name, ...row }) => [name, ...figures({ name, ...row }).slice(1)])).toEqual([
      ['budi', 2, 5, 77_000, 6_800, 70_200, 38_000 + 2_430, 12_000 + 13_770, 0],
      ['siti', 1, 4, 63_000, 0, 63_000, 8_100, 45_900, 0],
      ['ratna', 0, 0, 0, 0, 0, 0, 0, 18_000],
    ]);
    const byDay = await report('day');
    const all = [3, 9, 140_000, 6_800, 133_200, 8_100 + 2_430 + 38_000, 45_900 + 13_770 + 12_000];
    expect(byDay.rows.map(figures)).toEqual([
      [MONDAY, ...all, 0],
      [TUESDAY, 0, 0, 0, 0, 0, 0, 0, 18_000],
    ]);
    for (const by of ['day', 'vendor', 'product', 'category', 'cashier'] as const) {
      const { rows, total } = await report(by);
      expect(figures(total)).toEqual(['', ...all, 18_000]);
      const sums = rows.map((row) => figures(row).slice(2) as number[]);
      const added = sums.reduce((sum, row) => sum.map((each, index) => each + (row[index] as number)));
      expect(added).toEqual([...all.slice(1), 18_000]);
    }
  });

  it('keeps to the days, the vendor and the limit that it is asked for', async () => {
    const { sambalVendor, first } = await aWeek();
    const { cashier, shift } = shop;
    await cashier.must(refundComplete, {
      shift,
      sale: first,
      lines: [{ line: 1, qty: 2_000, reason: 'vendor-fault' }],
    });
    const tuesday = await shop.manager.must(reportSales, { fromDay: TUESDAY, toDay: TUESDAY, by: 'vendor' });
    expect([tuesday.rows, tuesday.total.sales, tuesday.total.netRupiah]).toEqual([[], 0, 0]);
    const one = await report('product', { vendor: sambalVendor });
    expect(one.rows.map(({ netRupiah, refundsRupiah }) => [netRupiah, refundsRupiah])).toEqual([[50_000, 0]]);
    expect(figures(one.total).slice(1)).toEqual(figures(one.rows[0] as SalesTotals).slice(1));
    const top = await report('vendor', { limit: 1 });
    expect(top.rows.map(({ name, refundsRupiah }) => [name, refundsRupiah])).toEqual([
      ['Kerupuk Bu Rini', 36_000],
    ]);
    expect(top.total).toEqual((await report('vendor')).total);
  });
});

it("says whose the money is: vendors', buyers', nobody's yet, and the center's own", async () => {
  const { manager, cashier, shift } = shop;
  const { second } = await aWeek();
  await cashier.must(cashDrop, { shift, amountRupiah: 100_000 });
  await manager.must(cashOut, { shift: 1, amountRupiah: 60_000, kind: 'bank', memo: 'setor' });
  await manager.must(cashIn, { shift: 1, amountRupiah: 7_000, kind: 'other-income', memo: 'parkir' });
  const own = 200_000 + 7_000 + 4_000 + 8_100 + 2_430 + 38_000;
  const asked = () => manager.must(reportLiabilities, {});
  expect(await asked()).toEqual({
    cashRupiah: 200_000 + 63_000 + 9_000 - 60_000 + 7_000,
    bankRupiah: 60_000,
    qrisClearingRupiah: 0,
    cardClearingRupiah: 61_200,
    vendorsOwedRupiah: 45_900 + 13_770 + 8_000 + 4_000,
    vendorsOweRupiah: 0,
    payoutDueRupiah: 0,
    buyerDueRupiah: 0,
    unresolvedRupiah: 9_000,
    ownRupiah: own,
  });
  // Paid by card, so it is owed to the buyer until it is paid back. The vendor's account bears the share.
  const lines = [{ line: 2, qty: 1_000, reason: 'resaleable' as const }];
  await manager.must(refundComplete, { shift, sale: second, lines });
  const after = await asked();
  expect(after).toMatchObject({
    buyerDueRupiah: 16_200,
    vendorsOwedRupiah: 45_900 + 12_000,
    ownRupiah: own - 2_430,
  });
  const held = after.cashRupiah + after.bankRupiah + after.qrisClearingRupiah + after.cardClearingRupiah;
  expect(held).toBe(
    after.vendorsOwedRupiah +
      after.payoutDueRupiah +
      after.buyerDueRupiah +
      after.unresolvedRupiah +
      after.ownRupiah,
  );
});

describe('the journal', () => {
  const search = (input: InputOf<typeof journalSearch>) => shop.manager.must(journalSearch, input);

  it('is searched by what, who, outcome, day and the number on any paper', async () => {
    const { manager, cashier, shift, product, vendor } = shop;
    const line = { product, qty: 1_000, priceRupiah: 18_000 };
    const sale = await sell(cashier, shift, [line]);
    const { move, number } = await cashier.must(cashIn, { shift, amountRupiah: 5, kind: 'bank', memo: 'x' });
    const { reversal, number: back } = await manager.must(documentReverse, { document: move, memo: 'x' });
    const bad = { ...line, priceRupiah: 17_000 };
    await cashier.ask(saleComplete, {
      shift,
      lines: [bad],
      totalRupiah: 17_000,
      tenders: [{ kind: 'cash', amountRupiah: 17_000 }],
    });
    now += OVERNIGHT_MS;
    await signIn(manager, 'budi', PINS.manager);
    const { intake, number: slip } = await manager.must(intakeConfirm, {
      vendor,
      lines: [{ product, qty: 1 }],
    });

    const receipt = 'K1-261123-0001';
    for (const [paper, seq] of [
      [receipt, sale],
      [receipt.toLowerCase(), sale],
      [number, move],
      [back, reversal],
      [slip, intake],
    ] as const) {
      expect((await search({ number: paper })).rows.map((row) => row.seq)).toEqual([seq]);
    }
    for (const nothing of ['K1-261123-0002', 'KM-261123-999999', 'abc']) {
      expect(await search({ number: nothing })).toEqual({ rows: [], before: null });
    }
    expect(await search({ number: slip, before: intake })).toEqual({ rows: [], before: null });
    expect((await search({ name: 'sale.complete' })).rows).toMatchObject([
      { seq: reversal + 1, outcome: 'price-changed', actor: 'siti', number: null, approver: null },
      { seq: sale, outcome: 'ok', actor: 'siti', number: receipt, device: 'till', day: MONDAY },
    ]);
    expect((await search({ outcome: 'price-changed' })).rows.map(({ seq }) => seq)).toEqual([reversal + 1]);
    expect((await search({ actor: 'siti', outcome: 'ok' })).rows.map(({ name }) => name)).toEqual([
      'cash.in',
      'sale.complete',
      'shift.open',
    ]);
    const tuesday = await search({ fromDay: TUESDAY });
    expect(tuesday.rows.map(({ seq }) => seq)).toEqual([intake]);
    expect((await search({ toDay: MONDAY, limit: 1 })).rows[0]?.seq).toBe(reversal + 1);
    expect((await search({ fromDay: '2027-01-01', toDay: '2027-12-31' })).rows).toEqual([]);
  });

  it('goes on from where a search stopped until the beginning, and lists the same rows', async () => {
    const { rows: all } = await shop.manager.must(journalList, { limit: 500 });
    const found: number[] = [];
    let before: number | null | undefined;
    for (let calls = 0; before !== null; calls += 1) {
      expect(calls).toBeLessThan(all.length + 1);
      const page = await search({ limit: 3, ...(before !== undefined && { before }) });
      found.push(...page.rows.map(({ seq }) => seq));
      before = page.before;
    }
    expect(found).toEqual(all.map(({ seq }) => seq));
  });

  it("shows a row whole: input without a PIN's hash, answer, transfers by account", async () => {
    const { manager, admin, cashier, shift, drawer, product, vendor } = shop;
    const sale = await sell(cashier, shift, [{ product, qty: 2_000, priceRupiah: 18_000 }]);
    const row = await manager.must(journalGet, { seq: sale });
    expect(row).toMatchObject({
      name: 'sale.complete',
      number: 'K1-261123-0001',
      outcome: 'ok',
      input: { shift, totalRupiah: 36_000 },
      answer: { ok: { sale, totalRupiah: 36_000 } },
      reversedBy: null,
    });
    expect(row.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(
      row.transfers.map(({ debit, credit, amount, reason, line }) => [debit, credit, amount, reason, line]),
    ).toEqual(
      expect.arrayContaining([
        ['clearing', `vendor/${vendor}`, 30_600, 'sale.share', 1],
        ['clearing', 'commission', 5_400, 'sale.commission', 1],
        [`cash/${drawer}`, 'clearing', 36_000, 'sale.cash', null],
      ]),
    );
    expect(row.transfers).toHaveLength(4);
    expect((await manager.must(journalGet, { seq: shift })).transfers).toHaveLength(1);

    const pin = '806153';
    await admin.must(userCreate, { username: 'wati', name: 'Wati', role: 'cashier', pin });
    const { rows } = await search({ name: 'user.create', limit: 1 });
    const created = await manager.must(journalGet, { seq: rows[0]?.seq ?? 0 });
    expect(created.input).toMatchObject({ username: 'wati', pin: null });
    expect(created.transfers).toEqual([]);
    expect(JSON.stringify(created)).not.toContain('scrypt');
    expect(await manager.ask(journalGet, { seq: 9_999 })).toMatchObject({
      name: 'document-unknown',
      details: { document: 9_999 },
    });
  });
});
