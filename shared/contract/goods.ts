import { z } from 'zod';
import { command, query } from './define.ts';
import { id, limit, memo, quantity, quantityOrNone, rateBps, text } from './fields.ts';
import { office } from './roles.ts';

/** Goods that leave or change without a sale, and the counting of them. */

const MAX_LINES = 200;

/** Where goods stand: for sale, or set aside for their vendor. */
const shelf = z.enum(['shelf', 'return-shelf']);

/** Goods back to their vendor. Own goods are bought back at what they cost. Without a batch the oldest go first. */
export const returnConfirm = command<{ goodsReturn: number; number: string; totalRupiah: number }>()(
  'return.confirm',
  {
    access: office,
    input: z.strictObject({
      vendor: id,
      lines: z
        .array(
          z.strictObject({ product: id, qty: quantity, batch: id.optional(), shelf: shelf.default('shelf') }),
        )
        .min(1)
        .max(MAX_LINES),
      note: text(200).optional(),
    }),
    rejections: [
      'vendor-unknown',
      'product-unknown',
      'wrong-vendor',
      'batch-unknown',
      'stock-short',
      'amount-too-large',
    ],
  },
);

export const writeOffReasons = ['damaged', 'lost', 'expired', 'tester', 'other'] as const;

/**
 * Goods that are no more. The vendor bears the part given, or what the agreement says; the rest is credited at the
 * vendor's share, never at retail.
 */
export const writeOffConfirm = command<{ writeOff: number; number: string; creditRupiah: number }>()(
  'writeOff.confirm',
  {
    access: office,
    input: z.strictObject({
      reason: z.enum(writeOffReasons),
      lines: z
        .array(
          z.strictObject({
            product: id,
            qty: quantity,
            batch: id.optional(),
            shelf: shelf.default('shelf'),
            /** Part of the loss that the vendor bears. */
            vendorBps: rateBps.optional(),
          }),
        )
        .min(1)
        .max(MAX_LINES),
      note: text(200).optional(),
    }),
    rejections: [
      'product-unknown',
      'batch-unknown',
      'stock-short',
      'no-agreement',
      'net-price-missing',
      'cost-missing',
      'amount-too-large',
    ],
  },
);

/**
 * A stock count of whole products, or of single batches. What was sold before the book knew it is repaid first; only
 * the rest is a difference, and a missing piece is borne as the agreement says.
 */
export const countPost = command<{
  count: number;
  number: string;
  lines: {
    product: number;
    bookQty: number;
    countedQty: number;
    repaidQty: number;
    lostQty: number;
    surplusQty: number;
    creditRupiah: number;
  }[];
}>()('count.post', {
  access: office,
  input: z.strictObject({
    lines: z
      .array(z.strictObject({ product: id, countedQty: quantityOrNone, batch: id.optional() }))
      .min(1)
      .max(MAX_LINES),
    note: text(200).optional(),
  }),
  rejections: [
    'product-unknown',
    'batch-unknown',
    'line-twice',
    'no-agreement',
    'net-price-missing',
    'cost-missing',
    'amount-too-large',
  ],
});

/** Puts products onto the count-me list by hand. */
export const countRequest = command<{ products: number }>()('count.request', {
  access: office,
  input: z.strictObject({ products: z.array(id).min(1).max(MAX_LINES) }),
  rejections: ['product-unknown'],
});

/** The count-me list by name: oversold or asked for since the whole product was last counted. */
export const countDue = query<{
  products: {
    product: number;
    name: string;
    vendorName: string;
    bookQty: number;
    /** Sold and not yet explained by an intake or a count. */
    oversoldQty: number;
    lastCountDay: string | null;
  }[];
}>()('count.due', { access: office, input: z.strictObject({ limit }) });

export interface StockLine {
  product: number;
  name: string;
  unit: string;
  vendor: number;
  vendorName: string;
  /** For sale today. */
  onHandQty: number;
  /** Still on the shelf, but past its date. */
  expiredQty: number;
  /** Set aside for the vendor. */
  returnShelfQty: number;
  /** The earliest date of expiry on the shelf, past or to come. */
  nextExpiry: string | null;
}

/** What lies where, product by product. */
export const stockList = query<{ products: StockLine[] }>()('stock.list', {
  access: office,
  input: z.strictObject({
    vendor: id.optional(),
    /** Only what expires within so many days, or has. */
    expiresWithinDays: z.int().min(0).max(365).optional(),
    limit,
    after: z.int().min(0).default(0),
  }),
});

/**
 * Says what a line with an unknown code was: a product (then its vendor gets the share under the terms of the day it
 * was sold), or with no product the center's other income, with a memo.
 */
export const unresolvedResolve = command<{ resolution: number; number: string; shareRupiah: number }>()(
  'unresolved.resolve',
  {
    access: office,
    input: z.strictObject({
      sale: id,
      line: z.int().min(1).max(200),
      product: id.optional(),
      memo: memo.optional(),
    }),
    rejections: [
      'unresolved-unknown',
      'already-resolved',
      'product-unknown',
      'no-agreement',
      'net-price-missing',
      'cost-missing',
      'amount-too-large',
      'memo-missing',
    ],
  },
);

export const unresolvedList = query<{
  lines: {
    sale: number;
    number: string;
    day: string;
    line: number;
    code: string;
    name: string | null;
    vendor: number | null;
    qty: number;
    priceRupiah: number;
    netRupiah: number;
  }[];
}>()('unresolved.list', { access: office, input: z.strictObject({ limit }) });
