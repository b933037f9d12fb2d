import { assertRule, multiplyDivide, multiplyDivideHalfUp } from './check.ts';
import { type Rupiah, rupiah, ZERO_RUPIAH } from './money.ts';
import { grossWithinRange, ONE, type Qty } from './quantity.ts';

/** The whole of something in basis points: 10.000 bps = 100 %. */
export const WHOLE_BPS = 10_000;

/** How a line's base is divided, under the names that agreements, sale lines and the screen use. */
export const TERMS_MODELS = ['percent', 'net-price', 'fixed', 'margin', 'none', 'own-goods'] as const;

export type TermsModel = (typeof TERMS_MODELS)[number];

/**
 * How a line's base is divided between center and vendor.
 * - `percent`: the center takes `rateBps` (0–10.000) of the base.
 * - `net-price`: the vendor is owed `netPrice` rupiah per whole unit and the center keeps the rest.
 * - `fixed`: the center takes `perUnit` rupiah per whole unit and the vendor is owed the rest.
 * - `margin`: the center takes `rateBps` of what the base exceeds the agreed `cost` (rupiah per whole unit) by.
 * - `none`: the center takes nothing of a line; a fee by the calendar is no matter of a line.
 * - `own-goods`: the center has bought the goods, so all of the line is its own.
 * Amounts are 0 or more. A further model is one more member here and one more case in `commissionOnBase`.
 */
export type Terms =
  | { readonly model: 'percent'; readonly rateBps: number }
  | { readonly model: 'net-price'; readonly netPrice: Rupiah }
  | { readonly model: 'fixed'; readonly perUnit: Rupiah }
  | { readonly model: 'margin'; readonly cost: Rupiah; readonly rateBps: number }
  | { readonly model: 'none' }
  | { readonly model: 'own-goods' };

/** Who gives up the money of a discount: both by their terms, the center alone, or the vendor alone. */
export type Bearer = 'shared' | 'center' | 'vendor';

/** A line's discount by who bears it, rupiah ≥ 0 each; a line can carry all three at once. */
export type Discounts = { readonly [bearer in Bearer]: Rupiah };

export const NO_DISCOUNTS: Discounts = { shared: ZERO_RUPIAH, center: ZERO_RUPIAH, vendor: ZERO_RUPIAH };

/** What a sold line is worth to whom, in rupiah. Frozen with the sale: nothing recomputes it afterwards. */
export interface LineSplit {
  /** Gross less the shared discount: what the terms are applied to. */
  readonly base: Rupiah;
  /** What the buyer pays for the line. */
  readonly net: Rupiah;
  /** The center's part; negative when a discount it bears exceeds it, or a net price exceeds the base. */
  readonly commission: Rupiah;
  /** The vendor's part; negative when a discount it bears exceeds it, or a fixed commission exceeds the base. */
  readonly share: Rupiah;
}

/**
 * Divides one line. `gross` in rupiah ≥ 0, `quantity` in thousandths ≥ 0, discounts together at most the gross.
 * Throws when those do not hold, when the rate is outside 0–10.000, when an amount per unit is negative or makes a
 * part too large (ask `termsWithinRange` first), or when the vendor is to bear a discount on a net price or on the
 * center's own goods (ask `bearerAllowed` first where a person chose it).
 * Docs/domain rule: the shared discount shortens the base, the model takes the center's part of the base, then each
 * side pays for its own discount out of its own part; commission and vendor share together are the net, always.
 */
export function splitLine(line: {
  readonly gross: Rupiah;
  readonly quantity: Qty;
  readonly terms: Terms;
  readonly discounts: Discounts;
}): LineSplit {
  const { gross, quantity, terms, discounts } = line;
  assertRule(gross >= 0 && quantity >= 0, 'a line to split has a gross and a quantity of 0 or more');
  assertRule(
    discounts.shared >= 0 && discounts.center >= 0 && discounts.vendor >= 0,
    'a discount is 0 or more',
  );
  const net = gross - discounts.shared - discounts.center - discounts.vendor;
  assertRule(net >= 0, 'discounts of a line do not exceed its gross');
  assertRule(
    discounts.vendor === 0 || bearerAllowed(terms, 'vendor'),
    "a net price is owed in full and own goods are no vendor's: neither takes a discount the vendor bears",
  );

  const base = gross - discounts.shared;
  const commissionBefore = commissionOnBase(terms, quantity, base);
  const commission = commissionBefore - discounts.center;
  const share = base - commissionBefore - discounts.vendor;
  assertRule(commission + share === net, 'commission and vendor share are the net together');
  return { base: rupiah(base), net: rupiah(net), commission: rupiah(commission), share: rupiah(share) };
}

