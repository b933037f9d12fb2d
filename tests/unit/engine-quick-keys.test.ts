/**
 * Proves the goods of the till's quick keys: those the office chose, in its order, else those on most of the newest
 * receipts; and products by their numbers, each with the promotion that runs for it today, the largest of several.
 * Afterwards the books verify and replay to the same rows.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  MAX_QUICK_KEYS,
  productByCode,
  productChange,
  productMany,
  promotionCreate,
  promotionEnd,
  quickKeys,
  quickKeysSet,
} from '../../shared/contract/product.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import { accepted, goodsAt, inCash, ring } from '../support/till.ts';
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
  await expectWholeBooks(engine);
  await engine.stop();
});

async function onKeys(): Promise<{ products: number[]; chosen: boolean }> {
  const { products, chosen } = await shop.cashier.must(quickKeys, {});
  return { products: products.map(({ product }) => product), chosen };
}

/** One more product on the shelf, at 1.000 rupiah. */
async function another(category?: string): Promise<{ product: number; vendor: number }> {
  const terms = { model: 'percent', rateBps: 1_000 } as const;
  return goodsAt(shop, 1_000, { terms, ...(category && { category }) });
}

async function sell(...products: number[]): Promise<void> {
  const priceOf = (product: number) => (product === shop.product ? 18_000 : 1_000);
  const lines = products.map((product) => ({ product, qty: 1_000, priceRupiah: priceOf(product) }));
  const totalRupiah = lines.reduce((sum, { priceRupiah }) => sum + priceRupiah, 0);
  accepted(await ring(shop, inCash({ shift: shop.shift, lines, totalRupiah })));
}

it('are what the office chose, in its order, until it chooses again', async () => {
  const { manager, product } = shop;
  const [{ product: second }, { product: third }] = [await another(), await another()];
  expect(await manager.must(quickKeysSet, { products: [third, product] })).toEqual({ products: 2 });
  await sell(second);
  expect(await onKeys()).toEqual({ products: [third, product], chosen: true });
  await manager.must(quickKeysSet, { products: [second] });
  expect(await onKeys()).toEqual({ products: [second], chosen: true });
  await manager.must(quickKeysSet, { products: [] });
  expect(await onKeys()).toEqual({ products: [second], chosen: false });
});

it('are, where nobody chose, the goods on most of the newest lines', async () => {
  const { product } = shop;
  expect(await onKeys()).toEqual({ products: [], chosen: false });
  const [{ product: second }, { product: third }] = [await another(), await another()];
  await sell(product, second, third);
  await sell(third, second);
  await sell(third);
  expect(await onKeys()).toEqual({ products: [third, second, product], chosen: false });
  // Five hundred newer lines, and what sold before is forgotten.
  for (let sales = 0; sales < 3; sales += 1) await sell(...Array<number>(166).fill(second), third);
  expect(await onKeys()).toEqual({ products: [second, third], chosen: false });
});

it('are never more than there is room for, and only goods that there are, each once', async () => {
  const { manager, cashier, product } = shop;
  const ask = (...products: number[]) => manager.ask(quickKeysSet, { products });
  expect(await ask(product, 77)).toMatchObject({ name: 'product-unknown', details: { product: '77' } });
  expect(await ask(product, product)).toMatchObject({
    name: 'line-twice',
    details: { product: 'Kerupuk ikan 250 g' },
  });
  expect(await ask(...Array<number>(MAX_QUICK_KEYS + 1).fill(product))).toMatchObject({ name: 'bad-input' });
  expect(await cashier.ask(quickKeysSet, { products: [product] })).toMatchObject({ name: 'forbidden' });
  const goods: number[] = [];
  for (let n = 0; n < MAX_QUICK_KEYS + 1; n += 1) goods.push((await another()).product);
  await sell(...goods);
  expect((await onKeys()).products).toEqual(goods.slice(0, MAX_QUICK_KEYS));
});

it('shows products by their numbers, in their order, and leaves out what is not there', async () => {
  const { cashier, product } = shop;
  const { product: second } = await another();
  const ask = async (...products: number[]) =>
    (await cashier.must(productMany, { products })).products.map((view) => view.product);
  expect(await ask(second, 77, product, second)).toEqual([second, product, second]);
  expect(await ask()).toEqual([]);
});

const RUNS = {
  name: 'Promo',
  from: '2026-11-21',
  to: '2026-11-22',
  bearers: { sharedBps: 10_000, centerBps: 0, vendorBps: 0 },
};

it('shows of the promotions of a day the largest that fits: of all, of a vendor, a category, a product', async () => {
  const { manager, cashier, product } = shop;
  const cake = await another('Kue');
  const plain = await another();
  const promote = async (rateBps: number, scope: object = {}) =>
    (await manager.must(promotionCreate, { ...RUNS, rateBps, ...scope })).promotion;
  const shown = async () => {
    const products = [product, cake.product, plain.product];
    const views = (await cashier.must(productMany, { products })).products;
    return views.map((view) => view.promotion?.promotion ?? null);
  };
  expect(await shown()).toEqual([null, null, null]);
  const all = await promote(500);
  expect(await shown()).toEqual([all, all, all]);
  const ofCake = await promote(1_000, { category: 'Kue' });
  const ofPlain = await promote(700, { vendor: plain.vendor });
  expect(await shown()).toEqual([all, ofCake, ofPlain]);
  // All that is named has to fit: nothing of this vendor is a cake.
  await promote(9_000, { vendor: plain.vendor, category: 'Kue' });
  const ofProduct = await promote(700, { product });
  expect(await shown()).toEqual([ofProduct, ofCake, ofPlain]);
  expect((await cashier.must(productByCode, { code: '8991001' })).product?.promotion).toEqual({
    promotion: ofProduct,
    name: 'Promo',
    rateBps: 700,
  });
  const larger = await promote(700);
  expect(larger).toBeGreaterThan(ofProduct);
  expect(await shown()).toEqual([ofProduct, ofCake, ofPlain]);
  await manager.must(promotionEnd, { promotion: ofPlain });
  await manager.must(promotionEnd, { promotion: ofProduct });
  expect(await shown()).toEqual([larger, ofCake, larger]);
  await manager.must(productChange, { product: cake.product, category: 'Camilan' });
  await manager.must(productChange, { product: plain.product, category: 'Kue' });
  expect(await shown()).toEqual([larger, larger, 4]);
});

it('shows a promotion from its first day to its last', async () => {
  const { manager, product } = shop;
  await manager.must(promotionCreate, {
    ...RUNS,
    rateBps: 500,
    product,
    from: '2026-11-22',
    to: '2026-11-23',
  });
  const seen: boolean[] = [];
  for (let day = 0; day < 4; day += 1) {
    await signIn(manager, 'budi', PINS.manager);
    const { products } = await manager.must(productMany, { products: [product] });
    seen.push(products[0]?.promotion !== null);
    now += DAY_MS;
  }
  expect(seen).toEqual([false, true, true, false]);
});
