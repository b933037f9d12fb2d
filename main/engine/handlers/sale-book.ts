import {
  type SaleLineView,
  type SaleSummary,
  type SaleView,
  saleByNumber,
  saleGet,
  saleList,
} from '../../../shared/contract/sale.ts';
import { answers, type QueryContext } from '../context.ts';
import { receiptByNumber } from '../store/documents.ts';
import { type StoredLine, storedLines, type UnresolvedLine, unresolvedLines } from '../store/sold.ts';

export const get = answers(saleGet, (ctx, { sale }): SaleView => {
  const head = ctx.sql.one<Omit<SaleView, 'lines' | 'refunds' | 'tenders'>>(
    `SELECT sale.seq AS sale, sale.number, journal.at, sale.day, "user".username AS cashier, drawer.code AS drawerCode,
            coalesce(sale.sale_discount, 0) AS saleDiscountRupiah, sale.net AS totalRupiah,
            sale.rounding AS roundingRupiah, sale.visit, sale.change AS changeRupiah
     FROM sale JOIN journal ON journal.seq = sale.seq JOIN "user" ON "user".id = journal.actor
     JOIN drawer ON drawer.id = sale.drawer WHERE sale.seq = ?`,
    sale,
  );
  if (!head) return ctx.reject('sale-unknown', { sale });
  const lines = [
    ...storedLines(ctx.sql, sale).map(knownView),
    ...unresolvedLines(ctx.sql, sale).map(unknownView),
  ];
  return {
    ...head,
    lines: lines.sort((a, b) => a.line - b.line),
    refunds: refundsOf(ctx, sale),
    tenders: ctx.sql.all<SaleView['tenders'][number]>(
      'SELECT kind, amount AS amountRupiah, reference FROM sale_tender WHERE seq = ? ORDER BY n',
      sale,
    ),
  };
});

function knownView(line: StoredLine): SaleLineView {
  return {
    line: line.line,
    product: line.product,
    name: line.name,
    qty: line.qty,
    unit: line.unit,
    priceRupiah: line.price,
    grossRupiah: line.gross,
    discountRupiah: line.gross - line.saleDiscount - line.net,
    saleDiscountRupiah: line.saleDiscount,
    netRupiah: line.net,
    refundedQty: line.refundedQty,
  };
}

/** Unknown goods are sold without discount, and cannot come back before somebody says whose they were. */
function unknownView({ line, code, name, qty, price, net }: UnresolvedLine): SaleLineView {
  return {
    line,
    product: null,
    name: name ?? code,
    qty,
    unit: 'pcs',
    priceRupiah: price,
    grossRupiah: net,
    discountRupiah: 0,
    saleDiscountRupiah: 0,
    netRupiah: net,
    refundedQty: 0,
  };
}

function refundsOf(ctx: QueryContext, sale: number): SaleView['refunds'] {
  return ctx.sql
    .all<{ refund: number; number: string; netRupiah: number; isVoid: 0 | 1 }>(
      'SELECT seq AS refund, number, net AS netRupiah, is_void AS isVoid FROM refund WHERE sale = ? ORDER BY seq',
      sale,
    )
    .map((refund) => ({ ...refund, isVoid: refund.isVoid === 1 }));
}

/** A line never comes back more than it was sold, so that the sums are equal only when every line came back whole. */
const BACK = `CASE
    WHEN NOT EXISTS (SELECT 1 FROM refund WHERE refund.sale = sale.seq) THEN 'none'
    WHEN EXISTS (SELECT 1 FROM refund WHERE refund.sale = sale.seq AND is_void = 1) THEN 'void'
    WHEN (SELECT sum(qty) FROM refund_line WHERE refund_line.sale = sale.seq) =
      (SELECT coalesce(sum(qty), 0) FROM sale_line WHERE sale_line.seq = sale.seq) +
      (SELECT coalesce(sum(qty), 0) FROM unresolved_line WHERE unresolved_line.seq = sale.seq) THEN 'all'
    ELSE 'part' END`;

/** One text for each question, so that a day and a shift come from their indexes. */
const SALES = `SELECT sale.seq AS sale, sale.number, journal.at, "user".username AS cashier, sale.net AS totalRupiah,
    (SELECT count(*) FROM sale_line WHERE sale_line.seq = sale.seq) +
    (SELECT count(*) FROM unresolved_line WHERE unresolved_line.seq = sale.seq) AS lines,
    ${BACK} AS back
  FROM sale JOIN journal ON journal.seq = sale.seq JOIN "user" ON "user".id = journal.actor`;
const NEWEST_FIRST = 'ORDER BY sale.seq DESC LIMIT ?';
/** A drawer's sales of a day lie together; a center has few drawers. */
const OF_DAY = 'sale.drawer IN (SELECT id FROM drawer) AND sale.day = ?';

export const list = answers(saleList, ({ sql }, { day, shift, limit }) => {
  if (shift !== undefined && day !== undefined)
    return {
      sales: sql.all<SaleSummary>(
        `${SALES} WHERE sale.shift = ? AND sale.day = ? ${NEWEST_FIRST}`,
        shift,
        day,
        limit,
      ),
    };
  if (shift !== undefined)
    return { sales: sql.all<SaleSummary>(`${SALES} WHERE sale.shift = ? ${NEWEST_FIRST}`, shift, limit) };
  if (day !== undefined)
    return { sales: sql.all<SaleSummary>(`${SALES} WHERE ${OF_DAY} ${NEWEST_FIRST}`, day, limit) };
  return { sales: sql.all<SaleSummary>(`${SALES} ${NEWEST_FIRST}`, limit) };
});

/** Scanned as printed, or typed in small letters: codes of drawers differ by more than those. */
export const byNumber = answers(saleByNumber, ({ sql, reject }, { number }) => {
  const sale = receiptByNumber(sql, number);
  return sale === undefined ? reject('receipt-unknown', { number }) : { sale };
});
