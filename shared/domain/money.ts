import { assertRule, multiplyDivide } from './check.ts';

declare const rupiahBrand: unique symbol;

/** Whole rupiah, either sign, within ±MAX_RUPIAH. Never a fraction: splitting is done by the rules below. */
export type Rupiah = number & { readonly [rupiahBrand]: true };

/** The largest amount any field, line, sale or balance may hold: Rp99.999.999.999. */
export const MAX_RUPIAH = 99_999_999_999;

/** Longest text `parseRupiah` looks at; a longer one cannot be an amount. */
const MAX_AMOUNT_TEXT_LENGTH = 40;

export const ZERO_RUPIAH = 0 as Rupiah;

/** Brands a whole number as rupiah. Throws when it is not a safe integer or exceeds ±MAX_RUPIAH. */
export function rupiah(amount: number): Rupiah {
  assertRule(isRupiah(amount), `not an amount in rupiah: ${amount}`);
  // -0 would print as "-0" somewhere and compare unequal in a digest.
  return (amount === 0 ? 0 : amount) as Rupiah;
}

/** True for a whole number within ±MAX_RUPIAH: the question to ask before `rupiah` where a person can be at fault. */
export function isRupiah(amount: number): boolean {
  return Number.isSafeInteger(amount) && Math.abs(amount) <= MAX_RUPIAH;
}

/** Sum of amounts. Throws when the sum leaves ±MAX_RUPIAH. */
export function sumRupiah(amounts: readonly Rupiah[]): Rupiah {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return rupiah(sum);
}

/** A whole number with dots for thousands and a minus in front: `-1.234.567`. Throws on a fraction. */
export function formatNumber(value: number): string {
  assertRule(Number.isSafeInteger(value), `not a whole number: ${value}`);
  const digits = String(Math.abs(value)).replace(/\B(?=(\d{3})+$)/g, '.');
  return value < 0 ? `-${digits}` : digits;
}

/**
 * An amount as it is printed everywhere: `Rp1.234.567`, `-Rp5.000`. Pure ASCII.
 * Docs/domain rule: no space and no U+00A0 after Rp, because that byte is something else on a thermal printer.
 */
export function formatRupiah(amount: Rupiah): string {
  const digits = formatNumber(Math.abs(amount));
  return amount < 0 ? `-Rp${digits}` : `Rp${digits}`;
}

/** Zeros a spoken unit stands for: 25rb = 25.000, 1,5jt = 1.500.000. */
const UNIT_ZEROS: Readonly<Record<string, number>> = { rb: 3, ribu: 3, k: 3, jt: 6, juta: 6 };

const AMOUNT_PATTERN =
  /^(-)?(?:rp\.?)?\s*(0|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d*)(?:,(\d{1,2}))?\s*(rb|ribu|k|jt|juta)?$/i;

/**
 * Reads an amount a person typed or a spreadsheet holds: `1234567`, `1.234.567`, `Rp 25.000`, `25rb`, `25k`,
 * `1,5jt`, each with an optional minus in front. Returns undefined for anything that could be read two ways
 * (`1,500`, `1.5`, `1,250rb`) or that is no amount or exceeds MAX_RUPIAH.
 * Docs/domain rule: a dot is only ever a thousands separator, so `1.500` is 1500; a comma is a decimal and makes
 * sense only before rb, k or jt, with at most two digits after it so that it cannot be taken for a separator.
 */
export function parseRupiah(text: string): Rupiah | undefined {
  if (text.length > MAX_AMOUNT_TEXT_LENGTH) return undefined;
  const match = AMOUNT_PATTERN.exec(text.replaceAll('\u00a0', ' ').trim());
  if (match === null) return undefined;
  const [, minus, whole = '', decimals = '', unit] = match;
  if (decimals !== '' && unit === undefined) return undefined;
  const zeros = unit === undefined ? 0 : (UNIT_ZEROS[unit.toLowerCase()] ?? 0);
  const amount = Number(whole.replaceAll('.', '') + decimals.padEnd(zeros, '0'));
  if (!isRupiah(amount)) return undefined;
  return rupiah(minus === undefined ? amount : -amount);
}

/**
 * Splits `total` over `weights` (whole, ≥ 0) by largest remainder: every part is its exact share rounded down or
 * up, the parts always sum to `total`, equal remainders go to the earlier one, and no part exceeds its weight
 * unless the total exceeds the sum of weights. A negative total is the mirror image of its positive one.
 * When all weights are 0 there is nothing to split over: a total of 0 gives zeros, any other total throws.
 * Docs/domain rule: whatever is split is split by largest remainder.
 */
export function splitByLargestRemainder(total: number, weights: readonly number[]): number[] {
  assertRule(Number.isSafeInteger(total), 'a total to split is a whole number');
  let weightSum = 0;
  for (const weight of weights) {
    assertRule(Number.isSafeInteger(weight) && weight >= 0, 'weights are whole and not negative');
    weightSum += weight;
  }
  assertRule(Number.isSafeInteger(weightSum), 'weights sum to a safe integer');
  if (total === 0) return weights.map(() => 0);
  assertRule(weightSum > 0, 'nothing to split over: every weight is 0');

  const size = Math.abs(total);
  const shares = weights.map((weight) => multiplyDivide(size, weight, weightSum));
  const parts = shares.map((share) => share.quotient);
  let left = size;
  for (const part of parts) left -= part;
  const byRemainder = shares
    .map((_, index) => index)
    .sort((a, b) => {
      return (shares[b]?.remainder ?? 0) - (shares[a]?.remainder ?? 0) || a - b;
    });
  for (const index of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return total < 0 ? parts.map((part) => (part === 0 ? 0 : -part)) : parts;
}
