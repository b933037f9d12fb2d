import { z } from 'zod';
import { command, query } from './define.ts';
import { day, id, limit, quantity, text } from './fields.ts';
import { office } from './roles.ts';

/** A delivery by one vendor, counted together. Each line becomes a batch with its own date of expiry. */
export const intakeConfirm = command<{ intake: number; number: string; batches: number[] }>()(
  'intake.confirm',
  {
    access: office,
    input: z.strictObject({
      vendor: id,
      lines: z
        .array(z.strictObject({ product: id, qty: quantity, expires: day.optional() }))
        .min(1)
        .max(200),
      note: text(200).optional(),
    }),
    rejections: ['vendor-unknown', 'product-unknown', 'wrong-vendor', 'already-expired'],
  },
);

export interface BatchView {
  batch: number;
  product: number;
  name: string;
  receivedDay: string;
  expires: string | null;
  onHandQty: number;
}

export const stockBatches = query<{ batches: BatchView[]; oversoldQty: number }>()('stock.batches', {
  access: office,
  input: z.strictObject({ product: id }),
  rejections: ['product-unknown'],
});

export interface IntakeView {
  intake: number;
  number: string;
  day: string;
  vendor: number;
  vendorName: string;
  lines: number;
}

export const intakeList = query<{ intakes: IntakeView[] }>()('intake.list', {
  access: office,
  input: z.strictObject({ limit }),
});
