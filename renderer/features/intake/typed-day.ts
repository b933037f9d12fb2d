import { type BusinessDay, isBusinessDay } from '../../../shared/domain/calendar.ts';

/**
 * A day as people type it from a package: `31-12-2027`, `31/12/27`, `31122027`, `311227`, `31.12.27`. Two digits of
 * a year mean 20xx. Returns undefined for anything that is no day.
 */
export function readDay(typed: string): BusinessDay | undefined {
  const text = typed.trim();
  const match =
    /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{2}|\d{4})$/.exec(text);
  if (!match) return undefined;
  const [, day = '', month = '', year = ''] = match;
  const whole = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isBusinessDay(whole) ? whole : undefined;
}
