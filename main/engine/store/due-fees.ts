import type { DueFee } from '../../../shared/contract/settlement.ts';
import type { BusinessDay } from '../../../shared/domain/calendar.ts';
import { type FeeCycle, feePeriods } from '../../../shared/domain/cycle.ts';
import type { Statements } from './statements.ts';

/**
 * Recurring fees that have fallen due and stand in no live settlement yet: read here by drafts, approvals, lists of
 * fees and of vendors to settle alike.
 */

export interface RecurringFeeRow {
  readonly id: number;
  readonly vendor: number;
  readonly name: string;
  readonly amount: number;
  /** JSON of a fee's cycle (shared/contract/vendor-money.ts). */
  readonly cycle: string;
  readonly from_day: BusinessDay;
  /** Last day, included; null while it runs. */
  readonly until_day: BusinessDay | null;
}

/** `json_each(?)` of vendors: their fees in the order they were agreed. */
const FEES = `SELECT recurring_fee.id, recurring_fee.vendor, name, amount, cycle, from_day, until_day
  FROM json_each(?) AS asked CROSS JOIN recurring_fee ON recurring_fee.vendor = asked.value
  LEFT JOIN recurring_fee_end ON recurring_fee_end.fee = recurring_fee.id ORDER BY recurring_fee.id`;

/** Periods that an approval posted and that nobody took back since: such a fee is due once more. */
const POSTED = `SELECT settlement_fee.fee, settlement_fee.period
  FROM json_each(?) AS asked CROSS JOIN settlement_fee ON settlement_fee.fee = asked.value
  JOIN settlement_now ON settlement_now.id = settlement_fee.settlement
  WHERE settlement_now.state NOT IN ('cancelled', 'reversed')`;

export function recurringFees(sql: Statements, vendors: readonly number[]): RecurringFeeRow[] {
  return sql.all<RecurringFeeRow>(FEES, JSON.stringify(vendors));
}

/** Due days of each fee up to and including `upTo` that are not posted, ascending; fees with none are left out. */
export function duePeriods(
  sql: Statements,
  fees: readonly RecurringFeeRow[],
  upTo: BusinessDay,
): Map<number, BusinessDay[]> {
  const posted = new Map<number, Set<string>>();
  const ids = fees.map(({ id }) => id);
  const rows = ids.length === 0 ? [] : sql.all<{ fee: number; period: string }>(POSTED, JSON.stringify(ids));
  for (const { fee, period } of rows) posted.set(fee, (posted.get(fee) ?? new Set()).add(period));
  const due = new Map<number, BusinessDay[]>();
  for (const fee of fees) {
    const schedule = {
      cycle: JSON.parse(fee.cycle) as FeeCycle,
      from: fee.from_day,
      until: fee.until_day ?? undefined,
    };
    const periods = feePeriods(schedule, upTo).filter((period) => !posted.get(fee.id)?.has(period));
    if (periods.length > 0) due.set(fee.id, periods);
  }
  return due;
}

/**
 * What falls due with a settlement up to `upTo`, by vendor, each period of each fee by itself; vendors with nothing
 * due are left out. Rupiah.
 * Docs/domain rule: recurring fees fall due by calendar and are posted by approval, once per period.
 */
export function dueFees(
  sql: Statements,
  vendors: readonly number[],
  upTo: BusinessDay,
): Map<number, DueFee[]> {
  const fees = recurringFees(sql, vendors);
  const periods = duePeriods(sql, fees, upTo);
  const due = new Map<number, DueFee[]>();
  for (const { id, vendor, name, amount } of fees) {
    const rows = (periods.get(id) ?? []).map((period) => ({
      name,
      fee: id,
      period,
      amountRupiah: amount,
    }));
    if (rows.length > 0) due.set(vendor, [...(due.get(vendor) ?? []), ...rows]);
  }
  return due;
}

/** Sum of fees, rupiah. */
export function sumOf(fees: readonly DueFee[]): number {
  return fees.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);
}
