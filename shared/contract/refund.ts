import { z } from 'zod';
import { command, query } from './define.ts';
import { amountAboveZeroRupiah, id, limit, memo, quantity } from './fields.ts';
import { everyRole, office } from './roles.ts';

/** Back from the buyer, always against stored sale lines. */

/**
 * Who bears it. `resaleable`: the vendor gives back what was credited, the goods go back to their batch.
 * `vendor-fault`: the same, the goods are set aside for the vendor. `goodwill`: the center bears it, the vendor is not
 * touched and the goods do not come back.
 */
export const refundReasons = ['resaleable', 'vendor-fault', 'goodwill'] as const;

interface RefundDone {
  refund: number;
  number: string;
  netRupiah: number;
  /** Out of the drawer now. */
  cashRupiah: number;
  /** Owed to the buyer by transfer: what was not paid in cash. */
  buyerDueRupiah: number;
}

const shiftRejections = [
  'shift-not-open',
  'not-your-shift',
  'shift-too-long',
  'sale-unknown',
  'drawer-short',
] as const;

export const refundComplete = command<RefundDone>()('refund.complete', {
  access: everyRole,
  // Since version 2 a slip is printed.
  version: 2,
  upcast: (input) => input,
  dayOf: 'shift',
  input: z.strictObject({
    shift: id,
    sale: id,
    lines: z
      .array(
        z.strictObject({
          line: z.int().min(1).max(200),
          qty: quantity,
          reason: z.enum(refundReasons),
          /** The label of this batch was scanned: the goods go back there first, as far as the line came from it. */
          batch: id.optional(),
        }),
      )
      .min(1)
      .max(200),
    memo: memo.optional(),
  }),
  rejections: [
    ...shiftRejections,
    'line-unknown',
    'line-twice',
    'line-unresolved',
    'more-than-sold',
    'batch-unknown',
    'approval-needed',
  ],
});

/** Takes the last receipt of the shift back whole, as if the till had never rung: a document of its own. */
export const saleVoid = command<RefundDone>()('sale.void', {
  access: everyRole,
  // Since version 2 a slip is printed.
  version: 2,
  upcast: (input) => input,
  dayOf: 'shift',
  input: z.strictObject({ shift: id, sale: id, memo: memo.optional() }),
  rejections: [...shiftRejections, 'not-last-sale', 'sale-refunded', 'line-unresolved'],
});

/** Pays a buyer what a refund left owed: by transfer, or in cash with a reason, for a till cannot send QRIS back. */
export const buyerPay = command<{ payment: number; number: string; restRupiah: number }>()('buyer.pay', {
  access: office,
  input: z.strictObject({
    refund: id,
    amountRupiah: amountAboveZeroRupiah,
    how: z.enum(['transfer', 'cash']),
    /** Of cash: the drawer it comes from; the safe when left out. */
    drawer: id.optional(),
    memo: memo.optional(),
  }),
  rejections: [
    'refund-unknown',
    'more-than-due',
    'memo-missing',
    'drawer-unknown',
    'shift-not-open',
    'drawer-short',
  ],
});

/** What buyers are still owed, oldest first. */
export const buyerDue = query<{
  refunds: { refund: number; number: string; saleNumber: string; day: string; dueRupiah: number }[];
  dueRupiah: number;
}>()('buyer.due', { access: everyRole, input: z.strictObject({ limit }) });

export const refundGet = query<{
  refund: number;
  number: string;
  sale: number;
  saleNumber: string;
  at: number;
  day: string;
  cashier: string;
  isVoid: boolean;
  memo: string | null;
  lines: {
    line: number;
    saleLine: number;
    product: number;
    name: string;
    qty: number;
    netRupiah: number;
    reason: string;
  }[];
  netRupiah: number;
  /** Of the cash part, kept by the center; below 0 given on top. */
  roundingRupiah: number;
  /** What went back along each way the sale was paid, and how much of it was handed out in cash with the refund. */
  tenders: { kind: string; partRupiah: number; paidRupiah: number }[];
  /** Still owed to the buyer. */
  dueRupiah: number;
}>()('refund.get', {
  access: everyRole,
  input: z.strictObject({ refund: id }),
  rejections: ['refund-unknown'],
});
