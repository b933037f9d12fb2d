import { percentDiscount } from '../../shared/domain/discount.ts';
import { MAX_RUPIAH, type Rupiah, rupiah, ZERO_RUPIAH } from '../../shared/domain/money.ts';
import { grossWithinRange, qty } from '../../shared/domain/quantity.ts';
import type { BasketContent, BasketInput, BasketLine, Discount } from './basket.ts';
import { discountsOf, isGoods } from './basket-lines.ts';

type DiscountInput = NonNullable<BasketInput['discount']>;

/**
 * Rupiah of one line before discounts. Shows the largest amount for whatever is above it: paying says that it is too
 * large, and until then the screen stands.
 */
export function grossRupiah(line: Pick<BasketLine, 'priceRupiah' | 'qty'>): Rupiah {
  return grossWithinRange(rupiah(line.priceRupiah), qty(line.qty)) ?? rupiah(MAX_RUPIAH);
}

/** The line's own discounts in rupiah, together never more than the line; its promotion's comes on top. */
export function ownDiscountRupiah(line: BasketLine): Rupiah {
  return rupiah(ownDiscounts(line).reduce((sum, { amountRupiah }) => sum + amountRupiah, 0));
}

/**
 * The line's own discounts in the words of the contract; some may come to nothing. Each takes what it is worth of the
 * line less its promotion, as long as the ones before it have left that much: a part that was cut short is no part.
 */
function ownDiscounts(line: BasketLine): DiscountInput[] {
  const from = rupiah(grossRupiah(line) - promotionRupiah(line));
  let left: Rupiah = from;
  return discountsOf(line).map((discount) => {
    const worth = amountOf(discount, from);
    const taken = rupiah(Math.min(worth, left));
    left = rupiah(left - taken);
    const { rateBps, ...amount } = discountInput(discount, taken);
    return { ...amount, ...(rateBps && taken === worth && { rateBps }) };
  });
}

/** What the line's promotion takes off, rupiah. */
export function promotionRupiah(line: BasketLine): Rupiah {
  if (!isGoods(line) || !line.promotion) return ZERO_RUPIAH;
  return percentDiscount(grossRupiah(line), line.promotion.rateBps);
}

/** What the line comes to before the discount on the whole sale. */
export function lineRupiah(line: BasketLine): Rupiah {
  return rupiah(grossRupiah(line) - promotionRupiah(line) - ownDiscountRupiah(line));
}

function amountOf(discount: Discount, from: Rupiah): Rupiah {
  const wanted = 'bps' in discount ? percentDiscount(from, discount.bps) : discount.rupiah;
  return rupiah(Math.min(wanted, from));
}

/** The discount on the whole sale in rupiah, never more than the lines that allow it. */
export function saleDiscountRupiah({ lines, discount }: Pick<BasketContent, 'lines' | 'discount'>): Rupiah {
  return discount ? amountOf(discount, discountableRupiah(lines)) : ZERO_RUPIAH;
}

/** What a discount on the whole sale is taken from: unknown goods and those kept out of it are no part of it. */
export function discountableRupiah(lines: readonly BasketLine[]): Rupiah {
  return linesRupiah(lines.filter((line) => isGoods(line) && line.discountable !== false));
}

/** What the lines come to before the discount on the whole sale; the largest amount for whatever is above it. */
export function linesRupiah(lines: readonly BasketLine[]): Rupiah {
  return rupiah(
    Math.min(
      lines.reduce((sum, line) => sum + lineRupiah(line), 0),
      MAX_RUPIAH,
    ),
  );
}

/** What the basket comes to before cash rounding; the engine says no when it comes to something else. */
export function totalRupiah(content: Pick<BasketContent, 'lines' | 'discount'>): Rupiah {
  return rupiah(linesRupiah(content.lines) - saleDiscountRupiah(content));
}

/** The basket in the words of the contract. */
export function basketInput(content: BasketContent): BasketInput {
  const off = saleDiscountRupiah(content);
  return {
    lines: content.lines.map(lineInput),
    ...(content.discount && off > 0 && { discount: discountInput(content.discount, off) }),
    ...(content.visit && { visit: content.visit }),
  };
}

function lineInput(line: BasketLine): BasketInput['lines'][number] {
  const { qty: quantity, priceRupiah } = line;
  if (!isGoods(line)) {
    const { unknownCode, name, vendor } = line;
    return { unknownCode, qty: quantity, priceRupiah, ...(name && { name }), ...(vendor && { vendor }) };
  }
  const { product, price, batch, promotion, printedExpiry } = line;
  const discounts = ownDiscounts(line).filter(({ amountRupiah }) => amountRupiah > 0);
  return {
    product,
    qty: quantity,
    priceRupiah,
    ...(price && { price }),
    ...(batch && { batch }),
    ...(discounts.length > 0 && { discounts }),
    ...(promotion && { promotion: promotion.promotion }),
    ...(printedExpiry && { printedExpiry }),
  };
}

/** The amount counts; the part that it was given as goes along, so that a parked basket comes back with it. */
function discountInput(discount: Discount, amountRupiah: Rupiah): DiscountInput {
  return {
    amountRupiah,
    ...('bps' in discount && { rateBps: discount.bps }),
    ...(discount.bearer && { bearer: discount.bearer }),
  };
}
