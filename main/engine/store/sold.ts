import type { ShelfPart } from '../../../shared/domain/allocation.ts';
import type { Terms } from '../../../shared/domain/terms.ts';
import type { Statements } from './statements.ts';

/**
 * What was sold, read whichever way it was sold: a line stands under its sale, or, where the code was unknown then,
 * under the resolution that said later what it was. Refunds name both by the sale and the line on its receipt.
 */

/** A sold line with every figure as it was sold, in whole rupiah and thousandths. */
export interface StoredLine {
  /** The journal row that wrote it: the sale's, or that of the resolution. */
  readonly seq: number;
  /** Its number on the receipt. */
  readonly line: number;
  readonly product: number;
  readonly vendor: number;
  /** As the product was called when it was sold. */
  readonly name: string;
  readonly unit: string;
  readonly qty: number;
  readonly price: number;
  readonly gross: number;
  /** Its part of the discount on the whole sale. */
  readonly saleDiscount: number;
  readonly net: number;
  readonly commission: number;
  readonly model: Terms['model'];
  /** What refunds took back of it until now. */
  readonly refundedQty: number;
}

/** A resolution that still counts, that found the line's product, and was not taken back. */
const RESOLVED = `product IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reversal WHERE document = resolution.seq)`;

const STORED = `
  WITH stands AS (
    SELECT seq, line FROM sale_line WHERE seq = ?
    UNION ALL
    SELECT seq, line FROM resolution WHERE sale = ? AND ${RESOLVED})
  SELECT sold.seq, sold.line, sold.product, product.vendor, coalesce(version.name, product.name) AS name,
    coalesce(version.unit, product.unit) AS unit, sold.qty, sold.price, sold.gross,
    coalesce(sold.sale_discount, 0) AS saleDiscount, sold.net, sold.commission, sold.model,
    (SELECT coalesce(sum(qty), 0) FROM refund_line WHERE refund_line.sale = ? AND sale_line = sold.line) AS refundedQty
  FROM stands JOIN sale_line AS sold USING (seq, line) JOIN product ON product.id = sold.product
  LEFT JOIN product_version AS version ON version.seq =
    (SELECT max(seq) FROM product_version WHERE product = product.id AND seq <= sold.seq)
  ORDER BY sold.line`;

/** The lines of a sale whose product is known, by their number. */
export function storedLines(sql: Statements, sale: number): StoredLine[] {
  return sql.all<StoredLine>(STORED, sale, sale, sale);
}

/** Goods of a code nobody knew: nobody said since what it was, or it turned out to be other income. */
export interface UnresolvedLine {
  readonly line: number;
  readonly code: string;
  readonly name: string | null;
  readonly qty: number;
  readonly price: number;
  readonly net: number;
}

/** The lines of a sale that no product is known for, by their number. */
export function unresolvedLines(sql: Statements, sale: number): UnresolvedLine[] {
  return sql.all<UnresolvedLine>(
    `SELECT line, code, name, qty, price, net FROM unresolved_line AS unknown
     WHERE seq = ? AND NOT EXISTS (
       SELECT 1 FROM resolution WHERE sale = unknown.seq AND resolution.line = unknown.line AND ${RESOLVED})
     ORDER BY line`,
    sale,
  );
}

/** The shelves a stored line was taken from, in that order. */
export function shelvesTaken(sql: Statements, line: Pick<StoredLine, 'seq' | 'line'>): ShelfPart[] {
  return sql.all<ShelfPart>(
    'SELECT batch, qty FROM sale_line_batch WHERE seq = ? AND line = ? ORDER BY n',
    line.seq,
    line.line,
  );
}

/** What refunds put back of a line of a sale, by batch, whether for sale or set aside for the vendor. */
export function shelvesGivenBack(sql: Statements, sale: number, line: number): ShelfPart[] {
  return sql.all<ShelfPart>(
    `SELECT part.batch, sum(part.qty) AS qty FROM refund_line AS back JOIN goods_part AS part USING (seq, line)
     WHERE back.sale = ? AND back.sale_line = ? GROUP BY part.batch`,
    sale,
    line,
  );
}
