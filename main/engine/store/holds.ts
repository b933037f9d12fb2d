import { addDays, type BusinessDay } from '../../../shared/domain/calendar.ts';
import { groupedBy } from './grouped.ts';
import { type CenterRow, centerRow } from './rows.ts';
import type { Statements } from './statements.ts';
import { firstSeqAfter } from './vendor-book.ts';

/**
 * What of a vendor's balance may not be paid yet: contested lines, lines whose QRIS payment nobody has matched, and
 * shares still inside the return window. Read for many vendors at once; a line counts once, in this order.
 * Docs/domain rule: balance = payable now + held + disputed.
 */

export interface Exception {
  readonly kind: 'dispute' | 'qris' | 'return-window';
  /** null: the return window, whose sales stand as one sum. */
  readonly sale: number | null;
  readonly line: number | null;
  /** Rupiah of the vendor's share, what refunds took back already left out. */
  readonly amount: number;
}

export interface Held {
  readonly exceptions: readonly Exception[];
  readonly heldRupiah: number;
  readonly disputedRupiah: number;
}

/** One vendor, and what was settled of it before. */
export interface HoldScope {
  readonly vendor: number;
  /** Watermarks of the last live settlement: what lies under them was offered for payment already. */
  readonly settled: { readonly cutoffDay: string; readonly asOfSeq: number };
  /** What that settlement left in the balance: earlier lines can only be held out of this. */
  readonly carried: number;
}

/** Lines up to a day and a journal row, judged today. */
export interface HoldMoment {
  readonly cutoffDay: BusinessDay;
  readonly asOfSeq: number;
  readonly today: BusinessDay;
}

/** Later than every business day: no cut-off. */
export const NO_CUTOFF = '9999-12-31' as BusinessDay;

interface Candidate {
  vendor: number;
  kind: Exception['kind'];
  sale: number | null;
  line: number | null;
  amount: number;
  /** Under the watermarks of the last live settlement. */
  settled: boolean;
}

/** What is held and disputed of each vendor of `scopes`. */
export function heldOf(sql: Statements, moment: HoldMoment, scopes: readonly HoldScope[]): Map<number, Held> {
  const center = centerRow(sql);
  const byVendor = new Map(scopes.map((scope) => [scope.vendor, scope]));
  const disputes = disputedLines(sql, moment, byVendor);
  const windowStart = windowStartOf(moment, center);
  const contested = new Set(disputes.map(({ sale, line }) => `${sale}/${line}`));
  const waiting = center ? unmatchedLines(sql, moment, windowStart, byVendor, center) : [];
  const candidates = [
    ...disputes,
    ...waiting.filter(({ sale, line }) => !contested.has(`${sale}/${line}`)),
    ...(windowStart === undefined ? [] : windowSums(sql, moment, windowStart, byVendor, disputes)),
  ];
  const grouped = groupedBy(candidates, ({ vendor }) => vendor);
  return new Map(
    scopes.map((scope) => [scope.vendor, withinCarried(scope, grouped.get(scope.vendor) ?? [])]),
  );
}

/** Sales after this day are inside the return window, which ends at the cut-off; undefined where there is none. */
function windowStartOf({ cutoffDay, today }: HoldMoment, center: CenterRow | undefined) {
  if (!center?.return_window_days) return undefined;
  return addDays(cutoffDay < today ? cutoffDay : today, -center.return_window_days);
}

/**
 * Money of earlier lines that was paid out is not there to be held: only what was carried over is. The return window
 * is one sum, whatever of it was carried.
 */
function withinCarried(scope: HoldScope, candidates: readonly Candidate[]): Held {
  let left = Math.max(0, scope.carried);
  let windowRupiah = 0;
  const lines: Exception[] = [];
  for (const { kind, sale, line, amount, settled } of candidates) {
    const counted = settled ? Math.min(amount, left) : amount;
    if (settled) left -= Math.max(0, counted);
    if (kind === 'return-window') windowRupiah += counted;
    else if (counted !== 0) lines.push({ kind, sale, line, amount: counted });
  }
  const sum = (kind: Exception['kind']) =>
    lines.reduce((total, line) => total + (line.kind === kind ? line.amount : 0), 0);
  const window = { kind: 'return-window', sale: null, line: null, amount: windowRupiah } as const;
  return {
    exceptions: windowRupiah === 0 ? lines : [...lines, window],
    heldRupiah: sum('qris') + windowRupiah,
    disputedRupiah: sum('dispute'),
  };
}

