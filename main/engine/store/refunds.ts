import { type Rupiah, rupiah } from '../../../shared/domain/money.ts';
import { type MoneyBack, moneyBack } from '../../../shared/domain/refund.ts';
import { type TenderKind, tenderParts } from '../../../shared/domain/tender.ts';
import { centerRow } from './rows.ts';
import type { Statements } from './statements.ts';

/**
 * The money of refunds. A refund is never taken back by a reversal (a later one builds on its figures), so sums over
 * refunds need not look for any; a payment to a buyer can be taken back.
 */

/** SQL: what `refund` still owes its buyer in rupiah: what was not given in cash, less what was paid since. */
export const BUYER_DUE = `(refund.net - refund.cash - refund.rounding - coalesce((
    SELECT sum(paid.amount) FROM buyer_payment AS paid
    WHERE paid.refund = refund.seq AND NOT EXISTS (SELECT 1 FROM reversal WHERE document = paid.seq)), 0))`;

/** What a refund needs to know of its sale: what the buyer paid, and of that in cash after rounding. */
export interface PaidSale {
  readonly seq: number;
  readonly net: number;
  readonly cash_due: number;
}

/** A tender of a sale, counted from 1 (of cash the first), and what one refund returns of it. */
interface RefundedTender {
  readonly tender: number;
  readonly kind: TenderKind;
  readonly part: number;
}

/** Splits a refund over what is still unreturned of each tender of its sale; parts of nothing are left out. */
export function splitMoney(
  sql: Statements,
  sale: PaidSale,
  refundNet: Rupiah,
): { money: MoneyBack; parts: RefundedTender[] } {
  const tenders = sql.all<{ kind: TenderKind; amount: Rupiah }>(
    'SELECT kind, amount FROM sale_tender WHERE seq = ? ORDER BY n',
    sale.seq,
  );
  const before = new Map(
    sql
      .all<{ tender: number; part: number }>(
        `SELECT tender, sum(part) AS part FROM refund JOIN refund_tender USING (seq)
         WHERE refund.sale = ? GROUP BY tender`,
        sale.seq,
      )
      .map(({ tender, part }) => [tender, part]),
  );
  const cashPaidBefore = sql.value<number>(
    'SELECT coalesce(sum(cash), 0) FROM refund WHERE sale = ?',
    sale.seq,
  ) as number;
  const parts = tenderParts(rupiah(sale.net), tenders).map(({ tender, kind, amount }) => ({
    tender: tender + 1,
    kind,
    amount,
    returnedBefore: rupiah(before.get(tender + 1) ?? 0),
  }));
  const money = moneyBack({
    parts,
    cashDue: rupiah(sale.cash_due),
    cashPaidBefore: rupiah(cashPaidBefore),
    refundNet,
    step: centerRow(sql)?.rounding_step ?? 0,
  });
  const split = parts.map(({ tender, kind }, index) => ({ tender, kind, part: money.parts[index] ?? 0 }));
  return {
    money,
    parts: split.filter(({ kind, part }) => part > 0 || (kind === 'cash' && money.cashPaid > 0)),
  };
}
