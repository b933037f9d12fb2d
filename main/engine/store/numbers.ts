import type { BusinessDay } from '../../../shared/domain/calendar.ts';
import type { Statements } from './statements.ts';

/** Letters in front of each document's number; a receipt has its drawer's code there instead. */
const letters = { intake: 'TT', shift_close: 'TK', settlement: 'PC', payout: 'BP' } as const;

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

/** 2026-11-21 → 261121. */
function shortDay(day: BusinessDay): string {
  return day.slice(2).replaceAll('-', '');
}
