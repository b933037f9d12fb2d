/**
 * Proves what comes in and goes back, through the whole engine: an intake's price counts for the whole stock, own goods
 * cost what the slip says and come back for exactly that, goods leave oldest first, and each refusal has its name.
 * After each test the books verify and replay to the same rows.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { InputOf } from '../../shared/contract/define.ts';
import { countPost, returnConfirm, stockList } from '../../shared/contract/goods.ts';
import { intakeConfirm, intakeList, purchaseConfirm, stockBatches } from '../../shared/contract/intake.ts';
import { priceList, productChange, productCreate } from '../../shared/contract/product.ts';
import { refundComplete } from '../../shared/contract/refund.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { drawerCreate } from '../../shared/contract/shift.ts';
import { vendorChange, vendorCreate } from '../../shared/contract/vendor.ts';
import { readOwnCode } from '../../shared/domain/barcode.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

const DAY = 24 * 60 * 60 * 1000;
let now = 0;
let engine: TestEngine;
let shop: Shop;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 3);
  engine = await startEngine({ now: () => now });
  shop = await openShop(engine);
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

/** Credits less debits of a money account. */
function owed(code: string, owner: number | string = ''): number {
  const sql = 'SELECT credits - debits FROM account WHERE ledger = 0 AND code = ? AND owner = ?';
  return (engine.engine.books.prepare(sql).pluck().get(code, String(owner)) as number | undefined) ?? 0;
}

/** Debits less credits of a goods account, thousandths; owner '' is the no-batch shelf. */
function held(product: number, code: string, owner: number | string = ''): number {
  const sql = 'SELECT debits - credits FROM account WHERE ledger = ? AND code = ? AND owner = ?';
  return (engine.engine.books.prepare(sql).pluck().get(product, code, String(owner)) as number) ?? 0;
}

async function own(priceRupiah = 30_000): Promise<number> {
  const { vendor, manager } = shop;
  return (await manager.must(productCreate, { vendor, name: 'Gula aren', priceRupiah, own: true })).product;
}

async function consigned(): Promise<number> {
  const { vendor, manager } = shop;
  return (await manager.must(productCreate, { vendor, name: 'Petis udang', priceRupiah: 10_000 })).product;
}

it('makes a price version of another price or net price at an intake, and none of the same', async () => {
  const { manager, vendor, product } = shop;
  const take = (line: object) =>
    manager.must(intakeConfirm, { vendor, lines: [{ product, qty: 1000, ...line }] });
  await take({ priceRupiah: 18_000 });
  await take({ priceRupiah: 19_000 });
  await take({ netPriceRupiah: 15_000 });
  await take({ priceRupiah: 19_000, netPriceRupiah: 15_000 });
  await take({});
  const { prices } = await manager.must(priceList, { product });
  expect(prices.map(({ priceRupiah, netPriceRupiah }) => [priceRupiah, netPriceRupiah])).toEqual([
    [19_000, 15_000],
    [19_000, null],
    [18_000, null],
  ]);
  // The whole stock, the hundred pieces of before included, sells at the new price.
  const { shift, cashier } = shop;
  expect(await cashier.ask(saleComplete, oneLine(shift, product, 1, 18_000))).toMatchObject({
    name: 'price-changed',
  });
  await cashier.must(saleComplete, oneLine(shift, product, 1, 19_000));
});

