import {
  type PromotionView,
  promotionCreate,
  promotionEnd,
  promotionList,
} from '../../../shared/contract/product.ts';
import { answers, type Context, handles } from '../context.ts';
import { dayAt, productById, vendorById } from '../store/rows.ts';

export const create = handles(promotionCreate, (ctx, input) => {
  checkScope(ctx, input);
  const promotion = ctx.nextId('promotion');
  ctx.insert('promotion', {
    id: promotion,
    name: input.name,
    from_day: input.from,
    to_day: input.to,
    rate_bps: input.rateBps,
    shared_bps: input.bearers.sharedBps,
    center_bps: input.bearers.centerBps,
    vendor_bps: input.bearers.vendorBps,
    vendor: input.vendor ?? null,
    category: input.category ?? null,
    product: input.product ?? null,
  });
  ctx.changed('products');
  return { promotion };
});

/** What is named has to exist, and a product has to be of the vendor: no line would ever fit otherwise. */
function checkScope(ctx: Context, { vendor, product }: { vendor?: number; product?: number }): void {
  if (vendor !== undefined && !vendorById(ctx.sql, vendor))
    ctx.reject('vendor-unknown', { vendor: String(vendor) });
  if (product === undefined) return;
  const row = productById(ctx.sql, product);
  if (!row) return ctx.reject('product-unknown', { product: String(product) });
  if (vendor !== undefined && row.vendor !== vendor) ctx.reject('wrong-vendor', { product: row.name });
}

/** From this moment on; sales that had it keep it. */
export const end = handles(promotionEnd, (ctx, { promotion }) => {
  const row = ctx.sql.one<{ name: string; ended: number | null }>(
    `SELECT name, promotion_end.seq AS ended FROM promotion
     LEFT JOIN promotion_end ON promotion_end.promotion = promotion.id WHERE promotion.id = ?`,
    promotion,
  );
  if (!row) return ctx.reject('promotion-unknown', { promotion });
  if (row.ended !== null) ctx.reject('promotion-ended', { name: row.name });
  ctx.insert('promotion_end', { promotion });
  ctx.changed('products');
  return { promotion };
});

interface PromotionRow {
  promotion: number;
  name: string;
  from: string;
  to: string;
  rateBps: number;
  sharedBps: number;
  centerBps: number;
  vendorBps: number;
  vendor: number | null;
  category: string | null;
  product: number | null;
  ended: 0 | 1;
}

/** Those that can still run come first, so that a bounded list never leaves one of them out for an old one. */
export const list = answers(promotionList, (ctx, { limit }): { promotions: PromotionView[] } => {
  const rows = ctx.sql.all<PromotionRow>(
    `SELECT promotion.id AS promotion, name, from_day AS "from", to_day AS "to", rate_bps AS rateBps,
       shared_bps AS sharedBps, center_bps AS centerBps, vendor_bps AS vendorBps, vendor, category, product,
       promotion_end.seq IS NOT NULL AS ended
     FROM promotion LEFT JOIN promotion_end ON promotion_end.promotion = promotion.id
     ORDER BY ended OR to_day < ?, promotion.id DESC LIMIT ?`,
    dayAt(ctx.sql, ctx.at),
    limit,
  );
  return {
    promotions: rows.map(({ sharedBps, centerBps, vendorBps, ended, ...row }) => ({
      ...row,
      bearers: { sharedBps, centerBps, vendorBps },
      ended: ended === 1,
    })),
  };
});
