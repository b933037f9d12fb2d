import { assertRule, multiplyDivide } from './check.ts';
import { type Rupiah, rupiah } from './money.ts';
import { grossOf, type Qty } from './quantity.ts';
import { NO_DISCOUNTS, splitLine, type Terms, WHOLE_BPS } from './terms.ts';

/**
 * Who bears goods that were lost, spoiled or opened, as the agreement says. `shared`: the vendor bears `vendorBps`
 * (0–10.000) of their value. `allowance`: the vendor bears what stays within `allowanceBps` (0–10.000) of the quantity
 * received since the last posted count, the center what goes beyond.
 */
export type LossTerms =
  | { readonly bearer: 'vendor' }
  | { readonly bearer: 'center' }
  | { readonly bearer: 'shared'; readonly vendorBps: number }
  | { readonly bearer: 'allowance'; readonly allowanceBps: number };

export interface Loss {
  /** Thousandths lost, above 0. */
  readonly quantity: Qty;
  /** What the vendor would have got for them, rupiah ≥ 0: see `vendorValue`. */
  readonly value: Rupiah;
  readonly terms: LossTerms;
  /** The product since its last posted count, both thousandths ≥ 0; looked at under an allowance only. */
  readonly sinceCount: {
    readonly received: Qty;
    /** Lost before this loss, whoever bore it: that much of the allowance is used up. */
    readonly lostBefore: Qty;
  };
}

/** Who bears a loss, in rupiah ≥ 0: `center` + `vendor` are its value. */
export interface LossSplit {
  /** The center's part: what the vendor is credited. */
  readonly center: Rupiah;
  /** The vendor's part: nothing is posted for it. */
  readonly vendor: Rupiah;
}

/**
 * Divides a loss between center and vendor. Throws for a quantity of 0 or less, a negative value, or basis points
 * outside 0–10.000.
 * Docs/domain rule: vendor, center, shared by percent, or an allowance; the credit is at the vendor's share, never at
 * the retail price. What the vendor bears is rounded down, so the odd rupiah is always the vendor's gain. An
 * allowance is rounded down to whole thousandths, earlier losses use it up first, and the value goes with the quantity.
 */
export function splitLoss(loss: Loss): LossSplit {
  const { quantity, value, terms } = loss;
  assertRule(quantity > 0 && value >= 0, 'a loss has a quantity, and a value of 0 or more');
  switch (terms.bearer) {
    case 'vendor':
      return vendorBears(value, value);
    case 'center':
      return vendorBears(0, value);
    case 'shared':
      return vendorBears(multiplyDivide(value, checkedBps(terms.vendorBps), WHOLE_BPS).quotient, value);
    case 'allowance': {
      const within = withinAllowance(loss, checkedBps(terms.allowanceBps));
      return vendorBears(multiplyDivide(value, within, quantity).quotient, value);
    }
    default:
      return unknownBearer(terms);
  }
}

function vendorBears(vendor: number, value: Rupiah): LossSplit {
  return { center: rupiah(value - vendor), vendor: rupiah(vendor) };
}

/** Thousandths of this loss, from 0 to all of it, that the allowance still covers. */
function withinAllowance({ quantity, sinceCount }: Loss, allowanceBps: number): number {
  const { received, lostBefore } = sinceCount;
  assertRule(lostBefore >= 0, 'what was lost before is 0 or more');
  const allowance = multiplyDivide(received, allowanceBps, WHOLE_BPS).quotient;
  return Math.min(quantity, Math.max(0, allowance - lostBefore));
}

function checkedBps(bps: number): number {
  assertRule(bps >= 0 && bps <= WHOLE_BPS, 'a part is 0 to 10.000 basis points');
  return bps;
}

function unknownBearer(terms: never): never {
  throw new Error(`rule broken: unknown loss terms ${JSON.stringify(terms)}`);
}

/**
 * What the vendor would get for `quantity` thousandths (≥ 0) sold at `price` rupiah per unit (≥ 0) without a discount,
 * in rupiah ≥ 0: nothing where a fixed commission exceeds the price, and nothing for the center's own goods. Throws
 * when the retail price of the whole exceeds the largest amount (ask `grossWithinRange` and `termsWithinRange` first).
 */
export function vendorValue(terms: Terms, price: Rupiah, quantity: Qty): Rupiah {
  const { share } = splitLine({ gross: grossOf(price, quantity), quantity, terms, discounts: NO_DISCOUNTS });
  return rupiah(Math.max(0, share));
}
