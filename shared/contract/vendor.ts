import { z } from 'zod';
import { isBusinessDay } from '../domain/calendar.ts';
import { command, query } from './define.ts';
import { amountAboveZeroRupiah, code, day, id, limit, rateBps, text } from './fields.ts';
import { personal } from './personal.ts';
import { everyRole, office } from './roles.ts';

/** Everything about a natural person: sealed at the door, shown masked, opened with a reason. All of it is optional. */
export const contactPerson = z.strictObject({
  name: personal('text', 80).optional(),
  phone: personal('number', 30).optional(),
  address: personal('text', 200).optional(),
  nik: personal('number', 30).optional(),
  npwp: personal('number', 30).optional(),
  bankCode: text(10).optional(),
  bankAccount: personal('number', 30).optional(),
  bankHolder: personal('text', 80).optional(),
});

export const vendorCreate = command<{ vendor: number }>()('vendor.create', {
  access: office,
  input: z.strictObject({ code, name: text(60), person: contactPerson.optional() }),
  rejections: ['vendor-code-taken'],
});

/** How often a vendor is settled; `two-weekly` counts from its anchor day. */
export const cycle = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('daily') }),
  z.strictObject({ kind: z.literal('weekly'), weekday: z.int().min(1).max(7) }),
  z.strictObject({
    kind: z.literal('two-weekly'),
    anchor: day.refine(isBusinessDay, 'outside the calendar'),
  }),
  z.strictObject({ kind: z.literal('monthly'), day: z.union([z.int().min(1).max(28), z.literal('last')]) }),
  z.strictObject({ kind: z.literal('on-request') }),
]);

export type CycleView = z.output<typeof cycle>;

/** Changes what is given, null takes it away, the rest stays; what was printed before keeps the old name. */
export const vendorChange = command<{ vendor: number }>()('vendor.change', {
  access: office,
  input: z.strictObject({
    vendor: id,
    name: text(60).optional(),
    bankCode: text(10).nullable().optional(),
    group: id.nullable().optional(),
    /** false: no new intake and no new products; what is owed is still paid, what lies there still sold. */
    active: z.boolean().optional(),
    cycle: cycle.optional(),
    /** Fields given here take the place of the same fields; the others stay. */
    person: contactPerson.omit({ bankCode: true }).optional(),
  }),
  rejections: ['vendor-unknown', 'group-unknown'],
});

/** An association of vendors. */
export const groupCreate = command<{ group: number }>()('group.create', {
  access: office,
  input: z.strictObject({ name: text(60) }),
  rejections: ['group-name-taken'],
});

export const groupList = query<{ groups: { group: number; name: string; vendors: number }[] }>()(
  'group.list',
  { access: office, input: z.strictObject({}) },
);

/**
 * How a line is divided. `net-price`: the vendor is owed the net price (harga titip) that stands on the product.
 * `fixed`: the center takes so many rupiah a unit. `margin`: a part of what is above the cost on the product.
 * `none`: everything is the vendor's, a recurring fee pays the center. Own goods are a property of the product.
 */
export const agreementTerms = z.discriminatedUnion('model', [
  z.strictObject({ model: z.literal('percent'), rateBps }),
  z.strictObject({ model: z.literal('net-price') }),
  z.strictObject({ model: z.literal('fixed'), perUnitRupiah: amountAboveZeroRupiah }),
  z.strictObject({ model: z.literal('margin'), rateBps }),
  z.strictObject({ model: z.literal('none') }),
]);

/** Who bears goods that are lost; `allowance`: the vendor up to this part of what came in since the last count. */
export const lossRule = z.discriminatedUnion('bearer', [
  z.strictObject({ bearer: z.literal('vendor') }),
  z.strictObject({ bearer: z.literal('center') }),
  z.strictObject({ bearer: z.literal('shared'), vendorBps: rateBps }),
  z.strictObject({ bearer: z.literal('allowance'), allowanceBps: rateBps }),
]);

export const discountBearer = z.enum(['shared', 'center', 'vendor']);

/**
 * A new version of terms from a day on; earlier versions stay as they were. What is named says for whom: a product; a
 * vendor's goods of a category; a vendor; a category; nothing at all: the center's default.
 */
export const agreementSet = command<{ agreement: number }>()('agreement.set', {
  access: office,
  input: z
    .strictObject({
      vendor: id.optional(),
      product: id.optional(),
      category: text(40).optional(),
      terms: agreementTerms,
      from: day.optional(),
      /** Who bears a discount that does not say so itself; shared when left out. */
      discountBearer: discountBearer.optional(),
      /** The vendor bears losses when left out. */
      loss: lossRule.optional(),
      /** Number of the decision or contract these terms come from. */
      decree: text(80).optional(),
    })
    .refine(({ product, category }) => product === undefined || category === undefined, {
      path: ['category'],
      message: 'a product needs no category',
    }),
  rejections: [
    'vendor-unknown',
    'product-unknown',
    'wrong-vendor',
    'own-goods',
    'agreement-backdated',
    'bearer-not-allowed',
  ],
});