function isSettled(scope: HoldScope | undefined, day: string, seq: number): boolean {
  return scope !== undefined && day <= scope.settled.cutoffDay && seq <= scope.settled.asOfSeq;
}

/** What refunds up to a day took back of a line; a refund names the sale, or the row a resolution wrote. */
const REFUNDED = `coalesce((SELECT sum(refund_line.share) FROM refund_line JOIN refund ON refund.seq = refund_line.seq
  WHERE refund_line.sale IN (sale_line.seq, asked.sale) AND refund_line.sale_line = sale_line.line
    AND refund_line.reason <> 'goodwill' AND refund.day <= bound.cutoffDay AND refund.seq <= bound.asOfSeq), 0)`;

const NOT_REVERSED = (document: string) =>
  `NOT EXISTS (SELECT 1 FROM reversal WHERE reversal.document = ${document})`;

interface LineRow {
  vendor: number;
  sale: number;
  line: number;
  /** The journal row that credited the share: the sale, or what resolved an unknown code. */
  posted: number;
  day: string;
  saleDay: string;
  amount: number;
}

const DISPUTED = `
  WITH bound AS (SELECT ? AS cutoffDay, ? AS asOfSeq),
  asked AS (SELECT dispute.vendor, dispute.sale, dispute.line,
      coalesce((SELECT resolution.seq FROM resolution WHERE resolution.sale = dispute.sale
        AND resolution.line = dispute.line AND ${NOT_REVERSED('resolution.seq')}), dispute.sale) AS posted
    FROM json_each(?) AS vendors CROSS JOIN dispute ON dispute.vendor = vendors.value
    WHERE NOT EXISTS (SELECT 1 FROM dispute_end WHERE dispute_end.dispute = dispute.seq))
  SELECT asked.vendor, asked.sale, asked.line, asked.posted, journal.day, sale.day AS saleDay,
    sale_line.share - ${REFUNDED} AS amount
  FROM bound CROSS JOIN asked
  JOIN sale_line ON sale_line.seq = asked.posted AND sale_line.line = asked.line
  JOIN product ON product.id = sale_line.product AND product.vendor = asked.vendor
  JOIN journal ON journal.seq = asked.posted JOIN sale ON sale.seq = asked.sale
  WHERE asked.posted <= bound.asOfSeq AND journal.day <= bound.cutoffDay ORDER BY asked.sale, asked.line`;

interface DisputedLine extends Candidate {
  sale: number;
  line: number;
  saleDay: string;
}

function disputedLines(
  sql: Statements,
  moment: HoldMoment,
  scopes: ReadonlyMap<number, HoldScope>,
): DisputedLine[] {
  const vendors = JSON.stringify([...scopes.keys()]);
  const rows = sql.all<LineRow>(DISPUTED, moment.cutoffDay, moment.asOfSeq, vendors);
  return rows
    .filter(({ amount }) => amount > 0)
    .map(({ vendor, sale, line, posted, day, saleDay, amount }) => {
      const settled = isSettled(scopes.get(vendor), day, posted);
      return { vendor, kind: 'dispute', sale, line, amount, settled, saleDay };
    });
}

/** QRIS payments of sales that nobody matched or released; `seq` bounds how far back they can lie. */
const UNMATCHED_SALES = `SELECT sale_tender.seq AS sale, sale.day AS saleDay, sum(sale_tender.amount) AS tender
  FROM sale_tender JOIN sale ON sale.seq = sale_tender.seq
  WHERE sale_tender.kind = 'qris' AND sale_tender.kind <> 'cash' AND sale_tender.seq BETWEEN ? AND ?
    AND sale.day > ? AND sale.day <= ?
    AND NOT EXISTS (SELECT 1 FROM hold_release WHERE hold_release.sale = sale_tender.seq)
    AND NOT EXISTS (SELECT 1 FROM clearing_match_tender AS matched WHERE matched.sale = sale_tender.seq
      AND matched.tender = sale_tender.n AND ${NOT_REVERSED('matched.seq')})
  GROUP BY sale_tender.seq`;

