import { z } from 'zod';

/** Fields that many entries share. Every text and list has a bound; amounts are whole rupiah, quantities thousandths. */

export const MAX_AMOUNT_RUPIAH = 99_999_999_999;
export const MAX_QTY = 9_999_999_000;

/** An amount of 0 or more, whole rupiah. */
export const amountRupiah = z.int().min(0).max(MAX_AMOUNT_RUPIAH);
/** An amount above 0, whole rupiah. */
export const amountAboveZeroRupiah = z.int().min(1).max(MAX_AMOUNT_RUPIAH);
/** An amount with a sign and not 0, whole rupiah. */
export const signedRupiah = z
  .int()
  .min(-MAX_AMOUNT_RUPIAH)
  .max(MAX_AMOUNT_RUPIAH)
  .refine((amount) => amount !== 0, 'not 0');
/** A rate in basis points: 10.000 bps = 100 %. */
export const rateBps = z.int().min(0).max(10_000);
/** A quantity above 0 in thousandths: 1 piece = 1000, 0.755 kg = 755. */
export const quantity = z.int().min(1).max(MAX_QTY);
/** Ids given by the engine. */
export const id = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
/** A quantity of 0 or more in thousandths. */
export const quantityOrNone = z.int().min(0).max(MAX_QTY);
/** A business day, YYYY-MM-DD, that exists in the calendar. */
export const day = z.iso.date();
/**
 * Text a person typed, one line. Control characters are refused: they would forge lines on paper and in logs. So is
 * half of a surrogate pair: no file can hold it, so what is stored would not be what was digested.
 */
export function text(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Control}\p{Surrogate}]*$/u, 'no control characters');
}
/** A short name a person signs in with: lower-case letters, digits, dot, dash. */
export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9.-]{1,29}$/);
/** A code on a label or a shelf: letters, digits, dot, dash, slash. Kept as text, leading zeros and all. */
export const code = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/);
/** Why a person did it, in their own words: obligatory where money moves without a sale. */
export const memo = text(200);
/** SHA-256 of a blob, lower-case hex: it is also its file name. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Most rows a list query gives at once. */
export const limit = z.int().min(1).max(500).default(100);
