import type { OutputOf } from '../../../shared/contract/define.ts';
import type { shiftSummary } from '../../../shared/contract/shift.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import type { ReadContext } from '../context.ts';
import { held } from '../ledger.ts';
import { cashFigures, denominationsOf } from './drawers.ts';
import { drawerById, type ShiftRow, userById } from './rows.ts';
import type { Statements } from './statements.ts';

/** What a shift took in and gave out: one function for the office's screen and for what an X report keeps. */

export type ShiftFigures = OutputOf<typeof shiftSummary>;

interface Closing {
  number: string;
  expected: number;
  counted: number;
  difference: number;
  at: number;
}

/** The figures of a shift until its closing, or until now. Throws "rule broken" where they do not explain its cash. */
export function shiftFigures(ctx: ReadContext, shift: ShiftRow): ShiftFigures {
  const closed = ctx.sql.one<Closing>(
    `SELECT number, expected, counted, difference, journal.at FROM shift_close
     JOIN journal ON journal.seq = shift_close.seq WHERE shift = ?`,
    shift.seq,
  );
  const figures = cashFigures(ctx.sql, shift);
  // A closing stored what it expected; the figures must explain that very sum, or what the drawer holds now.
  const expected = closed?.expected ?? held(ctx.totals(moneyAccount('cash', shift.drawer)));
  if (figures.expectedRupiah !== expected) {
    throw new Error(
      `rule broken: shift ${shift.seq} expects ${expected}, its figures ${figures.expectedRupiah}`,
    );
  }
  return {
    shift: shift.seq,
    number: closed?.number ?? null,
    username: userById(ctx.sql, shift.user)?.username ?? '',
    drawerCode: drawerById(ctx.sql, shift.drawer)?.code ?? '',
    day: shift.day,
    openedAt: shift.at,
    closedAt: closed?.at ?? null,
    ...takingsOfShift(ctx.sql, shift.seq),
    ...figures,
    countedRupiah: closed?.counted ?? null,
    differenceRupiah: closed?.difference ?? null,
    denominations: shift.closed === null ? [] : denominationsOf(ctx, shift.closed),
  };
}

type Takings = Pick<
  ShiftFigures,
  'sales' | 'salesRupiah' | 'roundingRupiah' | 'tenders' | 'refunds' | 'refundsRupiah'
>;

/** What was sold in a shift, how it was paid, and what came back. */
export function takingsOfShift(sql: Statements, shift: number): Takings {
  const { sales, net, rounding } = salesOfShift(sql, shift);
  return {
    ...{ sales, salesRupiah: net, roundingRupiah: rounding },
    tenders: tendersOf(sql, shift),
    ...refundsOf(sql, shift),
  };
}

/** How many sales a shift has, and their sums before and of rounding, rupiah. */
export function salesOfShift(
  sql: Statements,
  shift: number,
): { sales: number; net: number; rounding: number } {
  return sql.one<{ sales: number; net: number; rounding: number }>(
    'SELECT count(*) AS sales, coalesce(sum(net), 0) AS net, coalesce(sum(rounding), 0) AS rounding FROM sale WHERE shift = ?',
    shift,
  ) as { sales: number; net: number; rounding: number };
}

function tendersOf(sql: Statements, shift: number): ShiftFigures['tenders'] {
  return sql.all<ShiftFigures['tenders'][number]>(
    `SELECT kind, sum(amount) AS amountRupiah FROM sale JOIN sale_tender ON sale_tender.seq = sale.seq
     WHERE sale.shift = ? AND kind <> 'cash' GROUP BY kind ORDER BY kind`,
    shift,
  );
}

function refundsOf(sql: Statements, shift: number): Pick<ShiftFigures, 'refunds' | 'refundsRupiah'> {
  return sql.one<Pick<ShiftFigures, 'refunds' | 'refundsRupiah'>>(
    'SELECT count(*) AS refunds, coalesce(sum(net), 0) AS refundsRupiah FROM refund WHERE shift = ?',
    shift,
  ) as Pick<ShiftFigures, 'refunds' | 'refundsRupiah'>;
}
