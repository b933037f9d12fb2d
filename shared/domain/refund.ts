import { assertRule, multiplyDivide, multiplyDivideHalfUp } from './check.ts';
import { type Rupiah, rupiah, splitByLargestRemainder, sumRupiah } from './money.ts';
import type { Qty } from './quantity.ts';
import { type CashStep, type TenderPart, wholeSteps } from './tender.ts';

/** What a refund needs of a stored sale line. */
export interface RefundableLine {
  /** Rupiah ≥ 0 the buyer paid for the whole line. */
  readonly net: Rupiah;
  /** The center's part in rupiah; it may be below 0 or above the net, as it was sold. */
  readonly commission: Rupiah;
  /** Thousandths sold, above 0. */
  readonly quantity: Qty;
}

/** What one refund takes back of a line, in rupiah: net = commission + share. Each has the sign it has on the line. */
export interface RefundStep {
  readonly net: Rupiah;
  readonly commission: Rupiah;
  readonly share: Rupiah;
}

/**
 * What returning `returnedNow` thousandths (above 0) of a line takes back, after `returnedBefore` (≥ 0) were returned
 * by earlier refunds. Throws when more comes back than was sold.
 * Docs/domain rule: after k of n, net_k = round-half-up(net × k / n) and commission_k = commission × net_k / net
 * rounded towards 0 (by k / n where the net is 0), the share is the rest of net_k, and a refund is the step from the
 * k before. All three only ever move towards their line's figure and reach it at k = n, so the steps of any partial
 * refunds sum to the line and none runs against its total's sign. A negative commission is the mirror of a positive
 * one; for a negative share the same follows, since commission = net + |share| gives share_k = −floor(|share| × net_k
 * / net). Where the center took all of the net, as with its own goods, it gives back all of it and the share is 0.
 */
export function refundStep(line: RefundableLine, returnedBefore: Qty, returnedNow: Qty): RefundStep {
  assertRule(line.net >= 0 && line.quantity > 0, 'a sold line has a net of 0 or more and a quantity');
  assertRule(returnedBefore >= 0 && returnedNow > 0, 'a refund returns something');
  assertRule(returnedBefore + returnedNow <= line.quantity, 'no more comes back than was sold');
  const before = takenBack(line, returnedBefore);
  const after = takenBack(line, returnedBefore + returnedNow);
  const net = after.net - before.net;
  const commission = after.commission - before.commission;
  return { net: rupiah(net), commission: rupiah(commission), share: rupiah(net - commission) };
}

/** Net and commission of a line taken back by the time `returned` thousandths of it are back. */
function takenBack({ net, commission, quantity }: RefundableLine, returned: number) {
  const netBack = multiplyDivideHalfUp(net, returned, quantity);
  const size = Math.abs(commission);
  const { quotient } =
    net > 0 ? multiplyDivide(size, netBack, net) : multiplyDivide(size, returned, quantity);
  return { net: netBack, commission: commission < 0 ? -quotient : quotient };
}

/** A part of a sale's total as it was paid (see `tenderParts`), and what earlier refunds have given back of it. */
export interface ReturnablePart extends Pick<TenderPart, 'kind' | 'amount'> {
  /** Rupiah, 0 to `amount`; for cash the parts of earlier refunds, not what was handed out. */
  readonly returnedBefore: Rupiah;
}

/** How one refund goes back to the buyer, in rupiah: parts sum to the refund, and cash part = cashPaid + rounding. */
export interface MoneyBack {
  /** What is returned of each tender part, in their order, 0 or more. */
  readonly parts: readonly Rupiah[];
  /** Handed out of the drawer now, 0 or more. */
  readonly cashPaid: Rupiah;
  /** Cash part − cashPaid: above 0 the center keeps it for now, below 0 it adds to the part. */
  readonly rounding: Rupiah;
  /** The non-cash parts together: owed to the buyer until paid by transfer, or in cash for a reason. */
  readonly owedToBuyer: Rupiah;
  /** True when nothing of the sale's total is left to be returned. */
  readonly completes: boolean;
}

/**
 * Divides a refund of `refundNet` rupiah (≥ 0) among the parts its sale was paid in (see `tenderParts`; cash is one
 * part at most). `cashDue` is what the sale took in cash after rounding, `cashPaidBefore` what earlier refunds of it
 * handed out in cash, `step` the cash step in force now. Throws when more goes back than was paid.
 * Docs/domain rule: each refund is split by largest remainder over what is still unreturned of each tender. The cash
 * due so far goes back rounded down to the step; the refund that completes the sale hands out the rest of what was
 * taken in cash, so that the rounding of the sale and of its refunds cancel out. A step that was changed in between
 * can make less than nothing due, or more than was taken: neither is ever handed out.
 */
export function moneyBack(refund: {
  readonly parts: readonly ReturnablePart[];
  readonly cashDue: Rupiah;
  readonly cashPaidBefore: Rupiah;
  readonly refundNet: Rupiah;
  readonly step: CashStep;
}): MoneyBack {
  const { parts, cashDue, cashPaidBefore, refundNet, step } = refund;
  const cashAt = parts.findIndex(({ kind }) => kind === 'cash');
  const cash = parts[cashAt];
  const unreturned = parts.map(({ amount, returnedBefore }) => amount - returnedBefore);
  const left = unreturned.reduce((sum, amount) => sum + amount, 0);
  assertRule(parts.filter(({ kind }) => kind === 'cash').length <= 1, 'all cash is one part');
  assertRule(cash !== undefined || cashDue === 0, 'cash was taken only where cash is a part');
  assertRule(cashPaidBefore >= 0 && cashPaidBefore <= cashDue, 'no more cash went back than was taken');
  assertRule(refundNet >= 0 && refundNet <= left, 'no more goes back than was paid');

  const returned = splitByLargestRemainder(refundNet, unreturned).map(rupiah);
  const completes = refundNet === left;
  const cashPart = returned[cashAt] ?? 0;
  const dueSoFar = wholeSteps(rupiah((cash?.returnedBefore ?? 0) + cashPart), step);
  const paidSoFar = completes ? cashDue : Math.max(cashPaidBefore, Math.min(dueSoFar, cashDue));
  const cashPaid = rupiah(paidSoFar - cashPaidBefore);
  return {
    parts: returned,
    cashPaid,
    rounding: rupiah(cashPart - cashPaid),
    owedToBuyer: rupiah(sumRupiah(returned) - cashPart),
    completes,
  };
}
