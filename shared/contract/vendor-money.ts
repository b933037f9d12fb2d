import { z } from 'zod';
import { isBusinessDay } from '../domain/calendar.ts';
import { command, query } from './define.ts';
import { amountAboveZeroRupiah, day, id, limit, memo, signedRupiah, text } from './fields.ts';
import { office } from './roles.ts';

/** What moves a vendor's balance besides sales and payouts; each with its own document and its own words. */

/** A fee by its name: labels, a fine. The balance may fall below 0 by it. */
export const feeCharge = command<{ fee: number; number: string }>()('fee.charge', {
  access: office,
  input: z.strictObject({
    vendor: id,
    name: text(40),
    amountRupiah: amountAboveZeroRupiah,
    memo: memo.optional(),
  }),
  rejections: ['vendor-unknown'],
});

export const feeCycle = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('weekly'), weekday: z.int().min(1).max(7) }),
  z.strictObject({
    kind: z.literal('two-weekly'),
    anchor: day.refine(isBusinessDay, 'outside the calendar'),
  }),
  z.strictObject({ kind: z.literal('monthly'), day: z.union([z.int().min(1).max(28), z.literal('last')]) }),
]);

/** A fee that falls due by the calendar: shown in the draft of a settlement, posted by its approval, once a period. */
export const feeRecur = command<{ fee: number }>()('fee.recur', {
  access: office,
  input: z.strictObject({
    vendor: id,
    name: text(40),
    amountRupiah: amountAboveZeroRupiah,
    cycle: feeCycle,
    from: day.optional(),
  }),
  rejections: ['vendor-unknown', 'agreement-backdated'],
});

/** Ends a recurring fee: periods after the day never fall due. */
export const feeStop = command<{ fee: number }>()('fee.stop', {
  access: office,
  input: z.strictObject({ fee: id, until: day.optional() }),
  rejections: ['fee-unknown', 'fee-ended'],
});

export const feeList = query<{
  fees: {
    fee: number;
    vendor: number;
    name: string;
    amountRupiah: number;
    cycle: z.output<typeof feeCycle>;
    from: string;
    until: string | null;
    /** Periods that have fallen due and are not posted. */
    due: string[];
  }[];
}>()('fee.list', {
  access: office,
  input: z.strictObject({ vendor: id }),
  rejections: ['vendor-unknown'],
});

/** Corrects a balance by hand, up or down, with words that stand on the statement. */
export const adjustmentPost = command<{ adjustment: number; number: string }>()('adjustment.post', {
  access: office,
  input: z.strictObject({ vendor: id, amountRupiah: signedRupiah, memo }),
  rejections: ['vendor-unknown'],
});

/** The vendor brings money: into a drawer (the safe when left out), or it reached the bank. */
export const vendorPayIn = command<{ payment: number; number: string; balanceRupiah: number }>()(
  'vendor.payIn',
  {
    access: office,
    input: z.strictObject({
      vendor: id,
      amountRupiah: amountAboveZeroRupiah,
      how: z.enum(['cash', 'bank']),
      drawer: id.optional(),
      memo: memo.optional(),
    }),
    rejections: ['vendor-unknown', 'drawer-unknown', 'shift-not-open'],
  },
);

/** Gives up what a vendor owes and will not pay. Two people: the caller, and another by auth.approve. */
export const debtWriteOff = command<{ writeOff: number; number: string; balanceRupiah: number }>()(
  'debt.writeOff',
  {
    access: office,
    input: z.strictObject({ vendor: id, amountRupiah: amountAboveZeroRupiah, memo }),
    rejections: ['vendor-unknown', 'second-person-needed', 'more-than-owed'],
  },
);

/** The vendor contests a sold line: its share is kept apart from payouts until the dispute is closed. */
export const disputeOpen = command<{ dispute: number; number: string }>()('dispute.open', {
  access: office,
  input: z.strictObject({ vendor: id, sale: id, line: z.int().min(1).max(200), memo }),
  rejections: ['vendor-unknown', 'line-unknown', 'wrong-vendor', 'already-disputed'],
});

export const disputeClose = command<{ dispute: number }>()('dispute.close', {
  access: office,
  input: z.strictObject({ dispute: id, memo }),
  rejections: ['dispute-unknown', 'dispute-closed'],
});

export const disputeList = query<{
  disputes: {
    dispute: number;
    number: string;
    vendor: number;
    sale: number;
    line: number;
    amountRupiah: number;
    memo: string;
    closed: string | null;
  }[];
}>()('dispute.list', { access: office, input: z.strictObject({ vendor: id.optional(), limit }) });

/** A manager lets the lines of a sale into payouts although its QRIS payment is not matched. */
export const holdRelease = command<{ sale: number }>()('hold.release', {
  access: office,
  input: z.strictObject({ sale: id, memo }),
  rejections: ['sale-unknown', 'not-held'],
});
