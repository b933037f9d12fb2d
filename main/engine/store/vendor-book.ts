import type { StatementMovement } from '../../../shared/contract/vendor.ts';
import { MONEY_LEDGER } from '../../../shared/domain/chart.ts';
import { REASONS_BY_DOCUMENT, type Reason } from '../../../shared/domain/reasons.ts';
import { productById } from './rows.ts';
import type { Statements } from './statements.ts';

/**
 * A vendor's account read as a book: one way for statement, settlement and paper. Every read is a range of the
 * indexes `transfer_credit` and `transfer_debit`, which hold all that a sum needs; only movements that are shown are
 * looked up in the documents they came from.
 */

/** Most movements that one answer carries; sums always cover all of them. */
export const MOST_MOVEMENTS = 500;

export interface Watermarks {
  readonly cutoffDay: string;
  readonly asOfSeq: number;
}

/** The watermarks before a vendor's first settlement: nothing was held yet. */
export const NO_WATERMARKS: Watermarks = { cutoffDay: '', asOfSeq: 0 };

const BY_DOCUMENT = REASONS_BY_DOCUMENT.map((reason) => `'${reason}'`).join(', ');

/** A vendor's money account by its number; `owner` is an SQL expression. */
const accountOf = (owner: string) =>
  `account.ledger = ${MONEY_LEDGER} AND account.code = 'vendor' AND account.owner = CAST(${owner} AS TEXT)`;

const firstSeq = (condition: string) => `WITH RECURSIVE later (day) AS (
    SELECT min(day) FROM journal WHERE day ${condition} ?
    UNION ALL SELECT (SELECT min(day) FROM journal WHERE day > later.day) FROM later WHERE later.day IS NOT NULL)
  SELECT min((SELECT min(seq) FROM journal WHERE journal.day = later.day)) FROM later`;
const FIRST_FROM = firstSeq('>=');
const FIRST_AFTER = firstSeq('>');

/**
 * The lowest journal row with this day or a later one; past all of them when there is none. Days do not quite rise
 * with the journal (a till sells under its shift's opening day), so each later day is asked for its first row.
 */
export function firstSeqFrom(sql: Statements, day: string): number {
  return sql.value<number | null>(FIRST_FROM, day) ?? Number.MAX_SAFE_INTEGER;
}

/** The lowest journal row with a day after this one. */
export function firstSeqAfter(sql: Statements, day: string): number {
  return sql.value<number | null>(FIRST_AFTER, day) ?? Number.MAX_SAFE_INTEGER;
}

/** A vendor's period to be summed: everything that its last live settlement did not hold. */
export interface OpenPeriod {
  readonly vendor: number;
  readonly settled: Watermarks;
}

export interface PeriodSum {
  /** Movements in the period: 0 when nothing moved, whatever they add up to. */
  readonly count: number;
  /** Rupiah, what the center owes more is positive. */
  readonly movement: number;
}

/** Of one side of an account: how many movements are in the period, and their sum. */
const sideOf = (side: 'credit' | 'debit') => `(
  SELECT json_array(count(*), coalesce(sum(amount), 0)) FROM transfer
  WHERE ${side} = account AND seq BETWEEN fromSeq AND asOfSeq AND day <= cutoffDay
    AND NOT (day <= settledDay AND seq <= settledSeq) AND reason NOT IN (${BY_DOCUMENT}))`;

const PERIOD_SUMS = `
  WITH asked AS MATERIALIZED (
    SELECT value ->> 0 AS vendor, value ->> 1 AS settledDay, value ->> 2 AS settledSeq, value ->> 3 AS fromSeq,
      account.id AS account FROM json_each(?) CROSS JOIN account ON ${accountOf('value ->> 0')})
  SELECT vendor, ${sideOf('credit')} AS credited, ${sideOf('debit')} AS debited
  FROM (SELECT ? AS cutoffDay, ? AS asOfSeq) CROSS JOIN asked`;

/**
 * Sums the open period of many vendors up to two watermarks, without what belongs to settlements by document.
 * Vendors whom nothing was ever posted to are left out.
 * Docs/domain rule: statement n holds the transfers with day ≤ cutoffDay and seq ≤ asOfSeq that n−1 did not hold.
 */
export function periodSums(
  sql: Statements,
  periods: readonly OpenPeriod[],
  { cutoffDay, asOfSeq }: Watermarks,
): Map<number, PeriodSum> {
  const firstOpen = firstOpenSeqs(sql);
  const asked = periods.map(({ vendor, settled }) => {
    return [vendor, settled.cutoffDay, settled.asOfSeq, firstOpen(settled)];
  });
  type Row = { vendor: number; credited: string; debited: string };
  const rows = sql.all<Row>(PERIOD_SUMS, JSON.stringify(asked), cutoffDay, asOfSeq);
  return new Map(
    rows.map(({ vendor, ...row }) => {
      const [credits, credited] = JSON.parse(row.credited) as [number, number];
      const [debits, debited] = JSON.parse(row.debited) as [number, number];
      return [vendor, { count: credits + debits, movement: credited - debited }];
    }),
  );
}