/** Their lines with how much of each the payment covers: in the order of the receipt, up to the payment's amount. */
const UNMATCHED = `
  WITH bound AS (SELECT ? AS cutoffDay, ? AS asOfSeq),
  asked AS MATERIALIZED (${UNMATCHED_SALES}),
  shared AS (
    SELECT asked.sale, asked.saleDay, asked.tender, sale_line.line, sale_line.seq AS posted, asked.saleDay AS day,
      sale_line.product, max(0, sale_line.share - ${REFUNDED}) AS share
    FROM bound CROSS JOIN asked CROSS JOIN sale_line ON sale_line.seq = asked.sale
    UNION ALL
    SELECT asked.sale, asked.saleDay, asked.tender, sale_line.line, sale_line.seq, journal.day,
      sale_line.product, max(0, sale_line.share - ${REFUNDED})
    FROM bound CROSS JOIN asked CROSS JOIN resolution ON resolution.sale = asked.sale
      AND ${NOT_REVERSED('resolution.seq')}
    JOIN sale_line ON sale_line.seq = resolution.seq JOIN journal ON journal.seq = resolution.seq
    WHERE resolution.seq <= bound.asOfSeq AND journal.day <= bound.cutoffDay),
  covered AS (SELECT *, min(share, tender - coalesce(sum(share) OVER (PARTITION BY sale ORDER BY line
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)) AS amount FROM shared)
  SELECT product.vendor, sale, line, posted, day, saleDay, amount FROM covered
  JOIN product ON product.id = covered.product
  WHERE amount > 0 AND product.vendor IN (SELECT value FROM json_each(?)) ORDER BY sale, line`;

/**
 * Lines of sales before the return window, which holds its own sales whole.
 * Docs/domain rule: an unmatched QRIS payment holds the lines of its sale up to its amount, until a match, some days
 * or a manager.
 */
function unmatchedLines(
  sql: Statements,
  moment: HoldMoment,
  windowStart: BusinessDay | undefined,
  scopes: ReadonlyMap<number, HoldScope>,
  center: CenterRow,
): Candidate[] {
  if (!center.hold_unmatched_qris) return [];
  const { cutoffDay, asOfSeq } = moment;
  const freeDay = freedOn(center, moment.today);
  const rows = sql.all<LineRow>(
    UNMATCHED,
    cutoffDay,
    asOfSeq,
    firstSeqAfter(sql, freeDay),
    asOfSeq,
    freeDay,
    windowStart ?? cutoffDay,
    JSON.stringify([...scopes.keys()]),
  );
  return rows.map(({ vendor, sale, line, posted, day, amount }) => {
    return { vendor, kind: 'qris', sale, line, amount, settled: isSettled(scopes.get(vendor), day, posted) };
  });
}

/** Sales up to this day are free although their QRIS payment is not matched. */
function freedOn(center: CenterRow, today: BusinessDay): BusinessDay {
  return addDays(today, -center.qris_release_days);
}

/** True when a sale's lines would be held today because of a QRIS payment. */
export function isHeldForQris(sql: Statements, sale: number, today: BusinessDay): boolean {
  const center = centerRow(sql);
  if (!center?.hold_unmatched_qris) return false;
  return sql.value(UNMATCHED_SALES, sale, sale, freedOn(center, today), NO_CUTOFF) !== undefined;
}

/** Shares that sales after a day credited, by what was settled of them: from the vendor's account alone. */
const WINDOW_SHARES = `
  WITH bound AS (SELECT ? AS cutoffDay, ? AS asOfSeq, ? AS windowStart, ? AS fromSeq),
  asked AS MATERIALIZED (SELECT value ->> 0 AS vendor, value ->> 1 AS settledDay, value ->> 2 AS settledSeq,
    account.id AS account FROM json_each(?) CROSS JOIN account
    ON account.ledger = 0 AND account.code = 'vendor' AND account.owner = CAST(value ->> 0 AS TEXT))
  SELECT vendor,
    (SELECT json_array(coalesce(sum(iif(day <= settledDay AND seq <= settledSeq, amount, 0)), 0),
        coalesce(sum(amount), 0)) FROM transfer
     WHERE credit = account AND seq BETWEEN fromSeq AND asOfSeq AND day > windowStart AND day <= cutoffDay
       AND reason = 'sale.share') AS credited,
    (SELECT json_array(coalesce(sum(iif(day <= settledDay AND seq <= settledSeq, amount, 0)), 0),
        coalesce(sum(amount), 0)) FROM transfer
     WHERE debit = account AND seq BETWEEN fromSeq AND asOfSeq AND day > windowStart AND day <= cutoffDay
       AND reason = 'sale.share') AS debited
  FROM bound CROSS JOIN asked`;

