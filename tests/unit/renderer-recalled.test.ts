/**
 * Proves what a parked basket becomes at a till: what a real engine gives back is, in the contract's words, exactly what
 * was parked; prices and promotions that changed meanwhile end in what the engine then takes, and are told. Random
 * baskets are seeded: SEED= repeats a run.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { productsOf, recalled, takenOf } from '../../renderer/features/tickets/recalled.ts';
import { type BasketInput, basketInput, totalRupiah } from '../../renderer/stores/basket.ts';
import { priceSet, productMany, promotionCreate, promotionEnd } from '../../shared/contract/product.ts';
import {
  qrisShow,
  saleComplete,
  saleHold,
  saleRecall,
  ticketGet,
  ticketList,
} from '../../shared/contract/sale.ts';
import type { TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/engine.ts';
import { seed } from '../support/seed.ts';
import { bootTillShop, SPECIAL, TILL_GOODS, type TillShop } from '../support/till-shop.ts';
import { seededRandom } from './seal-support.ts';

const BASKETS = 60;
/** Goods without surprises: no promotion, nothing expired or sold out. */
const PLAIN = [0, 1, 2, 4, 5, 6, 7, 8];

let engine: TestEngine;
let shop: TillShop;
beforeAll(async () => {
  ({ engine, shop } = await bootTillShop(temporaryFolder()));
});
afterAll(() => engine.stop());

const idOf = (index: number) => shop.products[index] ?? 0;
const priceOf = (index: number) => TILL_GOODS[index]?.priceRupiah ?? 0;

/** Parks a basket, reads it as the dialog does, and gives what the till would hold. */
async function there(basket: BasketInput) {
  const { ticket } = await shop.cashier.must(saleHold, { basket });
  const view = await shop.cashier.must(ticketGet, { ticket });
  return { ticket, view, ...(await asRecalled(view.basket)) };
}

async function asRecalled(basket: BasketInput) {
  const { products } = await shop.cashier.must(productMany, { products: productsOf(basket) });
  const { content, changes } = recalled(basket, products);
  return { content: { ...content, taken: [] }, changes };
}

async function sell(content: Parameters<typeof basketInput>[0]) {
  const total = totalRupiah(content);
  return shop.cashier.ask(saleComplete, {
    shift: shop.shift,
    ...basketInput(content),
    totalRupiah: total,
    tenders: [{ kind: 'cash', amountRupiah: total }],
  });
}

describe('nothing has changed', () => {
  test(`${BASKETS} random baskets come back as they were parked`, async () => {
    const random = seededRandom(seed);
    const below = (limit: number) => Math.floor(random() * limit);
    for (let n = 0; n < BASKETS; n += 1) {
      const basket = randomBasket(below);
      const { ticket, view, content, changes } = await there(basket);
      expect(changes, `SEED=${seed}`).toEqual([]);
      expect(basketInput(content), `SEED=${seed}`).toEqual(named(basket));
      expect(totalRupiah(content), `SEED=${seed}`).toBe(view.amountRupiah);
      const back = await shop.cashier.must(saleRecall, { ticket });
      expect(back.basket).toEqual(view.basket);
    }
  });

  test('a promotion that runs still is given again', async () => {
    const product = idOf(SPECIAL.promoted);
    const { products } = await shop.cashier.must(productMany, { products: [product] });
    const promotion = products[0]?.promotion?.promotion;
    expect(promotion).toBeDefined();
    const priceRupiah = priceOf(SPECIAL.promoted);
    const { content, changes } = await there({
      lines: [{ product, qty: 1_000, priceRupiah, ...(promotion && { promotion }) }],
    });
    expect(changes).toEqual([]);
    expect(totalRupiah(content)).toBe(priceRupiah * 0.9);
    expect((await sell(content)).outcome).toBe('ok');
  });
});

/** Goods without a name are called by their code: so the receipt says it, too. */
function named({ lines, ...rest }: BasketInput): BasketInput {
  return {
    ...rest,
    lines: lines.map((line) => ('product' in line ? line : { ...line, name: line.name ?? line.unknownCode })),
  };
}

function randomBasket(below: (limit: number) => number): BasketInput {
  const picked = PLAIN.filter(() => below(3) === 0);
  const indexes = picked.length > 0 ? picked : [0];
  const lines: BasketInput['lines'] = indexes.map((index) => {
    const qty = (1 + below(5)) * 1_000;
    const own = below(3) === 0 ? Math.floor(priceOf(index) / 10) : 0;
    return {
      product: idOf(index),
      qty,
      priceRupiah: priceOf(index),
      ...(below(4) === 0 && { price: 'override' as const }),
      ...(own > 0 && { discounts: [{ amountRupiah: own }] }),
    };
  });
  if (below(3) === 0) {
    const name = below(2) === 0 ? 'Kue lapis' : undefined;
    lines.push({ unknownCode: '777123', qty: 1_000, priceRupiah: 5_000, ...(name && { name }) });
  }
  return {
    lines,
    ...(below(3) === 0 && { discount: { amountRupiah: 500 } }),
    ...(below(3) === 0 && { visit: 'N 7077 UA' }),
  };
}

