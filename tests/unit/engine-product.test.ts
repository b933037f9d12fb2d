/**
 * Proves what the catalogue does through the whole engine: products of a vendor and bought outright, versions of a
 * product and its prices, codes of makers and of the center's own, what a scan means, and importing a sheet twice.
 * After each test the books verify and replay to the same rows.
 */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Entry, InputOf } from '../../shared/contract/define.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import {
  barcodeAdd,
  blobPut,
  importApply,
  importRead,
  priceList,
  priceSet,
  productByCode,
  productChange,
  productCreate,
  productList,
} from '../../shared/contract/product.ts';
import { vendorChange, vendorCreate } from '../../shared/contract/vendor.ts';
import { batchEan13, productEan13 } from '../../shared/domain/barcode.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

const NOON = Date.UTC(2026, 10, 21, 5);
let now = NOON;
let engine: TestEngine;
let shop: Shop;
beforeEach(async () => {
  now = NOON;
  engine = await startEngine({ now: () => now });
  shop = await openShop(engine);
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

async function rejected<E extends Entry>(entry: E, input: InputOf<E>): Promise<unknown> {
  const outcome = await shop.manager.ask(entry, input);
  expect(outcome.outcome).toBe('rejected');
  return outcome;
}

async function scan(code: string) {
  return await shop.cashier.must(productByCode, { code });
}

it('sells outright what is bought outright: own terms, cost and all in one command', async () => {
  const { vendor, manager } = shop;
  const { product } = await manager.must(productCreate, {
    vendor,
    name: 'Air mineral',
    barcodes: ['8990001'],
    category: 'Minuman',
    unit: 'botol',
    priceRupiah: 5_000,
    netPriceRupiah: 4_000,
    costRupiah: 3_000,
    own: true,
  });
  expect((await scan('8990001')).product).toMatchObject({ product, own: true, unit: 'botol', vendor });
  expect((await scan('8991001')).product).toMatchObject({ own: false, active: true, discountable: true });
  const terms = engine.engine.books
    .prepare('SELECT vendor, product, from_day, model FROM agreement WHERE product IS NOT NULL')
    .all();
  expect(terms).toEqual([{ vendor, product, from_day: '2026-11-21', model: 'own-goods' }]);
  expect(await manager.must(priceList, { product })).toEqual({
    prices: [{ at: NOON, priceRupiah: 5_000, netPriceRupiah: 4_000, costRupiah: 3_000 }],
  });
});

it('lists price versions newest first and keeps what a new one does not name', async () => {
  const { product, manager } = shop;
  now += 1_000;
  await manager.must(priceSet, { product, priceRupiah: 19_000, netPriceRupiah: 15_000, costRupiah: 9_000 });
  now += 1_000;
  await manager.must(priceSet, { product, priceRupiah: 20_000 });
  const first = { at: NOON, priceRupiah: 18_000, netPriceRupiah: null, costRupiah: null };
  const kept = { netPriceRupiah: 15_000, costRupiah: 9_000 };
  const second = { at: NOON + 1_000, priceRupiah: 19_000, ...kept };
  const third = { at: NOON + 2_000, priceRupiah: 20_000, ...kept };
  expect((await manager.must(priceList, { product })).prices).toEqual([third, second, first]);
  expect((await manager.must(priceList, { product, limit: 1 })).prices).toEqual([third]);
  expect((await scan('8991001')).product).toMatchObject({ priceRupiah: 20_000, netPriceRupiah: 15_000 });
});

it('changes what is named of a product and keeps the rest', async () => {
  const { product, manager, vendor } = shop;
  const view = async () => (await manager.must(productList, { vendor })).products[0];
  await manager.must(productChange, { product, category: 'Kerupuk', discountable: false });
  expect(await view()).toMatchObject({ name: 'Kerupuk ikan 250 g', discountable: false, active: true });
  await manager.must(productChange, { product, name: 'Kerupuk tengiri', active: false, unit: 'pak' });
  expect(await view()).toMatchObject({
    name: 'Kerupuk tengiri',
    unit: 'pak',
    active: false,
    discountable: false,
  });
  const rowNow = () =>
    engine.engine.books.prepare('SELECT category, active FROM product_now WHERE id = ?').get(product);
  expect(rowNow()).toEqual({ category: 'Kerupuk', active: 0 });
  await manager.must(productChange, { product, category: null, active: true });
  expect(rowNow()).toEqual({ category: null, active: 1 });
});

it('refuses unknown products, unknown and inactive vendors', async () => {
  const { vendor, manager } = shop;
  const unknown = { name: 'product-unknown', details: { product: '77' } };
  expect(await rejected(priceSet, { product: 77, priceRupiah: 1 })).toMatchObject(unknown);
  expect(await rejected(priceList, { product: 77 })).toMatchObject(unknown);
  expect(await rejected(productChange, { product: 77, name: 'x' })).toMatchObject(unknown);
  expect(await rejected(barcodeAdd, { product: 77 })).toMatchObject(unknown);
  const input = { name: 'Abon', priceRupiah: 1_000 };
  expect(await rejected(productCreate, { vendor: 77, ...input })).toMatchObject({
    name: 'vendor-unknown',
    details: { vendor: '77' },
  });
  await manager.must(vendorChange, { vendor, active: false });
  expect(await rejected(productCreate, { vendor, ...input })).toMatchObject({
    name: 'vendor-inactive',
    details: { vendor: 'Kerupuk Bu Rini' },
  });
});

it('adds codes of makers and of its own, each once', async () => {
  const { product, vendor, manager } = shop;
  expect(await manager.must(barcodeAdd, { product, barcode: '8991777' })).toEqual({ barcode: '8991777' });
  const own = productEan13(product);
  expect((await scan(own)).product).toBeNull();
  expect(await manager.must(barcodeAdd, { product })).toEqual({ barcode: own });
  expect((await scan(own)).product).toMatchObject({ product, barcodes: [own, '8991001', '8991777'] });
  const taken = { name: 'barcode-taken', details: { barcode: own, product: 'Kerupuk ikan 250 g' } };
  expect(await rejected(barcodeAdd, { product })).toMatchObject(taken);
  expect(
    await rejected(productCreate, { vendor, name: 'Abon', priceRupiah: 1, barcodes: ['8991888', own] }),
  ).toMatchObject(taken);
  // Nothing is left of a product that was refused half-way.
  expect(await scan('8991888')).toEqual({ product: null, batch: null, isExpired: false });
});

it('reads the label of a batch, unless the catalogue knows the code as somebody’s own', async () => {
  const { product, vendor, manager } = shop;
  const { batches } = await manager.must(intakeConfirm, {
    vendor,
    lines: [{ product, qty: 7_000, expires: '2026-11-22' }],
  });
  const [batch = 0] = batches;
  const label = batchEan13(batch);
  expect(await scan(label)).toMatchObject({
    product: { product, onHandQty: 107_000 },
    batch,
    isExpired: false,
  });
  now += 2 * 24 * 60 * 60 * 1000;
  await signIn(shop.cashier, 'siti', PINS.cashier);
  await signIn(manager, 'budi', PINS.manager);
  expect(await scan(label)).toMatchObject({
    product: { onHandQty: 100_000, expiredQty: 7_000 },
    batch,
    isExpired: true,
  });
  expect(await scan(batchEan13(batch + 1))).toEqual({ product: null, batch: null, isExpired: false });
  const { product: other } = await manager.must(productCreate, {
    vendor,
    name: 'Abon',
    barcodes: [label],
    priceRupiah: 1_000,
  });
  expect(await scan(label)).toMatchObject({ product: { product: other }, batch: null });
});

it('shows names as they are now, whatever was remembered', async () => {
  const { product, vendor, manager } = shop;
  await scan('8991001');
  await manager.must(vendorChange, { vendor, name: 'Dapur Rini' });
  await manager.must(productChange, { product, name: 'Kerupuk udang' });
  expect((await scan('8991001')).product).toMatchObject({ name: 'Kerupuk udang', vendorName: 'Dapur Rini' });
});

async function importSheet(lines: string[]) {
  const sheet = Buffer.from(`kode;nama;penitip;harga;harga titip\n${lines.join('\n')}\n`, 'utf8');
  const sha256 = createHash('sha256').update(sheet).digest('hex');
  const chunk = sheet.toString('base64');
  await shop.manager.must(blobPut, { sha256, bytes: sheet.length, offset: 0, chunk });
  const { prepared, problems } = await shop.manager.must(importRead, { blob: sha256 });
  if (prepared === null) throw new Error(JSON.stringify(problems));
  return prepared;
}

it('knows the rows of a sheet again by code or by the name they have now', async () => {
  const { product, manager } = shop;
  await manager.must(priceSet, { product, priceRupiah: 18_000, costRupiah: 11_000 });
  const prepared = await importSheet([
    '8991001;Kerupuk ikan;KRP;18500;',
    ';Abon;krp;9000;7000',
    ';Abon;KRP;9500;',
  ]);
  expect(await manager.must(importApply, { prepared })).toEqual({ created: 1, repriced: 2, unchanged: 0 });
  const [ikan, abon] = (await manager.must(productList, {})).products;
  expect(ikan).toMatchObject({ name: 'Kerupuk ikan 250 g', priceRupiah: 18_500 });
  expect(abon).toMatchObject({ name: 'Abon', priceRupiah: 9_500, netPriceRupiah: 7_000 });
  const [newest] = (await manager.must(priceList, { product })).prices;
  expect(newest).toMatchObject({ priceRupiah: 18_500, costRupiah: 11_000 });

  await manager.must(productChange, { product: abon?.product ?? 0, name: 'Abon sapi' });
  const again = await importSheet([';Abon sapi;KRP;9500;', ';Abon;KRP;8000;']);
  expect(await manager.must(importApply, { prepared: again })).toEqual({
    created: 1,
    repriced: 0,
    unchanged: 1,
  });
});

it('imports no new product for an inactive vendor, nor one whose code another vendor has', async () => {
  const { vendor, manager } = shop;
  const { vendor: other } = await manager.must(vendorCreate, { code: 'SMY', name: 'Dapur Wulan' });
  const foreign = await importSheet(['8991001;Kerupuk;SMY;1000;']);
  expect(await rejected(importApply, { prepared: foreign })).toMatchObject({ name: 'barcode-taken' });
  await manager.must(vendorChange, { vendor: other, active: false });
  const fresh = await importSheet([';Sambal;SMY;1000;']);
  expect(await rejected(importApply, { prepared: fresh })).toMatchObject({
    name: 'vendor-inactive',
    details: { vendor: 'Dapur Wulan' },
  });
  // What lies there is still sold, so its price may change.
  await manager.must(vendorChange, { vendor, active: false });
  const prepared = await importSheet(['8991001;Kerupuk;KRP;17000;']);
  expect(await manager.must(importApply, { prepared })).toMatchObject({ repriced: 1 });
});
