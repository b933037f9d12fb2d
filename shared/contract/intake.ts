import { z } from 'zod';
import { command, query } from './define.ts';
import { amountAboveZeroRupiah, amountRupiah, day, id, limit, quantity, text } from './fields.ts';
import { office } from './roles.ts';

/** A delivery by one vendor, counted together. Each line becomes a batch with its own date of expiry. */
export const intakeConfirm = command<{ intake: number; number: string; batches: number[] }>()(
  'intake.confirm',
  {
    access: office,
    input: z.strictObject({
      vendor: id,
      lines: z
        .array(
          z.strictObject({
            product: id,
            qty: quantity,
            expires: day.optional(),
            /** Another price than today's becomes a price version for the whole stock (berlaku untuk seluruh stok). */
            priceRupiah: amountAboveZeroRupiah.optional(),
            netPriceRupiah: amountRupiah.optional(),
          }),
        )
        .min(1)
        .max(200),
      note: text(200).optional(),
      /** Goods of an exhibition or partner shop: not in this version, refused by name. */
      place: text(40).optional(),
    }),
    rejections: [
      'vendor-unknown',
      'vendor-inactive',
      'product-unknown',
      'product-inactive',
      'wrong-vendor',
      'own-goods',
      'already-expired',
      'places-not-available',
    ],
  },
);

/**
 * Own goods bought outright from a vendor: onto the shelf, and the cost onto own-goods-purchases against what it was
 * paid from. On credit it is owed to the vendor like a share and goes out with the next settlement.
 */
export const purchaseConfirm = command<{
  intake: number;
  number: string;
  batches: number[];
  totalRupiah: number;
}>()('purchase.confirm', {
  access: office,
  input: z.strictObject({
    vendor: id,
    lines: z
      .array(
        z.strictObject({
          product: id,
          qty: quantity,
          unitCostRupiah: amountAboveZeroRupiah,
          expires: day.optional(),
        }),
      )
      .min(1)
      .max(200),
    paid: z.enum(['credit', 'cash', 'bank']),
    /** Where the cash comes from; the safe when left out. */
    drawer: id.optional(),
    note: text(200).optional(),
  }),
  rejections: [
    'vendor-unknown',
    'vendor-inactive',
    'product-unknown',
    'product-inactive',
    'wrong-vendor',
    'not-own-goods',
    'already-expired',
    'amount-too-large',
    'drawer-unknown',
    'shift-not-open',
    'drawer-short',
  ],
});

export interface BatchView {
  batch: number;
  product: number;
  name: string;
  receivedDay: string;
  expires: string | null;
  onHandQty: number;
  returnShelfQty: number;
  /** The code on the batch's label. */
  label: string;
}

/** A product's batches, newest first, what lies there of no batch, and what was sold that nothing explains yet. */
export const stockBatches = query<{
  batches: BatchView[];
  noBatchQty: number;
  oversoldQty: number;
}>()('stock.batches', {
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
  /** How own goods were paid; null for goods on consignment. */
  paid: 'credit' | 'cash' | 'bank' | null;
  totalRupiah: number | null;
  /** Taken back by another document. */
  reversed: boolean;
}

/** Deliveries and purchases, newest first. */
export const intakeList = query<{ intakes: IntakeView[] }>()('intake.list', {
  access: office,
  input: z.strictObject({ limit }),
});
