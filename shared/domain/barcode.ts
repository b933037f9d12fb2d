import { assertRule } from './check.ts';

/** Largest number an in-store code can carry: 11 digits after the leading 2. */
export const MAX_IN_STORE_NUMBER = 99_999_999_999;

/**
 * The check digit (0–9) of an EAN code from the digits before it: 12 for EAN-13, 7 for EAN-8. Throws otherwise.
 * Source: GS1 general specifications, weights 3 and 1 from the right.
 */
export function eanCheckDigit(digits: string): number {
  assertRule(/^(\d{12}|\d{7})$/.test(digits), 'a check digit is made over 7 or 12 digits');
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - place));
    sum += place % 2 === 0 ? digit * 3 : digit;
  }
  return (10 - (sum % 10)) % 10;
}

/** True for 13 or 8 digits whose last is the right check digit. */
export function isEan(text: string): boolean {
  if (!/^(\d{13}|\d{8})$/.test(text)) return false;
  return eanCheckDigit(text.slice(0, -1)) === Number(text.slice(-1));
}

/**
 * The center's own EAN-13 for goods that carry no code: a leading 2 (the range GS1 leaves to shops for use inside the
 * shop), the number in 11 digits, the check digit. `number` is whole, 0 to 99.999.999.999; throws otherwise.
 */
export function inStoreEan13(number: number): string {
  assertRule(
    Number.isSafeInteger(number) && number >= 0 && number <= MAX_IN_STORE_NUMBER,
    'number out of range',
  );
  const digits = `2${String(number).padStart(11, '0')}`;
  return `${digits}${eanCheckDigit(digits)}`;
}

/** The number inside a code made by `inStoreEan13`, or undefined for any other text. */
export function inStoreNumber(text: string): number | undefined {
  return text.length === 13 && text.startsWith('2') && isEan(text) ? Number(text.slice(1, 12)) : undefined;
}

/**
 * The two digits that say what a code of the center's own names. 20 makes a product's code the same as `inStoreEan13`
 * of its number; 29 is the one of the shop's ranges 20–29 that scales with labels of their own use least.
 */
const OWN_CODE_PREFIXES = { product: '20', batch: '29' } as const;

/** Largest product or batch number a code of the center's own can carry: 10 digits. */
export const MAX_OWN_CODE_NUMBER = 9_999_999_999;

/** What a code of the center's own names: a product, or one batch of a product. */
export interface OwnCode {
  readonly kind: 'product' | 'batch';
  readonly number: number;
}

/** The center's own EAN-13 of a product without a code. `product` is 1 to 9.999.999.999; throws otherwise. */
export function productEan13(product: number): string {
  return ownEan13('product', product);
}

/** The EAN-13 on a batch's label: never one that `productEan13` makes. `batch` is 1 to 9.999.999.999; throws otherwise. */
export function batchEan13(batch: number): string {
  return ownEan13('batch', batch);
}

/**
 * What a scanned code names if `productEan13` or `batchEan13` made it, else undefined. Another shop's in-store code can
 * look the same: a code that the catalogue knows as a vendor's own comes before this reading.
 */
export function readOwnCode(text: string): OwnCode | undefined {
  if (text.length !== 13 || !isEan(text)) return undefined;
  const number = Number(text.slice(2, 12));
  if (number === 0) return undefined;
  if (text.startsWith(OWN_CODE_PREFIXES.product)) return { kind: 'product', number };
  return text.startsWith(OWN_CODE_PREFIXES.batch) ? { kind: 'batch', number } : undefined;
}

function ownEan13(kind: OwnCode['kind'], number: number): string {
  assertRule(
    Number.isSafeInteger(number) && number >= 1 && number <= MAX_OWN_CODE_NUMBER,
    `${kind} number out of range`,
  );
  const digits = `${OWN_CODE_PREFIXES[kind]}${String(number).padStart(10, '0')}`;
  return `${digits}${eanCheckDigit(digits)}`;
}
