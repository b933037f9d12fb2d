/**
 * Proves labels and X reports: a label keeps code and price as they were printed, by the product's own EAN, the center's
 * where it has none, or the batch's; an X report keeps exactly the figures that the office's screen shows at that
 * moment. Each "no" of both is said. Afterwards the books verify and replay to the same rows.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { labelPrint } from '../../shared/contract/printing.ts';
import { barcodeAdd, priceSet, productByCode, productCreate } from '../../shared/contract/product.ts';
import { refundComplete } from '../../shared/contract/refund.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import {
  cashDrop,
  drawerCreate,
  shiftClose,
  shiftOpen,
  shiftReport,
  shiftSummary,
} from '../../shared/contract/shift.ts';
import { batchEan13, eanCheckDigit, productEan13 } from '../../shared/domain/barcode.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { newestWishes, printerAt } from '../support/paper-wishes.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { accepted, goodsAt, withYes } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

let engine: TestEngine;
let shop: Shop;
beforeEach(async () => {
  engine = await startEngine({ now: () => Date.UTC(2026, 10, 21, 3) });
  shop = await openShop(engine);
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

function newestLabel(): unknown {
  const sql = 'SELECT product, batch, barcode, price, copies FROM label_print ORDER BY seq DESC LIMIT 1';
  return engine.engine.books.prepare(sql).get();
}

const EAN_13 = `899123456789${eanCheckDigit('899123456789')}`;
const EAN_8 = '96385074';

it('prints a product’s EAN-13, else its EAN-8, else the center’s own, which is then its code', async () => {
  const { manager, drawer, product } = shop;
  await printerAt(engine, shop);
  const print = async () => (await manager.must(labelPrint, { product, copies: 3, drawer })).barcode;
  // Its only code so far is a number that no EAN reader takes.
  const own = productEan13(product);
  expect(await print()).toBe(own);
  expect(newestWishes(engine)).toEqual([{ kind: 'label', drawer, document: null }]);
  expect(newestLabel()).toEqual({ product, batch: null, barcode: own, price: 18_000, copies: 3 });
  const codes = async () => (await manager.must(productByCode, { code: own })).product?.barcodes;
  expect(await codes()).toEqual([own, '8991001']);
  expect(await print()).toBe(own);
  expect(await codes()).toEqual([own, '8991001']);

  const { product: short } = await manager.must(productCreate, {
    vendor: shop.vendor,
    name: 'Permen jahe',
    barcodes: ['PJ-1', EAN_8],
    priceRupiah: 500,
  });
  const labels = { product: short, copies: 1, drawer };
  expect((await manager.must(labelPrint, labels)).barcode).toBe(EAN_8);
  await manager.must(barcodeAdd, { product: short, barcode: EAN_13 });
  expect((await manager.must(labelPrint, labels)).barcode).toBe(EAN_13);
});

it('keeps the price and the batch of the day it was printed', async () => {
  const { manager, drawer } = shop;
  await printerAt(engine, shop);
  const { product, batches } = await goodsAt(shop, 12_500, {
    terms: { model: 'percent', rateBps: 1_000 },
    batches: [{ pieces: 5, expires: '2099-01-31' }, { pieces: 5 }],
  });
  const [batch = 0] = batches;
  const { labels, barcode } = await manager.must(labelPrint, { product, batch, copies: 200, drawer });
  expect(barcode).toBe(batchEan13(batch));
  expect(await manager.must(productByCode, { code: barcode })).toMatchObject({ product: { product }, batch });
  await manager.must(priceSet, { product, priceRupiah: 13_000 });
  expect(newestLabel()).toEqual({ product, batch, barcode, price: 12_500, copies: 200 });
  expect(labels).toBeLessThan(engine.engine.journal.head().seq);
  await manager.must(labelPrint, { product, batch, copies: 1, drawer });
  expect(newestLabel()).toMatchObject({ price: 13_000, copies: 1 });
});

it('labels nothing that is not there, and nothing without a printer', async () => {
  const { manager, drawer, product, vendor } = shop;
  const ask = (more: object) => manager.ask(labelPrint, { product, copies: 1, drawer, ...more });
  expect(await ask({})).toMatchObject({ name: 'no-printer' });
  await printerAt(engine, shop);
  expect(await ask({ product: 77 })).toMatchObject({ name: 'product-unknown', details: { product: '77' } });
  expect(await ask({ drawer: 77 })).toMatchObject({ name: 'drawer-unknown', details: { drawer: 77 } });
  const { batches } = await goodsAt(shop, 1_000, { terms: { model: 'none' } });
  for (const batch of [77, batches[0] as number])
    expect(await ask({ batch })).toMatchObject({ name: 'batch-unknown', details: { batch } });
  for (const copies of [0, 201, 1.5]) expect(await ask({ copies })).toMatchObject({ name: 'bad-input' });
  // Another shop's code for its own goods looks like ours.
  const taken = { vendor, name: 'Timbangan', barcodes: [productEan13(product)], priceRupiah: 1 };
  await manager.must(productCreate, taken);
  expect(await ask({})).toMatchObject({ name: 'barcode-taken', details: { product: 'Timbangan' } });
});

it('puts on paper exactly what the office’s screen shows of a shift, and keeps it', async () => {
  const { manager, cashier, drawer, shift, product } = shop;
  await printerAt(engine, shop);
  const { sale } = await cashier.must(saleComplete, {
    ...oneLine(shift, product, 3, 18_000),
    tenders: [
      { kind: 'debit', amountRupiah: 30_000, reference: '4821' },
      { kind: 'cash', amountRupiah: 24_000 },
    ],
  });
  const line = { line: 1, qty: 1_000, reason: 'resaleable' as const };
  await cashier.must(refundComplete, { shift, sale, lines: [line] });
  await cashier.must(cashDrop, { shift, amountRupiah: 20_000 });
  const shown = await manager.must(shiftSummary, { shift });
  const done = accepted(await withYes(shop, shiftReport, { shift }));
  expect(done.number).toMatch(/^LX-261121-\d{6}$/);
  expect(newestWishes(engine)).toEqual([{ kind: 'shift-report', drawer, document: null }]);
  const kept = () => {
    const row = engine.engine.books.prepare('SELECT * FROM shift_report').get() as { figures: string };
    return { ...row, figures: JSON.parse(row.figures) };
  };
  const expected = { seq: done.report, number: done.number, shift, figures: shown };
  expect(kept()).toEqual(expected);
  expect(shown).toMatchObject({ sales: 1, salesRupiah: 54_000, refundsRupiah: 18_000 });
  await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  expect((await manager.must(shiftSummary, { shift })).sales).toBe(2);
  expect(kept()).toEqual(expected);
});

it('shows a cashier nothing of an open shift without a supervisor, and nobody another’s or the safe’s', async () => {
  const { admin, manager, cashier, drawer, shift } = shop;
  const no = (client = cashier, of = shift) => client.ask(shiftReport, { shift: of });
  expect(await no()).toMatchObject({ name: 'no-printer' });
  await printerAt(engine, shop);
  expect(await no()).toMatchObject({ name: 'approval-needed', details: { why: 'shift-report' } });
  expect(await no(cashier, 77)).toMatchObject({ name: 'shift-not-open' });
  expect(await no(cashier, 1)).toMatchObject({ name: 'not-your-shift' });
  expect(await no(manager, 1)).toMatchObject({ name: 'drawer-is-safe' });
  const { drawer: other } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  const theirs = await manager.must(shiftOpen, { drawer: other, floatRupiah: 0 });
  await printerAt(engine, { ...shop, drawer: other });
  expect(await no(cashier, theirs.shift)).toMatchObject({
    name: 'not-your-shift',
    details: { username: 'budi' },
  });
  await manager.must(shiftReport, { shift: theirs.shift });
  await admin.must(shiftReport, { shift });
  await cashier.must(shiftClose, { shift, countedRupiah: 200_000 });
  expect(await no(manager)).toMatchObject({ name: 'shift-not-open' });
  expect(newestWishes(engine)).not.toContainEqual({ kind: 'shift-report', drawer, document: null });
});
