import { z } from 'zod';
import { command, query } from './define.ts';
import { amountAboveZeroRupiah, day, id, limit } from './fields.ts';
import { office } from './roles.ts';
import type { StatementMovement } from './vendor.ts';

export type SettlementState = 'draft' | 'approved' | 'paid';

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
  closingRupiah: number;
  /** What may be approved at most: never more than the balance as it is now. */
  eligibleRupiah: number;
  approvedRupiah: number | null;
  approvedBy: string | null;
  paidRupiah: number | null;
  payoutNumber: string | null;
}

/** Freezes what a vendor is owed up to a cut-off: two rising watermarks, no copy of the lines. */
export const settlementPrepare = command<{ settlement: number; number: string; closingRupiah: number }>()(
  'settlement.prepare',
  {
    access: office,
    input: z.strictObject({ vendor: id, cutoffDay: day.optional() }),
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
 * Another person than the preparer says yes: signed in, or beside the preparer with an own PIN (auth.approve with
 * action `settlement.approve` and figures `{settlement, amountRupiah}`).
 */
export const settlementApprove = command<{ settlement: number; amountRupiah: number }>()(
  'settlement.approve',
  {
    access: office,
    input: z.strictObject({ settlement: id, amountRupiah: amountAboveZeroRupiah }),
    rejections: [
      'settlement-unknown',
      'settlement-state',
      'same-person',
      'more-than-eligible',
      'nothing-to-settle',
    ],
  },
);

/** Hands over the approved money in cash from the safe, rounded down to the cash step; the rest stays in the balance. */
export const settlementPay = command<{
  payout: number;
  number: string;
  paidRupiah: number;
  restRupiah: number;
}>()('settlement.pay', {
  access: office,
  input: z.strictObject({ settlement: id, drawer: id.optional() }),
  rejections: [
    'settlement-unknown',
    'settlement-state',
    'drawer-unknown',
    'shift-not-open',
    'drawer-short',
    'payout-exceeds-approved',
    'nothing-to-settle',
  ],
});

export const settlementGet = query<SettlementView & { movements: StatementMovement[]; complete: boolean }>()(
  'settlement.get',
  { access: office, input: z.strictObject({ settlement: id }), rejections: ['settlement-unknown'] },
);

export const settlementList = query<{ settlements: SettlementView[] }>()('settlement.list', {
  access: office,
  input: z.strictObject({ vendor: id.optional(), limit }),
});