/**
 * The lowest journal row that a period after `settled` has to look at: one later than it, or the first with a later
 * day. A period is read, and not the years before it. Asked once for each cut-off.
 */
function firstOpenSeqs(sql: Statements): (settled: Watermarks) => number {
  const firstAfter = new Map<string, number>();
  return ({ cutoffDay, asOfSeq }) => {
    if (asOfSeq === 0) return 0;
    const known = firstAfter.get(cutoffDay) ?? firstSeqAfter(sql, cutoffDay);
    firstAfter.set(cutoffDay, known);
    return Math.min(asOfSeq + 1, known);
  };
}

/** Which movements to list: those between two pairs of watermarks, or those of a range of days. */
export type MovementRange =
  | {
      readonly watermarks: Watermarks & { readonly settled: Watermarks };
    }
  | { readonly fromDay: string; readonly toDay: string; readonly fromSeq: number };

const sideRows = (side: 'credit' | 'debit', where: string) =>
  `SELECT id, seq, day, reason, line, ${side === 'credit' ? 'amount' : '-amount'} AS amount FROM transfer
   WHERE ${side} = ? AND seq >= ? AND ${where}`;

/** What a posting was about, by its reason; a document that was taken back speaks for itself. */
const DOCUMENTS = `CASE moved.reason
    WHEN 'sale.share' THEN (SELECT number FROM sale WHERE seq = moved.seq)
    WHEN 'resolution.share' THEN (SELECT number FROM resolution WHERE seq = moved.seq)
    WHEN 'refund.share' THEN (SELECT number FROM refund WHERE seq = moved.seq)
    WHEN 'fee.charged' THEN (SELECT number FROM fee_charge WHERE seq = moved.seq)
    WHEN 'adjustment.posted' THEN (SELECT number FROM adjustment WHERE seq = moved.seq)
    WHEN 'debt.written-off' THEN (SELECT number FROM debt_write_off WHERE seq = moved.seq)
    WHEN 'vendor.paid-in' THEN (SELECT number FROM vendor_payment WHERE seq = moved.seq)
    WHEN 'purchase.credit' THEN (SELECT number FROM intake WHERE seq = moved.seq)
    WHEN 'return.purchase' THEN (SELECT number FROM goods_return WHERE seq = moved.seq)
    WHEN 'write-off.credit' THEN (SELECT number FROM write_off WHERE seq = moved.seq)
    WHEN 'count.credit' THEN (SELECT number FROM stock_count WHERE seq = moved.seq)
    WHEN 'payout.rest' THEN (SELECT payout.number FROM payout JOIN settlement ON settlement.id = payout.settlement
      WHERE payout.seq = moved.seq AND settlement.vendor = asked.vendor)
    ELSE (SELECT settlement.number FROM settlement_approval AS approval
      JOIN settlement ON settlement.id = approval.settlement
      WHERE approval.seq = moved.seq AND settlement.vendor = asked.vendor) END`;

const productOn = (table: string) =>
  `(SELECT product FROM ${table} WHERE seq = moved.seq AND ${table}.line = moved.line)`;

const PRODUCTS = `CASE moved.reason
    WHEN 'sale.share' THEN ${productOn('sale_line')}
    WHEN 'resolution.share' THEN ${productOn('sale_line')}
    WHEN 'refund.share' THEN ${productOn('refund_line')}
    WHEN 'purchase.credit' THEN ${productOn('intake_line')}
    WHEN 'return.purchase' THEN ${productOn('goods_return_line')}
    WHEN 'write-off.credit' THEN ${productOn('write_off_line')}
    WHEN 'count.credit' THEN ${productOn('stock_count_line')} END`;

const WORDS = `CASE moved.reason
    WHEN 'sale.share' THEN NULL
    WHEN 'fee.charged' THEN (SELECT name FROM fee_charge WHERE seq = moved.seq)
    WHEN 'settlement.fee' THEN (SELECT name FROM settlement_fee WHERE seq = moved.seq AND n = moved.line)
    WHEN 'adjustment.posted' THEN (SELECT memo FROM adjustment WHERE seq = moved.seq)
    WHEN 'debt.written-off' THEN (SELECT memo FROM debt_write_off WHERE seq = moved.seq)
    WHEN 'vendor.paid-in' THEN (SELECT memo FROM vendor_payment WHERE seq = moved.seq) END`;

interface MovedRow extends Omit<StatementMovement, 'what'> {
  id: number;
  product: number | null;
  words: string | null;
  reversal: string | null;
}

/**
 * Rows come in the order of the index, which within one journal row is not the order they were posted in; that order
 * is made afterwards, because sorting in between would read the whole account before the first row is out.
 */
