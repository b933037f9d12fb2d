/**
 * Proves terms at all five levels: who wins for a product on a day, that versions stand beside one another and never
 * reach back, what they say of discounts and losses, and which of them nobody can agree on.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { productById } from '../../main/engine/store/rows.ts';
import { agreementFor } from '../../main/engine/store/terms.ts';
import type { InputOf } from '../../shared/contract/define.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { agreementList, agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

const NOON = Date.UTC(2026, 10, 21, 5);
const TODAY = '2026-11-21';
const TOMORROW = '2026-11-22';

let engine: TestEngine;
let shop: Shop;
let cake: number;

beforeEach(async () => {
  engine = await startEngine({ now: () => NOON });
  shop = await openShop(engine);
  const made = await shop.manager.must(productCreate, {
    vendor: shop.vendor,
    name: 'Bolu',
    category: 'Kue',
    priceRupiah: 20_000,
  });
  cake = made.product;
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

type Input = InputOf<typeof agreementSet>;
const set = (input: Input) => shop.manager.must(agreementSet, input);
const refused = (input: Input) => shop.manager.ask(agreementSet, input);
const list = async (vendor?: number) =>
  (await shop.manager.must(agreementList, vendor === undefined ? {} : { vendor })).agreements;

/** Level and rate that win for a product on a day. */
function winner(product: number, day = TODAY): [level: string, rateBps: number | null] | undefined {
  const row = productById(engine.engine.sql, product);
  const found = row && agreementFor(engine.engine.sql, row, day);
  return found && [found.level, found.agreement.rate_bps];
}

const percent = (rateBps: number) => ({ model: 'percent' as const, rateBps });

describe('precedence', () => {
  it('is product, vendor with category, vendor, category, center', async () => {
    const { vendor, product } = shop;
    const other = await shop.manager.must(vendorCreate, { code: 'LAIN', name: 'Lain' });
    const { product: theirs } = await shop.manager.must(productCreate, {
      vendor: other.vendor,
      name: 'Lapis',
      category: 'Kue',
      priceRupiah: 1_000,
    });
    const all = () => [product, cake, theirs].map((each) => winner(each));
    expect(all()).toEqual([['vendor', 1500], ['vendor', 1500], undefined]);
    await set({ terms: percent(500) });
    expect(all()).toEqual([
      ['vendor', 1500],
      ['vendor', 1500],
      ['center', 500],
    ]);
    await set({ category: 'Kue', terms: percent(600) });
    expect(all()).toEqual([
      ['vendor', 1500],
      ['vendor', 1500],
      ['category', 600],
    ]);
    await set({ vendor, category: 'Kue', terms: percent(700) });
    expect(all()).toEqual([
      ['vendor', 1500],
      ['vendor-category', 700],
      ['category', 600],
    ]);
    await set({ product, terms: percent(800) });
    await set({ vendor, product: cake, terms: percent(900) });
    expect(all()).toEqual([
      ['product', 800],
      ['product', 900],
      ['category', 600],
    ]);
    await set({ vendor: other.vendor, terms: percent(1000) });
    expect(winner(theirs)).toEqual(['vendor', 1000]);
  });

  it('takes the latest start not after the day, of equals the newest', async () => {
    const { vendor, product } = shop;
    await set({ vendor, terms: percent(2000), from: TOMORROW });
    await set({ vendor, terms: percent(3000), from: TODAY });
    expect(winner(product)).toEqual(['vendor', 3000]);
    expect(winner(product, TOMORROW)).toEqual(['vendor', 2000]);
    await set({ vendor, terms: percent(2500), from: TOMORROW });
    expect(winner(product, '2099-01-01')).toEqual(['vendor', 2500]);
    expect(winner(product, '2026-11-20')).toBeUndefined();
  });
});

