import { z } from 'zod';
import { command, query } from './define.ts';
import {
  amountAboveZeroRupiah,
  amountRupiah,
  code,
  day,
  id,
  limit,
  memo,
  quantity,
  rateBps,
  text,
} from './fields.ts';
import { everyRole, office } from './roles.ts';
import { discountBearer } from './vendor.ts';

export const MAX_SALE_LINES = 200;

/**
 * What is taken off, in rupiah. Who bears it when it does not say: the agreement.
 *
 * `rateBps` says that it was given as a part, 1.000 for 10 %, so that a basket that was parked can go on with the part
 * when it grows. It is a note for the till alone: `amountRupiah` is what counts, the engine neither computes with the
 * rate nor compares it, and a till that finds another amount than the rate gives keeps the amount.
 */
const discountOff = z.strictObject({
  amountRupiah: amountAboveZeroRupiah,
  rateBps: rateBps.min(1).optional(),
  bearer: discountBearer.optional(),
});

/** A discount on one line; its rate is of the line's gross less its promotion. */
const lineDiscount = discountOff;

const saleLine = z.strictObject({
  product: id,
  qty: quantity,
  priceRupiah: amountRupiah,
  /**
   * What the price is. `current` (when left out): another than the one in force is `price-changed`. `kept`: the buyer
   * was shown this lower earlier price. `override`: a supervisor says yes to it.
   */
  price: z.enum(['current', 'kept', 'override']).optional(),
  /** The label of this batch was scanned: it goes first. */
  batch: id.optional(),
  discounts: z.array(lineDiscount).min(1).max(3).optional(),
  /** A promotion that runs today; its discount comes on top of the line's own. */
  promotion: id.optional(),
  /** The book has only expired pieces, the one in hand says this day: sold from no batch, a supervisor says yes. */
  printedExpiry: day.optional(),
});

/** Goods with a code nobody knows: the money waits in `unresolved` until somebody says what it was. */
const unknownLine = z.strictObject({
  unknownCode: code,
  name: text(60).optional(),
  vendor: id.optional(),
  qty: quantity,
  priceRupiah: amountAboveZeroRupiah,
});

export const basketLines = z
  .array(z.union([saleLine, unknownLine]))
  .min(1)
  .max(MAX_SALE_LINES);

/**
 * Off the whole sale, spread over the lines that allow it; its rate is of what those come to after their own discounts.
 * Each line's bearer is its agreement's unless said here.
 */
const saleDiscount = discountOff;

/** What a basket can be refused for when it is sold. */
const basketRejections = [
  'vendor-unknown',
  'code-known',
  'product-unknown',
  'price-changed',
  'price-not-kept',
  'no-agreement',
  'net-price-missing',
  'cost-missing',
  'bearer-not-allowed',
  'promotion-unknown',
  'promotion-ended',
  'promotion-not-for-line',
  'discount-too-large',
  'approval-needed',
  'total-differs',
  'nothing-to-pay',
  'amount-too-large',
] as const;

/**
 * A finished sale: goods, shares, commission and money in one transaction, on disk before anything is printed.
 * The basket sends the prices and the total it showed; another price or total is a "no" with both figures.
 * A supervisor's yes (auth.approve) covers whatever of the sale needs one; whoever is a supervisor needs none.
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
  // Since version 2 a line with a side below 0 asks for a supervisor. The input only grew fields that may be missing.
  version: 2,
  upcast: (input) => input,
  dayOf: 'shift',
  input: z.strictObject({
    shift: id,
    lines: basketLines,
    discount: saleDiscount.optional(),
    /** Total before cash rounding, as the screen showed it. */
    totalRupiah: amountRupiah,
    tenders: z
      .array(
        z.strictObject({
          kind: z.enum(['cash', 'qris', 'debit', 'transfer', 'voucher']),
          amountRupiah: amountAboveZeroRupiah,
          /** Last digits of an approval or transfer slip. */
          reference: text(30).optional(),
          /** Of QRIS: the ticket whose code the buyer paid. */
          ticket: id.optional(),
        }),
      )
      .min(1)
      .max(10),
    /** A group visit (rombongan), such as the bus's plate: a tag on its sales. */
    visit: text(30).optional(),
    /** An exhibition or partner shop: not in this version, refused by name. */
    place: text(40).optional(),
  }),
  rejections: [
    'shift-not-open',
    'not-your-shift',
    'shift-too-long',
    ...basketRejections,
    'batch-unknown',
    'only-expired-stock',
    'not-expired',
    'already-expired',
    'tender-short',
    'tender-exceeds-total',
    'cash-not-due',
    'ticket-unknown',
    'ticket-closed',
    'ticket-not-qris',
    'ticket-differs',
    'qris-proof-needed',
    'vouchers-not-available',
    'places-not-available',
    'drawer-short',
  ],
});

/** What a parked basket holds: exactly what its recall gives back. */
export const basket = z.strictObject({
  lines: basketLines,
  discount: saleDiscount.optional(),
  visit: text(30).optional(),
});

export type BasketView = z.output<typeof basket>;

/** Parks a basket under a name. It survives shifts and restarts; nothing is posted. */
export const saleHold = command<{ ticket: number; code: string }>()('sale.hold', {
  access: everyRole,
  input: z.strictObject({
    basket,
    name: text(40).optional(),
    drawer: id.optional(),
    /** Also on the paper of the drawer's printer: a slip whose code recalls it at any till. */
    paper: z.boolean().optional(),
  }),
  rejections: ['drawer-unknown', 'amount-too-large'],
});

