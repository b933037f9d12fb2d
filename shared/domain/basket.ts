import { isRupiah, type Rupiah, rupiah, splitByLargestRemainder, ZERO_RUPIAH } from './money.ts';
import { grossWithinRange, type Qty } from './quantity.ts';
import type { Bearer, Discounts } from './terms.ts';

/** A basket longer than this is two sales: it bounds the transaction, the receipt and the screen. */
export const MAX_BASKET_LINES = 200;

/** One line as the till holds it. */
export interface BasketLine {
  /** Rupiah per whole unit, ≥ 0. */
  readonly price: Rupiah;
  /** Thousandths, above 0. */
  readonly quantity: Qty;
  /** The line's own discounts by who bears them, rupiah ≥ 0, together at most the gross. */
  readonly discounts: Discounts;
  /** Who bears this line's part of the sale discount; 'none' keeps the line out of it. */
  readonly saleDiscountBearer: Bearer | 'none';
}

/** One line with everything about its price decided, in rupiah: net = gross − lineDiscount − saleDiscount. */
export interface PricedLine {
  readonly gross: Rupiah;
  readonly lineDiscount: Rupiah;
  /** This line's part of the discount on the whole sale. */
  readonly saleDiscount: Rupiah;
  readonly net: Rupiah;
  /** Line discount and part of the sale discount together, by bearer: what `splitLine` takes. */
  readonly discounts: Discounts;
}

export interface PricedBasket {
  readonly ok: true;
  readonly lines: readonly PricedLine[];
  /** Sums over the lines; `net` is what the buyer owes before cash rounding. */
  readonly totals: {
    readonly gross: Rupiah;
    readonly lineDiscount: Rupiah;
    readonly saleDiscount: Rupiah;
    readonly net: Rupiah;
  };
}

/** Why a basket cannot be priced. `line` counts from 0 and is there when one line is at fault. */
export interface BasketProblem {
  readonly ok: false;
  readonly reason:
    | 'no-lines'
    | 'too-many-lines'
    | 'price-negative'
    | 'quantity-not-positive'
    | 'discount-negative'
    | 'discount-exceeds-line'
    | 'sale-discount-negative'
    | 'sale-discount-exceeds-lines'
    | 'amount-too-large';
  readonly line?: number;
}

/**
 * Prices a basket: gross of each line, its own discount, then its part of `saleDiscount` (rupiah ≥ 0 on the whole
 * sale). What a person can get wrong comes back as a `BasketProblem`; nothing throws for 1–200 well-formed lines.
 * Docs/domain rule: the line discount comes first; the sale discount is spread by largest remainder over the
 * amounts after line discount, only over lines with an amount above 0 that allow it, and never exceeds their sum.
 */
export function priceBasket(
  lines: readonly BasketLine[],
  saleDiscount: Rupiah,
): PricedBasket | BasketProblem {
  if (lines.length === 0) return { ok: false, reason: 'no-lines' };
  if (lines.length > MAX_BASKET_LINES) return { ok: false, reason: 'too-many-lines' };
  if (saleDiscount < 0) return { ok: false, reason: 'sale-discount-negative' };

  const grossLines: { gross: Rupiah; lineDiscount: Rupiah }[] = [];
  for (const [index, line] of lines.entries()) {
    const priced = priceLine(line);
    if (typeof priced === 'string') return { ok: false, reason: priced, line: index };
    grossLines.push(priced);
  }
  const gross = grossLines.reduce((sum, line) => sum + line.gross, 0);
  if (!isRupiah(gross)) return { ok: false, reason: 'amount-too-large' };

  const weights = lines.map((line, index) => {
    const priced = grossLines[index];
    return line.saleDiscountBearer === 'none' || priced === undefined
      ? 0
      : priced.gross - priced.lineDiscount;
  });
  if (saleDiscount > weights.reduce((sum, weight) => sum + weight, 0)) {
    return { ok: false, reason: 'sale-discount-exceeds-lines' };
  }
  const parts = splitByLargestRemainder(saleDiscount, weights);
  const pricedLines = lines.map((line, index) => {
    return withSaleDiscount(line, grossLines[index] ?? NO_GROSS, rupiah(parts[index] ?? 0));
  });
  return { ok: true, lines: pricedLines, totals: totalsOf(pricedLines) };
}

const NO_GROSS = { gross: ZERO_RUPIAH, lineDiscount: ZERO_RUPIAH };

function priceLine(line: BasketLine): { gross: Rupiah; lineDiscount: Rupiah } | BasketProblem['reason'] {
  const { shared, center, vendor } = line.discounts;
  if (line.price < 0) return 'price-negative';
  if (line.quantity <= 0) return 'quantity-not-positive';
  if (shared < 0 || center < 0 || vendor < 0) return 'discount-negative';
  const gross = grossWithinRange(line.price, line.quantity);
  if (gross === undefined) return 'amount-too-large';
  const lineDiscount = shared + center + vendor;
  return lineDiscount > gross ? 'discount-exceeds-line' : { gross, lineDiscount: rupiah(lineDiscount) };
}

function withSaleDiscount(
  line: BasketLine,
  priced: { gross: Rupiah; lineDiscount: Rupiah },
  saleDiscount: Rupiah,
): PricedLine {
  const bearer = line.saleDiscountBearer;
  const discounts =
    bearer === 'none'
      ? line.discounts
      : { ...line.discounts, [bearer]: rupiah(line.discounts[bearer] + saleDiscount) };
  return {
    ...priced,
    saleDiscount,
    net: rupiah(priced.gross - priced.lineDiscount - saleDiscount),
    discounts,
  };
}

function totalsOf(lines: readonly PricedLine[]): PricedBasket['totals'] {
  const totals = { gross: 0, lineDiscount: 0, saleDiscount: 0, net: 0 };
  for (const line of lines) {
    totals.gross += line.gross;
    totals.lineDiscount += line.lineDiscount;
    totals.saleDiscount += line.saleDiscount;
    totals.net += line.net;
  }
  return {
    gross: rupiah(totals.gross),
    lineDiscount: rupiah(totals.lineDiscount),
    saleDiscount: rupiah(totals.saleDiscount),
    net: rupiah(totals.net),
  };
}
