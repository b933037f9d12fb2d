/**
 * Proves through the contract that a parked ticket loses nothing of its discounts: who bears each and the rate it was
 * given as come back from the list, from a recall and from a QRIS ticket, and what is sold after it gives the vendor
 * the very rupiah of the worked table. And that the rate is a note: whatever it says, the amount is what counts, and
 * a supervisor's yes covers it like everything else.
 */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { recalled } from '../../renderer/features/tickets/recalled.ts';
import { basketInput } from '../../renderer/stores/basket.ts';
import { centerChange } from '../../shared/contract/center.ts';
import { authApprove } from '../../shared/contract/people.ts';
import { productMany } from '../../shared/contract/product.ts';
import {
  type BasketView,
  qrisShow,
  saleComplete,
  saleDiscard,
  saleHold,
  saleRecall,
  ticketGet,
} from '../../shared/contract/sale.ts';
import { newCommandId, startEngine, type TestEngine } from '../support/engine.ts';
import { STATIC_QRIS } from '../support/full-shop-sale.ts';
import { openShop, PINS, type Shop } from '../support/shop.ts';
import { accepted, goodsAt, inCash, ring, storedLines } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

const PRICE_RUPIAH = 40_000;
const OFF_RUPIAH = 4_000;
const RATE_BPS = 1_000;

let engine: TestEngine;
let shop: Shop;
let product: number;
beforeAll(async () => {
  engine = await startEngine();
  shop = await openShop(engine);
  await shop.admin.must(centerChange, { qrisStatic: STATIC_QRIS, cashierDiscountBps: RATE_BPS });
  ({ product } = await goodsAt(shop, PRICE_RUPIAH, { terms: { model: 'percent', rateBps: 2_000 } }));
});
afterAll(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

const BEARERS = ['shared', 'center', 'vendor'] as const;
/** Docs/domain rule: 40.000 less 10 % at a commission of 20 %. */
const SHARE = { shared: 28_800, center: 32_000, vendor: 28_000 } as const;

type Off = NonNullable<BasketView['discount']>;

function basketWith(where: 'line' | 'sale', off: Off): BasketView {
  const line = { product, qty: 1_000, priceRupiah: PRICE_RUPIAH };
  return where === 'line' ? { lines: [{ ...line, discounts: [off] }] } : { lines: [line], discount: off };
}

/** Sells a basket for 36.000 and tells what its line became: net, commission, vendor share and the three discounts. */
async function soldAs(basket: BasketView) {
  const sale = inCash({ shift: shop.shift, ...basket, totalRupiah: PRICE_RUPIAH - OFF_RUPIAH });
  const { sale: seq } = accepted(await ring(shop, sale));
  const columns = ['net', 'commission', 'share', 'discount_shared', 'discount_center', 'discount_vendor'];
  return storedLines(engine, seq, ...columns);
}

/** What a till would send of a basket that it called back. */
async function throughTill(basket: BasketView): Promise<BasketView> {
  const { products } = await shop.cashier.must(productMany, { products: [product] });
  return basketInput({ ...recalled(basket, products).content, taken: [] });
}

describe.each(['line', 'sale'] as const)('a tenth off the %s', (where) => {
  test.each(BEARERS)('borne by %s comes back whole and gives the vendor the same', async (bearer) => {
    const held = basketWith(where, { amountRupiah: OFF_RUPIAH, rateBps: RATE_BPS, bearer });
    const { ticket } = await shop.cashier.must(saleHold, { basket: held });
    const read = await shop.cashier.must(ticketGet, { ticket });
    expect(read).toMatchObject({ basket: held, amountRupiah: PRICE_RUPIAH - OFF_RUPIAH });
    const { basket } = await shop.cashier.must(saleRecall, { ticket });
    expect(basket).toEqual(held);
    const sent = await throughTill(basket);
    expect(sent).toEqual(held);
    const direct = await soldAs(held);
    const borne = BEARERS.map((one) => (one === bearer ? OFF_RUPIAH : null));
    expect(direct).toEqual([[36_000, 36_000 - SHARE[bearer], SHARE[bearer], ...borne]]);
    expect(await soldAs(sent)).toEqual(direct);
  });
});

test('a QRIS ticket holds them as well', async () => {
  const held = basketWith('sale', { amountRupiah: OFF_RUPIAH, rateBps: RATE_BPS, bearer: 'center' });
  const { ticket } = await shop.cashier.must(qrisShow, { basket: held, amountRupiah: 36_000 });
  const read = await shop.cashier.must(ticketGet, { ticket });
  expect(read.basket).toEqual(held);
  expect(await throughTill(read.basket)).toEqual(held);
  await shop.cashier.must(saleDiscard, { ticket });
});

describe('the rate', () => {
  it.each(['line', 'sale'] as const)('moves no money of a %s, whatever it says', async (where) => {
    const without = await soldAs(basketWith(where, { amountRupiah: OFF_RUPIAH }));
    for (const rateBps of [1, RATE_BPS, 10_000]) {
      const odd = basketWith(where, { amountRupiah: OFF_RUPIAH, rateBps });
      expect(await soldAs(odd)).toEqual(without);
      const { ticket } = await shop.cashier.must(saleHold, { basket: odd });
      const { basket } = await shop.cashier.must(saleRecall, { ticket });
      expect(basket).toEqual(odd);
      expect(await soldAs(await throughTill(basket))).toEqual(without);
    }
  });

  it.each([0, 10_001, 2.5, -1, '10', null])('of %j is none', async (rateBps) => {
    const off = { amountRupiah: OFF_RUPIAH, rateBps } as Off;
    for (const where of ['line', 'sale'] as const) {
      expect(await shop.cashier.ask(saleHold, { basket: basketWith(where, off) })).toMatchObject({
        outcome: 'rejected',
        name: 'bad-input',
      });
    }
  });

  it('is part of what a supervisor says yes to', async () => {
    const totalRupiah = PRICE_RUPIAH - 8_000;
    const at = (rateBps: number) =>
      inCash({
        shift: shop.shift,
        ...basketWith('sale', { amountRupiah: 8_000, rateBps }),
        totalRupiah,
      });
    const yesTo = async (commandId: string) => {
      const says = { username: 'budi', pin: PINS.manager, commandId, action: saleComplete.name };
      return (await shop.cashier.must(authApprove, { ...says, figures: at(2_000) })).approval;
    };
    const [other, same] = [newCommandId(), newCommandId()];
    const options = async (commandId: string) => ({ commandId, approval: await yesTo(commandId) });
    expect(await shop.cashier.ask(saleComplete, at(1_999), await options(other))).toMatchObject({
      outcome: 'rejected',
      name: 'approval-invalid',
    });
    expect(await shop.cashier.ask(saleComplete, at(2_000), await options(same))).toMatchObject({
      outcome: 'ok',
      value: { totalRupiah },
    });
  });
});
