import type { PrintRoute } from '../printing/takeover.ts';
import { printerOf } from './printer-row.ts';
import type { Statements } from './statements.ts';

/** Where a wish belongs, and which drawer's printer takes over; undefined when there is no such wish. */
export function printRouteOf(sql: Statements, wishSeq: number, wishN: number): PrintRoute | undefined {
  const home = sql.value<number>('SELECT drawer FROM print_wish WHERE seq = ? AND n = ?', wishSeq, wishN);
  if (home === undefined) return undefined;
  const fallback = printerOf(sql, home)?.fallback ?? null;
  const hasPrinter = fallback !== null && printerOf(sql, fallback) !== undefined;
  return { home, fallback: hasPrinter ? fallback : null };
}
