import { assertRule, multiplyDivide, multiplyDivideHalfUp } from './check.ts';
import { type Rupiah, rupiah, ZERO_RUPIAH } from './money.ts';
import { ONE, type Qty } from './quantity.ts';

/** The whole of something in basis points: 10.000 bps = 100 %. */
export const WHOLE_BPS = 10_000;

/**
 * How a line's base is divided between center and vendor. `percent`: the center takes `rateBps` (0–10.000) of the
 * base. `net-price`: the vendor is owed `netPrice` rupiah per whole unit and the center keeps the rest.
 * A further model is one more member here and one more case in `commissionOnBase`; the compiler finds the rest.
 */
export type Terms =
  | { readonly model: 'percent'; readonly rateBps: number }
  | { readonly model: 'net-price'; readonly netPrice: Rupiah };

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
  /** The center's part; negative when a discount the center bears exceeds it. */
  readonly commission: Rupiah;
  /** The vendor's part; negative when a discount the vendor bears exceeds it. */
  readonly share: Rupiah;
}

/**
 * Divides one line. `gross` in rupiah ≥ 0, `quantity` in thousandths ≥ 0, discounts together at most the gross.
 * Throws when those do not hold, when the rate is outside 0–10.000, or when the vendor is to bear a discount on
 * a net price (ask `bearerAllowed` first where a person chose it).
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
    'a net price is owed in full: the vendor bears no discount on it',
  );

  const base = gross - discounts.shared;
  const commissionBefore = commissionOnBase(terms, quantity, base);
  const commission = commissionBefore - discounts.center;
  const share = base - commissionBefore - discounts.vendor;
  assertRule(commission + share === net, 'commission and vendor share are the net together');
  return { base: rupiah(base), net: rupiah(net), commission: rupiah(commission), share: rupiah(share) };
}

/** The center's part of `base` rupiah before anyone's own discount; negative where a net price exceeds the base. */
function commissionOnBase(terms: Terms, quantity: Qty, base: number): number {
  switch (terms.model) {
    case 'percent':
      assertRule(terms.rateBps >= 0 && terms.rateBps <= WHOLE_BPS, 'a rate is 0 to 10.000 basis points');
      // Rounded down: the odd rupiah is the vendor's.
      return multiplyDivide(base, terms.rateBps, WHOLE_BPS).quotient;
    case 'net-price':
      return base - multiplyDivideHalfUp(terms.netPrice, quantity, ONE);
    default:
      return unknownModel(terms);
  }
}

/**
 * Whether a discount on such terms may be borne so.
 * Docs/domain rule: with a net price bearers are shared or center only, and both come to the same.
 */
export function bearerAllowed(terms: Terms, bearer: Bearer): boolean {
  return terms.model !== 'net-price' || bearer !== 'vendor';
}

/** True when a discount left one side below 0: the discount then needs one approval, not one per line. */
export function needsApproval(split: LineSplit): boolean {
  return split.commission < 0 || split.share < 0;
}

function unknownModel(terms: never): never {
  throw new Error(`rule broken: unknown terms ${JSON.stringify(terms)}`);
}

/** Where terms can be written down, the most particular first. */
export const TERMS_LEVELS = ['product', 'vendor-category', 'vendor', 'category', 'center'] as const;

export type TermsLevel = (typeof TERMS_LEVELS)[number];

/** Terms in force on the day of the sale at each level; the center always has some. */
export type TermsByLevel = { readonly [level in Exclude<TermsLevel, 'center'>]?: Terms | undefined } & {
  readonly center: Terms;
};

/**
 * The terms that win, and the level they were found at, which the line stores.
 * Docs/domain rule: product agreement, then vendor with category, vendor, category, center default.
 */
export function pickTerms(byLevel: TermsByLevel): { readonly level: TermsLevel; readonly terms: Terms } {
  for (const level of TERMS_LEVELS) {
    const terms = byLevel[level];
    if (terms !== undefined) return { level, terms };
  }
  return { level: 'center', terms: byLevel.center };
}
