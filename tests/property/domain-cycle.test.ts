/**
 * Proves that cut-offs and fees fall on the right days by walking the calendar day by day, with weekdays and month ends
 * asked of the runtime's own calendar.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  type BusinessDay,
  businessDay,
  firstOfMonth,
  inMonthOf,
  weekdayOf,
} from '../../shared/domain/calendar.ts';
import {
  type FeeCycle,
  feePeriods,
  isDue,
  lastCutoff,
  nextCutoff,
  type SettlementCycle,
} from '../../shared/domain/cycle.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

const timeout = { timeout: PROPERTY_TIMEOUT_MS };

const isoDay = (date: Date): BusinessDay => businessDay(date.toISOString().slice(0, 10));
const daysIn = (firstYear: number, lastYear: number) =>
  fc
    .integer({ min: Date.UTC(firstYear, 0, 1) / 86_400_000, max: Date.UTC(lastYear, 11, 31) / 86_400_000 })
    .map((dayNumber) => isoDay(new Date(dayNumber * 86_400_000)));
const days = fc.oneof(daysIn(2023, 2029), daysIn(1910, 2200));
const monthDay = fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant('last' as const));

const weekly = fc.record({ kind: fc.constant('weekly' as const), weekday: fc.integer({ min: 1, max: 7 }) });
const twoWeekly = fc.record({ kind: fc.constant('two-weekly' as const), anchor: days });
const monthly = fc.record({ kind: fc.constant('monthly' as const), day: monthDay });
const yearly = fc.record({
  kind: fc.constant('yearly' as const),
  month: fc.integer({ min: 1, max: 12 }),
  day: monthDay,
});
const cycles = fc.oneof(fc.constant({ kind: 'daily' as const }), weekly, twoWeekly, monthly);
const feeCycles: fc.Arbitrary<FeeCycle> = fc.oneof(weekly, twoWeekly, monthly, yearly);

/** The definition of a boundary, for one day and with the runtime's calendar. */
function isBoundary(cycle: SettlementCycle | FeeCycle, day: BusinessDay): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  const isMonthDay = (wanted: number | 'last') =>
    wanted === 'last'
      ? new Date(date.getTime() + 86_400_000).getUTCDate() === 1
      : date.getUTCDate() === wanted;
  switch (cycle.kind) {
    case 'daily':
      return true;
    case 'weekly':
      return date.getUTCDay() === cycle.weekday % 7;
    case 'two-weekly':
      return Math.round((date.getTime() - Date.parse(cycle.anchor)) / 86_400_000) % 14 === 0;
    case 'monthly':
      return isMonthDay(cycle.day);
    case 'yearly':
      return date.getUTCMonth() + 1 === cycle.month && isMonthDay(cycle.day);
    case 'on-request':
      return false;
  }
}

function walk(cycle: SettlementCycle, from: BusinessDay, step: 1 | -1): BusinessDay {
  let day = from;
  while (!isBoundary(cycle, day)) day = addDays(day, step);
  return day;
}

test('days of a month and weekdays are those of the runtime\u2019s calendar', timeout, () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -120, max: 120 }), (day, count) => {
      const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];
      expect(weekdayOf(day) % 7).toBe(new Date(day).getUTCDay());
      expect(inMonthOf(day, 'last')).toBe(isoDay(new Date(Date.UTC(year, month + 1, 0))));
      expect(firstOfMonth(day, count)).toBe(isoDay(new Date(Date.UTC(year, month + count, 1))));
    }),
    seeded(),
  );
});

test('cut-offs are the first boundary met by walking back from today, and on from tomorrow', timeout, () => {
  fc.assert(
    fc.property(cycles, days, (cycle, today) => {
      expect(lastCutoff(cycle, today)).toBe(walk(cycle, today, -1));
      expect(nextCutoff(cycle, today)).toBe(walk(cycle, addDays(today, 1), 1));
    }),
    seeded(),
  );
});

test('a vendor is due exactly when a boundary lies after the last settled day', timeout, () => {
  fc.assert(
    fc.property(cycles, days, fc.integer({ min: -3, max: 45 }), (cycle, today, ago) => {
      const settled = addDays(today, -ago);
      let due = false;
      for (let day = addDays(settled, 1); day <= today; day = addDays(day, 1)) due ||= isBoundary(cycle, day);
      expect(isDue(cycle, settled, today)).toBe(due);
      expect(isDue(cycle, undefined, today)).toBe(true);
      expect(isDue({ kind: 'on-request' }, settled, today)).toBe(false);
    }),
    seeded(),
  );
});

test('fees fall due on the boundary days of their time, each once', timeout, () => {
  const spans = fc.record({
    length: fc.integer({ min: -5, max: 400 }),
    until: fc.option(fc.integer({ min: -5, max: 400 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(feeCycles, days, spans, (cycle, from, { length, until }) => {
      const upTo = addDays(from, length);
      const expected: BusinessDay[] = [];
      for (let count = 0; count <= Math.min(length, until ?? length); count += 1) {
        const day = addDays(from, count);
        if (isBoundary(cycle, day)) expected.push(day);
      }
      const fee = { cycle, from, until: until === undefined ? undefined : addDays(from, until) };
      expect(feePeriods(fee, upTo)).toEqual(expected);
    }),
    seeded(),
  );
});

test('asking for fees earlier gives the beginning of the same list', timeout, () => {
  fc.assert(
    fc.property(feeCycles, days, fc.nat({ max: 2000 }), fc.nat({ max: 2000 }), (cycle, from, first, more) => {
      const early = feePeriods({ cycle, from }, addDays(from, first));
      expect(feePeriods({ cycle, from }, addDays(from, first + more)).slice(0, early.length)).toEqual(early);
    }),
    seeded(),
  );
});