export type AgreementTerms = z.output<typeof agreementTerms>;

/** Own goods have no terms that anyone agrees on: they are a property of the product. */
export type AgreementTermsView = AgreementTerms | { model: 'own-goods' };

export interface AgreementView {
  agreement: number;
  level: 'product' | 'vendor-category' | 'vendor' | 'category' | 'center';
  vendor: number | null;
  product: number | null;
  category: string | null;
  from: string;
  terms: AgreementTermsView;
  discountBearer: 'shared' | 'center' | 'vendor';
  loss: z.output<typeof lossRule>;
  decree: string | null;
}

/** Versions of terms, newest first: a vendor's, or with no vendor all of them. */
export const agreementList = query<{ agreements: AgreementView[] }>()('agreement.list', {
  access: office,
  input: z.strictObject({ vendor: id.optional(), limit }),
});

export interface VendorView {
  vendor: number;
  code: string;
  name: string;
  /** What holds for the goods unless a product or a category says otherwise; null: nothing can be sold yet. */
  terms: AgreementTermsView | null;
  /** Whose terms these are: the vendor's own, or the center's default. */
  termsLevel: 'vendor' | 'center' | null;
  termsFrom: string | null;
  /** Sum of the vendor's ledger postings, whole rupiah; may be negative. */
  balanceRupiah: number;
  /** Approved and not yet paid, whole rupiah. */
  payoutDueRupiah: number;
  group: number | null;
  active: boolean;
  cycle: CycleView | null;
  /** Pieces (thousandths) on the shelves. */
  onHandQty: number;
  products: number;
}

export const vendorList = query<{ vendors: VendorView[] }>()('vendor.list', {
  access: office,
  input: z.strictObject({ limit, after: z.int().min(0).default(0) }),
});

/**
 * Vendors whose name or code holds every word of the text, by name: for whoever says whose goods these are. Nothing
 * else of a vendor is told.
 */
export const vendorSearch = query<{ vendors: { vendor: number; code: string; name: string }[] }>()(
  'vendor.search',
  { access: everyRole, input: z.strictObject({ text: text(60), limit }) },
);

export interface MaskedField {
  field: string;
  /** Dots and, for numbers, the last four digits. */
  masked: string;
}

export const vendorGet = query<VendorView & { person: MaskedField[]; bankCode: string | null }>()(
  'vendor.get',
  {
    access: office,
    input: z.strictObject({ vendor: id }),
    rejections: ['vendor-unknown'],
  },
);

export interface StatementMovement {
  seq: number;
  at: number;
  day: string;
  /** What moved the balance: a transfer's reason. */
  reason: string;
  /** Receipt or document number, where there is one. */
  number: string | null;
  what: string | null;
  amountRupiah: number;
}

/** balance = payable now + held + disputed; approved money has left the balance already. */
export interface BalanceView {
  balanceRupiah: number;
  payableRupiah: number;
  heldRupiah: number;
  disputedRupiah: number;
  payoutDueRupiah: number;
}

export const vendorBalance = query<BalanceView>()('vendor.balance', {
  access: office,
  input: z.strictObject({ vendor: id }),
  rejections: ['vendor-unknown'],
});

/** One product in a statement's recap, thousandths: opening + received − sold + back − returned − lost + found = closing. */
export interface StockRecapLine {
  product: number;
  name: string;
  openingQty: number;
  receivedQty: number;
  soldQty: number;
  broughtBackQty: number;
  returnedQty: number;
  lostQty: number;
  foundQty: number;
  closingQty: number;
}

export interface StatementView {
  vendor: number;
  code: string;
  name: string;
  openingRupiah: number;
  /** In the order of paper: shares, reversals, fees, adjustments, payouts. Sums cover every movement. */
  sections: { section: 'shares' | 'reversals' | 'fees' | 'adjustments' | 'payouts'; sumRupiah: number }[];
  movements: StatementMovement[];
  closingRupiah: number;
  stock: StockRecapLine[];
  /** false when there are more movements than one answer holds. */
  complete: boolean;
}

/** A vendor's book between two days: opening, movements, closing, and what became of the goods. */
export const vendorStatement = query<StatementView>()('vendor.statement', {
  access: office,
  input: z.strictObject({ vendor: id, fromDay: day.optional(), toDay: day.optional() }),
  rejections: ['vendor-unknown'],
});
