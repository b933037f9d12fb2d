import { goodsAccount, moneyAccount } from '../../../shared/domain/chart.ts';
import type { Reason } from '../../../shared/domain/reasons.ts';
import type { Discounts, LineSplit, Terms, TermsLevel } from '../../../shared/domain/terms.ts';
import type { Context } from '../context.ts';
import { needsSupervisor } from './authority.ts';
import type { ProductRow } from './rows.ts';
import { isExpired, type Shelf } from './shelves.ts';
import type { AgreementRow } from './terms.ts';

/** A line with everything about it decided, in whole rupiah and thousandths, before anything is written. */
export interface SoldLine {
  readonly row: ProductRow;
  readonly agreement: AgreementRow;
  readonly level: TermsLevel;
  readonly terms: Terms;
  readonly qty: number;
  readonly price: number;
  /** The price in force. */
  readonly listPrice: number;
  readonly gross: number;
  /** All discounts of the line by who bears them; its part of the sale discount is among them. */
  readonly discounts: Discounts;
  readonly saleDiscount: number;
  readonly split: LineSplit;
  readonly promotion: number | null;
  /** The batch whose label was scanned. */
  readonly batch: number | null;
  /** The day that stands on the piece in hand, where the book has only expired ones. */
  readonly printedExpiry: string | null;
}

/** A line is written by the sale itself, or later, when somebody said what an unknown code was. */
export interface LineWriting {
  readonly line: number;
  readonly as: 'sale' | 'resolution';
  /** Batches that had expired before this day did not give the goods. */
  readonly goodsDay: string;
}

type Part = 'share' | 'commission' | 'own-goods' | 'goods' | 'oversold';

const REASONS = {
  sale: {
    share: 'sale.share',
    commission: 'sale.commission',
    'own-goods': 'sale.own-goods',
    goods: 'sale.goods',
    oversold: 'sale.oversold',
  },
  resolution: {
    share: 'resolution.share',
    commission: 'resolution.commission',
    'own-goods': 'resolution.own-goods',
    goods: 'resolution.goods',
    oversold: 'resolution.oversold',
  },
} as const satisfies Record<LineWriting['as'], Record<Part, Reason>>;

/**
 * Writes one line with every figure, shares its money and moves its goods. True when more was sold than the book had.
 * Docs/domain rule: commission and vendor share are the net together; all of own goods is the center's.
 */
export function writeSoldLine(ctx: Context, line: SoldLine, writing: LineWriting): boolean {
  insertLine(ctx, line, writing.line);
  const { row, split, terms } = line;
  const reasons = REASONS[writing.as];
  const debit = moneyAccount(writing.as === 'sale' ? 'clearing' : 'unresolved');
  const own = terms.model === 'own-goods';
  ctx.post({
    debit,
    credit: moneyAccount('vendor', row.vendor),
    amount: split.share,
    reason: reasons.share,
    line: writing.line,
  });
  ctx.post({
    debit,
    credit: moneyAccount(own ? 'own-goods-sales' : 'commission'),
    amount: split.commission,
    reason: own ? reasons['own-goods'] : reasons.commission,
    line: writing.line,
  });
  return takeGoods(ctx, line, writing);
}

/**
 * What a line has none of is left empty, as in the rows of before there was any of it, so that those still replay to
 * the same digest: no discount, no other price than the list's, terms found on the vendor.
 */
function insertLine(ctx: Context, line: SoldLine, lineNumber: number): void {
  const { terms, split, discounts, agreement } = line;
  const hasRate = terms.model === 'percent' || terms.model === 'margin';
  ctx.insert('sale_line', {
    line: lineNumber,
    product: line.row.id,
    qty: line.qty,
    price: line.price,
    gross: line.gross,
    net: split.net,
    commission: split.commission,
    share: split.share,
    agreement: agreement.id,
    model: terms.model,
    rate_bps: hasRate ? terms.rateBps : null,
    net_price: terms.model === 'net-price' ? terms.netPrice : null,
    level: line.level === 'vendor' ? null : line.level,
    per_unit: terms.model === 'fixed' ? terms.perUnit : null,
    cost: terms.model === 'margin' ? terms.cost : null,
    discount_shared: discounts.shared || null,
    discount_center: discounts.center || null,
    discount_vendor: discounts.vendor || null,
    sale_discount: line.saleDiscount || null,
    list_price: line.listPrice === line.price ? null : line.listPrice,
    batch: line.batch,
    printed_expiry: line.printedExpiry,
    promotion: line.promotion,
  });
}

