import { MAX_QUICK_KEYS, quickKeys, quickKeysSet } from '../../../shared/contract/product.ts';
import { answers, handles } from '../context.ts';
import { productView } from '../store/catalogue.ts';
import { dayAt, productById } from '../store/rows.ts';
import type { Statements } from '../store/statements.ts';

export const set = handles(quickKeysSet, (ctx, { products }) => {
  const before = new Set<number>();
  for (const product of products) {
    const row = productById(ctx.sql, product);
    if (!row) return ctx.reject('product-unknown', { product: String(product) });
    if (before.has(product)) ctx.reject('line-twice', { product: row.name });
    before.add(product);
  }
  ctx.insert('quick_keys', { products: JSON.stringify(products) });
  ctx.changed('products');
  return { products: products.length };
});

export const get = answers(quickKeys, (ctx) => {
  const chosen = chosenKeys(ctx.sql);
  const products = chosen.length > 0 ? chosen : bestSellers(ctx.sql);
  const day = dayAt(ctx.sql, ctx.at);
  return {
    products: products.flatMap((product) => productView(ctx, product, day) ?? []),
    chosen: chosen.length > 0,
  };
});

/** The newest choice of the office; empty before the first, and where it was taken back. */
function chosenKeys(sql: Statements): number[] {
  const row = sql.kept<{ products: string }>(
    ['quick_keys'],
    'SELECT products FROM quick_keys ORDER BY seq DESC LIMIT 1',
  );
  return row ? (JSON.parse(row.products) as number[]) : [];
}

/** Bounds the question: after years of selling only the newest lines are read, and they say what sells now. */
const LINES_LOOKED_AT = 500;

/** On most of the newest receipts; not by quantity, in which a kilogram of crackers would be one piece. */
function bestSellers(sql: Statements): number[] {
  return sql
    .all<{ product: number }>(
      `SELECT product FROM (SELECT product FROM sale_line ORDER BY seq DESC, line DESC LIMIT ?)
       GROUP BY product ORDER BY count(*) DESC, product LIMIT ?`,
      LINES_LOOKED_AT,
      MAX_QUICK_KEYS,
    )
    .map(({ product }) => product);
}
