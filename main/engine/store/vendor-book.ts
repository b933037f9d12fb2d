import type { StatementMovement } from '../../../shared/contract/vendor.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import type { Ledger } from '../ledger.ts';
import type { Statements } from './statements.ts';

/** A vendor's account read as a book: one function for statement, settlement and paper. */

/** Most movements that one answer carries; sums always cover all of them. */
export const MOST_MOVEMENTS = 500;

/** Reasons of transfers that hand a settlement's money over; they belong to that settlement, not to a period. */
export const PAYOUT_APPROVED = 'payout.approved';
export const PAYOUT_REST = 'payout.rest';

interface BookReader {
  readonly sql: Statements;
  totals: Ledger['totals'];
}

/** Which movements: all of a day range, or those between two pairs of watermarks. */
export interface MovementRange {
  readonly fromDay?: string | undefined;
  readonly toDay?: string | undefined;
  readonly beforeDay?: string | undefined;
  /** Movements of a settlement: in by this pair, and not held by the earlier pair already. */
  readonly watermarks?: Watermarks;
}

export interface Watermarks {
  readonly cutoffDay: string;
  readonly asOfSeq: number;
  readonly earlier: { readonly cutoffDay: string; readonly asOfSeq: number };
}

/** The watermarks before a vendor's first settlement: nothing was held yet. */
export const NO_WATERMARKS = { cutoffDay: '', asOfSeq: 0 };

const NUMBER = `coalesce(sale.number, settlement.number, payout.number)`;

/** The vendor's transfers, oldest first; a share counts up, what goes out counts down. */
export function vendorMovements(
  reader: BookReader,
  vendor: number,
  range: MovementRange,
): StatementMovement[] {
  const account = accountOf(reader, vendor);
  if (account === undefined) return [];
  const [where, values] = condition(range);
  return reader.sql.all<StatementMovement>(
    `SELECT moved.seq, journal.at, moved.day, moved.reason, ${NUMBER} AS number,
            nullif(concat_ws(' ', product.name), '') AS what, moved.amount AS amountRupiah
     FROM (SELECT id, seq, day, reason, line, amount FROM transfer WHERE credit = ?
           UNION ALL SELECT id, seq, day, reason, line, -amount FROM transfer WHERE debit = ?) AS moved
     JOIN journal ON journal.seq = moved.seq
     LEFT JOIN sale ON sale.seq = moved.seq
     LEFT JOIN sale_line ON sale_line.seq = moved.seq AND sale_line.line = moved.line
     LEFT JOIN product ON product.id = sale_line.product
     LEFT JOIN settlement_approval ON settlement_approval.seq = moved.seq
     LEFT JOIN settlement ON settlement.seq = settlement_approval.settlement
     LEFT JOIN payout ON payout.seq = moved.seq
     WHERE ${where} ORDER BY moved.id`,
    account,
    account,
    ...values,
  );
}

/** Sum of what `vendorMovements` would list, without listing it. */
export function vendorMovementSum(reader: BookReader, vendor: number, range: MovementRange): number {
  const account = accountOf(reader, vendor);
  if (account === undefined) return 0;
  const [where, values] = condition(range);
  return reader.sql.value<number>(
    `SELECT coalesce(sum(amount), 0)
     FROM (SELECT seq, day, reason, amount FROM transfer WHERE credit = ?
           UNION ALL SELECT seq, day, reason, -amount FROM transfer WHERE debit = ?) AS moved WHERE ${where}`,
    account,
    account,
    ...values,
  ) as number;
}

function accountOf(reader: BookReader, vendor: number): number | undefined {
  const { ledger, code, owner } = moneyAccount('vendor', vendor);
  return reader.sql.value<number>(
    'SELECT id FROM account WHERE ledger = ? AND code = ? AND owner = ?',
    ledger,
    code,
    owner,
  );
}

function condition(range: MovementRange): [where: string, values: (string | number)[]] {
  if (range.watermarks) {
    const { cutoffDay, asOfSeq, earlier } = range.watermarks;
    return [
      `moved.reason NOT IN ('${PAYOUT_APPROVED}', '${PAYOUT_REST}') AND moved.day <= ? AND moved.seq <= ?
       AND NOT (moved.day <= ? AND moved.seq <= ?)`,
      [cutoffDay, asOfSeq, earlier.cutoffDay, earlier.asOfSeq],
    ];
  }
  if (range.beforeDay !== undefined) return ['moved.day < ?', [range.beforeDay]];
  return ['moved.day >= ? AND moved.day <= ?', [range.fromDay ?? '', range.toDay ?? '9999-12-31']];
}
