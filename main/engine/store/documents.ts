import type { PaperKind } from '../../../shared/contract/printing.ts';
import type { Statements } from './statements.ts';
import { historyTables } from './tables.ts';

/** Documents by the number on their paper. */

/** Tables whose rows carry a number of their own, each with a unique index on it; receipts count by drawer and day. */
const numbered = Object.entries(historyTables)
  .filter(([name, { columns }]) => name !== 'sale' && (columns as readonly string[]).includes('number'))
  .map(([name]) => name);

const SEQ_OF_NUMBER = numbered.map((name) => `SELECT seq FROM ${name} WHERE number = ?`).join(' UNION ALL ');

/** The journal row that made the document with this number: a receipt or any other paper. */
export function documentByNumber(sql: Statements, number: string): number | undefined {
  const seq = sql.value<number>(SEQ_OF_NUMBER, ...numbered.map(() => number));
  return seq ?? receiptByNumber(sql, number);
}

/** The sale with this receipt number: drawer code, day and counter, which is how receipts are indexed. */
export function receiptByNumber(sql: Statements, number: string): number | undefined {
  const parts = /^(.+)-(\d{2})(\d{2})(\d{2})-(\d{4,9})$/.exec(number);
  if (!parts) return undefined;
  const [, code = '', year = '', month = '', day = '', counter = ''] = parts;
  const businessDay = `20${year}-${month}-${day}`;
  return sql.value<number>(
    `SELECT sale.seq FROM drawer JOIN sale ON sale.drawer = drawer.id
     WHERE drawer.code = ? AND sale.day = ? AND sale.counter = ?`,
    code,
    businessDay,
    Number(counter),
  );
}

/** Which paper a row of each table is; only what was really printed, or could have been, is printed once more. */
const papers = {
  receipt: 'sale WHERE seq = ?',
  'refund-slip': 'refund WHERE seq = ?',
  'cash-slip': 'cash_move WHERE seq = ?',
  'shift-report': 'shift_report WHERE seq = ?',
  'shift-slip': 'shift_close WHERE seq = ?',
  'payout-slip': 'payout WHERE id = ?',
  label: 'label_print WHERE seq = ?',
  // What was sold, recalled or thrown away can neither be recalled nor paid by the code on its slip.
  'qris-slip': `ticket WHERE seq = ? AND kind = 'qris' AND NOT EXISTS (SELECT 1 FROM ticket_end WHERE ticket_end.ticket = ticket.seq)`,
  'ticket-slip': `ticket WHERE seq = ? AND kind = 'held' AND NOT EXISTS (SELECT 1 FROM ticket_end WHERE ticket_end.ticket = ticket.seq)`,
} as const satisfies Record<PaperKind, string>;

const PAPER = Object.entries(papers)
  .map(([kind, rows]) => `SELECT '${kind}' AS kind FROM ${rows}`)
  .join(' UNION ALL ');

/** On which paper a document stands, by the number its command answered; undefined: on none, or no longer. */
export function paperOfDocument(sql: Statements, document: number): PaperKind | undefined {
  return sql.value<PaperKind>(PAPER, ...Object.keys(papers).map(() => document));
}

/** Papers that show what a cashier counts blind, or what a vendor was paid: none a cashier looks at alone. */
const OFFICE_PAPERS: ReadonlySet<string> = new Set<PaperKind>(['shift-slip', 'shift-report', 'payout-slip']);

/** True for a paper of the office; false for any other, also one that is no document. */
export function isOfficePaper(kind: string): boolean {
  return OFFICE_PAPERS.has(kind);
}