it('refuses an intake by name', async () => {
  const { manager, vendor, product } = shop;
  const ask = (input: object, line: object = {}) =>
    manager.ask(intakeConfirm, { vendor, lines: [{ product, qty: 1000, ...line }], ...input });
  const { vendor: other } = await manager.must(vendorCreate, { code: 'LAIN', name: 'Lain' });
  expect(await ask({ place: 'Pameran' })).toMatchObject({ name: 'places-not-available' });
  expect(await ask({ vendor: 99 })).toMatchObject({ name: 'vendor-unknown', details: { vendor: '99' } });
  expect(await ask({}, { product: 99 })).toMatchObject({
    name: 'product-unknown',
    details: { product: '99' },
  });
  expect(await ask({ vendor: other })).toMatchObject({ name: 'wrong-vendor' });
  expect(await ask({}, { expires: '2026-11-20' })).toMatchObject({ name: 'already-expired' });
  expect(await ask({}, { expires: '2026-11-21' })).toMatchObject({ outcome: 'ok' });
  expect(await ask({}, { product: await own() })).toMatchObject({
    name: 'own-goods',
    details: { product: 'Gula aren' },
  });
  await manager.must(productChange, { product, active: false });
  expect(await ask({})).toMatchObject({ name: 'product-inactive' });
  await manager.must(vendorChange, { vendor, active: false });
  expect(await ask({})).toMatchObject({ name: 'vendor-inactive', details: { vendor: 'Kerupuk Bu Rini' } });
});

it('buys own goods on credit, from the bank, from the safe and from a drawer', async () => {
  const { manager, vendor, drawer, safe } = shop;
  const product = await own();
  const buy = (input: Partial<InputOf<typeof purchaseConfirm>>, qty = 10_000) =>
    manager.must(purchaseConfirm, {
      vendor,
      lines: [{ product, qty, unitCostRupiah: 20_000, expires: '2027-01-31' }],
      paid: 'credit',
      ...input,
    });
  const bought = await buy({});
  expect(bought).toMatchObject({ totalRupiah: 200_000, number: expect.stringMatching(/^TT-261121-/) });
  expect(owed('vendor', vendor)).toBe(200_000);
  await buy({ paid: 'bank' }, 1000);
  expect(owed('bank')).toBe(20_000);
  expect(
    await manager.ask(purchaseConfirm, {
      vendor,
      lines: [{ product, qty: 1000, unitCostRupiah: 20_000 }],
      paid: 'cash',
    }),
  ).toMatchObject({ name: 'drawer-short' });
  await buy({ paid: 'cash', drawer }, 2000);
  expect(-owed('cash', drawer)).toBe(200_000 - 40_000);
  expect(owed('cash', safe)).toBe(0);
  expect(-owed('own-goods-purchases')).toBe(200_000 + 20_000 + 40_000);
  expect(owed('vendor', vendor)).toBe(200_000);

  // A weighed quantity: 28.500 a kilogram, 0,755 kg.
  const { totalRupiah } = await manager.must(purchaseConfirm, {
    vendor,
    lines: [
      { product, qty: 755, unitCostRupiah: 28_500 },
      { product, qty: 1000, unitCostRupiah: 1 },
    ],
    paid: 'credit',
    note: 'pagi',
  });
  expect(totalRupiah).toBe(21_519);
  const { intakes } = await manager.must(intakeList, {});
  expect(intakes.map(({ paid, totalRupiah: total, lines }) => [paid, total, lines])).toEqual([
    ['credit', 21_519, 2],
    ['cash', 40_000, 1],
    ['bank', 20_000, 1],
    ['credit', 200_000, 1],
    [null, null, 1],
  ]);
});

it('takes cash for own goods from the safe, and from no drawer whose shift is closed', async () => {
  const { manager, vendor, safe } = shop;
  const product = await own();
  const { drawer } = await shop.admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  const ask = (input: object, line: object = {}) =>
    manager.ask(purchaseConfirm, {
      vendor,
      lines: [{ product, qty: 1000, unitCostRupiah: 20_000, ...line }],
      paid: 'cash',
      ...input,
    });
  expect(await ask({ drawer })).toMatchObject({ name: 'shift-not-open' });
  expect(await ask({ drawer: 99 })).toMatchObject({ name: 'drawer-unknown', details: { drawer: 99 } });
  expect(await ask({ drawer: safe })).toMatchObject({ name: 'drawer-short' });
  expect(await ask({}, { product: shop.product })).toMatchObject({ name: 'not-own-goods' });
  expect(await ask({}, { product: 99 })).toMatchObject({ name: 'product-unknown' });
  expect(await ask({}, { expires: '2026-11-20' })).toMatchObject({ name: 'already-expired' });
  expect(await ask({ vendor: 99 })).toMatchObject({ name: 'vendor-unknown' });
  expect(await ask({}, { unitCostRupiah: 99_999_999_999, qty: 1001 })).toMatchObject({
    name: 'amount-too-large',
  });
  const half = { product, qty: 1000, unitCostRupiah: 50_000_000_000 };
  expect(await ask({ lines: [half, half] })).toMatchObject({ name: 'amount-too-large' });
  const { vendor: other } = await manager.must(vendorCreate, { code: 'LAIN', name: 'Lain' });
  expect(await ask({ vendor: other })).toMatchObject({ name: 'wrong-vendor' });
  await manager.must(productChange, { product, active: false });
  expect(await ask({})).toMatchObject({ name: 'product-inactive' });
  await manager.must(vendorChange, { vendor, active: false });
  expect(await ask({})).toMatchObject({ name: 'vendor-inactive' });
});

