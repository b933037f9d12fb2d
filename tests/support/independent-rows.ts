/** Pieces of SQL that the independent rules share. They read document rows, and share nothing with the engine. */

/** Rules by what they say; each is a query that gives no row when its sentence holds. */
export type Rules = Readonly<Record<string, string>>;

/**
 * Nobody took the document back. `before` narrows it to reversals before a journal row: what counted at that time. The
 * column needs its table's name, since a bare one could be the reversal's own.
 */
export function live(document: string, before = '9e15'): string {
  if (!document.includes('.')) throw new Error(`${document} needs its table's name`);
  return `NOT EXISTS (SELECT 1 FROM reversal WHERE reversal.document = ${document} AND reversal.seq < ${before})`;
}

/** Documents that count for nothing any more, with the row that took them back; an approval goes with its payout. */
export const TAKEN_BACK = `taken_back AS (
  SELECT reversal.seq, document FROM reversal
  UNION ALL SELECT reversal.seq, approval.id FROM reversal JOIN payout ON payout.id = reversal.document
    JOIN settlement_approval AS approval ON approval.settlement = payout.settlement)`;

/** A setting of the center as it was when a journal row was written. */
export function setting(column: string, seq: string): string {
  return `(SELECT coalesce(${column}, 0) FROM center WHERE center.seq < ${seq} ORDER BY center.seq DESC LIMIT 1)`;
}

/** The category of a product as it was when a journal row was written. */
export function categoryAt(product: string, seq: string): string {
  return `(SELECT iif(version.seq IS NULL, product.category, version.category) FROM product
    LEFT JOIN product_version AS version ON version.seq = (SELECT max(other.seq) FROM product_version AS other
      WHERE other.product = product.id AND other.seq < ${seq}) WHERE product.id = ${product})`;
}

const written = (where: string) => `
  SELECT sale.seq AS sale, sale.day, sale_line.* FROM sale JOIN sale_line USING (seq)
  UNION ALL
  SELECT resolution.sale, sale.day, sale_line.* FROM resolution JOIN sale_line USING (seq, line)
  JOIN sale ON sale.seq = resolution.sale WHERE ${where}`;

/** Every sold line under its sale. `day` is the sale's, `seq` the row that wrote it: the sale's or a resolution's. */
export const WRITTEN = `written AS (${written('1')})`;

/** Sold lines that count: what a resolution wrote only while nobody took it back. */
export const SOLD = `sold AS (${written(live('resolution.seq'))})`;

/** Thousandths and rupiah: round-half-up(amount per unit × quantity), nothing below 0. */
export function times(perUnit: string, qty: string): string {
  return `((${perUnit} * ${qty} + 500) / 1000)`;
}

/** Sum of a column over rows, 0 when there are none. */
export function sum(column: string, rest: string): string {
  return `(SELECT coalesce(sum(${column}), 0) FROM ${rest})`;
}

/**
 * A split by largest remainder: of `total` over rows with a `weight`, the part of each row; ties go to the row that
 * comes first by `order`. `from` gives the columns `groups`, `order`, `weight`, `total`.
 */
export function largestRemainder(from: string, groups: string, order: string): string {
  return `SELECT *, base + (row_number() OVER (PARTITION BY ${groups} ORDER BY over DESC, ${order}) <=
      total - sum(base) OVER (PARTITION BY ${groups})) AS fair
    FROM (SELECT *, total * weight / max(weights, 1) AS base, total * weight % max(weights, 1) AS over
      FROM (SELECT *, sum(weight) OVER (PARTITION BY ${groups}) AS weights FROM ${from}))`;
}

const BASE = '(gross - coalesce(discount_shared, 0))';

/**
 * The center's part of a line by each of the six models, before the discounts that one side bears alone. Columns:
 * `gross`, `discount_shared`, `qty`, `model`, `rate_bps`, `net_price`, `per_unit`, `cost`.
 */
export const COMMISSION = `CASE model
  WHEN 'percent' THEN ${BASE} * rate_bps / 10000
  WHEN 'net-price' THEN ${BASE} - ${times('net_price', 'qty')}
  WHEN 'fixed' THEN per_unit * qty / 1000
  WHEN 'margin' THEN max(0, ${BASE} - ${times('cost', 'qty')}) * rate_bps / 10000
  WHEN 'none' THEN 0 WHEN 'own-goods' THEN ${BASE} END`;

/**
 * The agreement that wins for a line `l` (columns `seq`, `product`, `vendor`, `category`) on a day: that of the product,
 * of vendor with category, of the vendor, of the category, of the center; of equals the newest.
 */
export function winner(day: string): string {
  return `(SELECT id FROM agreement AS a WHERE a.seq < l.seq AND a.from_day <= ${day}
      AND (a.product = l.product OR a.product IS NULL AND coalesce(a.vendor, l.vendor) = l.vendor
        AND (a.category IS NULL OR a.category = l.category))
    ORDER BY a.product IS NULL, a.vendor IS NULL, a.category IS NULL, a.from_day DESC, a.id DESC LIMIT 1)`;
}
