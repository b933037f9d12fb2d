/**
 * Proves when a settlement or a fee falls due, at the edges of months, leap years and schedules. 21 November 2026 is a
 * Saturday.
 */
import { describe, expect, test } from 'vitest';
import { businessDay, firstOfMonth, inMonthOf, weekdayOf } from '../../shared/domain/calendar.ts';
import {
  type FeeCycle,
  feePeriods,
  isDue,
  lastCutoff,
  MAX_FEE_PERIODS,
  nextCutoff,
  type SettlementCycle,
} from '../../shared/domain/cycle.ts';

const TODAY = businessDay('2026-11-21');

describe('days of a month', () => {
  test('weekdays run from 1 Monday to 7 Sunday', () => {
    expect(weekdayOf(TODAY)).toBe(6);
    expect(weekdayOf(businessDay('2026-11-22'))).toBe(7);
    expect(weekdayOf(businessDay('2026-11-23'))).toBe(1);
    expect(weekdayOf(businessDay('1970-01-01'))).toBe(4);
    expect(weekdayOf(businessDay('1900-01-01'))).toBe(1);
  });

  test('the last follows the month, also in leap years', () => {
    expect(inMonthOf(businessDay('2026-02-10'), 'last')).toBe('2026-02-28');
    expect(inMonthOf(businessDay('2028-02-10'), 'last')).toBe('2028-02-29');
    expect(inMonthOf(businessDay('2026-11-30'), 'last')).toBe('2026-11-30');
    expect(inMonthOf(TODAY, 5)).toBe('2026-11-05');
  });

  test('29 to 31 cannot be chosen', () => {
    for (const wrong of [0, 29, 30, 31, 1.5]) expect(() => inMonthOf(TODAY, wrong)).toThrow();
  });

  test('months are counted over the turn of a year', () => {
    expect(firstOfMonth(TODAY)).toBe('2026-11-01');
    expect(firstOfMonth(TODAY, 2)).toBe('2027-01-01');
    expect(firstOfMonth(TODAY, -11)).toBe('2025-12-01');
    expect(() => firstOfMonth(businessDay('9999-12-31'), 1)).toThrow();
  });
});

describe('cut-offs', () => {
  test.each<[SettlementCycle, string | undefined, string | undefined]>([
    [{ kind: 'daily' }, '2026-11-21', '2026-11-22'],
    [{ kind: 'weekly', weekday: 6 }, '2026-11-21', '2026-11-28'],
    [{ kind: 'weekly', weekday: 7 }, '2026-11-15', '2026-11-22'],
    [{ kind: 'weekly', weekday: 1 }, '2026-11-16', '2026-11-23'],
    [{ kind: 'two-weekly', anchor: businessDay('2026-11-21') }, '2026-11-21', '2026-12-05'],
    [{ kind: 'two-weekly', anchor: businessDay('2026-01-03') }, '2026-11-21', '2026-12-05'],
    [{ kind: 'two-weekly', anchor: businessDay('2026-11-22') }, '2026-11-08', '2026-11-22'],
    [{ kind: 'two-weekly', anchor: businessDay('2027-03-01') }, '2026-11-09', '2026-11-23'],
    [{ kind: 'monthly', day: 21 }, '2026-11-21', '2026-12-21'],
    [{ kind: 'monthly', day: 22 }, '2026-10-22', '2026-11-22'],
    [{ kind: 'monthly', day: 'last' }, '2026-10-31', '2026-11-30'],
    [{ kind: 'on-request' }, undefined, undefined],
  ])('of %j are the last one up to today and the first one after', (cycle, last, next) => {
    expect(lastCutoff(cycle, TODAY)).toBe(last);
    expect(nextCutoff(cycle, TODAY)).toBe(next);
  });

  test('on the last of a month find the last of February from both sides', () => {
    const cycle = { kind: 'monthly', day: 'last' } as const;
    expect(nextCutoff(cycle, businessDay('2028-01-31'))).toBe('2028-02-29');
    expect(lastCutoff(cycle, businessDay('2027-03-30'))).toBe('2027-02-28');
    expect(nextCutoff(cycle, businessDay('2026-12-31'))).toBe('2027-01-31');
  });

  test('are refused on days that do not exist', () => {
    for (const weekday of [0, 8, 1.5]) expect(() => lastCutoff({ kind: 'weekly', weekday }, TODAY)).toThrow();
    for (const day of [0, 29, 31]) expect(() => lastCutoff({ kind: 'monthly', day }, TODAY)).toThrow();
  });
});

test('a vendor is due when a cut-off has come that no settlement reached', () => {
  const weekly = { kind: 'weekly', weekday: 6 } as const;
  expect(isDue(weekly, undefined, TODAY)).toBe(true);
  expect(isDue(weekly, businessDay('2026-11-14'), TODAY)).toBe(true);
  expect(isDue(weekly, businessDay('2026-11-21'), TODAY)).toBe(false);
  expect(isDue(weekly, businessDay('2026-11-14'), businessDay('2026-11-20'))).toBe(false);
  // Settled on request in between: due again at the next boundary.
  expect(isDue(weekly, businessDay('2026-11-18'), TODAY)).toBe(true);
  expect(isDue({ kind: 'on-request' }, undefined, TODAY)).toBe(false);
});

describe('fees', () => {
  const periods = (cycle: FeeCycle, from: string, upTo: string, until?: string) =>
    feePeriods(
      { cycle, from: businessDay(from), until: until === undefined ? undefined : businessDay(until) },
      businessDay(upTo),
    );

  test('fall due on every boundary from the first day up to today, both included', () => {
    expect(periods({ kind: 'monthly', day: 1 }, '2026-09-01', '2026-11-01')).toEqual([
      '2026-09-01',
      '2026-10-01',
      '2026-11-01',
    ]);
    expect(periods({ kind: 'monthly', day: 'last' }, '2026-09-01', '2026-11-29')).toEqual([
      '2026-09-30',
      '2026-10-31',
    ]);
    expect(periods({ kind: 'weekly', weekday: 1 }, '2026-11-10', '2026-11-23')).toEqual([
      '2026-11-16',
      '2026-11-23',
    ]);
    expect(
      periods({ kind: 'two-weekly', anchor: businessDay('2026-11-02') }, '2026-11-03', '2026-11-30'),
    ).toEqual(['2026-11-16', '2026-11-30']);
    expect(periods({ kind: 'yearly', month: 2, day: 'last' }, '2026-03-01', '2029-02-28')).toEqual([
      '2027-02-28',
      '2028-02-29',
      '2029-02-28',
    ]);
  });

  test('end with their agreement', () => {
    const monthly = { kind: 'monthly', day: 1 } as const;
    expect(periods(monthly, '2026-09-01', '2026-12-31', '2026-10-01')).toEqual(['2026-09-01', '2026-10-01']);
    expect(periods(monthly, '2026-09-01', '2026-12-31', '2026-08-31')).toEqual([]);
    expect(periods(monthly, '2027-01-01', '2026-12-31')).toEqual([]);
    expect(periods(monthly, '2026-11-02', '2026-11-30')).toEqual([]);
  });

  test('are bounded, and never due on days that do not exist', () => {
    const weekly = { kind: 'weekly', weekday: 1 } as const;
    expect(periods(weekly, '2007-09-24', '2026-11-16')).toHaveLength(MAX_FEE_PERIODS);
    expect(() => periods(weekly, '2007-09-17', '2026-11-16')).toThrow();
    for (const month of [0, 13, 1.5]) {
      expect(() => periods({ kind: 'yearly', month, day: 1 }, '2026-01-01', '2026-12-31')).toThrow();
    }
  });
});
