/** What every document has in common: its number, its day, how its rows are counted, the few words a column may hold. */
import type { Rules } from './independent-rows.ts';

/** Documents with a number of their own; those that a part of a run makes many of carry the part's as well. */
const NUMBERED = [
  ...['settlement', 'payout'].map((table) => `SELECT '${table}' AS kind, seq, number, part FROM ${table}`),
  ...[
    ...[
      'intake',
      'goods_return',
      'write_off',
      'stock_count',
      'resolution',
      'refund',
      'buyer_payment',
      'reversal',
    ],
    ...[
      'shift_close',
      'safe_count',
      'cash_move',
      'clearing_match',
      'fee_charge',
      'adjustment',
      'vendor_payment',
    ],
    ...['debt_write_off', 'dispute', 'run', 'shift_report'],
  ].map((table) => `SELECT '${table}', seq, number, NULL FROM ${table}`),
].join('\n      UNION ALL ');

const SLIPS = ['refund-slip', 'cash-slip', 'qris-slip', 'ticket-slip', 'shift-slip', 'payout-slip'];

const WORDS: readonly [table: string, column: string, ...words: string[]][] = [
  ['buyer_payment', 'how', 'transfer', 'cash'],
  ['vendor_payment', 'how', 'bank', 'cash'],
  ['payout', 'how', 'bank'],
  ['intake', 'paid', 'credit', 'cash', 'bank'],
  ['cash_move', 'kind', 'other-income', 'bank', 'opening', 'expense', 'safe'],
  ['refund_line', 'reason', 'resaleable', 'vendor-fault', 'goodwill'],
  ['write_off', 'reason', 'damaged', 'lost', 'expired', 'tester', 'other'],
  ['settlement_exception', 'kind', 'dispute', 'qris', 'return-window'],
  ['ticket', 'kind', 'held', 'qris'],
  ['sale_tender', 'kind', 'cash', 'qris', 'debit', 'transfer'],
  ['run', 'kind', 'prepare', 'approve', 'pay-bank'],
  ['print_wish', 'kind', ...SLIPS, 'receipt', 'shift-report', 'label'],
];

/** Rows of a line, or of a document, that count from 1. */
const COUNTED: readonly [table: string, by: string, n: string][] = [
  ['sale_tender', 'seq', 'n'],
  ['sale_line_batch', 'seq, line', 'n'],
  ['goods_part', 'seq, line', 'n'],
  ['refund_line', 'seq', 'line'],
  ['refund_tender', 'seq', 'n'],
  ['intake_line', 'seq', 'line'],
  ['goods_return_line', 'seq', 'line'],
  ['write_off_line', 'seq', 'line'],
  ['stock_count_line', 'seq', 'line'],
  ['clearing_match_tender', 'seq', 'n'],
  ['count_request', 'seq', 'n'],
];

/** Lines stand under a head of the same command, and a head has lines. */
const HEADS: readonly [head: string, line: string][] = [
  ['intake', 'intake_line'],
  ['goods_return', 'goods_return_line'],
  ['write_off', 'write_off_line'],
  ['stock_count', 'stock_count_line'],
  ['refund', 'refund_line'],
  ['sale', 'sale_tender'],
  ['clearing_match', 'clearing_match_tender'],
];

export const wordRules: Rules = {
  'the number of a document names its kind, its day and its command': `
    WITH numbered AS (${NUMBERED})
    SELECT seq, number FROM numbered LEFT JOIN journal USING (seq) WHERE number IS NOT substr(number, 1, 3)
      || replace(substr(day, 3), '-', '') || printf('-%06d', seq) || iif(part IS NULL, '', printf('-%02d', part))
    UNION ALL SELECT kind, count(DISTINCT substr(number, 1, 3)) FROM numbered GROUP BY kind
      HAVING count(DISTINCT substr(number, 1, 3)) > 1
    UNION ALL SELECT seq, code FROM ticket LEFT JOIN journal USING (seq)
      WHERE code IS NOT 'T' || replace(substr(day, 3), '-', '') || printf('%04d', seq)`,
  'what has a day and a person has those of its command': `
    SELECT s.seq FROM shift AS s LEFT JOIN journal USING (seq) WHERE s.day IS NOT journal.day OR s.at IS NOT journal.at
      OR s.user <> journal.actor
    UNION ALL SELECT sale.seq FROM sale LEFT JOIN journal USING (seq) WHERE sale.day IS NOT journal.day
    UNION ALL SELECT batch.id FROM batch LEFT JOIN journal USING (seq) WHERE batch.day IS NOT journal.day OR expires < batch.day
    UNION ALL SELECT price.id FROM price LEFT JOIN journal USING (seq) WHERE price.at IS NOT journal.at`,
  'rows that are counted count from 1 without a gap': COUNTED.map(
    ([table, by, n]) =>
      `SELECT '${table}' AS kind, seq FROM ${table} GROUP BY ${by} HAVING min(${n}) <> 1 OR max(${n}) <> count(*)`,
  ).join(' UNION ALL '),
  'a document has lines, and a line a document': HEADS.map(
    ([head, line]) => `SELECT '${head}' AS kind, seq FROM ${head} WHERE seq NOT IN (SELECT seq FROM ${line})
      UNION ALL SELECT '${line}', seq FROM ${line} WHERE seq NOT IN (SELECT seq FROM ${head})`,
  ).join(' UNION ALL '),
  'words of a fixed meaning are those there are': WORDS.map(
    ([table, column, ...words]) => `SELECT '${table}' AS kind, seq FROM ${table}
      WHERE ${column} NOT IN (${words.map((word) => `'${word}'`).join(', ')})`,
  ).join(' UNION ALL '),
};
