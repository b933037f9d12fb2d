import { assertRule } from './check.ts';
import { type Rupiah, rupiah } from './money.ts';
import { type CashStep, roundCash } from './tender.ts';

/** What stands on a vendor's account, in rupiah. Balance may be below 0 after refunds of goods already paid out. */
export interface VendorStanding {
  readonly balance: Rupiah;
  /** Waiting: inside the return window, or its QRIS payment not matched yet. */
  readonly held: Rupiah;
  /** Contested, and kept apart while the rest is paid. */
  readonly disputed: Rupiah;
}

/**
 * What is neither held nor disputed, in rupiah; below 0 when the vendor owes.
 * Docs/domain rule: balance = payable now + held + disputed.
 */
export function eligible(standing: VendorStanding): Rupiah {
  return rupiah(standing.balance - standing.held - standing.disputed);
}

/**
 * The most a settlement may approve now, in rupiah ≥ 0: the headline a vendor sees.
 * Docs/domain rule: never more than the smaller of balance and eligible, since a held line can also be negative.
 */
export function payableNow(standing: VendorStanding): Rupiah {
  return rupiah(Math.max(0, Math.min(standing.balance, eligible(standing))));
}

/**
 * Divides an approved amount (rupiah ≥ 0) into what is paid in cash and what stays in the balance: 486.003 with a
 * step of 100 pays 486.000 and keeps 3. Less than one step pays nothing.
 * Docs/domain rule: a cash payout is rounded down to the cash step and the rest opens the next period.
 */
export function cashPayout(amount: Rupiah, step: CashStep): { readonly paid: Rupiah; readonly rest: Rupiah } {
  assertRule(amount >= 0, 'a payout is 0 or more');
  // A buyer's amount below one step becomes one step; a payout below one step must not, it would pay too much.
  const paid = amount < step ? rupiah(0) : roundCash(amount, step, 'down');
  return { paid, rest: rupiah(amount - paid) };
}
