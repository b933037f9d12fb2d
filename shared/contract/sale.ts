import { z } from 'zod';
import { command, query } from './define.ts';
import { amountAboveZeroRupiah, amountRupiah, day, id, limit, quantity } from './fields.ts';
import { everyRole } from './roles.ts';

export const MAX_SALE_LINES = 200;

/**
 * A finished sale: goods, shares, commission and cash in one transaction, on disk before anything is printed.
 * The basket sends the prices and the total it showed; another price or total is a "no" with both figures.
 */
export const saleComplete = command<{
  sale: number;
  number: string;
  totalRupiah: number;
  roundingRupiah: number;
  cashDueRupiah: number;
  changeRupiah: number;
  /** Products of which more was sold than the book had: to be counted. */
  oversold: number[];
}>()('sale.complete', {
  access: everyRole,
  dayOf: 'shift',
  input: z.strictObject({
    shift: id,
    lines: z
      .array(z.strictObject({ product: id, qty: quantity, priceRupiah: amountRupiah }))
      .min(1)
      .max(MAX_SALE_LINES),
    /** Total before cash rounding, as the screen showed it. */
    totalRupiah: amountRupiah,
    tenders: z
      .array(z.strictObject({ kind: z.literal('cash'), amountRupiah: amountAboveZeroRupiah }))
      .min(1)
      .max(10),
  }),
  rejections: [
    'shift-not-open',
    'not-your-shift',
    'shift-too-long',
    'product-unknown',
    'price-changed',
    'no-agreement',
    'net-price-missing',
    'only-expired-stock',
    'total-differs',
    'nothing-to-pay',
    'tender-short',
    'amount-too-large',
    'drawer-short',
  ],
});

export interface SaleLineView {
  line: number;
  product: number;
  name: string;
  qty: number;
  unit: string;
  priceRupiah: number;
  grossRupiah: number;
  netRupiah: number;
}

export interface SaleView {
  sale: number;
  number: string;
  at: number;
  day: string;
  cashier: string;
  drawerCode: string;
  lines: SaleLineView[];
  totalRupiah: number;
  roundingRupiah: number;
  tenders: { kind: string; amountRupiah: number }[];
  changeRupiah: number;
}

export const saleGet = query<SaleView>()('sale.get', {
  access: everyRole,
  input: z.strictObject({ sale: id }),
  rejections: ['sale-unknown'],
});

export interface SaleSummary {
  sale: number;
  number: string;
  at: number;
  cashier: string;
  totalRupiah: number;
  lines: number;
}

export const saleList = query<{ sales: SaleSummary[] }>()('sale.list', {
  access: everyRole,
  input: z.strictObject({ day: day.optional(), shift: id.optional(), limit }),
});
