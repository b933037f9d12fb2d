import { NO_BATCH, type ShelfPart, takeOldest } from '../../../shared/domain/allocation.ts';
import { type AccountReference, goodsAccount } from '../../../shared/domain/chart.ts';
import { MAX_QTY, type Qty, qty } from '../../../shared/domain/quantity.ts';
import type { Reason } from '../../../shared/domain/reasons.ts';
import type { Context, ReadContext } from '../context.ts';
import { held, owed } from '../ledger.ts';
import { type ProductRow, productById, vendorById } from './rows.ts';
import { type Shelf, shelvesIn } from './shelves.ts';
import type { Statements } from './statements.ts';

/** Goods that come in and go out without a sale: what intake, return, write-off and count have in common. */

/** Where goods stand: for sale, or set aside for their vendor. */
export type ShelfName = 'shelf' | 'return-shelf';

/** The product, or the "no" that names its id. */
export function productOrReject(ctx: ReadContext, product: number): ProductRow {
  return productById(ctx.sql, product) ?? ctx.reject('product-unknown', { product: String(product) });
}

/** A product whose goods come in: it exists, is still taken and is of this vendor, who still delivers. */
export function incomingProduct(ctx: ReadContext, vendor: number, product: number): ProductRow {
  const row = productOrReject(ctx, product);
  if (row.vendor !== vendor) ctx.reject('wrong-vendor', { product: row.name });
  if (!row.active) ctx.reject('product-inactive', { product: row.name });
  return row;
}

/** Stops a delivery of a vendor who does not exist or delivers no more. */
export function mustDeliver(ctx: ReadContext, vendor: number): void {
  const row = vendorById(ctx.sql, vendor);
  if (!row) return ctx.reject('vendor-unknown', { vendor: String(vendor) });
  if (!row.active) ctx.reject('vendor-inactive', { vendor: row.name });
}

/** One line of a delivery: thousandths above 0, and the day printed on the goods if there is one. */
export interface Received {
  readonly line: number;
  readonly product: ProductRow;
  readonly qty: number;
  readonly expires: string | undefined;
}

/**
 * Makes a batch and puts the goods on its shelf. What was sold before the book knew it is repaid first.
 * Docs/domain rule: debit shelf(batch) / credit at-vendor, then debit found / credit shelf(batch), no vendor entry.
 */
export function receive(ctx: Context, { line, product, qty, expires }: Received) {
  if (expires !== undefined && expires < ctx.day) {
    ctx.reject('already-expired', { product: product.name, expires });
  }
  const batch = ctx.nextId('batch');
  const shelf = goodsAccount(product.id, 'shelf', batch);
  const atVendor = goodsAccount(product.id, 'at-vendor');
  const repaidQty = Math.min(qty, unexplainedQty(ctx, product.id));
  ctx.insert('batch', { id: batch, product: product.id, day: ctx.day, expires: expires ?? null });
  ctx.post({ debit: shelf, credit: atVendor, amount: qty, reason: 'intake.batch', line });
  const found = goodsAccount(product.id, 'found');
  ctx.post({ debit: found, credit: shelf, amount: repaidQty, reason: 'intake.oversold', line });
  return { batch, repaidQty };
}

const LAST_COUNT = `SELECT max(seq) FROM stock_count_line WHERE product = ? AND batch IS NULL
  AND NOT EXISTS (SELECT 1 FROM reversal WHERE document = stock_count_line.seq)`;

/** The newest count of the whole product that nobody took back, or 0: before it nothing is open any more. */
export function lastCountOf(sql: Statements, product: number): number {
  return sql.value<number | null>(LAST_COUNT, product) ?? 0;
}

const CREDITED_SINCE = `
  SELECT reason, sum(iif(transfer.credit = account.id, amount, -amount)) AS net
  FROM account JOIN transfer ON transfer.seq > ? AND (transfer.credit = account.id OR transfer.debit = account.id)
  WHERE account.ledger = ? AND account.code = ? AND account.owner = '' GROUP BY reason`;

/** Credits less debits of a goods account since a journal row, reason by reason. Reversals take their reason along. */
function creditedSince(sql: Statements, { ledger, code }: AccountReference, seq: number) {
  return sql.all<{ reason: Reason; net: number }>(CREDITED_SINCE, seq, ledger, code);
}

/**
 * Thousandths ≥ 0 of a product that are or were in the shop without a document that says how they came: sold before
 * the book knew them, or counted too many. The next intake or count repays them first and touches no vendor by it,
 * whichever of the two is typed first: a delivery of 10 that is typed after 2 of it were sold and 8 counted leaves 8.
 * Docs/domain rule: intake and count first repay outstanding found; only the rest is a difference.
 */
export function unexplainedQty(ctx: ReadContext, product: number): number {
  return Math.max(0, owed(ctx.totals(goodsAccount(product, 'found'))));
}

