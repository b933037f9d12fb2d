import { z } from 'zod';
import { command, operation, query } from './define.ts';
import {
  amountAboveZeroRupiah,
  amountRupiah,
  code,
  day,
  id,
  limit,
  rateBps,
  sha256,
  text,
} from './fields.ts';
import { everyRole, office } from './roles.ts';

/** Most rows that one import command writes. */
export const MAX_IMPORT_ROWS = 5000;
/** Most bytes of one spreadsheet, and of one chunk on its way in. */
export const MAX_BLOB_BYTES = 8 * 1024 * 1024;
export const BLOB_CHUNK_BYTES = 128 * 1024;

export const productCreate = command<{ product: number }>()('product.create', {
  access: office,
  input: z.strictObject({
    vendor: id,
    name: text(80),
    barcodes: z.array(code).max(5).default([]),
    category: text(40).optional(),
    unit: text(10).default('pcs'),
    priceRupiah: amountAboveZeroRupiah,
    /** Harga titip: what the vendor is owed per unit under net-price terms. */
    netPriceRupiah: amountRupiah.optional(),
    /** What the center and the vendor agreed a unit costs to make, under margin terms. */
    costRupiah: amountRupiah.optional(),
    /** Bought outright: everything a buyer pays is the center's. For good: it is never consigned. */
    own: z.boolean().optional(),
  }),
  rejections: ['vendor-unknown', 'vendor-inactive', 'barcode-taken'],
});

/** A new price of a product for its whole stock, from this moment on. */
export const priceSet = command<{ product: number }>()('price.set', {
  access: office,
  input: z.strictObject({
    product: id,
    priceRupiah: amountAboveZeroRupiah,
    netPriceRupiah: amountRupiah.optional(),
    costRupiah: amountRupiah.optional(),
  }),
  rejections: ['product-unknown'],
});

/** Price versions, newest first. */
export const priceList = query<{
  prices: { at: number; priceRupiah: number; netPriceRupiah: number | null; costRupiah: number | null }[];
}>()('price.list', {
  access: office,
  input: z.strictObject({ product: id, limit }),
  rejections: ['product-unknown'],
});

/** Changes what is given and keeps the rest. */
export const productChange = command<{ product: number }>()('product.change', {
  access: office,
  input: z.strictObject({
    product: id,
    name: text(80).optional(),
    category: text(40).nullable().optional(),
    unit: text(10).optional(),
    /** false: no new intake; what lies there is still sold. */
    active: z.boolean().optional(),
    /** false keeps it out of discounts on a whole sale. */
    discountable: z.boolean().optional(),
  }),
  rejections: ['product-unknown'],
});

/** A further code of a product: its maker's, or with none given the center's own EAN-13. */
export const barcodeAdd = command<{ barcode: string }>()('barcode.add', {
  access: office,
  input: z.strictObject({ product: id, barcode: code.optional() }),
  rejections: ['product-unknown', 'barcode-taken'],
});

/**
 * Less for the buyer from one day to another, a part of the line, borne as the three parts say (together 10.000
 * basis points). Making one is a supervisor's yes to every discount it gives.
 */
export const promotionCreate = command<{ promotion: number }>()('promotion.create', {
  access: office,
  input: z
    .strictObject({
      name: text(60),
      from: day,
      to: day,
      rateBps: z.int().min(1).max(10_000),
      bearers: z.strictObject({ sharedBps: rateBps, centerBps: rateBps, vendorBps: rateBps }),
      /** For whom: a product, a vendor's goods, a category, or with none of them everything. */
      vendor: id.optional(),
      category: text(40).optional(),
      product: id.optional(),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'before it begins' })
    .refine(({ bearers }) => bearers.sharedBps + bearers.centerBps + bearers.vendorBps === 10_000, {
      path: ['bearers'],
      message: 'the parts are not the whole',
    }),
  rejections: ['vendor-unknown', 'product-unknown', 'wrong-vendor'],
});

export const promotionEnd = command<{ promotion: number }>()('promotion.end', {
  access: office,
  input: z.strictObject({ promotion: id }),
  rejections: ['promotion-unknown', 'promotion-ended'],
});

export interface PromotionView {
  promotion: number;
  name: string;
  from: string;
  to: string;
  rateBps: number;
  bearers: { sharedBps: number; centerBps: number; vendorBps: number };
  vendor: number | null;
  category: string | null;
  product: number | null;
  /** By `promotion.end`; one whose last day is past is not ended, it only runs no more. */
  ended: boolean;
}

