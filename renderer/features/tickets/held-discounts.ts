import type { ProductView } from '../../../shared/contract/product.ts';
import type { BasketView } from '../../../shared/contract/sale.ts';
import { percentDiscount } from '../../../shared/domain/discount.ts';
import { MAX_RUPIAH, rupiah } from '../../../shared/domain/money.ts';
import { type Discount, grossRupiah } from '../../stores/basket.ts';

type HeldLine = BasketView['lines'][number];
type HeldGoods = Extract<HeldLine, { product: number }>;
type HeldDiscount = NonNullable<BasketView['discount']>;

/** The catalogue as it is now, by product. */
type Catalogue = ReadonlyMap<number, ProductView>;

/**
 * What a discount was taken from when the basket was parked, rupiah. The two differ only where a promotion of then is
 * not the one of now: the catalogue does not say any more how much that one took off.
 */
interface HeldBase {
  least: number;
  most: number;
}

/** The discounts of a parked line as they were given: parts as parts, borne by whoever bore them. */
export function lineDiscountsAgain(line: HeldGoods, product: ProductView): Discount[] {
  const base = baseOf(line, product);
  return (line.discounts ?? []).map((discount) => discountAgain(discount, base));
}

/** The discount on the whole of a parked basket as it was given. */
export function saleDiscountAgain({ lines, discount }: BasketView, catalogue: Catalogue): Discount | null {
  if (!discount) return null;
  const bases = lines.flatMap((line) => leftOf(line, catalogue));
  const sum = (of: (base: HeldBase) => number) =>
    Math.min(
      bases.reduce((total, base) => total + of(base), 0),
      MAX_RUPIAH,
    );
  return discountAgain(discount, { least: sum(({ least }) => least), most: sum(({ most }) => most) });
}

/**
 * A part is one again where the parked amount is what it gave. Where it cannot have given that, somebody else parked a
 * pair that contradicts itself, or the catalogue has changed what the part is taken from: then the amount counts, as
 * it does for the engine.
 */
function discountAgain({ amountRupiah, rateBps, bearer }: HeldDiscount, { least, most }: HeldBase): Discount {
  const borne = bearer && { bearer };
  const given = (base: number) => percentDiscount(rupiah(base), rateBps ?? 0);
  const isPart = rateBps !== undefined && given(least) <= amountRupiah && amountRupiah <= given(most);
  return isPart ? { bps: rateBps, ...borne } : { rupiah: amountRupiah, ...borne };
}

/** What the line's own discounts were taken from: its gross less its promotion. */
function baseOf(line: HeldGoods, product: ProductView | undefined): HeldBase {
  const gross = grossRupiah(line);
  if (line.promotion === undefined) return { least: gross, most: gross };
  const promotion = product?.promotion;
  if (promotion?.promotion !== line.promotion) return { least: 0, most: gross };
  const left = gross - percentDiscount(gross, promotion.rateBps);
  return { least: left, most: left };
}

/** The line's part of what a discount on the whole was taken from; none of goods that stay out of it. */
function leftOf(line: HeldLine, catalogue: Catalogue): HeldBase[] {
  if (!('product' in line)) return [];
  const product = catalogue.get(line.product);
  if (product?.discountable === false) return [];
  const own = (line.discounts ?? []).reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);
  const { least, most } = baseOf(line, product);
  return [{ least: Math.max(0, least - own), most: Math.max(0, most - own) }];
}
