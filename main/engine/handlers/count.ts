import { countDue, countPost, countRequest } from '../../../shared/contract/goods.ts';
import { type ShelfPart, takeOldest } from '../../../shared/domain/allocation.ts';
import { MAX_RUPIAH } from '../../../shared/domain/money.ts';
import { isQty, qty } from '../../../shared/domain/quantity.ts';
import { answers, type Context, handles, type ReadContext } from '../context.ts';
import {
  addSurplus,
  lastCountOf,
  onHandOf,
  oversoldSinceCount,
  productOrReject,
  shelvesFor,
  takeOff,
  unexplainedQty,
  type Wish,
} from '../store/goods.ts';
import { creditLoss, lossFigures } from '../store/loss.ts';
import { documentNumber } from '../store/numbers.ts';
import type { ProductRow } from '../store/rows.ts';

interface CountLine {
  readonly product: number;
  readonly countedQty: number;
  readonly batch?: number | undefined;
}

/** A stock count. What it finds is what lies there from now on; only what nothing explains is a difference. */
export const post = handles(countPost, (ctx, input) => {
  refuseTwice(ctx, input.lines);
  const number = documentNumber(ctx, 'stock_count');
  ctx.insert('stock_count', { number, note: input.note ?? null });
  const lines = input.lines.map((line, index) => countLine(ctx, line, index + 1));
  ctx.changed('stock');
  if (lines.some(({ creditRupiah }) => creditRupiah !== 0)) ctx.changed('vendors');
  return { count: ctx.seq, number, lines };
});

/** Pieces are counted once: no product or batch twice, and no batch of a product that is counted as a whole. */
function refuseTwice(ctx: ReadContext, lines: readonly CountLine[]): void {
  const counted = new Map<number, Set<number | undefined>>();
  for (const line of lines) {
    const product = productOrReject(ctx, line.product);
    const batches = counted.get(product.id) ?? new Set();
    const overlaps = line.batch === undefined ? batches.size > 0 : batches.has(undefined);
    if (overlaps || batches.has(line.batch)) ctx.reject('line-twice', { product: product.name });
    counted.set(product.id, batches.add(line.batch));
  }
}

/**
 * Posts one line. Of a shortage, pieces that were sold before the book knew them come first (debit found / credit
 * shelf); the rest is lost, at the vendor's share as the agreement says. A surplus touches no vendor.
 */
function countLine(ctx: Context, { product: id, countedQty, batch }: CountLine, line: number) {
  const product = productOrReject(ctx, id);
  const wish: Wish = { product, shelf: 'shelf', batch };
  const bookQty = onHandOf(shelvesFor(ctx, wish));
  const shortQty = Math.max(0, bookQty - countedQty);
  const repaidQty = Math.min(shortQty, unexplainedQty(ctx, product.id));
  const lostQty = shortQty - repaidQty;
  const surplusQty = Math.max(0, countedQty - bookQty);
  const { value, credit } = lostQty > 0 ? lossFigures(ctx, product, lostQty) : { value: 0, credit: 0 };
  const repaid = oldest(ctx, wish, repaidQty);
  takeOff(ctx, { line, ...leaving(product, repaid), to: 'found', reason: 'count.repaid' });
  const lost = oldest(ctx, wish, lostQty);
  takeOff(ctx, { line, after: repaid.length, ...leaving(product, lost), to: 'lost', reason: 'count.lost' });
  creditLoss(ctx, { vendor: product.vendor, amount: credit, reason: 'count.credit', line });
  addSurplus(ctx, { line, product: product.id, qty: surplusQty, batch });
  ctx.insert('stock_count_line', {
    line,
    product: product.id,
    batch: batch ?? null,
    book: bookQty,
    counted: countedQty,
    repaid: repaidQty,
    lost: lostQty,
    surplus: surplusQty,
    value,
    credit,
  });
  return { product: product.id, bookQty, countedQty, repaidQty, lostQty, surplusQty, creditRupiah: credit };
}

function leaving({ id }: ProductRow, parts: readonly ShelfPart[]) {
  return { product: id, shelf: 'shelf', parts } as const;
}

function oldest(ctx: ReadContext, wish: Wish, quantity: number): readonly ShelfPart[] {
  if (!isQty(quantity)) return ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  return takeOldest(shelvesFor(ctx, wish), qty(quantity)).parts;
}

export const request = handles(countRequest, (ctx, input) => {
  const products = [...new Set(input.products)];
  for (const [index, product] of products.entries()) {
    productOrReject(ctx, product);
    ctx.insert('count_request', { n: index + 1, product });
  }
  ctx.changed('stock');
  return { products: products.length };
});

/** Products that ever were oversold or asked for; whether they still are due is asked of each. */
const CANDIDATES = `
  SELECT product_now.id AS product, product_now.name, vendor_now.name AS vendorName,
    (SELECT max(seq) FROM count_request WHERE count_request.product = product_now.id) AS requested
  FROM product_now JOIN vendor_now ON vendor_now.id = product_now.vendor
  WHERE EXISTS (SELECT 1 FROM count_request WHERE count_request.product = product_now.id) OR EXISTS (
    SELECT 1 FROM account WHERE ledger = product_now.id AND code = 'found' AND owner = '' AND credits > debits)
  ORDER BY product_now.name, product_now.id`;

interface Candidate {
  product: number;
  name: string;
  vendorName: string;
  requested: number | null;
}

export const due = answers(countDue, (ctx, { limit }) => {
  const products = ctx.sql.all<Candidate>(CANDIDATES).flatMap(({ requested, ...named }) => {
    const lastCount = lastCountOf(ctx.sql, named.product);
    const oversold = oversoldSinceCount(ctx, named.product);
    if (oversold === 0 && (requested ?? 0) <= lastCount) return [];
    return [{ ...named, lastCount, oversoldQty: oversold }];
  });
  return {
    products: products.slice(0, limit).map(({ lastCount, ...line }) => ({
      ...line,
      bookQty: onHandOf(ctx.shelves(line.product)),
      lastCountDay: ctx.sql.value<string>('SELECT day FROM journal WHERE seq = ?', lastCount) ?? null,
    })),
  };
});
