/**
 * Proves counts and write-offs through the whole engine: who bears a loss and at which price, that pieces sold before
 * the book knew them are explained before anything is lost, that a count is what lies there from then on, and what is
 * due to be counted. After each test the books verify and replay to the same rows.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { InputOf } from '../../shared/contract/define.ts';
import { countDue, countPost, countRequest, writeOffConfirm } from '../../shared/contract/goods.ts';
import { intakeConfirm, purchaseConfirm, stockBatches } from '../../shared/contract/intake.ts';
import { priceSet, productCreate } from '../../shared/contract/product.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { drawerCreate, shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
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

type Terms = InputOf<typeof agreementSet>['terms'];
type LossRule = NonNullable<InputOf<typeof agreementSet>['loss']>;

/** A vendor with one product at 10.000 rupiah, a net price of 8.000, a cost of 6.000, and no piece on the shelf. */
async function stall(loss?: LossRule, terms: Terms = { model: 'percent', rateBps: 3000 }) {
  const { manager } = shop;
  const code = `P${engine.engine.journal.head().seq}`;
  const { vendor } = await manager.must(vendorCreate, { code, name: `Penitip ${code}` });
  await manager.must(agreementSet, { vendor, terms, ...(loss && { loss }) });
  const { product } = await manager.must(productCreate, {
    vendor,
    name: `Produk ${code}`,
    priceRupiah: 10_000,
    netPriceRupiah: 8_000,
    costRupiah: 6_000,
  });
  const take = async (pieces: number, expires?: string) => {
    const line = { product, qty: pieces * 1000, ...(expires && { expires }) };
    const { batches, intake } = await manager.must(intakeConfirm, { vendor, lines: [line] });
    return { batch: batches[0] as number, intake };
  };
  const count = async (countedQty: number, batch?: number) => {
    const lines = [{ product, countedQty, ...(batch && { batch }) }];
    const { lines: told, count: document } = await manager.must(countPost, { lines });
    return { ...told[0], document };
  };
  const lose = async (qty: number, line: object = {}) =>
    (await manager.must(writeOffConfirm, { reason: 'damaged', lines: [{ product, qty, ...line }] }))
      .creditRupiah;
  const sell = (pieces: number) =>
    shop.cashier.must(saleComplete, oneLine(shop.shift, product, pieces, 10_000));
  return { vendor, product, take, count, lose, sell };
}

/** Credits less debits of a money account. */
function owed(code: string, owner: number | string = ''): number {
  const sql = 'SELECT credits - debits FROM account WHERE ledger = 0 AND code = ? AND owner = ?';
  return (engine.engine.books.prepare(sql).pluck().get(code, String(owner)) as number | undefined) ?? 0;
}

function onShelf(product: number): number {
  const sql = "SELECT coalesce(sum(debits - credits), 0) FROM account WHERE ledger = ? AND code = 'shelf'";
  return engine.engine.books.prepare(sql).pluck().get(product) as number;
}

async function oversold(product: number): Promise<number> {
  return (await shop.manager.must(stockBatches, { product })).oversoldQty;
}

it('finds no difference when ten were sold of eight and the delivery was typed later', async () => {
  const { vendor, product, take, sell, count } = await stall({ bearer: 'center' });
  await take(8);
  await sell(10);
  expect(await oversold(product)).toBe(2_000);
  await take(10);
  expect(await oversold(product)).toBe(0);
  expect(await count(8_000)).toMatchObject({
    bookQty: 8_000,
    countedQty: 8_000,
    repaidQty: 0,
    lostQty: 0,
    surplusQty: 0,
    creditRupiah: 0,
  });
  expect(owed('vendor', vendor)).toBe(70_000);
  expect(owed('goods-loss')).toBe(0);
});

it('repays what a count found when the delivery that brought it is typed after the count', async () => {
  const { vendor, product, take, sell, count } = await stall({ bearer: 'center' });
  await sell(2);
  expect(await count(8_000)).toMatchObject({ bookQty: 0, repaidQty: 0, lostQty: 0, surplusQty: 8_000 });
  expect(await oversold(product)).toBe(10_000);
  await take(10);
  expect(await oversold(product)).toBe(0);
  expect(onShelf(product)).toBe(8_000);
  expect(await count(8_000)).toMatchObject({ lostQty: 0, surplusQty: 0, creditRupiah: 0 });
  expect(owed('vendor', vendor)).toBe(14_000);
});

