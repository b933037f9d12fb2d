/**
 * Proves that the real engine takes whatever basket the till's own store makes at the total the screen shows: goods
 * with promotions, weights and prices of their own, discounts on lines and on the sale, goods kept out of discounts,
 * goods nobody knows. A total that differed by one rupiah would be refused.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { basketInput, goodsLine, totalRupiah } from '../../renderer/stores/basket.ts';
import {
  type ProductView,
  productChange,
  productCreate,
  productMany,
  promotionCreate,
} from '../../shared/contract/product.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { drawerCreate, shiftOpen } from '../../shared/contract/shift.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { randomBasket, randomDiscount, randomQuantity } from '../support/random-basket.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

/** Each is a sale on disk. */
const SALES = 300;
const PRICES_RUPIAH = [18_000, 7_777, 25_250, 1_250_000, 333, 99_999] as const;

let engine: TestEngine;
let shop: Shop;
let shift: number;
let products: ProductView[];

beforeAll(async () => {
  engine = await startEngine();
  shop = await openShop(engine);
  const { admin, manager, vendor } = shop;
  const { drawer } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  // A manager needs nobody's yes, so that every discount and price can be tried.
  shift = (await manager.must(shiftOpen, { drawer, floatRupiah: 100_000, floatFrom: 'opening' })).shift;
  const made: number[] = [];
  for (const [index, priceRupiah] of PRICES_RUPIAH.entries()) {
    const { product } = await manager.must(productCreate, { vendor, name: `Barang ${index}`, priceRupiah });
    if (index % 2 === 1) await manager.must(productChange, { product, discountable: false });
    made.push(product);
  }
  const day = new Date(engine.engine.now() + 7 * 3_600_000).toISOString().slice(0, 10);
  const bearers = { sharedBps: 10_000, centerBps: 0, vendorBps: 0 };
  for (const [index, rateBps] of [1_250, 3_333].entries()) {
    const promotion = { name: `Promo ${index}`, from: day, to: day, rateBps, bearers };
    await manager.must(promotionCreate, { ...promotion, product: made[index * 2] ?? 0 });
  }
  products = (await manager.must(productMany, { products: made })).products;
});
afterAll(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

it('every basket is sold at the total on the screen', { timeout: PROPERTY_TIMEOUT_MS }, async () => {
  const goods = fc
    .record({
      at: fc.nat(PRICES_RUPIAH.length - 1),
      qty: randomQuantity,
      discount: fc.option(randomDiscount, { nil: undefined }),
      override: fc.option(fc.integer({ min: 1, max: 2_000_000 }), { nil: undefined }),
    })
    .map(({ at, qty, discount, override }) => ({
      ...goodsLine(products[at] as ProductView, { qty }),
      ...(discount && { discount }),
      ...(override && { priceRupiah: override, price: 'override' as const }),
    }));
  const counts = { sold: 0, nothing: 0 };
  await fc.assert(
    fc.asyncProperty(randomBasket(goods), async (content) => {
      const total = totalRupiah(content);
      const answer = await shop.manager.ask(saleComplete, {
        shift,
        ...basketInput(content),
        totalRupiah: total,
        tenders: [{ kind: 'cash', amountRupiah: Math.max(total, 100) }],
      });
      const nothing = { outcome: 'rejected', name: 'nothing-to-pay', details: {} };
      if (total === 0) expect(answer).toMatchObject(nothing);
      else expect(answer).toMatchObject({ outcome: 'ok', value: { totalRupiah: total } });
      counts[total === 0 ? 'nothing' : 'sold'] += 1;
    }),
    { ...seeded(), numRuns: Math.min(seeded().numRuns ?? SALES, SALES) },
  );
  console.log(JSON.stringify(counts));
  expect(counts.sold).toBeGreaterThan(counts.nothing);
});
