import type { StatementSectionName } from './statement.ts';

/**
 * Why a transfer was posted: every reason the books know, and where a vendor's statement shows it. A reason without a
 * section never touches a vendor's account. A reversal posts with the reason of what it takes back, so that sums by
 * reason need not know of reversals.
 * Docs/domain rule: opening, shares, reversals, fees, adjustments, payouts, closing.
 */
export const reasons = {
  'intake.batch': null,
  'intake.oversold': null,
  'purchase.credit': 'adjustments',
  'purchase.paid': null,
  'return.goods': null,
  'return.purchase': 'adjustments',
  'write-off.goods': null,
  'write-off.credit': 'adjustments',
  'count.repaid': null,
  'count.lost': null,
  'count.surplus': null,
  'count.credit': 'adjustments',
  'sale.share': 'shares',
  'sale.commission': null,
  'sale.own-goods': null,
  'sale.goods': null,
  'sale.oversold': null,
  'sale.unresolved': null,
  'sale.cash': null,
  'sale.change': null,
  'sale.rounding': null,
  'sale.qris': null,
  'sale.debit': null,
  'sale.transfer': null,
  'resolution.share': 'shares',
  'resolution.commission': null,
  'resolution.own-goods': null,
  'resolution.income': null,
  'resolution.goods': null,
  'resolution.oversold': null,
  'refund.share': 'reversals',
  'refund.commission': null,
  'refund.own-goods': null,
  'refund.goodwill': null,
  'refund.goods': null,
  'refund.cash': null,
  'refund.rounding': null,
  'refund.buyer-due': null,
  'buyer.paid': null,
  'clearing.matched': null,
  'clearing.fee': null,
  'shift.float': null,
  'shift.difference': null,
  'shift.to-safe': null,
  'safe.difference': null,
  'cash.in': null,
  'cash.out': null,
  'cash.drop': null,
  'cash.from-safe': null,
  'fee.charged': 'fees',
  'settlement.fee': 'fees',
  'adjustment.posted': 'adjustments',
  'debt.written-off': 'adjustments',
  'vendor.paid-in': 'payouts',
  'payout.approved': 'payouts',
  'payout.rest': 'payouts',
  'payout.cash': null,
  'payout.bank': null,
} as const satisfies Record<string, StatementSectionName | null>;

export type Reason = keyof typeof reasons;

/** Where a vendor's statement shows a transfer of this reason. Throws for a reason that never touches a vendor. */
export function sectionOf(reason: Reason): StatementSectionName {
  const section = reasons[reason];
  if (section === null) throw new Error(`rule broken: ${reason} is no movement of a vendor`);
  return section;
}

/**
 * Reasons of transfers that belong to the settlement whose approval or payout posted them, whatever their day: they
 * are counted by document and never by watermark.
 * Docs/domain rule: a payout belongs to statement n by document; fees shown in a draft are posted by its approval.
 */
export const REASONS_BY_DOCUMENT = [
  'payout.approved',
  'payout.rest',
  'settlement.fee',
] as const satisfies Reason[];
