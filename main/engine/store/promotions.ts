import type { ReadContext } from '../context.ts';
import type { ProductRow } from './rows.ts';
import type { Statements } from './statements.ts';

export interface PromotionRow {
  id: number;
  name: string;
  from_day: string;
  to_day: string;
  rate_bps: number;
  /** Who bears the discount, in basis points that sum to 10.000. */
  shared_bps: number;
  center_bps: number;
  vendor_bps: number;
  /** For whom; all that is not null has to fit. */
  vendor: number | null;
  category: string | null;
  product: number | null;
  /** 1: taken out of use before its last day. */
  ended: 0 | 1;
}

/** A promotion by its number, running or not. */
export function promotionById(sql: Statements, promotion: number): PromotionRow | undefined {
  return sql.kept<PromotionRow>(
    ['promotion', 'promotion_end'],
    `SELECT id, name, from_day, to_day, rate_bps, shared_bps, center_bps, vendor_bps, vendor, category, product,
       EXISTS (SELECT 1 FROM promotion_end WHERE promotion_end.promotion = promotion.id) AS ended
     FROM promotion WHERE id = ?`,
    promotion,
  );
}

/** The promotion that a line names, if it runs on that day and is for that product; else the "no" that says why. */
export function promotionOrReject(
  ctx: ReadContext,
  promotion: number,
  product: ProductRow,
  day: string,
): PromotionRow {
  const row = promotionById(ctx.sql, promotion);
  if (!row) return ctx.reject('promotion-unknown', { promotion });
  if (row.ended || day < row.from_day || day > row.to_day) ctx.reject('promotion-ended', { name: row.name });
  const fits =
    (row.vendor === null || row.vendor === product.vendor) &&
    (row.category === null || row.category === product.category) &&
    (row.product === null || row.product === product.id);
  if (!fits) ctx.reject('promotion-not-for-line', { name: row.name, product: product.name });
  return row;
}
