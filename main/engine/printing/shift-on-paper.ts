import type { OutputOf } from '../../../shared/contract/define.ts';
import type { CashFigures, shiftSummary } from '../../../shared/contract/shift.ts';
import { rupiah } from '../../../shared/domain/money.ts';
import type { ShiftFigures } from '../../../shared/domain/shift-figures.ts';
import type { ShiftReport, ShiftSlip } from '../../../shared/domain/shift-slip.ts';
import type { TenderKind } from '../../../shared/domain/tender.ts';
import { cashFigures } from '../store/drawers.ts';
import { shiftBySeq } from '../store/rows.ts';
import { takingsOfShift } from '../store/shift-figures.ts';
import type { Statements } from '../store/statements.ts';
import type { OnPaper } from './paper-head.ts';

/** What both papers of a shift say of its sales and its cash. */
type Summary = CashFigures & ReturnType<typeof takingsOfShift>;

interface ReportRow {
  number: string;
  at: number;
  askedBy: string;
  approvedBy: string | null;
  figures: string;
}

/** The figures of an open shift as they were kept when somebody asked; undefined when nobody did. */
export function reportOnPaper(sql: Statements, seq: number): OnPaper<ShiftReport> | undefined {
  const row = sql.one<ReportRow>(
    `SELECT shift_report.number, journal.at, asked.username AS askedBy, approved.username AS approvedBy, figures
     FROM shift_report JOIN journal ON journal.seq = shift_report.seq JOIN "user" AS asked ON asked.id = journal.actor
     LEFT JOIN "user" AS approved ON approved.id = journal.approver WHERE shift_report.seq = ?`,
    seq,
  );
  if (!row) return undefined;
  const { number, at, askedBy, approvedBy } = row;
  const summary = JSON.parse(row.figures) as OutputOf<typeof shiftSummary>;
  const { username: cashier, drawerCode, openedAt: openedAtMs } = summary;
  return { ...{ number, at, askedBy, approvedBy, cashier, drawerCode, openedAtMs }, ...figuresOf(summary) };
}

interface ClosingRow {
  number: string;
  at: number;
  cashier: string;
  drawerCode: string;
  openedAtMs: number;
  expected: number;
  counted: number;
  difference: number;
  shift: number;
}

/** A closing as it was committed; nothing moves the figures of a shift any more once it is closed. */
export function closingOnPaper(sql: Statements, seq: number): OnPaper<ShiftSlip> | undefined {
  const row = sql.one<ClosingRow>(
    `SELECT shift_close.number, journal.at, "user".username AS cashier, drawer.code AS drawerCode,
            shift.at AS openedAtMs, shift_close.expected, shift_close.counted, shift_close.difference,
            shift.seq AS shift
     FROM shift_close JOIN shift ON shift.seq = shift_close.shift JOIN drawer ON drawer.id = shift.drawer
     JOIN journal ON journal.seq = shift_close.seq JOIN "user" ON "user".id = shift.user WHERE shift_close.seq = ?`,
    seq,
  );
  if (!row) return undefined;
  const { number, at, cashier, drawerCode, openedAtMs } = row;
  return {
    ...{ number, at, cashier, drawerCode, openedAtMs },
    ...figuresOf(summaryOf(sql, row.shift)),
    expected: rupiah(row.expected),
    counted: rupiah(row.counted),
    difference: rupiah(row.difference),
    denominations: sql
      .all<{ value: number; pieces: number }>(
        'SELECT value, pieces FROM cash_count WHERE seq = ? ORDER BY value DESC',
        seq,
      )
      .map(({ value, pieces }) => ({ value: rupiah(value), pieces })),
  };
}

function summaryOf(sql: Statements, seq: number): Summary {
  const shift = shiftBySeq(sql, seq);
  if (!shift) throw new Error(`a closing of shift ${seq}, which is not there`);
  return { ...takingsOfShift(sql, seq), ...cashFigures(sql, shift) };
}

function figuresOf(summary: Summary): ShiftFigures {
  return {
    float: rupiah(summary.floatRupiah),
    sales: summary.sales,
    salesTotal: rupiah(summary.salesRupiah),
    rounding: rupiah(summary.roundingRupiah),
    tenders: summary.tenders.map(({ kind, amountRupiah }) => ({
      kind: kind as TenderKind,
      amount: rupiah(amountRupiah),
    })),
    refunds: summary.refunds,
    refundsTotal: rupiah(summary.refundsRupiah),
    cash: cashMovesOf(summary),
    expected: rupiah(summary.expectedRupiah),
  };
}

/** A drawer's figures as its papers show them: below 0 what went out. */
function cashMovesOf(figures: CashFigures): ShiftFigures['cash'] {
  return {
    sales: rupiah(figures.salesCashRupiah),
    refunds: rupiah(-figures.refundsCashRupiah),
    in: rupiah(figures.inRupiah),
    out: rupiah(-figures.outRupiah),
    drops: rupiah(-figures.dropsRupiah),
    payouts: rupiah(-figures.payoutsRupiah),
    purchases: rupiah(-figures.purchasesRupiah),
    buyers: rupiah(-figures.buyerPaymentsRupiah),
    vendors: rupiah(figures.vendorPaymentsRupiah),
  };
}
