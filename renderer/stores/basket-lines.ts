import type { ProductView } from '../../shared/contract/product.ts';
import { MAX_SALE_LINES } from '../../shared/contract/sale.ts';
import { ONE } from '../../shared/domain/quantity.ts';
import type { BasketLine, Discount, GoodsLine, ScannedAs } from './basket.ts';

/** The largest quantity a till line takes: a mistyped multiplier must not become a truckload. */
export const MAX_LINE_QTY = 9_999_000;

/** True for goods that the catalogue knows. */
export function isGoods(line: BasketLine): line is GoodsLine {
  return 'product' in line;
}

/** One line per product, price, discount and label; the same goods scanned again grow their line. */
export function lineKey(line: BasketLine): string {
  if (!isGoods(line)) return `?${line.unknownCode}/${line.priceRupiah}/${line.vendor ?? ''}`;
  const { product, priceRupiah, batch = '', printedExpiry = '' } = line;
  return [product, priceRupiah, batch, printedExpiry, JSON.stringify(discountsOf(line))].join('/');
}

/** The line's own discounts, in the order in which they are taken off; unknown goods have none. */
export function discountsOf(line: BasketLine): readonly Discount[] {
  if (!isGoods(line) || !line.discount) return [];
  return [line.discount, ...(line.furtherDiscounts ?? [])];
}

/** Discounts as a line has them; a line without any has neither field. */
export function asDiscounts([discount, ...furtherDiscounts]: readonly Discount[]): Pick<
  GoodsLine,
  'discount' | 'furtherDiscounts'
> {
  return { ...(discount && { discount }), ...(furtherDiscounts.length > 0 && { furtherDiscounts }) };
}

/** The discounts of two lines that become one: amounts add up, a part is of both. They differ in nothing else. */
export function bothDiscounts(line: BasketLine, more: BasketLine): ReturnType<typeof asDiscounts> {
  const others = discountsOf(more);
  return asDiscounts(
    discountsOf(line).map((discount, index) => {
      const other = others[index];
      if (!other || !('rupiah' in other) || !('rupiah' in discount)) return discount;
      return { ...discount, rupiah: discount.rupiah + other.rupiah };
    }),
  );
}

/** A line as it comes from the catalogue. */
export function goodsLine(
  product: ProductView,
  { qty: quantity = ONE, ...scanned }: ScannedAs = {},
): GoodsLine {
  const { name, vendorCode, unit, priceRupiah, promotion, onHandQty, expiredQty } = product;
  return {
    product: product.product,
    name,
    vendorCode,
    unit,
    priceRupiah,
    qty: quantity,
    onHandQty,
    ...(expiredQty > 0 && { expiredQty }),
    ...(!product.discountable && { discountable: false as const }),
    ...(promotion && { promotion }),
    ...scanned,
  };
}

/** Lines and which of them is chosen. */
export interface Lines {
  lines: BasketLine[];
  selected: number;
}

/**
 * With one more line, or with the equal one grown: it moves to the end, where what was just scanned always stands.
 * Undefined when the basket is full.
 */
export function withLine(lines: readonly BasketLine[], line: BasketLine): Lines | undefined {
  const key = lineKey(line);
  const known = lines.find((other) => lineKey(other) === key);
  if (!known && lines.length >= MAX_SALE_LINES) return undefined;
  const rest = lines.filter((other) => other !== known);
  return merged([...rest, known ? joined(known, line) : line], rest.length);
}

/** The catalogue's new price for every line of a product. */
export function withPrice(lines: readonly BasketLine[], product: number, priceRupiah: number): BasketLine[] {
  return lines.map((line) =>
    isGoods(line) && line.product === product ? repriced(line, priceRupiah) : line,
  );
}

/** The catalogue's new price; a price that was decided for the line stays. */
function repriced(line: GoodsLine, priceRupiah: number): GoodsLine {
  if (line.price === 'override') return { ...line, listRupiah: priceRupiah };
  const { price: _, listRupiah: __, ...rest } = line;
  return { ...rest, priceRupiah };
}

/** A price of its own; with `price` undefined it is the catalogue's again. */
export function ownPrice(line: BasketLine, priceRupiah: number, price: GoodsLine['price']): BasketLine {
  if (!isGoods(line)) return { ...line, priceRupiah };
  const { price: _, listRupiah = line.priceRupiah, ...rest } = line;
  return { ...rest, priceRupiah, ...(price && { price, listRupiah }) };
}

/** With one line changed. */
export function changed(
  lines: readonly BasketLine[],
  index: number,
  change: (line: BasketLine) => BasketLine,
): BasketLine[] {
  return lines.map((line, at) => (at === index ? change(line) : line));
}

/** A new price or discount can make two lines alike: they become one, where the earlier stood. */
export function merged(lines: readonly BasketLine[], selected: number): Lines {
  const whole: BasketLine[] = [];
  const places = new Map<string, number>();
  let chosen = -1;
  let isNew = false;
  for (const [index, line] of lines.entries()) {
    const key = lineKey(line);
    const at = places.get(key) ?? whole.length;
    const same = whole[at];
    whole[at] = same ? joined(same, line) : line;
    // Two amounts off add up, and the line may now be like a third one.
    isNew ||= lineKey(whole[at]) !== key;
    places.set(key, at);
    if (index === selected) chosen = at;
  }
  return isNew ? merged(whole, chosen) : { lines: whole, selected: chosen };
}

function joined(line: BasketLine, more: BasketLine): BasketLine {
  const sum = Math.min(line.qty + more.qty, MAX_LINE_QTY);
  if (!isGoods(line) || !isGoods(more)) return { ...line, qty: sum };
  // What the catalogue says is what it said last: what the book has, and a promotion that has begun or ended since.
  const { promotion: _, expiredQty: __, ...rest } = line;
  const { onHandQty, expiredQty, promotion } = more;
  return {
    ...rest,
    qty: sum,
    onHandQty,
    ...(expiredQty && { expiredQty }),
    ...(promotion && { promotion }),
    ...bothDiscounts(line, more),
  };
}

/** Without the promotions that run no more. */
export function withoutPromotion(
  lines: readonly BasketLine[],
  isOver: (promotion: NonNullable<GoodsLine['promotion']>) => boolean,
): BasketLine[] {
  return lines.map((line) => {
    if (!isGoods(line) || !line.promotion || !isOver(line.promotion)) return line;
    const { promotion: _, ...rest } = line;
    return rest;
  });
}

/** Another discount of its own instead of all there are; undefined takes them away. Unknown goods have none. */
export function withDiscount(line: BasketLine, discount: Discount | undefined): BasketLine {
  if (!isGoods(line)) return line;
  const { discount: _, furtherDiscounts: __, ...rest } = line;
  return { ...rest, ...(discount && { discount }) };
}