it('repays own goods that were sold before they were bought', async () => {
  const { manager, cashier, vendor, shift } = shop;
  const product = await own();
  await cashier.must(saleComplete, oneLine(shift, product, 3, 30_000));
  const lines = [{ product, qty: 10_000, unitCostRupiah: 20_000 }];
  const { intake } = await manager.must(purchaseConfirm, { vendor, lines, paid: 'credit' });
  const { batches, oversoldQty, noBatchQty } = await manager.must(stockBatches, { product });
  expect([batches[0]?.onHandQty, oversoldQty, noBatchQty]).toEqual([7_000, 0, 0]);
  // Bought ten, whatever became of them: the vendor is owed for ten.
  expect(owed('vendor', vendor)).toBe(200_000);
  expect(-owed('own-goods-purchases')).toBe(200_000);
  const reversed = manager.ask(documentReverse, { document: intake, memo: 'salah ketik' });
  expect(await reversed).toMatchObject({ outcome: 'ok' });
  expect(owed('vendor', vendor)).toBe(0);
  expect((await manager.must(stockBatches, { product })).oversoldQty).toBe(3_000);
  expect((await manager.must(intakeList, {})).intakes[0]).toMatchObject({ intake, reversed: true });
});

it('returns the oldest goods first, a named batch as named, and owes nobody for consigned goods', async () => {
  const { manager, vendor } = shop;
  const product = await consigned();
  const { batches } = await manager.must(intakeConfirm, {
    vendor,
    lines: [
      { product, qty: 4_000 },
      { product, qty: 4_000, expires: '2027-02-28' },
      { product, qty: 4_000, expires: '2026-11-22' },
    ],
  });
  const [undated, later, soon] = batches as [number, number, number];
  now += 2 * DAY;
  await signIn(manager, 'budi', PINS.manager);
  const back = (line: object) =>
    manager.ask(returnConfirm, { vendor, lines: [{ product, qty: 1000, ...line }], note: 'retur' });
  expect(await back({ qty: 5_000 })).toMatchObject({ outcome: 'ok', value: { totalRupiah: 0 } });
  expect([soon, later, undated].map((batch) => held(product, 'shelf', batch))).toEqual([0, 3_000, 4_000]);
  expect(await back({ qty: 2_000, batch: undated })).toMatchObject({ outcome: 'ok' });
  expect([soon, later, undated].map((batch) => held(product, 'shelf', batch))).toEqual([0, 3_000, 2_000]);
  expect(held(product, 'at-vendor')).toBe(-5_000);
  expect(owed('vendor', vendor)).toBe(0);

  expect(await back({ qty: 5_001 })).toMatchObject({ name: 'stock-short', details: { onHandQty: 5_000 } });
  expect(await back({ qty: 3_001, batch: later })).toMatchObject({
    name: 'stock-short',
    details: { onHandQty: 3_000 },
  });
  expect(await back({ shelf: 'return-shelf' })).toMatchObject({
    name: 'stock-short',
    details: { onHandQty: 0 },
  });
  expect(await back({ batch: 1 })).toMatchObject({ name: 'batch-unknown', details: { batch: 1 } });
  expect(await back({ batch: 99 })).toMatchObject({ name: 'batch-unknown' });
  expect(await back({ product: 99 })).toMatchObject({ name: 'product-unknown' });
  const { vendor: other } = await manager.must(vendorCreate, { code: 'LAIN', name: 'Lain' });
  const lines = [{ product, qty: 1000 }];
  expect(await manager.ask(returnConfirm, { vendor: other, lines })).toMatchObject({ name: 'wrong-vendor' });
  expect(await manager.ask(returnConfirm, { vendor: 99, lines })).toMatchObject({ name: 'vendor-unknown' });
  // Two lines of the same product: the second finds what the first left.
  const twice = [
    { product, qty: 3_000 },
    { product, qty: 3_000 },
  ];
  expect(await manager.ask(returnConfirm, { vendor, lines: twice })).toMatchObject({
    name: 'stock-short',
    details: { onHandQty: 2_000 },
  });
  expect(engine.engine.books.prepare('SELECT * FROM goods_part ORDER BY seq, line, n').all()).toMatchObject([
    { line: 1, n: 1, product, batch: soon, shelf: 'shelf', qty: 4_000, cost: null },
    { line: 1, n: 2, product, batch: later, shelf: 'shelf', qty: 1_000, cost: null },
    { line: 1, n: 1, product, batch: undated, shelf: 'shelf', qty: 2_000, cost: null },
  ]);
});

