import { z } from 'zod';
import { MAX_IMPORT_ROWS } from '../../../shared/contract/product.ts';

/**
 * Rows of a product sheet that were read, checked and stored as a blob of their own. The command names that blob,
 * so a later change of how sheets are read never changes what a replay writes.
 */
const preparedRow = z.strictObject({
  code: z.string().max(40).nullable(),
  name: z.string().min(1).max(80),
  /** The vendor's code, as in the register. */
  vendor: z.string().min(1).max(40),
  category: z.string().max(40).nullable(),
  unit: z.string().min(1).max(10),
  priceRupiah: z.int().min(1),
  netPriceRupiah: z.int().min(0).nullable(),
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
