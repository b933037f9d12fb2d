import { addDays, type BusinessDay, daysBetween, firstOfMonth, inMonthOf, weekdayOf } from './calendar.ts';
import { assertRule } from './check.ts';

/** A day of the month every month has, 1–28, or its last. */
export type MonthDay = number | 'last';

/** Boundary days repeat: each weekday (1 Monday … 7 Sunday), every 14 days counted both ways from an anchor, each month. */
type RepeatingCycle =
  | { readonly kind: 'weekly'; readonly weekday: number }
  | { readonly kind: 'two-weekly'; readonly anchor: BusinessDay }
  | { readonly kind: 'monthly'; readonly day: MonthDay };

/** How often a vendor is settled. On request ("laku bayar") has no boundary days: a settlement is made when asked for. */
export type SettlementCycle = { readonly kind: 'daily' } | RepeatingCycle | { readonly kind: 'on-request' };

/** How often a recurring fee falls due. `month` is 1–12. */
export type FeeCycle =
  | RepeatingCycle
  | { readonly kind: 'yearly'; readonly month: number; readonly day: MonthDay };

/** A recurring fee as agreed: its first and, if it ends, its last day, both included. */
export interface FeeSchedule {
  readonly cycle: FeeCycle;
  readonly from: BusinessDay;
  readonly until?: BusinessDay | undefined;
}

/** More periods than any fee has: nineteen years of weeks. */
export const MAX_FEE_PERIODS = 1000;

/**
 * The latest boundary day on or before `today`: a settlement freezes everything up to and including it. undefined on
 * request. Throws for a weekday outside 1–7, a monthly day outside 1–28, or at the ends of the calendar.
 * Docs/domain rule: cycles are daily, weekly, two-weekly, monthly (day 1–28 or last) and on request.
 */
export function lastCutoff(cycle: SettlementCycle, today: BusinessDay): BusinessDay | undefined {
  return cycle.kind === 'on-request' ? undefined : boundaryUpTo(cycle, today);
}

/** The first boundary day after `today`; undefined on request. Throws as `lastCutoff` does. */
export function nextCutoff(cycle: SettlementCycle, today: BusinessDay): BusinessDay | undefined {
  return cycle.kind === 'on-request' ? undefined : boundaryAfter(cycle, today);
}

/**
 * True when a boundary day has passed, or is today, that no settlement has reached: `lastSettledCutoff` is the
 * cut-off day of the vendor's newest settlement, undefined when there is none. Never true on request.
 */
export function isDue(
  cycle: SettlementCycle,
  lastSettledCutoff: BusinessDay | undefined,
  today: BusinessDay,
): boolean {
  const cutoff = lastCutoff(cycle, today);
  if (cutoff === undefined) return false;
  return lastSettledCutoff === undefined || lastSettledCutoff < cutoff;
}

/**
 * The days on which a fee has fallen due from its `from` up to and including `upTo` (and its `until`), ascending. A
 * due day is the key of its period: posting a fee once per period is posting it once per key. Throws above 1000.
 * Docs/domain rule: recurring fees fall due by calendar and are posted once per period.
 */
export function feePeriods(fee: FeeSchedule, upTo: BusinessDay): BusinessDay[] {
  const end = fee.until !== undefined && fee.until < upTo ? fee.until : upTo;
  if (end < fee.from) return [];
  const periods: BusinessDay[] = [];
  // Walking back from the end never looks past the last day of the calendar.
  let due = boundaryUpTo(fee.cycle, end);
  while (due >= fee.from) {
    periods.push(due);
    assertRule(periods.length <= MAX_FEE_PERIODS, `a fee has at most ${MAX_FEE_PERIODS} periods`);
    due = boundaryUpTo(fee.cycle, addDays(due, -1));
  }
  return periods.reverse();
}

type BoundedCycle = Exclude<SettlementCycle, { kind: 'on-request' }> | FeeCycle;

function boundaryUpTo(cycle: BoundedCycle, day: BusinessDay): BusinessDay {
  switch (cycle.kind) {
    case 'daily':
      return day;
    case 'weekly':
      return addDays(day, -daysSince(cycle.weekday, weekdayOf(day), 7));
    case 'two-weekly':
      return addDays(day, -remainder(daysBetween(cycle.anchor, day), 14));
    case 'monthly': {
      const boundary = inMonthOf(day, cycle.day);
      return boundary <= day ? boundary : inMonthOf(firstOfMonth(day, -1), cycle.day);
    }
    case 'yearly': {
      const boundary = inYearOf(day, cycle.month, cycle.day);
      return boundary <= day ? boundary : inYearOf(firstOfMonth(day, -12), cycle.month, cycle.day);
    }
  }
}

function boundaryAfter(cycle: BoundedCycle, day: BusinessDay): BusinessDay {
  const last = boundaryUpTo(cycle, day);
  switch (cycle.kind) {
    case 'daily':
      return addDays(last, 1);
    case 'weekly':
      return addDays(last, 7);
    case 'two-weekly':
      return addDays(last, 14);
    case 'monthly':
      return inMonthOf(firstOfMonth(last, 1), cycle.day);
    case 'yearly':
      return inMonthOf(firstOfMonth(last, 12), cycle.day);
  }
}

function inYearOf(day: BusinessDay, month: number, dayOfMonth: MonthDay): BusinessDay {
  assertRule(Number.isSafeInteger(month) && month >= 1 && month <= 12, 'a month is 1 to 12');
  return inMonthOf(firstOfMonth(day, month - Number(day.slice(5, 7))), dayOfMonth);
}

/** Days from the newest `weekday` to `today`'s weekday. */
function daysSince(weekday: number, today: number, length: number): number {
  assertRule(Number.isSafeInteger(weekday) && weekday >= 1 && weekday <= 7, 'a weekday is 1 to 7');
  return remainder(today - weekday, length);
}

/** 0 ≤ remainder < divisor, also for days before the anchor. */
function remainder(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