/**
 * The center's part of `base` rupiah before anyone's own discount; negative where a net price exceeds the base, above
 * the base where a fixed commission exceeds it. Whatever is rounded down here leaves the odd rupiah to the vendor.
 */
function commissionOnBase(terms: Terms, quantity: Qty, base: number): number {
  switch (terms.model) {
    case 'percent':
      return rateOf(base, terms.rateBps);
    case 'net-price':
      return base - multiplyDivideHalfUp(terms.netPrice, quantity, ONE);
    case 'fixed':
      return multiplyDivide(terms.perUnit, quantity, ONE).quotient;
    case 'margin':
      return rateOf(Math.max(0, base - multiplyDivideHalfUp(terms.cost, quantity, ONE)), terms.rateBps);
    case 'none':
      return 0;
    case 'own-goods':
      return base;
    default:
      return unknownModel(terms);
  }
}

function rateOf(amount: number, rateBps: number): number {
  assertRule(rateBps >= 0 && rateBps <= WHOLE_BPS, 'a rate is 0 to 10.000 basis points');
  return multiplyDivide(amount, rateBps, WHOLE_BPS).quotient;
}

/**
 * Whether the amount per unit of such terms, for `quantity` thousandths ≥ 0, stays within the largest amount: the
 * question to ask before `splitLine`, because a price and an agreement are typed on different days by different people.
 */
export function termsWithinRange(terms: Terms, quantity: Qty): boolean {
  const perUnit = amountPerUnit(terms);
  return perUnit === undefined || grossWithinRange(perUnit, quantity) !== undefined;
}

function amountPerUnit(terms: Terms): Rupiah | undefined {
  if (terms.model === 'net-price') return terms.netPrice;
  if (terms.model === 'fixed') return terms.perUnit;
  return terms.model === 'margin' ? terms.cost : undefined;
}

/**
 * Whether a discount on such terms may be borne so.
 * Docs/domain rule: with a net price bearers are shared or center only, and both come to the same. With own goods the
 * vendor's part stays 0 by definition, so there too the center alone is left, under either name.
 */
export function bearerAllowed(terms: { readonly model: Terms['model'] }, bearer: Bearer): boolean {
  return bearer !== 'vendor' || (terms.model !== 'net-price' && terms.model !== 'own-goods');
}

/**
 * True when one side of a line is below 0, by a discount or by terms above the price.
 * Docs/domain rule: the discount then needs one approval, not one per line.
 */
export function needsApproval(split: LineSplit): boolean {
  return split.commission < 0 || split.share < 0;
}

function unknownModel(terms: never): never {
  throw new Error(`rule broken: unknown terms ${JSON.stringify(terms)}`);
}

/** Where terms can be written down, the most particular first. */
export const TERMS_LEVELS = ['product', 'vendor-category', 'vendor', 'category', 'center'] as const;

export type TermsLevel = (typeof TERMS_LEVELS)[number];

/**
 * What is in force at the business moment of the sale at each level; any level may have nothing. `Found` is whatever
 * the caller wants back: the terms alone, or the agreement that holds them.
 */
export type TermsByLevel<Found = Terms> = { readonly [level in TermsLevel]?: Found | undefined };

/**
 * The terms that win, and the level they were found at, which the line stores; undefined when no level has any.
 * Docs/domain rule: product agreement, then vendor with category, vendor, category, center default.
 */
export function pickTerms<Found = Terms>(
  byLevel: TermsByLevel<Found>,
): { readonly level: TermsLevel; readonly terms: Found } | undefined {
  for (const level of TERMS_LEVELS) {
    const terms = byLevel[level];
    if (terms !== undefined) return { level, terms };
  }
  return undefined;
}
