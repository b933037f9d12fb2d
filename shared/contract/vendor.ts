import { z } from 'zod';
import { command, query } from './define.ts';
import { code, day, id, limit, text } from './fields.ts';
import { personal } from './personal.ts';
import { office } from './roles.ts';

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

/** `net-price`: the vendor is owed the net price (harga titip) that stands on the product. */
export const agreementTerms = z.discriminatedUnion('model', [
  z.strictObject({ model: z.literal('percent'), rateBps: z.int().min(0).max(10_000) }),
  z.strictObject({ model: z.literal('net-price') }),
]);

/** A new version of the vendor's terms from a day on; earlier versions stay as they were. */
export const agreementSet = command<{ agreement: number }>()('agreement.set', {
  access: office,
  input: z.strictObject({ vendor: id, terms: agreementTerms, from: day.optional() }),
  rejections: ['vendor-unknown', 'agreement-backdated'],
});

export type AgreementTermsView = { model: 'percent'; rateBps: number } | { model: 'net-price' };

export interface VendorView {
  vendor: number;
  code: string;
  name: string;
  terms: AgreementTermsView | null;
  termsFrom: string | null;
  /** Sum of the vendor's ledger postings, whole rupiah; may be negative. */
  balanceRupiah: number;
  /** Approved and not yet paid, whole rupiah. */
  payoutDueRupiah: number;
  /** Pieces (thousandths) on the shelves. */
  onHandQty: number;
  products: number;
}

export const vendorList = query<{ vendors: VendorView[] }>()('vendor.list', {
  access: office,
  input: z.strictObject({ limit, after: z.int().min(0).default(0) }),
});

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

/** A vendor's book between two of the vendor's own points in time: opening, movements, closing. */
export const vendorStatement = query<{
  vendor: number;
  code: string;
  name: string;
  openingRupiah: number;
  movements: StatementMovement[];
  closingRupiah: number;
  /** false when there are more movements than one answer holds. */
  complete: boolean;
}>()('vendor.statement', {
  access: office,
  input: z.strictObject({ vendor: id, fromDay: day.optional(), toDay: day.optional() }),
  rejections: ['vendor-unknown'],
});
