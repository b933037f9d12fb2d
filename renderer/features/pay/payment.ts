import type { InputOf } from '../../../shared/contract/define.ts';
import type { saleComplete } from '../../../shared/contract/sale.ts';
import { isRupiah, parseRupiah, type Rupiah, rupiah } from '../../../shared/domain/money.ts';
import {
  type CashStep,
  type RoundingMode,
  settleTenders,
  type Tender,
  type TenderProblem,
} from '../../../shared/domain/tender.ts';
import type { TakenPart } from '../../stores/basket.ts';
import { isOddTender, readTendered } from './tendered.ts';

type Tenders = InputOf<typeof saleComplete>['tenders'];

/** Tenders of one sale: the contract's bound, less the cash that may come last. */
export const MAX_PARTS = 9;

export interface Rounding {
  stepRupiah: number;
  mode: RoundingMode;
}

/** How a payment stands. */
export type Payment =
  /** What was taken is the whole total: nothing is left for cash. */
  | { state: 'paid' }
  /** More was taken than the basket comes to: a part has to go, or a line to come. */
  | { state: 'over'; excessRupiah: Rupiah }
  | {
      state: 'open';
      /** What another exact part may be at most. */
      leftRupiah: Rupiah;
      /** The same in cash: rounded. */
      cashDueRupiah: Rupiah;
      /** What was typed, as cash; undefined for what is no amount. */
      tenderedRupiah: Rupiah | undefined;
      /** Undefined while too little, or no amount, is typed. */
      changeRupiah: Rupiah | undefined;
    };

/**
 * Docs/domain rule: non-cash is exact, only the cash part that is left is rounded. `totalRupiah` before rounding,
 * `typed` as it stands in the amount field.
 */
export function paymentOf(of: {
  totalRupiah: Rupiah;
  taken: readonly TakenPart[];
  typed: string;
  rounding: Rounding;
}): Payment {
  const parts = of.taken.map(({ kind, amountRupiah }): Tender => ({ kind, amount: rupiah(amountRupiah) }));
  const settle = (tenders: readonly Tender[]) =>
    settleTenders({
      total: of.totalRupiah,
      tenders,
      step: of.rounding.stepRupiah as CashStep,
      mode: of.rounding.mode,
    });
  const before = settle(parts);
  if (before.ok) return { state: 'paid' };
  if (before.reason === 'non-cash-exceeds-total') return { state: 'over', excessRupiah: before.excess };
  const { cashDue, exactLeft } = asShort(before);
  const tenderedRupiah = readTendered(of.typed, cashDue);
  const after = tenderedRupiah ? settle([...parts, { kind: 'cash', amount: tenderedRupiah }]) : before;
  return {
    state: 'open',
    leftRupiah: exactLeft,
    cashDueRupiah: cashDue,
    tenderedRupiah,
    changeRupiah: after.ok ? after.change : undefined,
  };
}

/** A till's parts are above 0, few and within range, so that nothing else can be wrong with them. */
function asShort(problem: TenderProblem): Extract<TenderProblem, { reason: 'short' }> {
  if (problem.reason !== 'short') throw new Error(`parts of a payment: ${problem.reason}`);
  return problem;
}

/**
 * The amount of an exact part, from what stands in the amount field: nothing is all that is left, two or three digits
 * are thousands where that fits (`50` is 50.000). Undefined for what is no amount or more than is left.
 */
export function readPart(typed: string, leftRupiah: Rupiah): Rupiah | undefined {
  const text = typed.trim();
  if (text === '') return leftRupiah;
  const amount = parseRupiah(text);
  if (amount === undefined || amount <= 0) return undefined;
  const thousands = amount * 1000;
  if (/^\d{2,3}$/.test(text) && isRupiah(thousands) && thousands <= leftRupiah) return rupiah(thousands);
  return amount <= leftRupiah ? amount : undefined;
}

/** What was taken and the cash handed over (0: none), in the words of the contract. */
export function tendersOf(taken: readonly TakenPart[], cashRupiah: number): Tenders {
  const parts = taken.map(({ kind, amountRupiah, reference, qris }) => ({
    kind,
    amountRupiah,
    ...(reference && { reference }),
    ...(qris && { ticket: qris.ticket }),
  }));
  return cashRupiah > 0 ? [...parts, { kind: 'cash', amountRupiah: cashRupiah }] : parts;
}

/** The change of cash that was most likely mistyped, whole rupiah: said before it is taken. Undefined for any other. */
export function oddChangeOf(payment: Payment): Rupiah | undefined {
  if (payment.state !== 'open') return undefined;
  const { tenderedRupiah, cashDueRupiah, changeRupiah } = payment;
  if (tenderedRupiah === undefined || changeRupiah === undefined) return undefined;
  return isOddTender(tenderedRupiah, cashDueRupiah) ? changeRupiah : undefined;
}

/** What came in and what is still awaited: a QRIS code that was only shown is no money yet. */
export function arrivedOf(taken: readonly TakenPart[]): { inRupiah: number; awaitedRupiah: number } {
  const sum = (parts: readonly TakenPart[]) =>
    parts.reduce((total, { amountRupiah }) => total + amountRupiah, 0);
  const awaitedRupiah = sum(taken.filter(({ qris }) => qris !== undefined && !qris.seen));
  return { inRupiah: sum(taken) - awaitedRupiah, awaitedRupiah };
}

/** The place of a QRIS part whose payment nobody has seen yet; -1 when there is none. */
export function unseenQris(taken: readonly TakenPart[]): number {
  return taken.findIndex(({ qris }) => qris !== undefined && !qris.seen);
}