it('never pays for a piece that a count only seemed to have found', async () => {
  const { product, take, count } = await stall({ bearer: 'center' });
  await take(10);
  expect(await count(13_000)).toMatchObject({ surplusQty: 3_000, creditRupiah: 0 });
  expect(await count(9_000)).toMatchObject({ repaidQty: 3_000, lostQty: 1_000, creditRupiah: 7_000 });
  expect(await oversold(product)).toBe(0);
});

/** Two days on, everybody signs in again and the manager sells at a drawer of their own. */
async function twoDaysLater(): Promise<number> {
  const { admin, manager } = shop;
  now += 2 * DAY;
  await signIn(admin, 'ratna', PINS.admin);
  await signIn(manager, 'budi', PINS.manager);
  const { drawer } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  return (await manager.must(shiftOpen, { drawer, floatRupiah: 0, floatFrom: 'opening' })).shift;
}

it('explains a shortage by what was oversold first, and only the rest is lost', async () => {
  const { vendor, product, take, count } = await stall({ bearer: 'center' });
  const { batch } = await take(5, '2026-11-22');
  const shift = await twoDaysLater();
  // The book has them as expired, the packages say otherwise: two pieces of no batch that it cannot explain.
  await shop.manager.must(saleComplete, {
    ...oneLine(shift, product, 2, 10_000),
    lines: [{ product, qty: 2_000, priceRupiah: 10_000, printedExpiry: '2026-12-31' }],
  });
  expect(await oversold(product)).toBe(2_000);
  expect(await count(2_000, batch)).toMatchObject({
    bookQty: 5_000,
    repaidQty: 2_000,
    lostQty: 1_000,
    surplusQty: 0,
    creditRupiah: 7_000,
  });
  expect(await oversold(product)).toBe(0);
  expect(owed('vendor', vendor)).toBe(14_000 + 7_000);
  expect(engine.engine.sql.all('SELECT line, n, batch, shelf, qty FROM goods_part ORDER BY n')).toEqual([
    { line: 1, n: 1, batch, shelf: 'shelf', qty: 2_000 },
    { line: 1, n: 2, batch, shelf: 'shelf', qty: 1_000 },
  ]);
});

it.each<[LossRule | undefined, number]>([
  [undefined, 0],
  [{ bearer: 'vendor' }, 0],
  [{ bearer: 'center' }, 21_000],
  [{ bearer: 'shared', vendorBps: 3333 }, 14_001],
  [{ bearer: 'allowance', allowanceBps: 1000 }, 14_000],
])('credits three lost pieces of ten under %o with %i', async (rule, credit) => {
  const { vendor, take, count, lose } = await stall(rule);
  await take(10);
  expect(await lose(3_000)).toBe(credit);
  expect(owed('vendor', vendor)).toBe(credit);
  expect(owed('goods-loss')).toBe(0 - credit);
  // The same from a count: an allowance of one piece in ten was used up by the write-off.
  const again = rule?.bearer === 'allowance' ? 21_000 : credit;
  expect(await count(4_000)).toMatchObject({ lostQty: 3_000, creditRupiah: again });
  expect(owed('vendor', vendor)).toBe(credit + again);
});

it.each<[Terms, number]>([
  [{ model: 'percent', rateBps: 3000 }, 7_000],
  [{ model: 'net-price' }, 8_000],
  [{ model: 'fixed', perUnitRupiah: 1_500 }, 8_500],
  [{ model: 'fixed', perUnitRupiah: 12_000 }, 0],
  [{ model: 'margin', rateBps: 5000 }, 8_000],
  [{ model: 'none' }, 10_000],
])(
  'values a lost piece under %o at %i, and at half of it where half is the vendor’s to bear',
  async (terms, value) => {
    const { take, lose, product } = await stall({ bearer: 'center' }, terms);
    await take(10);
    expect(await lose(1_000)).toBe(value);
    expect(await lose(1_000, { vendorBps: 5000 })).toBe(value / 2);
    expect(await lose(1_000, { vendorBps: 10_000 })).toBe(0);
    const lines = 'SELECT product, qty, value, credit, vendor_bps FROM write_off_line ORDER BY seq';
    expect(engine.engine.sql.all(lines)).toEqual(
      [
        [value, null],
        [value / 2, 5000],
        [0, 10_000],
      ].map(([credit, vendor_bps]) => ({ product, qty: 1_000, value, credit, vendor_bps })),
    );
  },
);