it('takes own goods back for exactly what their batch cost, in whatever parts and however often taken back', async () => {
  const { manager, vendor } = shop;
  const product = await own();
  // 1,5 units at 10.001 cost 15.001,5, rounded up.
  const { batches } = await manager.must(purchaseConfirm, {
    vendor,
    lines: [{ product, qty: 1_500, unitCostRupiah: 10_001 }],
    paid: 'credit',
  });
  const back = async () => {
    const lines = [{ product, qty: 500, batch: batches[0] as number }];
    return manager.must(returnConfirm, { vendor, lines });
  };
  const first = await back();
  const second = await back();
  expect([first.totalRupiah, second.totalRupiah]).toEqual([5_001, 5_000]);
  await manager.must(documentReverse, { document: first.goodsReturn, memo: 'salah' });
  expect(owed('vendor', vendor)).toBe(15_002 - 5_000);
  // 10.001 for two parts, less the 5.000 that still stand.
  expect((await back()).totalRupiah).toBe(5_001);
  expect((await back()).totalRupiah).toBe(5_001);
  expect(owed('vendor', vendor)).toBe(0);
  expect(owed('own-goods-purchases')).toBe(0);
  expect(held(product, 'shelf', batches[0] as number)).toBe(0);
});

it('takes pieces of no batch back at the newest unit cost, and set-aside ones from where they stand', async () => {
  const { manager, cashier, vendor, shift } = shop;
  const product = await own();
  const buy = async (unitCostRupiah: number) => {
    const lines = [{ product, qty: 2_000, unitCostRupiah }];
    const made = await manager.must(purchaseConfirm, { vendor, lines, paid: 'bank' });
    return { ...made, batch: made.batches[0] as number };
  };
  const back = async (qty: number, line: object = {}) =>
    (await manager.must(returnConfirm, { vendor, lines: [{ product, qty, ...line }] })).totalRupiah;
  const count = (countedQty: number, line: object = {}) =>
    manager.must(countPost, { lines: [{ product, countedQty, ...line }] });
  const first = await buy(20_000);
  await buy(25_000);
  const wrong = await buy(99_000);
  await manager.must(documentReverse, { document: wrong.intake, memo: 'salah harga' });
  await count(5_000);
  // Three pieces of the first batch: the third one was found, not bought.
  await count(3_000, { batch: first.batch });
  expect(await back(3_000, { batch: first.batch })).toBe(60_000);
  const sale = await cashier.must(saleComplete, oneLine(shift, product, 1, 30_000));
  await cashier.must(refundComplete, {
    shift,
    sale: sale.sale,
    lines: [{ line: 1, qty: 1_000, reason: 'vendor-fault' }],
  });
  const [listed] = (await manager.must(stockList, { after: shop.product })).products;
  expect(listed).toMatchObject({ product, onHandQty: 2_000, returnShelfQty: 1_000 });
  expect(await back(1_000, { shelf: 'return-shelf' })).toBe(25_000);
  // One of the second batch is left, and the one of no batch.
  expect(await back(2_000)).toBe(50_000);
  expect(owed('vendor', vendor)).toBe(-135_000);
});

