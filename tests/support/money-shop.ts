/** A shop in which every kind of money can move, and what a random test draws out of its books. */
import { centerChange } from '../../shared/contract/center.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { vendorChange } from '../../shared/contract/vendor.ts';
import type { TestClient, TestEngine } from './engine.ts';
import { openShop, type Shop } from './shop.ts';
import { goodsAt, heldGoods, owed } from './till.ts';
import { QRIS_STATIC } from './worked-sale.ts';

export interface MoneyShop {
  readonly shop: Shop;
  /** Reads over a good connection. */
  readonly reader: TestClient;
  readonly vendors: readonly number[];
  readonly consigned: readonly number[];
  /** Bought outright from the first vendor. */
  readonly own: number;
  below(limit: number): number;
  chance(part: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** The first row of a query whose only value is a place in the journal, drawn; wherever there is none, undefined. */
  drawn<T>(sql: string): T | undefined;
  priceOf(product: number): number;
  vendorOf(product: number): number;
  cashIn(drawer: number): number;
  onShelf(product: number): number;
  /** The till's open shift. */
  shift(): number | undefined;
}

/** Five vendors on terms of their own, three with an account at a bank, own goods, QRIS, a till that may give discounts. */
export async function openMoneyShop(engine: TestEngine, random: () => number): Promise<MoneyShop> {
  const shop = await openShop(engine);
  const { admin, manager } = shop;
  await admin.must(centerChange, {
    qrisStatic: QRIS_STATIC,
    cashierDiscountBps: 10_000,
    holdUnmatchedQris: true,
    varianceLimitRupiah: 1_000_000,
  });
  const vendors = [shop.vendor];
  const consigned = [shop.product];
  for (const terms of [
    { model: 'none' },
    { model: 'fixed', perUnitRupiah: 1_500 },
    { model: 'percent', rateBps: 1_250 },
  ] as const) {
    const made = await goodsAt(shop, 7_777, { terms, batches: [{ pieces: 200 }, { pieces: 50 }] });
    vendors.push(made.vendor);
    consigned.push(made.product);
    const person = { bankAccount: `5544332200${made.vendor}` };
    await manager.must(vendorChange, { vendor: made.vendor, bankCode: '002', person });
  }
  // Brings no goods, so that fees make a debt of it.
  vendors.push((await goodsAt(shop, 5_000, { terms: { model: 'none' }, batches: [] })).vendor);
  const goods = { vendor: shop.vendor, name: 'Gula merah', priceRupiah: 30_000, own: true };
  const { product: own } = await manager.must(productCreate, goods);
  return { shop, reader: admin, vendors, consigned, own, ...drawsFrom(engine, shop, random) };
}

function drawsFrom(engine: TestEngine, { drawer }: Shop, random: () => number) {
  const { books, sql, journal } = engine.engine;
  const below = (limit: number) => Math.floor(random() * limit);
  return {
    below,
    chance: (part: number) => random() < part,
    pick: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    drawn: <T>(text: string) => books.prepare(text).get(below(journal.head().seq)) as T | undefined,
    priceOf: (product: number) =>
      sql.value<number>('SELECT price FROM price WHERE product = ? ORDER BY id DESC LIMIT 1', product) ?? 1,
    vendorOf: (product: number) =>
      sql.value<number>('SELECT vendor FROM product WHERE id = ?', product) as number,
    cashIn: (which: number) => -owed(engine, 'cash', which),
    onShelf: (product: number) => heldGoods(engine, product, 'shelf'),
    shift: () =>
      sql.value<number>(
        `SELECT shift.seq FROM shift LEFT JOIN shift_close ON shift_close.shift = shift.seq
         WHERE shift.drawer = ? AND shift_close.seq IS NULL`,
        drawer,
      ),
  };
}