it('begins an allowance anew with each count of the whole product, and gives it back with a reversal', async () => {
  const { take, count, lose, product } = await stall({ bearer: 'allowance', allowanceBps: 2000 });
  const { batch } = await take(10);
  // Two of ten are the vendor's: one and a half, then a half of the next.
  expect(await lose(1_500)).toBe(0);
  expect(await lose(1_000)).toBe(3_500);
  const first = await count(7_500);
  // Nothing came in since: everything is the center's.
  expect(await lose(1_000)).toBe(7_000);
  await take(5);
  // One of the five; that much was lost already.
  expect(await lose(1_000)).toBe(7_000);
  // A count of one batch begins nothing anew.
  expect(await count(5_000, batch)).toMatchObject({ lostQty: 500, creditRupiah: 3_500 });
  // Taken back: fifteen came in, three of them are the vendor's, and five were lost.
  await shop.manager.must(documentReverse, { document: first.document, memo: 'salah hitung' });
  expect(await lose(1_000)).toBe(7_000);
  // Twenty more: seven of thirty-five, six were lost.
  await take(20);
  expect(await lose(2_000)).toBe(7_000);
  expect(onShelf(product)).toBe(27_000);
});

it('credits nobody for lost own goods, and needs no agreement for them', async () => {
  const { manager, vendor } = shop;
  const { product } = await manager.must(productCreate, {
    vendor,
    name: 'Gula',
    priceRupiah: 9_000,
    own: true,
  });
  const bought = [{ product, qty: 5_000, unitCostRupiah: 6_000 }];
  await manager.must(purchaseConfirm, { vendor, lines: bought, paid: 'bank' });
  const lines = [{ product, qty: 2_000, vendorBps: 0 }];
  expect(await manager.must(writeOffConfirm, { reason: 'tester', lines })).toMatchObject({ creditRupiah: 0 });
  const counted = await manager.must(countPost, { lines: [{ product, countedQty: 2_000 }] });
  expect(counted.lines).toMatchObject([{ lostQty: 1_000, creditRupiah: 0 }]);
  expect([owed('vendor', vendor), owed('goods-loss')]).toEqual([0, 0]);
});

it('refuses write-offs and counts by name', async () => {
  const { manager } = shop;
  const { product, take } = await stall({ bearer: 'center' });
  const { batch } = await take(5);
  const { batch: other } = await (await stall()).take(1);
  const off = (line: object) =>
    manager.ask(writeOffConfirm, { reason: 'lost', lines: [{ product, qty: 1_000, ...line }] });
  const count = (...lines: InputOf<typeof countPost>['lines']) => manager.ask(countPost, { lines });
  expect(await off({ product: 99 })).toMatchObject({ name: 'product-unknown', details: { product: '99' } });
  expect(await off({ batch: other })).toMatchObject({ name: 'batch-unknown' });
  expect(await off({ qty: 5_001 })).toMatchObject({ name: 'stock-short', details: { onHandQty: 5_000 } });
  expect(await off({ qty: 5_001, batch })).toMatchObject({ name: 'stock-short' });
  expect(await off({ shelf: 'return-shelf' })).toMatchObject({
    name: 'stock-short',
    details: { onHandQty: 0 },
  });
  expect(await count({ product: 99, countedQty: 0 })).toMatchObject({ name: 'product-unknown' });
  expect(await count({ product, countedQty: 0, batch: other })).toMatchObject({ name: 'batch-unknown' });
  const whole = { product, countedQty: 5_000 };
  const part = { product, countedQty: 5_000, batch };
  expect(await count(whole, whole)).toMatchObject({ name: 'line-twice' });
  expect(await count(part, part)).toMatchObject({ name: 'line-twice' });
  expect(await count(whole, part)).toMatchObject({ name: 'line-twice' });
  expect(await count(part, whole)).toMatchObject({ name: 'line-twice' });
  await take(9_000_000);
  await manager.must(priceSet, { product, priceRupiah: 99_999_999_999 });
  expect(await off({ qty: 2_000 })).toMatchObject({ name: 'amount-too-large' });
  expect(await count({ product, countedQty: 0 })).toMatchObject({ name: 'amount-too-large' });
});

