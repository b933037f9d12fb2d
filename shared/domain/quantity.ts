import { assertRule, multiplyDivideHalfUp } from './check.ts';
import { MAX_RUPIAH, type Rupiah, rupiah } from './money.ts';

declare const qtyBrand: unique symbol;

/** A quantity in whole thousandths of the product's unit: 1 piece = 1000, 0.755 kg = 755. Either sign. */
export type Qty = number & { readonly [qtyBrand]: true };

/** One whole unit. */
export const ONE = 1000 as Qty;

/** The largest quantity, in thousandths: 99.999.999,999 units. */
export const MAX_QTY = 99_999_999_999;

/** Brands thousandths as a quantity. Throws when not a safe integer or beyond ±MAX_QTY. */
export function qty(thousandths: number): Qty {
  assertRule(isQty(thousandths), `not a quantity in thousandths: ${thousandths}`);
  return (thousandths === 0 ? 0 : thousandths) as Qty;
}

/** True for whole thousandths within ±MAX_QTY. */
export function isQty(thousandths: number): boolean {
  return Number.isSafeInteger(thousandths) && Math.abs(thousandths) <= MAX_QTY;
}

/**
 * Units with a decimal comma and no trailing zeros: 1000 → `1`, 755 → `0,755`, 1_500_000 → `1500`.
 * Without a thousands separator, because quantity fields read a dot as a decimal.
 */
export function formatQty(quantity: Qty): string {
  const size = Math.abs(quantity);
  const fraction = size % 1000;
  const whole = String((size - fraction) / 1000);
  const decimals = String(fraction).padStart(3, '0').replace(/0+$/, '');
  const text = decimals === '' ? whole : `${whole},${decimals}`;
  return quantity < 0 ? `-${text}` : text;
}

/**
 * Reads a quantity of 0 or more units: `3`, `0,755` and `0.755` alike, at most three decimals.
 * Returns undefined for anything else, above all for two separators (`1.234,5`).
 * Docs/domain rule: quantity fields know decimals but no thousands separator, so here `1.500` is one and a half.
 */
export function parseQty(text: string): Qty | undefined {
  const match = /^(0|[1-9]\d{0,7})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, whole = '', decimals = ''] = match;
  return qty(Number(whole + decimals.padEnd(3, '0')));
}

/**
 * What a line costs before any discount: round-half-up(price × quantity / 1000), price and result in rupiah.
 * Throws for a negative price or quantity, and when the result exceeds the largest amount.
 * Docs/domain rule: a line's gross is rounded half up, so 28.500/kg × 0,755 kg is 21.518.
 */
export function grossOf(price: Rupiah, quantity: Qty): Rupiah {
  return rupiah(multiplyDivideHalfUp(price, quantity, ONE));
}

/** `grossOf`, or undefined when the result would exceed the largest amount: for baskets that a person is filling. */
export function grossWithinRange(price: Rupiah, quantity: Qty): Rupiah | undefined {
  // The estimate is a double and only sorts out what is far too large; the exact figure decides at the edge.
  if ((price / ONE) * quantity > 2 * MAX_RUPIAH) return undefined;
  const gross = multiplyDivideHalfUp(price, quantity, ONE);
  return gross <= MAX_RUPIAH ? rupiah(gross) : undefined;
}
