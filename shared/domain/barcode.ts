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
