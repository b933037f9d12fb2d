/**
 * Proves that days, clock times and command ids are what the center's calendar says, at the edges where such rules
 * break: midnight in each Indonesian zone, leap days, the turn of a year, and an id built from known bytes.
 */
import { describe, expect, test } from 'vitest';
import {
  addDays,
  businessDay,
  businessDayAt,
  daysBetween,
  formatDay,
  formatDayLong,
  formatTime,
  isBusinessDay,
} from '../../shared/domain/calendar.ts';
import { isCommandId, uuidV7 } from '../../shared/domain/id.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

describe('business days', () => {
  test.each([
    ['2026-11-20T16:59:59.999', 420, '2026-11-20', '23:59'],
    ['2026-11-20T17:00:00.000', 420, '2026-11-21', '00:00'],
    ['2026-11-20T16:00:00.000', 480, '2026-11-21', '00:00'],
    ['2026-11-20T15:00:00.000', 540, '2026-11-21', '00:00'],
    ['2026-12-31T17:00:00.000', 420, '2027-01-01', '00:00'],
    ['2028-02-28T17:05:00.000', 420, '2028-02-29', '00:05'],
    ['1969-12-31T23:59:59.999', 0, '1969-12-31', '23:59'],
  ])('%s UTC at +%d minutes is %s %s', (moment, offset, day, time) => {
    expect(businessDayAt(utc(moment), offset)).toBe(day);
    expect(formatTime(utc(moment), offset)).toBe(time);
  });

  test('moments and zones that cannot be are faults', () => {
    expect(() => businessDayAt(0.5, 420)).toThrow();
    expect(() => businessDayAt(0, 24 * 60)).toThrow();
    expect(() => businessDayAt(Number.NaN, 420)).toThrow();
  });

  test.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '1899-12-31',
    '1900-02-29',
    '26-01-01',
    '2026-1-1',
    '',
  ])('%j is no day', (text) => {
    expect(isBusinessDay(text)).toBe(false);
    expect(() => businessDay(text)).toThrow();
  });

  test.each(['2024-02-29', '2000-02-29', '1900-02-28', '9999-12-31'])('%s is a day', (text) => {
    expect(isBusinessDay(text)).toBe(true);
  });

  test('adding and counting days crosses months, years and leap days', () => {
    expect(addDays(businessDay('2028-02-28'), 1)).toBe('2028-02-29');
    expect(addDays(businessDay('2027-02-28'), 1)).toBe('2027-03-01');
    expect(addDays(businessDay('2026-12-31'), 1)).toBe('2027-01-01');
    expect(addDays(businessDay('2026-11-21'), -30)).toBe('2026-10-22');
    expect(daysBetween(businessDay('2026-11-21'), businessDay('2027-11-21'))).toBe(365);
    expect(daysBetween(businessDay('2026-11-21'), businessDay('2026-11-20'))).toBe(-1);
    expect(() => addDays(businessDay('9999-12-31'), 1)).toThrow();
  });

  test('days are written in figures and in words', () => {
    expect(formatDay(businessDay('2026-11-21'))).toBe('21-11-2026');
    expect(formatDayLong(businessDay('2026-08-07'), 'id')).toBe('7 Agustus 2026');
    expect(formatDayLong(businessDay('2026-08-07'), 'en')).toBe('7 August 2026');
  });
});

describe('command ids', () => {
  const bytes = Uint8Array.from({ length: 16 }, (_, index) => index * 17);

  test('carry the moment, the version, the variant and the random bits', () => {
    expect(uuidV7(0x0123456789ab, bytes)).toBe('01234567-89ab-7677-8899-aabbccddeeff');
    expect(uuidV7(0, new Uint8Array(16))).toBe('00000000-0000-7000-8000-000000000000');
    expect(uuidV7(2 ** 48 - 1, new Uint8Array(16).fill(255))).toBe('ffffffff-ffff-7fff-bfff-ffffffffffff');
  });

  test('sort by time', () => {
    expect(uuidV7(1000, bytes) < uuidV7(1001, new Uint8Array(16))).toBe(true);
  });

  test('have one spelling', () => {
    expect(isCommandId('01234567-89ab-7677-8899-aabbccddeeff')).toBe(true);
    for (const wrong of [
      '01234567-89AB-7677-8899-aabbccddeeff',
      '01234567-89ab-4677-8899-aabbccddeeff',
      '01234567-89ab-7677-c899-aabbccddeeff',
      '0123456789ab76778899aabbccddeeff',
      ' 01234567-89ab-7677-8899-aabbccddeeff',
      '01234567-89ab-7677-8899-aabbccddeeff\n',
    ]) {
      expect(isCommandId(wrong)).toBe(false);
    }
  });

  test('need sixteen bytes and a moment of 48 bits', () => {
    expect(() => uuidV7(0, new Uint8Array(15))).toThrow();
    expect(() => uuidV7(-1, bytes)).toThrow();
    expect(() => uuidV7(2 ** 48, bytes)).toThrow();
  });
});