/** Thousandths ≥ 0 that were sold without being on the book since the product was last counted: why to count it now. */
export function oversoldSinceCount(ctx: ReadContext, product: number): number {
  if (unexplainedQty(ctx, product) === 0) return 0;
  const since = creditedSince(ctx.sql, goodsAccount(product, 'found'), lastCountOf(ctx.sql, product));
  const open = since.reduce((sum, { reason, net }) => sum + (reason === 'count.surplus' ? 0 : net), 0);
  return Math.max(0, open);
}

/** What came in of a product and what was lost of it since its last count, thousandths ≥ 0. */
export function sinceLastCount(ctx: ReadContext, product: number): { received: Qty; lostBefore: Qty } {
  const last = lastCountOf(ctx.sql, product);
  const received = creditedSince(ctx.sql, goodsAccount(product, 'at-vendor'), last)
    .filter(({ reason }) => reason === 'intake.batch')
    .reduce((sum, { net }) => sum + net, 0);
  const lost = creditedSince(ctx.sql, goodsAccount(product, 'lost'), last).reduce(
    (sum, { net }) => sum - net,
    0,
  );
  return { received: within(received), lostBefore: within(lost) };
}

/** A sum as a quantity: a reversal of something older than the count may turn it below 0. */
function within(thousandths: number): Qty {
  return qty(Math.min(MAX_QTY, Math.max(0, thousandths)));
}

/** What a line asks for: so much of a product from where it stands, from one batch or the oldest. */
export interface Wish {
  readonly product: ProductRow;
  readonly shelf: ShelfName;
  readonly batch: number | undefined;
}

/** The shelves a wish is about, each with what it holds: one batch (of this product, or a "no"), or all of them. */
export function shelvesFor(ctx: ReadContext, { product, shelf, batch }: Wish): readonly Shelf[] {
  if (batch === undefined)
    return shelf === 'shelf' ? ctx.shelves(product.id) : shelvesIn(ctx.sql, product.id, shelf);
  const row = ctx.sql.one<{ expires: string | null }>(
    'SELECT expires FROM batch WHERE id = ? AND product = ?',
    batch,
    product.id,
  );
  if (!row) return ctx.reject('batch-unknown', { batch });
  return [{ batch, onHand: held(ctx.totals(goodsAccount(product.id, shelf, batch))), expires: row.expires }];
}

/** Thousandths on these shelves together. */
export function onHandOf(shelves: readonly Shelf[]): number {
  return shelves.reduce((sum, { onHand }) => sum + onHand, 0);
}

/** The parts that `quantity` thousandths come from, oldest first; a "no" when the shelves do not hold that much. */
export function takeOrReject(ctx: ReadContext, wish: Wish, quantity: number): readonly ShelfPart[] {
  const shelves = shelvesFor(ctx, wish);
  const { parts, missing } = takeOldest(shelves, qty(quantity));
  if (missing > 0) ctx.reject('stock-short', { product: wish.product.name, onHandQty: onHandOf(shelves) });
  return parts;
}

/** Parts that leave their shelves for another account of the product. */
export interface Leaving {
  readonly line: number;
  /** Parts of this line written before. */
  readonly after?: number;
  readonly product: number;
  readonly shelf: ShelfName;
  readonly parts: readonly ShelfPart[];
  readonly to: 'at-vendor' | 'lost' | 'found';
  readonly reason: Reason;
  /** What own goods cost, rupiah; asked part by part, each after the one before was written. */
  readonly costOf?: (part: ShelfPart) => number;
}

/** Posts each part (debit `to` / credit its shelf) and writes it down. Answers the sum of the costs, rupiah. */
export function takeOff(ctx: Context, leaving: Leaving): number {
  const { line, product, shelf, to, reason } = leaving;
  let total = 0;
  for (const [index, part] of leaving.parts.entries()) {
    const cost = leaving.costOf?.(part) ?? null;
    const n = (leaving.after ?? 0) + index + 1;
    ctx.insert('goods_part', { line, n, product, batch: part.batch, shelf, qty: part.qty, cost });
    const debit = goodsAccount(product, to);
    const credit = goodsAccount(product, shelf, part.batch);
    ctx.post({ debit, credit, amount: part.qty, reason, line });
    total += cost ?? 0;
  }
  return total;
}

/** Puts what a count found too many (thousandths ≥ 0) onto its batch's shelf, or the no-batch shelf. */
export function addSurplus(
  ctx: Context,
  {
    line,
    product,
    qty: amount,
    batch = NO_BATCH,
  }: { line: number; product: number; qty: number; batch: number | undefined },
): void {
  if (amount === 0) return;
  ctx.insert('goods_part', { line, n: 1, product, batch, shelf: 'shelf', qty: amount, cost: null });
  ctx.post({
    debit: goodsAccount(product, 'shelf', batch),
    credit: goodsAccount(product, 'found'),
    amount,
    reason: 'count.surplus',
    line,
  });
}