/** Gives a parked basket back to one till; the ticket is closed by it. */
export const saleRecall = command<{ basket: BasketView; name: string | null }>()('sale.recall', {
  access: everyRole,
  input: z.strictObject({ ticket: id }),
  rejections: ['ticket-unknown', 'ticket-closed', 'approval-needed'],
});

/** Throws a ticket away. One whose payment was seen needs a supervisor: the buyer has paid. */
export const saleDiscard = command<{ ticket: number }>()('sale.discard', {
  access: everyRole,
  input: z.strictObject({ ticket: id, memo: memo.optional() }),
  rejections: ['ticket-unknown', 'ticket-closed', 'approval-needed'],
});

/**
 * Holds the basket as a ticket and answers the code to show, for the amount that QRIS is to pay: the ticket's short
 * code is its bill number. The picture proves nothing; `qris.seen` comes next.
 */
export const qrisShow = command<{ ticket: number; code: string; payload: string }>()('qris.show', {
  access: everyRole,
  input: z.strictObject({
    basket,
    amountRupiah: amountAboveZeroRupiah,
    drawer: id.optional(),
    /** Also on the paper of the drawer's printer, marked as no proof of payment. */
    paper: z.boolean().optional(),
  }),
  rejections: [
    'drawer-unknown',
    'qris-not-set-up',
    'qris-amount',
    'tender-exceeds-total',
    'amount-too-large',
  ],
});

/**
 * The cashier saw the provider's own notification and types the last digits of its reference. Said again it corrects
 * them: the newest count.
 */
export const qrisSeen = command<{ ticket: number }>()('qris.seen', {
  access: everyRole,
  input: z.strictObject({ ticket: id, reference: z.string().regex(/^[A-Za-z0-9]{4,30}$/) }),
  rejections: ['ticket-unknown', 'ticket-closed', 'ticket-not-qris'],
});

export interface TicketView {
  ticket: number;
  code: string;
  kind: 'held' | 'qris';
  name: string | null;
  at: number;
  by: string;
  amountRupiah: number;
  lines: number;
  /** Of QRIS: the code to show. */
  payload: string | null;
  state: 'held' | 'shown' | 'seen';
}

/** Open tickets, newest first. */
export const ticketList = query<{ tickets: TicketView[] }>()('ticket.list', {
  access: everyRole,
  input: z.strictObject({ limit }),
});

/** One open ticket with its basket, without closing it. */
export const ticketGet = query<TicketView & { basket: BasketView }>()('ticket.get', {
  access: everyRole,
  input: z.strictObject({ ticket: id }),
  rejections: ['ticket-unknown'],
});

/**
 * Compares QRIS or card payments with the acquirer's statement: what they paid out reaches the bank, less the fee
 * (MDR), which is the center's expense.
 */
export const clearingMatch = command<{ match: number; number: string; grossRupiah: number }>()(
  'clearing.match',
  {
    access: office,
    input: z.strictObject({
      kind: z.enum(['qris', 'debit']),
      tenders: z
        .array(z.strictObject({ sale: id, tender: z.int().min(1).max(10) }))
        .min(1)
        .max(500),
      feeRupiah: amountRupiah,
      memo: memo.optional(),
    }),
    rejections: ['tender-unknown', 'already-matched', 'fee-too-large'],
  },
);

/** QRIS and card payments not yet matched, oldest first. */
export const clearingOpen = query<{
  tenders: {
    sale: number;
    tender: number;
    number: string;
    day: string;
    kind: 'qris' | 'debit';
    amountRupiah: number;
    reference: string | null;
  }[];
}>()('clearing.open', { access: office, input: z.strictObject({ limit }) });

export interface SaleLineView {
  line: number;
  /** null while nobody has said what an unknown code was. */
  product: number | null;
  name: string;
  qty: number;
  unit: string;
  priceRupiah: number;
  grossRupiah: number;
  /** The line's own discount and its promotion. */
  discountRupiah: number;
  /** Its part of the discount on the whole sale. */
  saleDiscountRupiah: number;
  netRupiah: number;
  /** Already brought back, thousandths. */
  refundedQty: number;
}

export interface SaleView {
  sale: number;
  number: string;
  at: number;
  day: string;
  cashier: string;
  drawerCode: string;
  lines: SaleLineView[];
  saleDiscountRupiah: number;
  totalRupiah: number;
  roundingRupiah: number;
  visit: string | null;
  refunds: { refund: number; number: string; netRupiah: number; isVoid: boolean }[];
  tenders: { kind: string; amountRupiah: number; reference: string | null }[];
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
  /** What came back of it: nothing, a part, all of it, or it was taken back whole. */
  back: 'none' | 'part' | 'all' | 'void';
}

export const saleList = query<{ sales: SaleSummary[] }>()('sale.list', {
  access: everyRole,
  input: z.strictObject({ day: day.optional(), shift: id.optional(), limit }),
});

/** The open ticket that a scanned or typed short code names. */
export const ticketByCode = query<{ ticket: number }>()('ticket.byCode', {
  access: everyRole,
  input: z.strictObject({ code }),
  rejections: ['ticket-code-unknown'],
});

/** The sale that a scanned or typed receipt number names. */
export const saleByNumber = query<{ sale: number }>()('sale.byNumber', {
  access: everyRole,
  input: z.strictObject({ number: text(40) }),
  rejections: ['receipt-unknown'],
});
