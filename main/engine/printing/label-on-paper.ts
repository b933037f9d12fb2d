import { batchEan13, productEan13 } from '../../../shared/domain/barcode.ts';
import type { BusinessDay } from '../../../shared/domain/calendar.ts';
import type { Label } from '../../../shared/domain/label.ts';
import { rupiah } from '../../../shared/domain/money.ts';
import { eanOf } from '../store/catalogue.ts';
import { priceOf, productById } from '../store/rows.ts';
import type { Statements } from '../store/statements.ts';
import { PRODUCT_THEN } from './product-then.ts';

interface LabelRow {
  name: string;
  unit: string;
  vendorCode: string;
  price: number;
  barcode: string;
  expires: BusinessDay | null;
  copies: number;
}

const LABEL = `SELECT ${PRODUCT_THEN.name} AS name, ${PRODUCT_THEN.unit} AS unit, vendor.code AS vendorCode,
    label_print.price, label_print.barcode, batch.expires, label_print.copies
  FROM label_print JOIN product ON product.id = label_print.product JOIN vendor ON vendor.id = product.vendor
  LEFT JOIN batch ON batch.id = label_print.batch
  ${PRODUCT_THEN.join('label_print.seq')}
  WHERE label_print.seq = ?`;

/** Labels as they were asked for: a reprint years later bears the price of then, as every copy does. */
export function labelOnPaper(sql: Statements, seq: number): Label | undefined {
  const label = sql.one<LabelRow>(LABEL, seq);
  return label && { ...label, price: rupiah(label.price), language: 'id' };
}

/**
 * One label as `label.print` would print it now: of a product, or of one of its batches. Undefined when there is no
 * such product, or when the batch is another product's.
 */
export function labelNow(sql: Statements, product: number, batch: number | undefined): Label | undefined {
  const row = productById(sql, product);
  const price = priceOf(sql, product)?.price;
  if (!row || price === undefined) return undefined;
  const lot =
    batch === undefined
      ? { product, expires: null }
      : sql.one<{ product: number; expires: BusinessDay | null }>(
          'SELECT product, expires FROM batch WHERE id = ?',
          batch,
        );
  if (lot?.product !== product) return undefined;
  return {
    name: row.name,
    unit: row.unit,
    vendorCode: sql.value<string>('SELECT code FROM vendor WHERE id = ?', row.vendor) ?? '',
    price: rupiah(price),
    barcode: batch === undefined ? (eanOf(sql, product) ?? productEan13(product)) : batchEan13(batch),
    expires: lot.expires,
    copies: 1,
    language: 'id',
  };
}
