import { assertRule, multiplyDivide } from './check.ts';
import { type Rupiah, rupiah, splitByLargestRemainder, sumRupiah } from './money.ts';
import { type Bearer, type Discounts, WHOLE_BPS } from './terms.ts';

/** Who bears how much of a discount, in basis points ≥ 0 that sum to 10.000: what a promotion lays down. */
export type BearerBps = { readonly [bearer in Bearer]: number };

/** All of a discount borne by one: what an agreement lays down. */
export function borneBy(bearer: Bearer): BearerBps {
  return { shared: 0, center: 0, vendor: 0, [bearer]: WHOLE_BPS };
}

/**
 * Splits one discount (rupiah ≥ 0) by who bears it. Throws when the basis points are not whole, are negative or do not
 * sum to 10.000. Where terms take no discount that the vendor bears (`bearerAllowed`), `vendor` has to be 0 here.
 * Docs/domain rule: whatever is split is split by largest remainder, here in the order shared, center, vendor.
 */
export function splitDiscount(amount: Rupiah, bearers: BearerBps): Discounts {
  assertRule(amount >= 0, 'a discount is 0 or more');
  assertRule(
    bearers.shared + bearers.center + bearers.vendor === WHOLE_BPS,
    'those who bear a discount bear all of it: 10.000 basis points',
  );
  const [shared = 0, center = 0, vendor = 0] = splitByLargestRemainder(amount, [
    bearers.shared,
    bearers.center,
    bearers.vendor,
  ]);
  return { shared: rupiah(shared), center: rupiah(center), vendor: rupiah(vendor) };
}

/**
 * What `rateBps` (0–10.000) of `gross` rupiah (≥ 0) takes off, in rupiah, rounded down: 10 % of 40.000 is 4.000. Throws
 * outside these. Rounded down, so that a promise of 10 % never turns into more than that.
 */
export function percentDiscount(gross: Rupiah, rateBps: number): Rupiah {
  assertRule(rateBps >= 0 && rateBps <= WHOLE_BPS, 'a discount is 0 to 10.000 basis points');
  return rupiah(multiplyDivide(gross, rateBps, WHOLE_BPS).quotient);
}

/**
 * All discounts of one line as one, bearer by bearer. Whether they fit into the line is asked by `priceBasket`; throws
 * only when a sum exceeds the largest amount.
 */
export function joinDiscounts(discounts: readonly Discounts[]): Discounts {
  return {
    shared: sumRupiah(discounts.map(({ shared }) => shared)),
    center: sumRupiah(discounts.map(({ center }) => center)),
    vendor: sumRupiah(discounts.map(({ vendor }) => vendor)),
  };
}
