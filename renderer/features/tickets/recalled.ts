import type { ProductView } from '../../../shared/contract/product.ts';
import type { BasketView, TicketView } from '../../../shared/contract/sale.ts';
import {
  type BasketContent,
  type BasketLine,
  type GoodsLine,
  goodsLine,
  lineKey,
  type TakenPart,
  type UnknownLine,
} from '../../stores/basket.ts';
import { asDiscounts, bothDiscounts } from '../../stores/basket-lines.ts';
import { lineDiscountsAgain, saleDiscountAgain } from './held-discounts.ts';

type HeldLine = BasketView['lines'][number];
type HeldGoods = Extract<HeldLine, { product: number }>;

/** What is otherwise now than when the basket was parked: the cashier hears of it before the buyer does. */
export interface RecallChange {
  /** `cheaper`: now the lower price. `kept`: the buyer keeps the lower one seen. `gone`: the catalogue lost it. */
  kind: 'cheaper' | 'kept' | 'promotion-over' | 'promotion-new' | 'gone';
  name: string;
  beforeRupiah: number;
  nowRupiah: number;
}

/** The numbers of the products a parked basket holds, each once: what to ask the catalogue for. */
export function productsOf({ lines }: BasketView): number[] {
  return [...new Set(lines.flatMap((line) => ('product' in line ? [line.product] : [])))];
}

/**
 * A parked basket as the till's basket, with the catalogue as it is now. A higher price now leaves the buyer the price
 * that was shown; a lower one is given; a price that was decided stays. Promotions are those that run now. Discounts
 * are what they were: a part stays a part, and whoever bore one bears it again.
 */
export function recalled(
  held: BasketView,
  products: readonly ProductView[],
): { content: Omit<BasketContent, 'taken'>; changes: RecallChange[] } {
  const known = new Map(products.map((product) => [product.product, product]));
  const changes: RecallChange[] = [];
  const lines = held.lines.map((line): BasketLine => {
    if (!('product' in line)) return unknownLine(line);
    const product = known.get(line.product);
    if (!product) return goneLine(line, changes);
    noteChanges(line, product, changes);
    return goodsAgain(line, product);
  });
  return {
    content: {
      lines: joinEqual(lines),
      discount: saleDiscountAgain(held, known),
      visit: held.visit ?? null,
    },
    changes,
  };
}

function goodsAgain(line: HeldGoods, product: ProductView): GoodsLine {
  const { batch, printedExpiry } = line;
  const scanned = { qty: line.qty, ...(batch && { batch }), ...(printedExpiry && { printedExpiry }) };
  return {
    ...goodsLine(product, scanned),
    ...priceAgain(line, product.priceRupiah),
    ...asDiscounts(lineDiscountsAgain(line, product)),
  };
}

function priceAgain(
  { price, priceRupiah }: HeldGoods,
  listRupiah: number,
): Pick<GoodsLine, 'priceRupiah' | 'price' | 'listRupiah'> {
  if (price === 'override') return { priceRupiah, price, listRupiah };
  if (priceRupiah < listRupiah) return { priceRupiah, price: 'kept', listRupiah };
  return { priceRupiah: listRupiah };
}

function noteChanges(line: HeldGoods, product: ProductView, changes: RecallChange[]): void {
  const { name, promotion } = product;
  const prices = { name, beforeRupiah: line.priceRupiah, nowRupiah: product.priceRupiah };
  if (line.price === undefined && prices.nowRupiah < prices.beforeRupiah)
    changes.push({ kind: 'cheaper', ...prices });
  if (line.price === undefined && prices.nowRupiah > prices.beforeRupiah)
    changes.push({ kind: 'kept', ...prices });
  if (line.promotion !== promotion?.promotion)
    changes.push({ kind: promotion ? 'promotion-new' : 'promotion-over', ...prices });
}

function unknownLine(line: Exclude<HeldLine, HeldGoods>): UnknownLine {
  const { unknownCode, name, vendor, qty, priceRupiah } = line;
  return {
    unknownCode,
    name: name ?? unknownCode,
    ...(vendor && { vendor }),
    vendorCode: '',
    unit: 'pcs',
    priceRupiah,
    qty,
  };
}

/** The line stays, so that the cashier sees what is missing; the engine says no to it until it is removed. */
function goneLine(line: HeldGoods, changes: RecallChange[]): GoodsLine {
  const name = `#${line.product}`;
  const { product, priceRupiah, qty } = line;
  changes.push({ kind: 'gone', name, beforeRupiah: priceRupiah, nowRupiah: priceRupiah });
  return { product, name, vendorCode: '', unit: '', priceRupiah, qty, onHandQty: 0 };
}

/** A price that is the catalogue's again can make two lines alike; the basket has one line for what is alike. */
function joinEqual(lines: readonly BasketLine[]): BasketLine[] {
  const joined = new Map<string, BasketLine>();
  for (const line of lines) {
    const key = lineKey(line);
    const before = joined.get(key);
    joined.set(
      key,
      before ? { ...before, qty: before.qty + line.qty, ...bothDiscounts(before, line) } : line,
    );
  }
  return [...joined.values()];
}

/** The payment that an open QRIS ticket stands for, shown or already seen, over a basket of `basketRupiah`. */
export function takenOf(ticket: TicketView, basketRupiah: number): TakenPart[] {
  const { code, payload, amountRupiah, state } = ticket;
  if (payload === null) return [];
  const qris = { ticket: ticket.ticket, code, payload, seen: state === 'seen', basketRupiah };
  return [{ kind: 'qris', amountRupiah, qris }];
}