/** What was resolved later of sales after a day, and what refunds took back of any of their lines. */
const WINDOW_CHANGES = `
  WITH bound AS (SELECT ? AS cutoffDay, ? AS asOfSeq, ? AS windowStart, ? AS fromSeq),
  changed AS (
    SELECT resolution.sale, resolution.seq AS posted, resolution.line, sale_line.share AS amount
    FROM bound CROSS JOIN resolution ON resolution.seq BETWEEN fromSeq AND asOfSeq
      AND ${NOT_REVERSED('resolution.seq')}
    JOIN sale_line ON sale_line.seq = resolution.seq
    JOIN journal ON journal.seq = resolution.seq AND journal.day <= cutoffDay
    UNION ALL
    SELECT refund.sale, coalesce((SELECT resolution.seq FROM resolution WHERE resolution.sale = refund.sale
        AND resolution.line = refund_line.sale_line AND ${NOT_REVERSED('resolution.seq')}), refund.sale),
      refund_line.sale_line, -refund_line.share
    FROM bound CROSS JOIN refund ON refund.seq BETWEEN fromSeq AND asOfSeq AND refund.day <= cutoffDay
    JOIN refund_line ON refund_line.seq = refund.seq AND refund_line.reason <> 'goodwill')
  SELECT product.vendor, changed.sale, changed.line, changed.posted, journal.day, sale.day AS saleDay, changed.amount
  FROM bound CROSS JOIN changed JOIN sale ON sale.seq = changed.sale AND sale.day > windowStart
  JOIN sale_line ON sale_line.seq = changed.posted AND sale_line.line = changed.line
  JOIN product ON product.id = sale_line.product
  JOIN journal ON journal.seq = changed.posted AND journal.day <= cutoffDay
  WHERE changed.posted <= asOfSeq AND product.vendor IN (SELECT value FROM json_each(?))`;

/** Two sums of a vendor: what was offered for payment before, and what is new. Contested lines are left out. */
function windowSums(
  sql: Statements,
  moment: HoldMoment,
  windowStart: BusinessDay,
  scopes: ReadonlyMap<number, HoldScope>,
  disputes: readonly DisputedLine[],
): Candidate[] {
  const { cutoffDay, asOfSeq } = moment;
  const bounds = [cutoffDay, asOfSeq, windowStart, firstSeqAfter(sql, windowStart)] as const;
  const asked = [...scopes.values()].map(({ vendor, settled }) => [
    vendor,
    settled.cutoffDay,
    settled.asOfSeq,
  ]);
  const sums = new Map<number, { settled: number; fresh: number }>();
  const add = (vendor: number, amount: number, settled: boolean) => {
    const sum = sums.get(vendor) ?? { settled: 0, fresh: 0 };
    sums.set(vendor, sum);
    if (settled) sum.settled += amount;
    else sum.fresh += amount;
  };
  type Shares = { vendor: number; credited: string; debited: string };
  for (const { vendor, ...sides } of sql.all<Shares>(WINDOW_SHARES, ...bounds, JSON.stringify(asked))) {
    const [creditedSettled, credited] = JSON.parse(sides.credited) as [number, number];
    const [debitedSettled, debited] = JSON.parse(sides.debited) as [number, number];
    add(vendor, creditedSettled - debitedSettled, true);
    add(vendor, credited - creditedSettled - (debited - debitedSettled), false);
  }
  const vendors = JSON.stringify([...scopes.keys()]);
  for (const { vendor, day, posted, amount } of sql.all<LineRow>(WINDOW_CHANGES, ...bounds, vendors)) {
    add(vendor, amount, isSettled(scopes.get(vendor), day, posted));
  }
  for (const line of disputes) if (line.saleDay > windowStart) add(line.vendor, -line.amount, line.settled);
  return [...sums].flatMap(([vendor, { settled, fresh }]) => {
    const row = { vendor, kind: 'return-window', sale: null, line: null } as const;
    return [
      { ...row, amount: settled, settled: true },
      { ...row, amount: fresh, settled: false },
    ];
  });
}
