import { rupiah } from '../../../shared/domain/money.ts';
import { qty } from '../../../shared/domain/quantity.ts';
import type { RefundSlip } from '../../../shared/domain/refund-slip.ts';
import type { TenderKind } from '../../../shared/domain/tender.ts';
import type { Statements } from '../store/statements.ts';
import type { OnPaper } from './paper-head.ts';
import { PRODUCT_THEN } from './product-then.ts';

interface RefundRow {
  number: string;
  at: number;
  cashier: string;
  receiptNumber: string;
  isVoid: 0 | 1;
  net: number;
  rounding: number;
  cash: number;
  memo: string | null;
}

/** What came back keeps the name that is on the receipt it was sold with. */
const LINES = `SELECT ${PRODUCT_THEN.name} AS name, ${PRODUCT_THEN.unit} AS unit, refund_line.qty, refund_line.net
  FROM refund_line JOIN product ON product.id = refund_line.product
  ${PRODUCT_THEN.join('refund_line.sale')}
  WHERE refund_line.seq = ? ORDER BY refund_line.line`;

/** A refund as it was committed: what was owed then, whatever was paid since. Undefined when there is none. */
export function refundOnPaper(sql: Statements, seq: number): OnPaper<RefundSlip> | undefined {
  const refund = sql.one<RefundRow>(
    `SELECT refund.number, journal.at, "user".username AS cashier, sale.number AS receiptNumber,
            refund.is_void AS isVoid, refund.net, refund.rounding, refund.cash, refund.memo
     FROM refund JOIN sale ON sale.seq = refund.sale JOIN journal ON journal.seq = refund.seq
     JOIN "user" ON "user".id = journal.actor WHERE refund.seq = ?`,
    seq,
  );
  if (!refund) return undefined;
  const { number, at, cashier, receiptNumber, isVoid, memo } = refund;
  const owed = sql.all<{ kind: TenderKind; part: number }>(
    "SELECT kind, part FROM refund_tender WHERE seq = ? AND kind <> 'cash' ORDER BY n",
    seq,
  );
  return {
    ...{ number, at, cashier, receiptNumber, memo },
    isVoid: isVoid === 1,
    lines: sql.all<{ name: string; unit: string; qty: number; net: number }>(LINES, seq).map((line) => ({
      name: line.name,
      unit: line.unit,
      quantity: qty(line.qty),
      net: rupiah(line.net),
    })),
    total: rupiah(refund.net),
    rounding: rupiah(refund.rounding),
    cashPaid: rupiah(refund.cash),
    owed: owed.map(({ kind, part }) => ({ kind, amount: rupiah(part) })),
  };
}

/** True when money went back out of this drawer: its printer opens it. */
export function paidBackFrom(sql: Statements, seq: number, drawer: number): boolean {
  return (
    sql.value('SELECT 1 FROM refund WHERE seq = ? AND drawer = ? AND cash > 0', seq, drawer) !== undefined
  );
}
