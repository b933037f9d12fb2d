import { assertRule } from './check.ts';
import { type Rupiah, rupiah, ZERO_RUPIAH } from './money.ts';
import { type CashStep, wholeSteps } from './tender.ts';

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
  const paid = wholeSteps(amount, step);
  return { paid, rest: rupiah(amount - paid) };
}

/**
 * Whether a settlement is worth a payout: what is eligible less the fees due with it (rupiah ≥ 0 together) reaches
 * the center's minimum (rupiah ≥ 0).
 * Docs/domain rule: the minimum is tested on eligible minus due fees; whoever may override it does so elsewhere.
 */
export function minimumReached(eligibleAmount: Rupiah, dueFees: Rupiah, minimum: Rupiah): boolean {
  assertRule(dueFees >= 0 && minimum >= 0, 'fees and minimum are 0 or more');
  return eligibleAmount - dueFees >= minimum;
}

/**
 * What a payout of `available` rupiah is charged for being paid out, in rupiah: `fee` (≥ 0), or 0 when it would eat
 * all there is. `step` is the cash step of a payout in cash, which pays whole steps only; 0 for a transfer.
 * Docs/domain rule: a payout fee only if something is left to pay.
 */
export function payoutFee(available: Rupiah, fee: Rupiah, step: CashStep = 0): Rupiah {
  assertRule(fee >= 0, 'a fee is 0 or more');
  return available > fee && wholeSteps(rupiah(available - fee), step) > 0 ? fee : ZERO_RUPIAH;
}