describe('the catalogue has changed', () => {
  test('dearer now: the buyer keeps the price that was shown, and the engine takes it', async () => {
    const product = idOf(0);
    const { content: before, ticket } = await there({
      lines: [{ product, qty: 2_000, priceRupiah: priceOf(0) }],
    });
    expect(before.lines[0]).not.toHaveProperty('price');
    await shop.manager.must(priceSet, { product, priceRupiah: 27_000 });
    const view = await shop.cashier.must(ticketGet, { ticket });
    const { content, changes } = await asRecalled(view.basket);
    expect(changes).toMatchObject([{ kind: 'kept', beforeRupiah: 25_000, nowRupiah: 27_000 }]);
    expect(content.lines).toMatchObject([{ priceRupiah: 25_000, price: 'kept', listRupiah: 27_000 }]);
    expect((await sell(content)).outcome).toBe('ok');
  });

  test('cheaper now: the new price is given', async () => {
    const product = idOf(1);
    const { ticket } = await there({ lines: [{ product, qty: 1_000, priceRupiah: priceOf(1) }] });
    await shop.manager.must(priceSet, { product, priceRupiah: 30_000 });
    const view = await shop.cashier.must(ticketGet, { ticket });
    const { content, changes } = await asRecalled(view.basket);
    expect(changes).toMatchObject([{ kind: 'cheaper', beforeRupiah: 32_500, nowRupiah: 30_000 }]);
    expect(content.lines[0]).not.toHaveProperty('price');
    expect(totalRupiah(content)).toBe(30_000);
    expect((await sell(content)).outcome).toBe('ok');
  });

  test('a price that was decided for the line stays, whatever the catalogue says', () => {
    const held: BasketInput = {
      lines: [{ product: 5, qty: 1_000, priceRupiah: 10_000, price: 'override' }],
    };
    for (const priceRupiah of [9_000, 10_000, 12_000]) {
      const { content, changes } = recalled(held, [product(5, priceRupiah)]);
      expect(content.lines).toMatchObject([
        { priceRupiah: 10_000, price: 'override', listRupiah: priceRupiah },
      ]);
      expect(changes).toEqual([]);
    }
  });

  test('a promotion that ended is told and no longer given; one that began is', async () => {
    const index = 5;
    const line = { product: idOf(index), qty: 1_000, priceRupiah: priceOf(index) };
    const { ticket } = await there({ lines: [line] });
    const { promotion } = await shop.manager.must(promotionCreate, {
      name: 'Tas sepekan',
      from: shop.day,
      to: shop.day,
      rateBps: 2_000,
      bearers: { sharedBps: 10_000, centerBps: 0, vendorBps: 0 },
      product: line.product,
    });
    const held = await shop.cashier.must(ticketGet, { ticket });
    const began = await asRecalled(held.basket);
    expect(began.changes).toMatchObject([{ kind: 'promotion-new' }]);
    expect(totalRupiah(began.content)).toBe(60_000);
    const withPromotion = await there({ lines: [{ ...line, promotion }] });
    await shop.manager.must(promotionEnd, { promotion });
    const ended = await asRecalled(withPromotion.view.basket);
    expect(ended.changes).toMatchObject([{ kind: 'promotion-over' }]);
    expect(totalRupiah(ended.content)).toBe(75_000);
    expect((await sell(ended.content)).outcome).toBe('ok');
  });

  test('two prices of one product that have become the same are one line, with both discounts', () => {
    const held: BasketInput = {
      lines: [
        { product: 5, qty: 1_000, priceRupiah: 12_000, discounts: [{ amountRupiah: 500 }] },
        { product: 5, qty: 2_000, priceRupiah: 11_000, discounts: [{ amountRupiah: 500 }] },
      ],
    };
    const { content } = recalled(held, [product(5, 10_000)]);
    expect(content.lines).toMatchObject([{ qty: 3_000, priceRupiah: 10_000, discount: { rupiah: 1_000 } }]);
  });

  test('what the catalogue lost stays in sight', () => {
    const held: BasketInput = { lines: [{ product: 99, qty: 1_000, priceRupiah: 12_000 }] };
    const { content, changes } = recalled(held, []);
    expect(content.lines).toMatchObject([{ product: 99, name: '#99' }]);
    expect(changes).toMatchObject([{ kind: 'gone' }]);
  });
});

test('a QRIS ticket stands for a payment of its amount', async () => {
  const basket = { lines: [{ product: idOf(6), qty: 2_000, priceRupiah: priceOf(6) }] };
  const { ticket, code } = await shop.cashier.must(qrisShow, { basket, amountRupiah: 15_000 });
  const { tickets } = await shop.cashier.must(ticketList, { limit: 100 });
  const view = tickets.find((open) => open.ticket === ticket);
  expect(view && takenOf(view, 15_000)).toMatchObject([
    { kind: 'qris', amountRupiah: 15_000, qris: { ticket, code, seen: false, basketRupiah: 15_000 } },
  ]);
  const held = tickets.find(({ kind }) => kind === 'held');
  expect(held && takenOf(held, 1)).toEqual([]);
});

function product(number: number, priceRupiah: number) {
  return {
    product: number,
    vendor: 1,
    vendorCode: 'BU-01',
    vendorName: 'Bu Sri',
    name: 'Keripik',
    unit: 'pcs',
    barcodes: [],
    priceRupiah,
    netPriceRupiah: null,
    own: false,
    active: true,
    discountable: true,
    onHandQty: 5_000,
    expiredQty: 0,
    promotion: null,
  };
}
