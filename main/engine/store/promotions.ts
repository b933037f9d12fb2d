import type { ProductView } from '../../../shared/contract/product.ts';
import type { ReadContext } from '../context.ts';
import { groupedBy } from './grouped.ts';
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
  if (!fits(row, product)) ctx.reject('promotion-not-for-line', { name: row.name, product: product.name });
  return row;
}

/** Whom a promotion is for, and what a product has to be so that it is for it. */
type Scope = Pick<PromotionRow, 'vendor' | 'category' | 'product'>;
type Goods = Pick<ProductRow, 'id' | 'vendor' | 'category'>;

function fits({ vendor, category, product }: Scope, goods: Goods): boolean {
  return (
    (vendor === null || vendor === goods.vendor) &&
    (category === null || category === goods.category) &&
    (product === null || product === goods.id)
  );
}

type Running = Scope & Pick<PromotionRow, 'id' | 'name' | 'rate_bps'>;

/** The promotions of one day, each under the narrowest thing it is for; the largest first. */
type RunningByScope = ReadonlyMap<string, readonly Running[]>;

const RUNNING = `SELECT json_group_array(json_object('id', id, 'name', name, 'rate_bps', rate_bps, 'vendor', vendor,
    'category', category, 'product', product) ORDER BY rate_bps DESC, id) AS running
  FROM promotion WHERE from_day <= ? AND to_day >= ?
    AND NOT EXISTS (SELECT 1 FROM promotion_end WHERE promotion_end.promotion = promotion.id)`;

/** What `kept` answered, read once: it is the same row until a promotion begins or ends. */
const readRows = new WeakMap<object, RunningByScope>();

function runningOn(sql: Statements, day: string): RunningByScope {
  const row = sql.kept<{ running: string }>(['promotion', 'promotion_end'], RUNNING, day, day);
  if (!row) return new Map();
  const known = readRows.get(row);
  if (known) return known;
  const byScope = groupedBy(JSON.parse(row.running) as Running[], scopeOf);
  readRows.set(row, byScope);
  return byScope;
}

function scopeOf({ vendor, category, product }: Scope): string {
  if (product !== null) return `product ${product}`;
  if (vendor !== null) return `vendor ${vendor}`;
  return category === null ? 'all' : `category ${category}`;
}

/**
 * The promotion that runs for a product on a day; of several the one with the largest rate, of equal ones the oldest;
 * null: none. A till asks at every scan, so only those that can be for the product are looked at.
 */
export function promotionOn(sql: Statements, goods: Goods, day: string): ProductView['promotion'] {
  const running = runningOn(sql, day);
  if (running.size === 0) return null;
  const { id, vendor, category } = goods;
  const scopes = [`product ${id}`, `vendor ${vendor}`, `category ${category}`, 'all'];
  const best = scopes
    .flatMap((scope) => running.get(scope)?.find((promotion) => fits(promotion, goods)) ?? [])
    .reduce<Running | undefined>((most, next) => (most && !isLarger(next, most) ? most : next), undefined);
  return best ? { promotion: best.id, name: best.name, rateBps: best.rate_bps } : null;
}

function isLarger(promotion: Running, other: Running): boolean {
  if (promotion.rate_bps !== other.rate_bps) return promotion.rate_bps > other.rate_bps;
  return promotion.id < other.id;
}