/**
 * Takes the goods from the scanned batch, then from the other unexpired ones, first expired first out. What the book
 * does not have is in the buyer's hand all the same: it is found (debit no-batch shelf / credit found), sold from
 * there, and counted later.
 */
function takeGoods(ctx: Context, line: SoldLine, { line: lineNumber, as, goodsDay }: LineWriting): boolean {
  const product = line.row.id;
  const reasons = REASONS[as];
  const sold = goodsAccount(product, 'sold');
  const shelves = ctx.shelves(product);
  if (line.batch !== null) checkLabel(ctx, line, shelves, goodsDay);
  let left = line.qty;
  let part = 0;
  const take = (batch: number, amount: number) => {
    part += 1;
    ctx.insert('sale_line_batch', { line: lineNumber, n: part, batch, qty: amount });
    const credit = goodsAccount(product, 'shelf', batch);
    ctx.post({ debit: sold, credit, amount, reason: reasons.goods, line: lineNumber });
    left -= amount;
  };
  for (const shelf of labelFirst(shelves, line.batch)) {
    if (left === 0) break;
    if (!isExpired(shelf, goodsDay)) take(shelf.batch, Math.min(left, shelf.onHand));
  }
  if (as === 'sale') checkExpired(ctx, line, shelves, left);
  if (left === 0) return false;
  const shelf = goodsAccount(product, 'shelf');
  const found = goodsAccount(product, 'found');
  ctx.post({ debit: shelf, credit: found, amount: left, reason: reasons.oversold, line: lineNumber });
  take(0, left);
  return true;
}

function labelFirst(shelves: readonly Shelf[], batch: number | null): readonly Shelf[] {
  if (batch === null) return shelves;
  const labelled = shelves.filter((shelf) => shelf.batch === batch);
  return labelled.length === 0 ? shelves : [...labelled, ...shelves.filter((shelf) => shelf.batch !== batch)];
}

/** A label names a batch of this very product; of an expired one the piece in hand is expired too. */
function checkLabel(ctx: Context, line: SoldLine, shelves: readonly Shelf[], day: string): void {
  const batch = line.batch ?? 0;
  const row = ctx.sql.kept<{ product: number; expires: string | null }>(
    ['batch'],
    'SELECT product, expires FROM batch WHERE id = ?',
    batch,
  );
  if (row?.product !== line.row.id) return ctx.reject('batch-unknown', { batch });
  if (line.printedExpiry !== null || !isExpired(row, day)) return;
  const expired = shelves.find((shelf) => shelf.batch === batch)?.onHand ?? 0;
  ctx.reject('only-expired-stock', { product: line.row.name, expired });
}

/**
 * If the book has expired pieces for what is `left`, the piece in hand is most likely one of those, and the line
 * stops. Docs/domain rule: two ways on; when the package is still good, the cashier types its printed day, a
 * supervisor says yes, and it is sold from no batch.
 */
function checkExpired(ctx: Context, line: SoldLine, shelves: readonly Shelf[], left: number): void {
  if (left === 0 && line.printedExpiry === null) return;
  const product = line.row.name;
  const expired = shelves.reduce((sum, shelf) => sum + (isExpired(shelf, ctx.day) ? shelf.onHand : 0), 0);
  if (line.printedExpiry === null) {
    if (expired > 0) ctx.reject('only-expired-stock', { product, expired });
    return;
  }
  if (left === 0 || expired === 0) ctx.reject('not-expired', { product });
  if (line.printedExpiry < ctx.day) ctx.reject('already-expired', { product, expires: line.printedExpiry });
  needsSupervisor(ctx, 'expired');
}
