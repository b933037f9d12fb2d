import { assertRule } from './check.ts';
import { isRupiah, MAX_RUPIAH, type Rupiah, rupiah } from './money.ts';

export const CASH_STEPS = [0, 50, 100, 500, 1000] as const;
/** The smallest money the center handles in cash, in rupiah; 0 means no rounding at all. */
export type CashStep = (typeof CASH_STEPS)[number];

export const ROUNDING_MODES = ['down', 'nearest', 'up'] as const;
export type RoundingMode = (typeof ROUNDING_MODES)[number];

export const TENDER_KINDS = ['cash', 'qris', 'debit', 'transfer'] as const;
export type TenderKind = (typeof TENDER_KINDS)[number];

/** What a buyer hands over: for cash the notes given (change comes back), for the others the exact amount. */
export interface Tender {
  readonly kind: TenderKind;
  /** Rupiah, above 0. */
  readonly amount: Rupiah;
}

/** More tenders than this on one sale is a mistake at the till. */
export const MAX_TENDERS = 20;

/** A sale that is paid: non-cash + cashDue = total + rounding, and cash handed over − change = cashDue. */
export interface SettledTenders {
  readonly ok: true;
  /** cashDue − the part of the total left for cash: negative when rounded down. */
  readonly rounding: Rupiah;
  /** What has to be paid in cash, after rounding. */
  readonly cashDue: Rupiah;
  readonly change: Rupiah;
}

export type TenderProblem =
  /** `short` is missing in cash; `exactLeft` is what a non-cash tender would have to be to finish the sale instead. */
  | {
      readonly ok: false;
      readonly reason: 'short';
      readonly rounding: Rupiah;
      readonly cashDue: Rupiah;
      readonly short: Rupiah;
      readonly exactLeft: Rupiah;
    }
  | { readonly ok: false; readonly reason: 'non-cash-exceeds-total'; readonly excess: Rupiah }
  | { readonly ok: false; readonly reason: 'cash-not-due' | 'too-many-tenders' | 'amount-too-large' }
  | { readonly ok: false; readonly reason: 'tender-not-positive'; readonly tender: number };

/**
 * Rounds an amount (rupiah ≥ 0) to what can be paid in cash. An exact half step goes up in mode 'nearest'.
 * Docs/domain rule: an amount above 0 never rounds to 0; it becomes one step, so that goods never leave for nothing.
 * At the very top, where the next step up would exceed the largest amount, it is rounded down.
 */
export function roundCash(amount: Rupiah, step: CashStep, mode: RoundingMode): Rupiah {
  assertRule(amount >= 0, 'an amount to round is 0 or more');
  if (step === 0 || amount === 0) return amount;
  const over = amount % step;
  const down = amount - over;
  const goesUp = over > 0 && (mode === 'up' || (mode === 'nearest' && over * 2 >= step));
  if (!goesUp) return rupiah(down === 0 ? step : down);
  return rupiah(down + step > MAX_RUPIAH ? down : down + step);
}

/**
 * What whole steps of an amount (rupiah ≥ 0) can be handed out in cash: 13.997 with a step of 100 is 13.900. Unlike
 * `roundCash` this comes to 0 below one step, because money going out must never be more than what is due.
 */
export function wholeSteps(amount: Rupiah, step: CashStep): Rupiah {
  assertRule(amount >= 0, 'an amount to hand out is 0 or more');
  return step === 0 ? amount : rupiah(amount - (amount % step));
}

/**
 * Settles a sale of `total` rupiah (≥ 0) with a mix of tenders, in any order. Throws for a negative total only;
 * everything a till can get wrong comes back as a `TenderProblem`.
 * Docs/domain rule: non-cash is exact and never more than the total; only the cash part that is left to pay is
 * rounded; change is given on cash alone.
 */
export function settleTenders(payment: {
  readonly total: Rupiah;
  readonly tenders: readonly Tender[];
  readonly step: CashStep;
  readonly mode: RoundingMode;
}): SettledTenders | TenderProblem {
  const { total, tenders, step, mode } = payment;
  assertRule(total >= 0, 'a sale to be paid is 0 or more');
  if (tenders.length > MAX_TENDERS) return { ok: false, reason: 'too-many-tenders' };
  let cashGiven = 0;
  let nonCash = 0;
  for (const [index, tender] of tenders.entries()) {
    if (tender.amount <= 0) return { ok: false, reason: 'tender-not-positive', tender: index };
    if (tender.kind === 'cash') cashGiven += tender.amount;
    else nonCash += tender.amount;
  }
  if (!isRupiah(cashGiven) || !isRupiah(nonCash)) return { ok: false, reason: 'amount-too-large' };
  if (nonCash > total)
    return { ok: false, reason: 'non-cash-exceeds-total', excess: rupiah(nonCash - total) };

  const left = rupiah(total - nonCash);
  if (left === 0 && cashGiven > 0) return { ok: false, reason: 'cash-not-due' };
  const cashDue = roundCash(left, step, mode);
  const rounding = rupiah(cashDue - left);
  if (cashGiven < cashDue) {
    const short = rupiah(cashDue - cashGiven);
    const exactLeft = rupiah(Math.max(0, left - cashGiven));
    return { ok: false, reason: 'short', rounding, cashDue, short, exactLeft };
  }
  return { ok: true, rounding, cashDue, change: rupiah(cashGiven - cashDue) };
}

/** What one way of paying bore of a sale's total, before any rounding: the parts of a sale sum to its total. */
export interface TenderPart {
  /** Place of the tender in the sale's list, from 0; of the first one for cash. */
  readonly tender: number;
  readonly kind: TenderKind;
  /** Rupiah, above 0. */
  readonly amount: Rupiah;
}

/**
 * Divides a sale's total (rupiah ≥ 0) among the tenders that settled it, in their order: each non-cash tender its
 * amount, all cash together, at the place of the first, what was left for it. Refunds go back along these parts.
 * Throws for tenders that `settleTenders` would not have taken.
 */
export function tenderParts(total: Rupiah, tenders: readonly Tender[]): TenderPart[] {
  let left: number = total;
  for (const { kind, amount } of tenders) if (kind !== 'cash') left -= amount;
  const firstCash = tenders.findIndex(({ kind }) => kind === 'cash');
  assertRule(firstCash < 0 ? left === 0 : left > 0, 'the tenders are those that settled the total');
  return tenders.flatMap(({ kind, amount }, tender): TenderPart[] => {
    if (kind !== 'cash') return [{ tender, kind, amount }];
    return tender === firstCash ? [{ tender, kind, amount: rupiah(left) }] : [];
  });
}

const QUICK_CASH_NOTES = [5_000, 10_000, 20_000, 50_000, 100_000] as const;

/**
 * The amounts worth a key when `cashDue` rupiah are to be paid in cash: exactly that, then the next multiple of each
 * note above it, ascending, each once. Nothing for an amount of 0.
 * Docs/domain rule: exact, then the next 5.000, 10.000, 20.000, 50.000 and 100.000 above the amount due.
 */
export function quickCash(cashDue: Rupiah): Rupiah[] {
  if (cashDue <= 0) return [];
  const amounts = new Set<number>([cashDue]);
  for (const note of QUICK_CASH_NOTES) amounts.add(cashDue - (cashDue % note) + note);
  return [...amounts]
    .sort((a, b) => a - b)
    .filter(isRupiah)
    .map(rupiah);
}