const listOf = (where: string) => `
  SELECT moved.id, moved.seq, journal.at, moved.day, moved.reason, moved.amount AS amountRupiah,
    coalesce(${DOCUMENTS}, (SELECT number FROM reversal WHERE seq = moved.seq)) AS number,
    ${PRODUCTS} AS product, ${WORDS} AS words,
    iif(moved.reason = 'sale.share', NULL, (SELECT memo FROM reversal WHERE seq = moved.seq)) AS reversal
  FROM (SELECT ? AS vendor) AS asked CROSS JOIN (
    ${sideRows('credit', where)} UNION ALL ${sideRows('debit', where)} ORDER BY seq LIMIT ?) AS moved
  CROSS JOIN journal ON journal.seq = moved.seq`;

/** Up to two watermarks, and not under the two earlier ones. */
const IN_PERIOD = `seq <= ? AND day <= ? AND NOT (day <= ? AND seq <= ?) AND reason NOT IN (${BY_DOCUMENT})`;
const BETWEEN_WATERMARKS = listOf(IN_PERIOD);
const BETWEEN_DAYS = listOf('day >= ? AND day <= ?');

/** The vendor's transfers, oldest first, at most one more than an answer carries. */
export function vendorMovements(sql: Statements, vendor: number, range: MovementRange): StatementMovement[] {
  return movedRows(sql, vendor, range)
    .sort((left, right) => left.seq - right.seq || left.id - right.id)
    .map(({ seq, at, day, reason, number, amountRupiah, product, words, reversal }) => {
      const name = product === null ? undefined : productById(sql, product)?.name;
      return { seq, at, day, reason, number, what: words ?? name ?? reversal, amountRupiah };
    });
}

function movedRows(sql: Statements, vendor: number, range: MovementRange): MovedRow[] {
  const account = vendorAccount(sql, vendor);
  if (account === undefined) return [];
  const most = MOST_MOVEMENTS + 1;
  if ('watermarks' in range) {
    const { cutoffDay, asOfSeq, settled } = range.watermarks;
    const fromSeq = firstOpenSeqs(sql)(settled);
    const side = [account, fromSeq, asOfSeq, cutoffDay, settled.cutoffDay, settled.asOfSeq];
    return sql.all<MovedRow>(BETWEEN_WATERMARKS, vendor, ...side, ...side, most);
  }
  const side = [account, range.fromSeq, range.fromDay, range.toDay];
  return sql.all<MovedRow>(BETWEEN_DAYS, vendor, ...side, ...side, most);
}

export interface ReasonSum {
  readonly reason: Reason;
  readonly count: number;
  /** Rupiah up to the last day asked for. */
  readonly inside: number;
  /** Rupiah of everything since the first day. */
  readonly since: number;
}

const sideSums = (side: 'credit' | 'debit', sign: '' | '-') =>
  `SELECT reason, sum(day <= ?) AS count, ${sign}sum(iif(day <= ?, amount, 0)) AS inside, ${sign}sum(amount) AS since
   FROM transfer WHERE ${side} = ? AND seq >= ? AND day >= ? GROUP BY reason`;
const REASON_SUMS = `${sideSums('credit', '')} UNION ALL ${sideSums('debit', '-')}`;

/** Sums of a vendor's movements since a day, by reason; a reason may come twice, once for each side. */
export function reasonSums(
  sql: Statements,
  vendor: number,
  range: { readonly fromDay: string; readonly toDay: string; readonly fromSeq: number },
): ReasonSum[] {
  const account = vendorAccount(sql, vendor);
  if (account === undefined) return [];
  const side = [range.toDay, range.toDay, account, range.fromSeq, range.fromDay];
  return sql.all<ReasonSum>(REASON_SUMS, ...side, ...side);
}

const sidePeriod = (side: 'credit' | 'debit', sign: '' | '-') =>
  `SELECT reason, ${sign}sum(amount) AS amount FROM transfer WHERE ${side} = ? AND seq >= ? AND ${IN_PERIOD}
   GROUP BY reason`;
const PERIOD_REASONS = `${sidePeriod('credit', '')} UNION ALL ${sidePeriod('debit', '-')}`;

/** Sums of a settlement's movements by reason, rupiah; a reason may come twice, once for each side. */
export function periodReasons(
  sql: Statements,
  vendor: number,
  { cutoffDay, asOfSeq, settled }: Watermarks & { readonly settled: Watermarks },
): { reason: Reason; amount: number }[] {
  const account = vendorAccount(sql, vendor);
  if (account === undefined) return [];
  const side = [account, firstOpenSeqs(sql)(settled), asOfSeq, cutoffDay, settled.cutoffDay, settled.asOfSeq];
  return sql.all<{ reason: Reason; amount: number }>(PERIOD_REASONS, ...side, ...side);
}

/** The driver gives numbers as floating point, whose text would be another. */
function vendorAccount(sql: Statements, vendor: number): number | undefined {
  return sql.value<number>(`SELECT id FROM account WHERE ${accountOf('?')}`, String(vendor));
}
