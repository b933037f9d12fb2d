import { rupiah } from '../../../shared/domain/money.ts';
import { qty } from '../../../shared/domain/quantity.ts';
import { PIECE_UNIT, type ReceiptDocument } from '../../../shared/domain/receipt.ts';
import type { TenderKind } from '../../../shared/domain/tender.ts';
import { centerRow } from '../store/rows.ts';
import type { Statements } from '../store/statements.ts';
import type { OnPaper } from './paper-head.ts';
import { PRODUCT_THEN } from './product-then.ts';

interface SaleRow {
  number: string;
  at: number;
  username: string;
  net: number;
  rounding: number;
  change: number;
  saleDiscount: number;
}

interface LineRow {
  name: string;
  unit: string;
  qty: number;
  price: number;
  gross: number;
  /** The line's own discounts and its promotion's. */
  discount: number;
}

interface TenderRow {
  kind: TenderKind;
  amount: number;
  reference: string | null;
  /** Of QRIS: the bill number inside the code that was shown. */
  code: string | null;
}

/** A product keeps on paper the name and unit it was sold under, also when the receipt is printed years later. */
const LINES = `SELECT line, ${PRODUCT_THEN.name} AS name, ${PRODUCT_THEN.unit} AS unit,
    qty, price, gross, gross - net - coalesce(sale_discount, 0) AS discount
  FROM sale_line JOIN product ON product.id = sale_line.product ${PRODUCT_THEN.join('sale_line.seq')}
  WHERE sale_line.seq = ?
  UNION ALL
  SELECT line, coalesce(name, code), '${PIECE_UNIT}', qty, price, net, 0 FROM unresolved_line WHERE seq = ?
  ORDER BY line`;

/** A sale as it was committed, every figure the stored one; undefined when there is no such sale. */
export function saleOnPaper(sql: Statements, seq: number): OnPaper<ReceiptDocument> | undefined {
  const sale = sql.one<SaleRow>(
    `SELECT sale.number, journal.at, "user".username, sale.net, sale.rounding, sale.change,
            coalesce(sale.sale_discount, 0) AS saleDiscount
     FROM sale JOIN journal ON journal.seq = sale.seq JOIN "user" ON "user".id = journal.actor WHERE sale.seq = ?`,
    seq,
  );
  if (!sale) return undefined;
  const tenders = sql.all<TenderRow>(
    `SELECT sale_tender.kind, sale_tender.amount, sale_tender.reference, ticket.code
     FROM sale_tender LEFT JOIN ticket ON ticket.seq = sale_tender.ticket WHERE sale_tender.seq = ? ORDER BY n`,
    seq,
  );
  return {
    number: sale.number,
    at: sale.at,
    cashier: sale.username,
    lines: sql.all<LineRow>(LINES, seq, seq).map((line) => ({
      name: line.name,
      unit: line.unit,
      quantity: qty(line.qty),
      price: rupiah(line.price),
      gross: rupiah(line.gross),
      discount: rupiah(line.discount),
    })),
    saleDiscount: rupiah(sale.saleDiscount),
    total: rupiah(sale.net),
    rounding: rupiah(sale.rounding),
    tenders: tenders.map(({ kind, amount, reference, code }) => ({
      kind,
      amount: rupiah(amount),
      reference: [code, reference].filter((part) => part !== null).join(' / ') || null,
    })),
    change: rupiah(sale.change),
    footer: centerRow(sql)?.receipt_footer ?? null,
  };
}

/** True when notes and coins changed hands: only then is there a reason to open the drawer. */
export function paidInCash(sql: Statements, seq: number): boolean {
  return sql.value("SELECT 1 FROM sale_tender WHERE seq = ? AND kind = 'cash'", seq) !== undefined;
}
