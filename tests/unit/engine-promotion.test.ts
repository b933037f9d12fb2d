/**
 * Proves that promotions are made for what exists, end once, and are listed with those first that can still run.
 * After each test the books verify and replay to the same rows. What a promotion takes off a line is proven with sales.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { InputOf } from '../../shared/contract/define.ts';
import {
  productCreate,
  promotionCreate,
  promotionEnd,
  promotionList,
} from '../../shared/contract/product.ts';
import { vendorCreate } from '../../shared/contract/vendor.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

let engine: TestEngine;
let shop: Shop;
beforeEach(async () => {
  engine = await startEngine({ now: () => Date.UTC(2026, 10, 21, 5) });
  shop = await openShop(engine);
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

const LEBARAN = {
  name: 'Lebaran',
  from: '2026-11-20',
  to: '2026-12-01',
  rateBps: 1_000,
  bearers: { sharedBps: 5_000, centerBps: 3_000, vendorBps: 2_000 },
} satisfies InputOf<typeof promotionCreate>;

it('keeps what a promotion says, for whom it may be named', async () => {
  const { manager, cashier, vendor, product } = shop;
  const scopes = [{}, { vendor }, { category: 'Kerupuk' }, { product }, { vendor, product }];
  for (const scope of scopes) await manager.must(promotionCreate, { ...LEBARAN, ...scope });
  const { promotions } = await cashier.must(promotionList, {});
  const nobody = { vendor: null, category: null, product: null };
  expect(promotions).toEqual(
    scopes.map((scope, n) => ({ promotion: n + 1, ...LEBARAN, ...nobody, ...scope, ended: false })).reverse(),
  );
});

it('refuses what no line could ever fit', async () => {
  const { manager, vendor, product } = shop;
  const ask = (more: object) => manager.ask(promotionCreate, { ...LEBARAN, ...more });
  expect(await ask({ vendor: 77 })).toMatchObject({ name: 'vendor-unknown', details: { vendor: '77' } });
  expect(await ask({ product: 77 })).toMatchObject({ name: 'product-unknown', details: { product: '77' } });
  const { vendor: other } = await manager.must(vendorCreate, { code: 'SMY', name: 'Dapur Wulan' });
  const { product: sambal } = await manager.must(productCreate, {
    vendor: other,
    name: 'Sambal',
    priceRupiah: 1,
  });
  expect(await ask({ vendor, product: sambal })).toMatchObject({
    name: 'wrong-vendor',
    details: { product: 'Sambal' },
  });
  expect(await ask({ from: '2026-12-02' })).toMatchObject({ name: 'bad-input', details: { field: 'to' } });
  const bearers = { sharedBps: 5_000, centerBps: 5_000, vendorBps: 1 };
  expect(await ask({ product, bearers })).toMatchObject({ details: { field: 'bearers' } });
  expect((await manager.must(promotionList, {})).promotions).toEqual([]);
});

it('ends a promotion once', async () => {
  const { manager } = shop;
  const { promotion } = await manager.must(promotionCreate, LEBARAN);
  expect(await manager.ask(promotionEnd, { promotion: 9 })).toMatchObject({
    name: 'promotion-unknown',
    details: { promotion: 9 },
  });
  await manager.must(promotionEnd, { promotion });
  expect(await manager.ask(promotionEnd, { promotion })).toMatchObject({
    name: 'promotion-ended',
    details: { name: 'Lebaran' },
  });
  expect((await manager.must(promotionList, {})).promotions).toMatchObject([{ promotion, ended: true }]);
});

it('lists first what can still run', async () => {
  const { manager } = shop;
  const days: [from: string, to: string][] = [
    ['2026-11-21', '2026-11-21'],
    ['2026-12-01', '2026-12-31'],
    ['2026-11-01', '2026-11-20'],
    ['2026-11-01', '2026-11-30'],
  ];
  for (const [from, to] of days) await manager.must(promotionCreate, { ...LEBARAN, from, to });
  await manager.must(promotionEnd, { promotion: 4 });
  const order = async (limit: number) =>
    (await manager.must(promotionList, { limit })).promotions.map(({ promotion }) => promotion);
  expect(await order(100)).toEqual([2, 1, 4, 3]);
  expect(await order(2)).toEqual([2, 1]);
});
