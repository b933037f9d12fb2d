import type { TFunction } from 'i18next';
import { formatDay, formatTime, isBusinessDay } from '../../shared/domain/calendar.ts';
import { formatRupiah, isRupiah, rupiah } from '../../shared/domain/money.ts';
import { formatQty, isQty, qty } from '../../shared/domain/quantity.ts';
import type { Problem } from '../engine/problem.ts';
import { connection } from '../stores/connection.ts';

/** The sentence for a problem: what happened and what to do next. Never the engine's own text. */
export function problemText(
  t: TFunction,
  problem: Problem,
  offsetMinutes = connection.getState().offsetMinutes,
): string {
  switch (problem.kind) {
    case 'lost':
      return t('problem.lost');
    case 'fault':
      return t('problem.fault', { faultId: problem.faultId });
    case 'rejected': {
      const { name } = problem;
      const details = readableDetails(problem.details, offsetMinutes);
      if (name === 'bad-input') {
        const last =
          String(problem.details.field ?? '')
            .split('.')
            .at(-1) ?? '';
        const field = t(`field.${last}`, { defaultValue: '' });
        return field ? t('rejection.bad-input', { field }) : t('problem.someField');
      }
      if (name === 'wrong-pin' && Number(problem.details.waitMs) > 0)
        return t('problem.wrongPinWait', details);
      if (name === 'settlement-state') {
        return t('rejection.settlement-state', { state: t(`settle.state.${problem.details.state}`) });
      }
      if (name === 'approval-needed')
        return t('rejection.approval-needed', { why: t(`approval.why.${problem.details.why}`) });
      if (name === 'job-state')
        return t('rejection.job-state', { state: t(`print.state.${problem.details.state}`) });
      return t([`rejection.${name}`, 'problem.unknown'], details);
    }
  }
}

/** Figures as people read them: rupiah, days, times, whole seconds, quantities. By the ending of the detail's name. */
export function readableDetails(
  details: Record<string, unknown>,
  offsetMinutes: number,
): Record<string, string> {
  const readable: Record<string, string> = {};
  for (const [key, value] of Object.entries(details))
    readable[key] = readableValue(key, value, offsetMinutes);
  return readable;
}

function readableValue(key: string, value: unknown, offsetMinutes: number): string {
  if (typeof value === 'number') {
    if (/rupiah$/i.test(key) && isRupiah(value)) return formatRupiah(rupiah(value));
    if (key === 'waitMs') return String(Math.ceil(value / 1000));
    if ((key === 'expired' || key.endsWith('Qty')) && isQty(value)) return formatQty(qty(value));
    if (/At$|^now$/.test(key) && Number.isSafeInteger(value)) return formatMoment(value, offsetMinutes);
  }
  if (typeof value === 'string' && isBusinessDay(value)) return formatDay(value);
  return String(value ?? '');
}

/** Day and time of a moment: `21-11-2026 14.05` needs no language. */
export function formatMoment(atMs: number, offsetMinutes = connection.getState().offsetMinutes): string {
  const local = new Date(atMs + offsetMinutes * 60_000).toISOString().slice(0, 10);
  return `${isBusinessDay(local) ? formatDay(local) : local} ${formatTime(atMs, offsetMinutes)}`;
}
