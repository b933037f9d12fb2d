import type { CashDirection, CashKind, CashSlip } from '../../../shared/domain/cash-slip.ts';
import { rupiah } from '../../../shared/domain/money.ts';
import type { Statements } from '../store/statements.ts';
import type { OnPaper } from './paper-head.ts';

interface MoveRow {
  number: string;
  at: number;
  cashier: string;
  drawerCode: string;
  direction: CashDirection;
  kind: CashKind;
  category: string | null;
  amount: number;
  memo: string;
}

/** Cash moved by hand, as it was committed; undefined when there is none. */
export function cashOnPaper(sql: Statements, seq: number): OnPaper<CashSlip> | undefined {
  const move = sql.one<MoveRow>(
    `SELECT cash_move.number, journal.at, "user".username AS cashier, drawer.code AS drawerCode, direction, kind,
            category, amount, memo
     FROM cash_move JOIN journal ON journal.seq = cash_move.seq JOIN drawer ON drawer.id = cash_move.drawer
     JOIN "user" ON "user".id = journal.actor WHERE cash_move.seq = ?`,
    seq,
  );
  return move && { ...move, amount: rupiah(move.amount) };
}

/** True when the money went into or out of this drawer: its printer opens it. */
export function movedAt(sql: Statements, seq: number, drawer: number): boolean {
  return sql.value('SELECT 1 FROM cash_move WHERE seq = ? AND drawer = ?', seq, drawer) !== undefined;
}