it.each<[Terms | undefined, string]>([
  [undefined, 'no-agreement'],
  [{ model: 'net-price' }, 'net-price-missing'],
  [{ model: 'margin', rateBps: 1000 }, 'cost-missing'],
])('cannot say what a loss is worth under %o: %s', async (terms, name) => {
  const { manager } = shop;
  const { vendor } = await manager.must(vendorCreate, { code: 'BARU', name: 'Baru' });
  if (terms) await manager.must(agreementSet, { vendor, terms });
  const { product } = await manager.must(productCreate, { vendor, name: 'Baru', priceRupiah: 10_000 });
  await manager.must(intakeConfirm, { vendor, lines: [{ product, qty: 2_000 }] });
  const lines = [{ product, qty: 1_000 }];
  expect(await manager.ask(writeOffConfirm, { reason: 'expired', lines })).toMatchObject({ name });
  expect(await manager.ask(countPost, { lines: [{ product, countedQty: 0 }] })).toMatchObject({ name });
  // What is all there needs no terms.
  expect(await manager.ask(countPost, { lines: [{ product, countedQty: 2_000 }] })).toMatchObject({
    outcome: 'ok',
  });
});

it('puts products onto the count-me list when oversold or asked for, and takes them off when counted', async () => {
  const { manager } = shop;
  const { product, take, sell, count } = await stall({ bearer: 'vendor' });
  const due = async () => (await manager.must(countDue, {})).products;
  expect(await due()).toEqual([]);
  const { batch } = await take(1);
  await sell(3);
  expect(await due()).toMatchObject([{ product, bookQty: 0, oversoldQty: 2_000, lastCountDay: null }]);
  expect((await manager.must(countDue, { limit: 1 })).products).toHaveLength(1);
  await count(0, batch);
  expect(await due()).toHaveLength(1);
  const counted = await count(0);
  expect(await due()).toEqual([]);
  await manager.must(documentReverse, { document: counted.document, memo: 'salah' });
  expect(await due()).toHaveLength(1);
  await take(5);
  expect(await due()).toEqual([]);

  expect(await manager.must(countRequest, { products: [product, shop.product, product] })).toEqual({
    products: 2,
  });
  expect(await manager.ask(countRequest, { products: [product, 99] })).toMatchObject({
    name: 'product-unknown',
  });
  expect((await due()).map((line) => [line.product, line.bookQty])).toEqual([
    [shop.product, 100_000],
    [product, 3_000],
  ]);
  await count(3_000);
  expect(await due()).toMatchObject([{ product: shop.product }]);
  await manager.must(countRequest, { products: [product] });
  expect(await due()).toMatchObject([{}, { product, oversoldQty: 0, lastCountDay: '2026-11-21' }]);
});

it('takes counts, write-offs and intakes back by their reversal', async () => {
  const { manager } = shop;
  const { vendor, product, take, lose, count } = await stall({ bearer: 'center' });
  const { intake } = await take(10);
  const reverse = (document: number) => manager.ask(documentReverse, { document, memo: 'salah' });
  const lost = await count(6_000);
  const found = await count(9_000);
  await lose(2_000);
  const written = engine.engine.journal.head().seq;
  expect([onShelf(product), owed('vendor', vendor)]).toEqual([7_000, 42_000]);
  expect(await reverse(intake)).toMatchObject({ name: 'stock-not-negative' });
  for (const document of [written, found.document, lost.document])
    expect(await reverse(document)).toMatchObject({ outcome: 'ok' });
  expect([onShelf(product), owed('vendor', vendor), owed('goods-loss')]).toEqual([10_000, 0, 0]);
  expect(await reverse(intake)).toMatchObject({ outcome: 'ok' });
  expect(onShelf(product)).toBe(0);
});
