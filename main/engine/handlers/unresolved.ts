import type { OutputOf } from '../../../shared/contract/define.ts';
import { unresolvedList, unresolvedResolve } from '../../../shared/contract/goods.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { MAX_RUPIAH, rupiah } from '../../../shared/domain/money.ts';
import { qty } from '../../../shared/domain/quantity.ts';
import { NO_DISCOUNTS, splitLine, termsWithinRange } from '../../../shared/domain/terms.ts';
import { answers, type Context, handles } from '../context.ts';
import { documentNumber } from '../store/numbers.ts';
import { type PriceRow, priceOf, productById } from '../store/rows.ts';
import { writeSoldLine } from '../store/sale-line.ts';
import type { Statements } from '../store/statements.ts';
import { agreementFor, agreementOrReject, termsOf } from '../store/terms.ts';

type UnresolvedLine = OutputOf<typeof unresolvedList>['lines'][number];

/** A line that was sold with a code nobody knew. */
interface UnresolvedRow {
  qty: number;
  price: number;
  net: number;
  /** When it was sold. */
  day: string;
  at: number;
}

export const resolve = handles(unresolvedResolve, (ctx, input) => {
  const { sale, line } = input;
  const row = ctx.sql.one<UnresolvedRow>(
    `SELECT qty, price, unresolved_line.net, sale.day, journal.at FROM unresolved_line
     JOIN sale ON sale.seq = unresolved_line.seq JOIN journal ON journal.seq = sale.seq
     WHERE unresolved_line.seq = ? AND line = ?`,
    sale,
    line,
  );
  if (!row) return ctx.reject('unresolved-unknown', { sale, line });
  if (isResolved(ctx.sql, sale, line)) ctx.reject('already-resolved', { sale, line });
  if (input.product === undefined && input.memo === undefined) ctx.reject('memo-missing', {});

  const shareRupiah =
    input.product === undefined ? postIncome(ctx, row, line) : sell(ctx, row, line, input.product);
  const number = documentNumber(ctx, 'resolution');
  ctx.insert('resolution', {
    number,
    sale,
    line,
    product: input.product ?? null,
    memo: input.memo ?? null,
  });
  ctx.changed('sales');
  ctx.changed('stock');
  return { resolution: ctx.seq, number, shareRupiah };
});

/** A resolution that was taken back no longer says what the line was. */
function isResolved(sql: Statements, sale: number, line: number): boolean {
  const live = sql.value<number>(
    `SELECT seq FROM resolution WHERE sale = ? AND line = ?
       AND NOT EXISTS (SELECT 1 FROM reversal WHERE document = resolution.seq)`,
    sale,
    line,
  );
  return live !== undefined;
}

/** Nobody will ever know whose it was: the money is the center's, and the memo says why. */
function postIncome(ctx: Context, row: UnresolvedRow, line: number): number {
  ctx.post({
    debit: moneyAccount('unresolved'),
    credit: moneyAccount('other-income'),
    amount: row.net,
    reason: 'resolution.income',
    line,
  });
  return 0;
}

/**
 * The line as the sale would have written it, under the row of this command: the price it was sold at, the terms of
 * the day it was sold, goods of batches that could be sold on that day. Answers the vendor's share.
 */
function sell(ctx: Context, row: UnresolvedRow, line: number, product: number): number {
  const productRow = productById(ctx.sql, product);
  const price = priceWhen(ctx.sql, product, row.at);
  if (!productRow || !price) return ctx.reject('product-unknown', { product: String(product) });
  // A vendor may have come to an agreement only after the goods were sold: then today's terms.
  const found = agreementFor(ctx.sql, productRow, row.day) ?? agreementOrReject(ctx, productRow, ctx.day);
  const terms = termsOf(ctx, productRow, found.agreement, price);
  const quantity = qty(row.qty);
  if (!termsWithinRange(terms, quantity)) ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  const gross = rupiah(row.net);
  const split = splitLine({ gross, quantity, terms, discounts: NO_DISCOUNTS });
  const sold = {
    row: productRow,
    ...found,
    terms,
    qty: row.qty,
    price: row.price,
    listPrice: row.price,
    gross,
    discounts: NO_DISCOUNTS,
    saleDiscount: 0,
    split,
    promotion: null,
    batch: null,
    printedExpiry: null,
  };
  writeSoldLine(ctx, sold, { line, as: 'resolution', goodsDay: row.day });
  return split.share;
}

/** The price version in force at a moment; of a product that came later, the one in force now. */
function priceWhen(sql: Statements, product: number, at: number): PriceRow | undefined {
  const then = sql.one<PriceRow>(
    'SELECT price, net_price, cost FROM price WHERE product = ? AND at <= ? ORDER BY id DESC LIMIT 1',
    product,
    at,
  );
  return then ?? priceOf(sql, product);
}

/** Oldest first: whoever waits longest for their money comes first. */
export const list = answers(unresolvedList, (ctx, { limit }) => ({
  lines: ctx.sql.all<UnresolvedLine>(
    `SELECT sale.seq AS sale, sale.number, sale.day, unresolved_line.line, unresolved_line.code, unresolved_line.name,
            unresolved_line.vendor, unresolved_line.qty, unresolved_line.price AS priceRupiah,
            unresolved_line.net AS netRupiah
     FROM unresolved_line JOIN sale ON sale.seq = unresolved_line.seq
     WHERE NOT EXISTS (SELECT 1 FROM resolution
       WHERE resolution.sale = unresolved_line.seq AND resolution.line = unresolved_line.line
         AND NOT EXISTS (SELECT 1 FROM reversal WHERE document = resolution.seq))
     ORDER BY unresolved_line.seq, unresolved_line.line LIMIT ?`,
    limit,
  ),
}));
