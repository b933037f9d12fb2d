/**
 * Proves that the picture of a label before it is printed is, byte for byte, what the printer then gets: of products
 * with an EAN-13, with another code or with none, and of a batch with its date.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stockBatches } from '../../shared/contract/intake.ts';
import { labelPrint, printPreview } from '../../shared/contract/printing.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { productEan13 } from '../../shared/domain/barcode.ts';
import { readPaper } from '../../shared/domain/escpos-reading.ts';
import { type TestEngine, temporaryFolder } from '../support/engine.ts';
import { bootTillShop, type TillShop } from '../support/till-shop.ts';

/** Nobody listens there: the jobs stay in the queue and can be looked at. */
const DEAD_PORT = 9;

let engine: TestEngine;
let shop: TillShop;
beforeAll(async () => {
  ({ engine, shop } = await bootTillShop(temporaryFolder(), { printerPort: DEAD_PORT }));
});
afterAll(() => engine.stop());

type Of = { product: number; batch?: number };

/** What is shown before, what is answered, and what the job then holds. */
async function printed(of: Of) {
  const { manager, drawer } = shop;
  const before = await manager.must(printPreview, { of: 'label', ...of, drawer });
  const { labels, barcode } = await manager.must(labelPrint, { ...of, copies: 1, drawer });
  const job = await manager.must(printPreview, { of: 'job', seq: labels, n: 0 });
  return { before, barcode, job };
}

const wordsOf = (bytes: string, { columns, dots }: { columns: number; dots: number }) =>
  readPaper(Buffer.from(bytes, 'base64'), { columns, dots })
    .flatMap((element) => (element.kind === 'text' ? [element.text.trim()] : []))
    .join('\n');

test('of a product with a code of its own', async () => {
  const { before, job } = await printed({ product: shop.products[0] ?? 0 });
  expect(before).toEqual(job);
  expect(before.kind).toBe('label');
  expect(wordsOf(before.bytes, before)).toContain('Rp25.000');
});

test('of a product without any code: the one it gets by being printed', async () => {
  const vendor = shop.vendors.get('BU-01') ?? 0;
  const { product } = await shop.manager.must(productCreate, {
    vendor,
    name: 'Rempeyek',
    priceRupiah: 9_000,
  });
  const { before, barcode, job } = await printed({ product });
  expect(barcode).toBe(productEan13(product));
  expect(before).toEqual(job);
  expect(wordsOf(before.bytes, before)).toContain(barcode);
});

test('of a batch, with its date', async () => {
  const product = shop.products[3] ?? 0;
  const { batches } = await shop.manager.must(stockBatches, { product });
  const batch = batches[0];
  expect(batch?.expires).not.toBeNull();
  const { before, barcode, job } = await printed({ product, batch: batch?.batch ?? 0 });
  expect(barcode).toBe(batch?.label);
  expect(before).toEqual(job);
  const [year, month, day] = (batch?.expires ?? '').split('-');
  expect(wordsOf(before.bytes, before)).toContain(`${day}-${month}-${year}`);
});

test('of another product’s batch, of nothing, or without a printer there is no picture', async () => {
  const { manager, drawer, safe } = shop;
  const product = shop.products[3] ?? 0;
  const { batches } = await manager.must(stockBatches, { product });
  const batch = batches[0]?.batch ?? 0;
  const ask = (of: Of, at = drawer) => manager.ask(printPreview, { of: 'label', ...of, drawer: at });
  expect(await ask({ product: shop.products[0] ?? 0, batch })).toMatchObject({ name: 'document-unknown' });
  expect(await ask({ product: 999_999 })).toMatchObject({ name: 'document-unknown' });
  expect(await ask({ product }, safe)).toMatchObject({ name: 'no-printer' });
});

test('a picture writes nothing', async () => {
  const rows = () => engine.engine.books.prepare('SELECT count(*) FROM journal').pluck().get();
  const before = rows();
  await shop.manager.must(printPreview, { of: 'label', product: shop.products[1] ?? 0, drawer: shop.drawer });
  expect(rows()).toBe(before);
});