describe('agreement.list', () => {
  it('shows every version, newest first, with all it says', async () => {
    const { vendor, product } = shop;
    const loss = { bearer: 'shared', vendorBps: 2500 } as const;
    await set({ product, terms: { model: 'margin', rateBps: 4000 }, loss, decree: 'PKS 12/2026' });
    await set({ category: 'Kue', terms: { model: 'none' }, discountBearer: 'vendor' });
    await set({
      vendor,
      category: 'Kue',
      terms: { model: 'fixed', perUnitRupiah: 2_500 },
      from: TOMORROW,
      loss: { bearer: 'allowance', allowanceBps: 300 },
    });
    await set({ terms: { model: 'net-price' }, discountBearer: 'center', loss: { bearer: 'center' } });
    const other = await shop.manager.must(vendorCreate, { code: 'LAIN', name: 'Lain' });
    await set({ vendor: other.vendor, terms: percent(1000) });
    const plain = { discountBearer: 'shared', loss: { bearer: 'vendor' }, decree: null, from: TODAY };
    const nobody = { vendor: null, product: null, category: null };
    const first = { ...plain, ...nobody, agreement: 1, level: 'vendor', vendor, terms: percent(1500) };
    const product2 = {
      ...plain,
      ...nobody,
      agreement: 2,
      level: 'product',
      vendor,
      product,
      terms: { model: 'margin', rateBps: 4000 },
      loss,
      decree: 'PKS 12/2026',
    };
    const vendorCategory = {
      ...plain,
      ...nobody,
      agreement: 4,
      level: 'vendor-category',
      vendor,
      category: 'Kue',
      from: TOMORROW,
      terms: { model: 'fixed', perUnitRupiah: 2_500 },
      loss: { bearer: 'allowance', allowanceBps: 300 },
    };
    expect(await list(vendor)).toEqual([vendorCategory, product2, first]);
    expect(await list()).toEqual([
      { ...first, agreement: 6, vendor: other.vendor, terms: percent(1000) },
      {
        ...plain,
        ...nobody,
        agreement: 5,
        level: 'center',
        terms: { model: 'net-price' },
        discountBearer: 'center',
        loss: { bearer: 'center' },
      },
      vendorCategory,
      {
        ...plain,
        ...nobody,
        agreement: 3,
        level: 'category',
        category: 'Kue',
        terms: { model: 'none' },
        discountBearer: 'vendor',
      },
      product2,
      first,
    ]);
    expect((await shop.manager.must(agreementList, { limit: 2 })).agreements).toHaveLength(2);
    expect(await list(99)).toEqual([]);
  });

  it('shows own goods, which are a property of the product', async () => {
    const { vendor } = shop;
    const { product } = await shop.manager.must(productCreate, {
      vendor,
      name: 'Kopi bubuk',
      priceRupiah: 30_000,
      own: true,
    });
    expect((await list(vendor))[0]).toMatchObject({
      level: 'product',
      vendor,
      product,
      terms: { model: 'own-goods' },
    });
    expect(await refused({ product, terms: percent(1000) })).toMatchObject({
      name: 'own-goods',
      details: { product: 'Kopi bubuk' },
    });
    expect(winner(product)).toEqual(['product', null]);
  });
});

describe('agreement.set says no', () => {
  it('to what is not there, or is another’s', async () => {
    const { vendor, product } = shop;
    const terms = percent(1000);
    expect(await refused({ vendor: 99, terms })).toMatchObject({
      name: 'vendor-unknown',
      details: { vendor: '99' },
    });
    expect(await refused({ product: 99, terms })).toMatchObject({
      name: 'product-unknown',
      details: { product: '99' },
    });
    expect(await refused({ vendor: 99, product, terms })).toMatchObject({ name: 'vendor-unknown' });
    const other = await shop.manager.must(vendorCreate, { code: 'LAIN', name: 'Lain' });
    expect(await refused({ vendor: other.vendor, product, terms })).toMatchObject({
      name: 'wrong-vendor',
      details: { product: 'Kerupuk ikan 250 g' },
    });
    expect(await refused({ product, category: 'Kue', terms })).toMatchObject({ name: 'bad-input' });
    expect(await refused({ vendor, terms: { model: 'own-goods' } as never })).toMatchObject({
      name: 'bad-input',
    });
    expect(await shop.cashier.ask(agreementSet, { vendor, terms })).toMatchObject({ name: 'forbidden' });
  });

  it('to terms from before today', async () => {
    expect(await refused({ vendor: shop.vendor, terms: percent(1000), from: '2026-11-20' })).toMatchObject({
      name: 'agreement-backdated',
      details: { from: '2026-11-20', day: TODAY },
    });
  });

  it('to a vendor who would bear discounts of a net price, and to no other bearer', async () => {
    const { vendor } = shop;
    const models = [
      percent(1000),
      { model: 'net-price' },
      { model: 'fixed', perUnitRupiah: 1_000 },
      { model: 'margin', rateBps: 1000 },
      { model: 'none' },
    ] as const;
    for (const terms of models) {
      for (const discountBearer of ['shared', 'center', 'vendor'] as const) {
        const answer = await refused({ vendor, terms, discountBearer });
        if (terms.model !== 'net-price' || discountBearer !== 'vendor') expect(answer.outcome).toBe('ok');
        else {
          expect(answer).toMatchObject({
            name: 'bearer-not-allowed',
            details: { product: 'Kerupuk Bu Rini' },
          });
        }
      }
    }
  });
});