it('takes pieces back for nothing that were never bought', async () => {
  const { manager, vendor } = shop;
  const product = await own();
  await manager.must(countPost, { lines: [{ product, countedQty: 1_000 }] });
  const { totalRupiah } = await manager.must(returnConfirm, { vendor, lines: [{ product, qty: 1_000 }] });
  expect(totalRupiah).toBe(0);
});

it('refuses to take back own goods for more than an amount can be', async () => {
  const { manager, vendor } = shop;
  const product = await own();
  const lines = [{ product, qty: 1_000, unitCostRupiah: 99_999_999_999 }];
  const { batches } = await manager.must(purchaseConfirm, { vendor, lines, paid: 'credit' });
  const batch = batches[0] as number;
  const back = (...asked: object[]) =>
    manager.ask(returnConfirm, { vendor, lines: asked.map((line) => ({ product, qty: 1_000, ...line })) });
  await manager.must(countPost, { lines: [{ product, countedQty: 4_000 }] });
  expect(await back({ qty: 4_000 })).toMatchObject({ name: 'amount-too-large' });
  expect(await back({ batch }, {})).toMatchObject({ name: 'amount-too-large' });
  await manager.must(countPost, { lines: [{ product, countedQty: 9_999_999_000, batch }] });
  expect(await back({ batch, qty: 9_999_999_000 })).toMatchObject({ name: 'amount-too-large' });
  expect(await back({ batch })).toMatchObject({ outcome: 'ok', value: { totalRupiah: 99_999_999_999 } });
});

it('lists what lies where, what expires and what each batch is called', async () => {
  const { manager, vendor } = shop;
  const product = await consigned();
  const { batches } = await manager.must(intakeConfirm, {
    vendor,
    lines: [
      { product, qty: 4_000, expires: '2026-11-22' },
      { product, qty: 5_000, expires: '2026-12-01' },
    ],
  });
  const view = async (input: object) => (await manager.must(stockList, { vendor, ...input })).products;
  expect(await view({ expiresWithinDays: 0 })).toEqual([]);
  expect(await view({ expiresWithinDays: 1 })).toMatchObject([
    { product, onHandQty: 9_000, nextExpiry: '2026-11-22' },
  ]);
  now += 2 * DAY;
  await signIn(manager, 'budi', PINS.manager);
  expect(await view({})).toEqual([
    {
      product: shop.product,
      name: 'Kerupuk ikan 250 g',
      unit: 'pcs',
      vendor,
      vendorName: 'Kerupuk Bu Rini',
      onHandQty: 100_000,
      expiredQty: 0,
      returnShelfQty: 0,
      nextExpiry: null,
    },
    expect.objectContaining({ product, onHandQty: 5_000, expiredQty: 4_000, nextExpiry: '2026-11-22' }),
  ]);
  expect(await view({ expiresWithinDays: 0 })).toHaveLength(1);
  expect(await view({ after: shop.product })).toHaveLength(1);
  expect(await view({ limit: 1 })).toHaveLength(1);
  expect(await view({ vendor: 99 })).toEqual([]);
  // Taken no more, and gone: nothing to list.
  await manager.must(productChange, { product, active: false });
  expect(await view({})).toHaveLength(2);
  await manager.must(returnConfirm, { vendor, lines: [{ product, qty: 9_000 }] });
  expect(await view({})).toHaveLength(1);
  const listed = (await manager.must(stockBatches, { product })).batches;
  expect(listed.map(({ batch }) => batch)).toEqual([...batches].reverse());
  expect(listed.map(({ label }) => readOwnCode(label))).toEqual(
    [...batches].reverse().map((number) => ({ kind: 'batch', number })),
  );
});