export const promotionList = query<{ promotions: PromotionView[] }>()('promotion.list', {
  access: everyRole,
  input: z.strictObject({ limit }),
});

/** One chunk of a file on its way into the blob store. Complete when every chunk is there and the SHA-256 agrees. */
export const blobPut = operation<{ complete: boolean }>()('blob.put', {
  access: office,
  input: z.strictObject({
    sha256,
    bytes: z.int().min(1).max(MAX_BLOB_BYTES),
    offset: z.int().min(0).max(MAX_BLOB_BYTES),
    chunk: z.base64().max(Math.ceil(BLOB_CHUNK_BYTES / 3) * 4),
  }),
  rejections: ['blob-damaged'],
});

export interface SheetProblem {
  row: number;
  column: string;
  name: string;
  text: string;
}

/**
 * Reads a spreadsheet of products (CSV) that is already in the blob store, in a worker, and says what an import
 * would do. Nothing is written to the books; `prepared` names the checked rows for `import.apply`.
 */
export const importRead = operation<{
  prepared: string | null;
  rows: number;
  ready: number;
  problems: SheetProblem[];
  problemCount: number;
  warnings: SheetProblem[];
  sample: {
    vendor: string;
    name: string;
    barcode: string | null;
    priceRupiah: number;
    netPriceRupiah: number | null;
  }[];
}>()('import.read', {
  access: office,
  input: z.strictObject({
    blob: sha256,
    /** Used for rows that name no vendor. */
    vendor: id.optional(),
  }),
  rejections: ['blob-unknown', 'sheet-unreadable', 'sheet-too-long', 'vendor-unknown'],
});

/** Puts the prepared rows into the catalogue: a barcode that is known gets its new price, others become products. */
export const importApply = command<{ created: number; repriced: number; unchanged: number }>()(
  'import.apply',
  {
    access: office,
    input: z.strictObject({ prepared: sha256 }),
    rejections: ['blob-unknown', 'sheet-not-ready', 'vendor-unknown', 'vendor-inactive', 'barcode-taken'],
  },
);

export interface ProductView {
  product: number;
  vendor: number;
  vendorCode: string;
  vendorName: string;
  name: string;
  unit: string;
  barcodes: string[];
  priceRupiah: number;
  netPriceRupiah: number | null;
  own: boolean;
  active: boolean;
  discountable: boolean;
  /** On the shelves and not expired, thousandths. */
  onHandQty: number;
  /** On the shelves and past its date, thousandths. */
  expiredQty: number;
  /** The promotion that runs for it today; of several the largest. The till gives it by itself. */
  promotion: { promotion: number; name: string; rateBps: number } | null;
}

/**
 * What a scan means: a product's code, or the label of one of its batches. `null` when nobody has this code.
 * `isExpired`: that batch is past its date.
 */
export const productByCode = query<{
  product: ProductView | null;
  batch: number | null;
  isExpired: boolean;
}>()('product.byCode', {
  access: everyRole,
  input: z.strictObject({ code }),
});

/**
 * Products that hold every word of the text, in any order, as a part of their name, their vendor's name or code, or
 * one of their barcodes; upper and lower case alike. Names that begin with the text come first, then by name.
 */
export const productSearch = query<{ products: ProductView[] }>()('product.search', {
  access: everyRole,
  input: z.strictObject({ text: text(60), limit }),
});

/** Products by their numbers, in their order; unknown ones are left out. What a recalled basket is shown with. */
export const productMany = query<{ products: ProductView[] }>()('product.many', {
  access: everyRole,
  input: z.strictObject({ products: z.array(id).max(200) }),
});

export const MAX_QUICK_KEYS = 24;

/** The goods on the till's quick keys, in their order, for all tills; none: what sells most takes their place. */
export const quickKeysSet = command<{ products: number }>()('quick-keys.set', {
  access: office,
  input: z.strictObject({ products: z.array(id).max(MAX_QUICK_KEYS) }),
  rejections: ['product-unknown', 'line-twice'],
});

/** What stands on the quick keys: what the office chose, else what sold most among the newest receipts. */
export const quickKeys = query<{ products: ProductView[]; chosen: boolean }>()('quick-keys', {
  access: everyRole,
  input: z.strictObject({}),
});

export const productList = query<{ products: ProductView[] }>()('product.list', {
  access: everyRole,
  input: z.strictObject({ vendor: id.optional(), limit, after: z.int().min(0).default(0) }),
});
