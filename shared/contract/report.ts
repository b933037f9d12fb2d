import { z } from 'zod';
import { command, query } from './define.ts';
import { day, id, limit, memo, text } from './fields.ts';
import { office } from './roles.ts';

/** The books looked at from outside: totals, the journal as an auditor searches it, and taking a document back. */

export interface SalesTotals {
  /**
   * The day, or the id of vendor, product or cashier, or the category (empty: none). By vendor, product and category:
   * `unresolved` for lines whose code is not known yet, `other-income` for those that turned out to be nobody's.
   */
  key: string;
  /** Empty for the keys that are words. */
  name: string;
  /** Receipts with at least one such line; a voided one counts, and stands among the refunds as well. */
  sales: number;
  qty: number;
  grossRupiah: number;
  discountRupiah: number;
  netRupiah: number;
  commissionRupiah: number;
  shareRupiah: number;
  /** Given back in these days, whenever it was sold. */
  refundsRupiah: number;
}

/**
 * What was sold between two days, whole, with what was refunded in them apart. A line resolved later counts on the day
 * it was sold. Days and cashiers hold unresolved lines like any others. `total` is over all rows, also those that
 * the limit leaves out. Days in order, others by net, the largest first.
 */
export const reportSales = query<{ rows: SalesTotals[]; total: SalesTotals }>()('report.sales', {
  access: office,
  input: z.strictObject({
    fromDay: day,
    toDay: day,
    by: z.enum(['day', 'vendor', 'product', 'category', 'cashier']),
    vendor: id.optional(),
    limit,
  }),
});

/**
 * Trust money: whose the money is that the center holds. cash + bank + clearings = owed to vendors + payout due + buyers
 * + unresolved + the center's own. What vendors owe is no money held and stands apart. Own may be below 0: then the
 * center has spent what is not its own.
 */
export const reportLiabilities = query<{
  cashRupiah: number;
  bankRupiah: number;
  qrisClearingRupiah: number;
  cardClearingRupiah: number;
  vendorsOwedRupiah: number;
  /** What vendors owe the center: balances below 0, as a positive amount. */
  vendorsOweRupiah: number;
  payoutDueRupiah: number;
  buyerDueRupiah: number;
  unresolvedRupiah: number;
  ownRupiah: number;
}>()('report.liabilities', { access: office, input: z.strictObject({}) });

export interface JournalHit {
  seq: number;
  id: string;
  name: string;
  actor: string | null;
  approver: string | null;
  device: string;
  at: number;
  day: string;
  outcome: string;
  /** The document it made, where it made one. */
  number: string | null;
}

/**
 * Journal rows by anything an auditor knows: who, what, when, a document's number, a refusal's name (or `ok`). Newest
 * first. One call looks through a bounded number of rows: `before` of the answer, given as `before`, goes on from
 * there; null when the journal's beginning was reached.
 */
export const journalSearch = query<{ rows: JournalHit[]; before: number | null }>()('journal.search', {
  access: office,
  input: z.strictObject({
    name: text(60).optional(),
    actor: text(30).optional(),
    fromDay: day.optional(),
    toDay: day.optional(),
    number: text(40).optional(),
    outcome: text(40).optional(),
    limit,
    before: z.int().min(1).optional(),
  }),
});

/**
 * One journal row whole: its sealed input (a PIN's hash is left out), its outcome, and every transfer it posted.
 * Accounts read `code/owner`.
 */
export const journalGet = query<
  JournalHit & {
    input: unknown;
    answer: unknown;
    hash: string;
    /** The document that took it back. */
    reversedBy: string | null;
    transfers: {
      id: number;
      ledger: number;
      debit: string;
      credit: string;
      amount: number;
      reason: string;
      line: number | null;
    }[];
  }
>()('journal.get', {
  access: office,
  input: z.strictObject({ seq: id }),
  rejections: ['document-unknown'],
});

/**
 * Takes a document back by another document: every transfer it posted is posted the other way round today. Sales are
 * refunded or voided instead, drafts cancelled, shifts never. A payout goes back together with its approval. Cash goes
 * back only while the shift that moved it is open. `document` is the number its command answered: the journal row, or
 * of one of many documents of a run the number that lists show.
 */
export const documentReverse = command<{ reversal: number; number: string }>()('document.reverse', {
  access: office,
  // Since version 2 what a delivery or a count has explained meanwhile stands in the way.
  version: 2,
  upcast: (input) => input,
  input: z.strictObject({ document: id, memo }),
  rejections: [
    'document-unknown',
    'not-reversible',
    'already-reversed',
    'document-used',
    'shift-not-open',
    'drawer-short',
    'stock-not-negative',
    'payout-exceeds-approved',
  ],
});
