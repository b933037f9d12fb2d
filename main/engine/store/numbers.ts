import type { BusinessDay } from '../../../shared/domain/calendar.ts';
import type { Statements } from './statements.ts';

/** Letters in front of each document's number; a receipt has its drawer's code there instead. */
const letters = {
  intake: 'TT',
  goods_return: 'RP',
  write_off: 'BK',
  stock_count: 'SO',
  resolution: 'TD',
  shift_close: 'TK',
  shift_report: 'LX',
  safe_count: 'TB',
  cash_move: 'KM',
  clearing_match: 'CR',
  refund: 'RJ',
  buyer_payment: 'BB',
  fee_charge: 'BY',
  adjustment: 'PY',
  vendor_payment: 'TS',
  debt_write_off: 'HP',
  dispute: 'SK',
  settlement: 'PC',
  payout: 'BP',
  run: 'PM',
  reversal: 'PB',
} as const;

/**
 * The document's number: letters, date and the journal row that made it, such as TT-261121-000042. The journal row
 * is unique and rising for ever, so two documents never share a number and none has to be counted.
 */
export function documentNumber(
  facts: { seq: number; day: BusinessDay },
  table: keyof typeof letters,
): string {
  return `${letters[table]}-${shortDay(facts.day)}-${String(facts.seq).padStart(6, '0')}`;
}

/** A receipt's counter starts anew each day for each drawer, so that a cashier can see that none is missing. */
export function nextReceipt(
  sql: Statements,
  drawer: { id: number; code: string },
  day: BusinessDay,
): { counter: number; number: string } {
  const last =
    sql.value<number>(
      'SELECT counter FROM sale WHERE drawer = ? AND day = ? ORDER BY counter DESC LIMIT 1',
      drawer.id,
      day,
    ) ?? 0;
  const counter = last + 1;
  return { counter, number: `${drawer.code}-${shortDay(day)}-${String(counter).padStart(4, '0')}` };
}

/** A ticket's short code, letters and digits only: it is a QRIS code's bill number, and what a cashier calls out. */
export function ticketCode(facts: { seq: number; day: BusinessDay }): string {
  return `T${shortDay(facts.day)}${String(facts.seq).padStart(4, '0')}`;
}

/** The ticket that a short code names, scanned as printed or typed in small letters; the code itself has to agree. */
export function ticketOfCode(sql: Statements, code: string): number | undefined {
  const seq = /^T\d{6}(\d{4,16})$/i.exec(code)?.[1];
  if (seq === undefined) return undefined;
  return sql.value<number>(
    'SELECT seq FROM ticket WHERE seq = ? AND code = ?',
    Number(seq),
    code.toUpperCase(),
  );
}

/** 2026-11-21 → 261121. */
function shortDay(day: BusinessDay): string {
  return day.slice(2).replaceAll('-', '');
}
