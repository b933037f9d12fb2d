import { assertRule } from './check.ts';

declare const businessDayBrand: unique symbol;

/** A calendar day of the center, 'YYYY-MM-DD', 1900 to 9999. Text order is date order. */
export type BusinessDay = string & { readonly [businessDayBrand]: true };

export type Language = 'id' | 'en';

const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;
/** Center time zones are whole quarter hours at most 14 hours from UTC: WIB +420, WITA +480, WIT +540. */
const MAX_OFFSET_MINUTES = 14 * 60;

const MONTH_NAMES: Readonly<Record<Language, readonly string[]>> = {
  id: [
    'Januari',
    'Februari',
    'Maret',
    'April',
    'Mei',
    'Juni',
    'Juli',
    'Agustus',
    'September',
    'Oktober',
    'November',
    'Desember',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

/** True when `text` is 'YYYY-MM-DD' and that day exists (no 30 February), 1900 to 9999. */
export function isBusinessDay(text: string): text is BusinessDay {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, dayOfMonth] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return (
    year >= 1900 && month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= daysInMonth(year, month)
  );
}

/** Brands a text as a day. Throws when it is none: ask `isBusinessDay` first where a person typed it. */
export function businessDay(text: string): BusinessDay {
  assertRule(isBusinessDay(text), `not a day: ${text.slice(0, 40)}`);
  return text;
}

/**
 * The center's date at a moment. `atMs` is milliseconds since 1970 UTC, `offsetMinutes` the center's fixed
 * distance from UTC (there is no summer time in Indonesia).
 */
export function businessDayAt(atMs: number, offsetMinutes: number): BusinessDay {
  return dayOfNumber(Math.floor(localMs(atMs, offsetMinutes) / MS_PER_DAY));
}

/** The day `count` days later (earlier when negative). Throws outside 1900–9999. */
export function addDays(day: BusinessDay, count: number): BusinessDay {
  assertRule(Number.isSafeInteger(count), 'whole days only');
  return dayOfNumber(numberOfDay(day) + count);
}

/** Days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: BusinessDay, to: BusinessDay): number {
  return numberOfDay(to) - numberOfDay(from);
}

/** 1 Monday … 7 Sunday (ISO 8601). */
export function weekdayOf(day: BusinessDay): number {
  // 1970-01-01, day 0, was a Thursday.
  return ((((numberOfDay(day) + 3) % 7) + 7) % 7) + 1;
}

/**
 * The day `dayOfMonth` (1–28, or 'last') of the month that holds `day`. Throws for 29–31, which not every month has.
 * Docs/domain rule: a monthly day is 1 to 28 or the last of the month.
 */
export function inMonthOf(day: BusinessDay, dayOfMonth: number | 'last'): BusinessDay {
  const month = day.slice(0, 8);
  if (dayOfMonth === 'last') {
    return businessDay(`${month}${daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)))}`);
  }
  assertRule(
    Number.isSafeInteger(dayOfMonth) && dayOfMonth >= 1 && dayOfMonth <= 28,
    'a monthly day is 1 to 28',
  );
  return businessDay(`${month}${String(dayOfMonth).padStart(2, '0')}`);
}

/** The first day of the month `count` months after the one that holds `day` (before it when negative). Throws outside 1900–9999. */
export function firstOfMonth(day: BusinessDay, count = 0): BusinessDay {
  assertRule(Number.isSafeInteger(count), 'whole months only');
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  const year = Math.floor(months / 12);
  return businessDay(`${String(year).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`);
}

/** The day as it is printed in tables and on receipts: `21-11-2026`. */
export function formatDay(day: BusinessDay): string {
  return `${day.slice(8)}-${day.slice(5, 7)}-${day.slice(0, 4)}`;
}

/** The day in words, for documents: `21 November 2026`, `17 Agustus 2026` (id), `17 August 2026` (en). */
export function formatDayLong(day: BusinessDay, language: Language): string {
  const monthName = MONTH_NAMES[language][Number(day.slice(5, 7)) - 1] ?? '';
  return `${Number(day.slice(8))} ${monthName} ${day.slice(0, 4)}`;
}

/** The center's clock at a moment, 24 hours: `07:05`. Same arguments as `businessDayAt`. */
export function formatTime(atMs: number, offsetMinutes: number): string {
  const local = localMs(atMs, offsetMinutes);
  const minuteOfDay = Math.floor((local - Math.floor(local / MS_PER_DAY) * MS_PER_DAY) / MS_PER_MINUTE);
  const hours = String(Math.floor(minuteOfDay / 60)).padStart(2, '0');
  return `${hours}:${String(minuteOfDay % 60).padStart(2, '0')}`;
}

function localMs(atMs: number, offsetMinutes: number): number {
  assertRule(Number.isSafeInteger(atMs), 'a moment is whole milliseconds');
  assertRule(
    Number.isSafeInteger(offsetMinutes) && Math.abs(offsetMinutes) <= MAX_OFFSET_MINUTES,
    'a time zone is whole minutes within 14 hours of UTC',
  );
  return atMs + offsetMinutes * MS_PER_MINUTE;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 0000-03-01, the start of a year that ends with February, to 1970-01-01. */
const EPOCH_FROM_MARCH_ZERO = 719_468;

/** Days since 1970-01-01. Years are counted from March so that the leap day comes last and needs no special case. */
function numberOfDay(day: BusinessDay): number {
  const month = Number(day.slice(5, 7));
  const marchYear = Number(day.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const dayOfYear = daysBeforeMarchMonth((month + 9) % 12) + Number(day.slice(8)) - 1;
  return daysBeforeMarchYear(marchYear) + dayOfYear - EPOCH_FROM_MARCH_ZERO;
}

function dayOfNumber(dayNumber: number): BusinessDay {
  const fromMarchZero = dayNumber + EPOCH_FROM_MARCH_ZERO;
  let marchYear = Math.floor(fromMarchZero / 365.2425);
  // The average year length can be a day off at the edges of a year; step to the year that really holds the day.
  if (daysBeforeMarchYear(marchYear + 1) <= fromMarchZero) marchYear += 1;
  if (daysBeforeMarchYear(marchYear) > fromMarchZero) marchYear -= 1;
  const dayOfYear = fromMarchZero - daysBeforeMarchYear(marchYear);
  let marchMonth = 11;
  while (daysBeforeMarchMonth(marchMonth) > dayOfYear) marchMonth -= 1;
  const month = ((marchMonth + 2) % 12) + 1;
  const year = marchYear + (month <= 2 ? 1 : 0);
  const dayOfMonth = dayOfYear - daysBeforeMarchMonth(marchMonth) + 1;
  const text = [year, month, dayOfMonth].map((part, index) =>
    String(part).padStart(index === 0 ? 4 : 2, '0'),
  );
  return businessDay(text.join('-'));
}

function daysBeforeMarchYear(marchYear: number): number {
  return (
    marchYear * 365 + Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  );
}

/** Days from 1 March to the first of the month `marchMonth` months later (0 = March … 11 = February). */
function daysBeforeMarchMonth(marchMonth: number): number {
  return Math.floor((153 * marchMonth + 2) / 5);
}
