import { z } from 'zod';
import { isBusinessDay } from '../domain/calendar.ts';
import { command, operation, query } from './define.ts';
import { amountAboveZeroRupiah, amountRupiah, day, id, limit, memo, text } from './fields.ts';
import { office } from './roles.ts';
import type { StatementMovement } from './vendor.ts';

/**
 * `closed`: approved with nothing to pay, so that the period is over and its balance carried forward. `reversed`: its
 * approval or payout was taken back; its movements are open for the next one again.
 */
export type SettlementState = 'draft' | 'approved' | 'paid' | 'closed' | 'cancelled' | 'reversed';

/** A fee that falls due with a settlement. */
export interface DueFee {
  name: string;
  /** null: the payout fee. */
  fee: number | null;
  period: string | null;
  amountRupiah: number;
}

export interface SettlementView {
  settlement: number;
  number: string;
  vendor: number;
  vendorCode: string;
  vendorName: string;
  state: SettlementState;
  preparedBy: string;
  preparedAt: number;
  cutoffDay: string;
  asOfSeq: number;
  openingRupiah: number;
  movementRupiah: number;
  /** Before fees and payout. */
  closingRupiah: number;
  /** Fees of a draft as they would be posted now, of another as they were. */
  fees: DueFee[];
  feesRupiah: number;
  heldRupiah: number;
  disputedRupiah: number;
  /** What may be approved at most: never more than the balance as it is now, less the fees. */
  eligibleRupiah: number;
  /** The document that `document.reverse` takes back while nothing is paid; afterwards it is the payout. */
  approval: number | null;
  approvedRupiah: number | null;
  approvedBy: string | null;
  paidRupiah: number | null;
  payout: number | null;
  payoutNumber: string | null;
  payoutHow: 'cash' | 'bank' | null;
  payoutConfirmed: boolean;
  run: number | null;
}

/** A last day of a period. What is held may begin months before it, and that must still be a day of the calendar. */
export const cutoffDay = day.refine(
  (text) => isBusinessDay(text) && text >= '2000-01-01',
  'from the year 2000',
);

/** Freezes what a vendor is owed up to a cut-off: two rising watermarks, no copy of the lines. */
export const settlementPrepare = command<{ settlement: number; number: string; closingRupiah: number }>()(
  'settlement.prepare',
  {
    access: office,
    version: 2,
    input: z.strictObject({
      vendor: id,
      cutoffDay: cutoffDay.optional(),
      /** Only where there is something to hand over: otherwise any movement, fee or opening can be settled. */
      payableOnly: z.boolean().optional(),
    }),
    // Version 1 settled nothing below one cash step.
    upcast: (input) => ({ ...(input as object), payableOnly: true }),
    rejections: [
      'vendor-unknown',
      'settlement-open',
      'nothing-to-settle',
      'cutoff-not-rising',
      'cutoff-in-future',
    ],
  },
);

/**
 * Another person than the preparer says yes: signed in, or beside the preparer with an own PIN (auth.approve). Posts
 * the fees that are due, and moves the amount out of the balance. 0 closes the period with nothing to pay.
 */
export const settlementApprove = command<{ settlement: number; amountRupiah: number; feesRupiah: number }>()(
  'settlement.approve',
  {
    access: office,
    input: z.strictObject({
      settlement: id,
      amountRupiah,
      /** Pays although the center's minimum is not reached. */
      overrideMinimum: z.boolean().optional(),
    }),
    rejections: [
      'settlement-unknown',
      'settlement-state',
      'same-person',
      'more-than-eligible',
      'below-minimum',
      'nothing-to-settle',
    ],
  },
);

/** Throws a draft away; its movements are open for the next settlement. An approved one is reversed instead. */
export const settlementCancel = command<{ settlement: number }>()('settlement.cancel', {
  access: office,
  input: z.strictObject({ settlement: id, memo }),
  rejections: ['settlement-unknown', 'settlement-state'],
});

/**
 * Hands over the approved money, or a part of it: in cash from the safe or an open drawer, rounded down to the cash
 * step, or from the bank to the rupiah. The rest goes back to the balance and opens the next settlement.
 */
export const settlementPay = command<{
  payout: number;
  number: string;
  paidRupiah: number;
  restRupiah: number;
}>()('settlement.pay', {
  access: office,
  input: z.strictObject({
    settlement: id,
    how: z.enum(['cash', 'bank']).optional(),
    drawer: id.optional(),
    amountRupiah: amountAboveZeroRupiah.optional(),
  }),
  rejections: [
    'settlement-unknown',
    'settlement-state',
    'drawer-unknown',
    'shift-not-open',
    'drawer-short',
    'payout-exceeds-approved',
    'nothing-to-settle',
    'bank-account-missing',
  ],
});

/** The vendor says that the money arrived. */
export const payoutConfirm = command<{ payout: number }>()('payout.confirm', {
  access: office,
  input: z.strictObject({ payout: id }),
  rejections: ['payout-unknown', 'payout-confirmed', 'already-reversed'],
});

/**
 * The bank list of payouts as CSV text: bank code, account, name, amount, reference. It opens sealed fields, so who
 * made it and why is logged.
 */
export const payoutBankList = operation<{ csv: string; rows: number; totalRupiah: number }>()(
  'payout.bankList',
  {
    access: office,
    input: z.strictObject({ payouts: z.array(id).min(1).max(500), reason: text(200) }),
    rejections: ['payout-unknown', 'not-a-bank-payout', 'bank-account-missing', 'already-reversed'],
  },
);

/** Payouts not yet confirmed by their vendor, or all of a run. */
export const payoutList = query<{
  payouts: {
    payout: number;
    number: string;
    settlement: number;
    vendor: number;
    vendorName: string;
    day: string;
    how: 'cash' | 'bank';
    amountRupiah: number;
    confirmed: boolean;
    reversed: boolean;
  }[];
}>()('payout.list', {
  access: office,
  input: z.strictObject({ run: id.optional(), how: z.enum(['cash', 'bank']).optional(), limit }),
});

/** Who is to be settled: the vendor's cycle has come round since the last settlement, or the vendor may ask. */
export const settlementDue = query<{
  vendors: {
    vendor: number;
    code: string;
    name: string;
    cutoffDay: string | null;
    lastCutoffDay: string | null;
    balanceRupiah: number;
    feesRupiah: number;
  }[];
}>()('settlement.due', { access: office, input: z.strictObject({ limit }) });

export const settlementGet = query<SettlementView & { movements: StatementMovement[]; complete: boolean }>()(
  'settlement.get',
  { access: office, input: z.strictObject({ settlement: id }), rejections: ['settlement-unknown'] },
);

export const settlementList = query<{ settlements: SettlementView[] }>()('settlement.list', {
  access: office,
  input: z.strictObject({ vendor: id.optional(), limit }),
});
