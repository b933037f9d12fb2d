import { z } from 'zod';
import { amountAboveZeroRupiah, amountRupiah, code, text } from '../../../shared/contract/fields.ts';
import { MAX_IMPORT_ROWS } from '../../../shared/contract/product.ts';

/**
 * Rows of a product sheet that were read, checked and stored as a blob of their own. The command names that blob,
 * so a later change of how sheets are read never changes what a replay writes. The blob may also have come from
 * anybody who may upload one: it is held to the rules of every other input.
 */
const preparedRow = z.strictObject({
  code: code.nullable(),
  name: text(80),
  /** The vendor's code, as in the register. */
  vendor: code,
  category: text(40).nullable(),
  unit: text(10),
  priceRupiah: amountAboveZeroRupiah,
  netPriceRupiah: amountRupiah.nullable(),
});

const preparedSheet = z.strictObject({
  kind: z.literal('product-rows-1'),
  rows: z.array(preparedRow).min(1).max(MAX_IMPORT_ROWS),
});

export type PreparedRow = z.output<typeof preparedRow>;

export function writePrepared(rows: readonly PreparedRow[]): Buffer {
  return Buffer.from(JSON.stringify({ kind: 'product-rows-1', rows }), 'utf8');
}

/** The rows, or undefined when the blob is no prepared sheet. */
export function readPrepared(bytes: Buffer): PreparedRow[] | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  const parsed = preparedSheet.safeParse(raw);
  return parsed.success ? parsed.data.rows : undefined;
}
