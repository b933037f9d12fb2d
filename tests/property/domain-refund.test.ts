/**
 * Proves that what comes back adds up: any line in any portions, any sale paid in any mix and returned in any order of
 * its lines, under any cash steps. Each step is held against the definition of its rounding, in BigInt, and each sale
 * against what was taken for it.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_RUPIAH, type Rupiah, rupiah, sumRupiah } from '../../shared/domain/money.ts';
import { type Qty, qty } from '../../shared/domain/quantity.ts';
import {
  moneyBack,
  type RefundableLine,
  type RefundStep,
  type ReturnablePart,
  refundStep,
} from '../../shared/domain/refund.ts';
import {
  CASH_STEPS,
  type CashStep,
  ROUNDING_MODES,
  settleTenders,
  type Tender,
  type TenderKind,
  tenderParts,
} from '../../shared/domain/tender.ts';
import { isFloor, isHalfUp, slowSplit } from '../support/exact.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

const upTo = (max: number) =>
  fc.oneof(fc.nat({ max: Math.min(max, 30) }), fc.nat({ max: Math.min(max, 200_000) }), fc.nat({ max }));

/**
 * Net and commission as a line can have them: the commission within the net, all of it, below 0, or above the net.
 * `most` bounds the net; either side's excess is bounded so that both stay amounts.
 */
const linesUpTo = (most: number) =>
  fc
    .record({
      net: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 9, arbitrary: upTo(most) }),
      kind: fc.constantFrom('within', 'within', 'all', 'below', 'above'),
      cut: upTo(Math.floor(MAX_RUPIAH / 2)),
      quantity: fc.oneof(
        fc.integer({ min: 1, max: 12 }).map((pieces) => pieces * 1000),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 99_999_999 }),
      ),
    })
    .map(({ net, kind, cut, quantity }): RefundableLine => {
      const within = cut % (net + 1);
      const commission = { within, all: net, below: -cut, above: net + cut }[kind];
      return { net: rupiah(net), commission: rupiah(commission), quantity: qty(quantity) };
    });

/** Portions above 0 that a quantity is cut into at any places: pieces of a line as they come back. */
function portionsOf(quantity: number, cuts: readonly number[]): Qty[] {
  const places = new Set(cuts.map((cut) => cut % quantity));
  const ends = [...places].filter((place) => place > 0).sort((a, b) => a - b);
  return [...ends, quantity].map((end, index) => qty(end - (ends[index - 1] ?? 0)));
}

const abs = (value: bigint) => (value < 0n ? -value : value);

/** Whether a line that has given back `net`, `commission` and `share` at k thousandths did so by the rule. */
function isTakenBack(line: RefundableLine, k: number, back: RefundStep): boolean {
  const [net, commission, n] = [BigInt(line.net), BigInt(line.commission), BigInt(line.quantity)];
  const share = net - commission;
  const netBack = BigInt(back.net);
  if (!isHalfUp(netBack, net * BigInt(k), n)) return false;
  // The figure that is rounded towards 0 is the commission where it is one, and the share where that is below 0.
  const [part, whole] = net > 0n ? [netBack, net] : [BigInt(k), n];
  return (
    isFloor(abs(BigInt(back.commission)), abs(commission) * part, whole) &&
    (share >= 0n || isFloor(abs(BigInt(back.share)), -share * part, whole)) &&
    BigInt(back.commission) + BigInt(back.share) === netBack
  );
}

/** True when a step does not run against its total: 0, or of its sign. */
const sameSign = (step: number, total: number) => step === 0 || Math.sign(step) === Math.sign(total);

const ZERO_STEP: RefundStep = { net: rupiah(0), commission: rupiah(0), share: rupiah(0) };
const added = (a: RefundStep, b: RefundStep): RefundStep => ({
  net: rupiah(a.net + b.net),
  commission: rupiah(a.commission + b.commission),
  share: rupiah(a.share + b.share),
});

describe('a line', () => {
  const returns = fc.record({
    line: linesUpTo(Math.floor(MAX_RUPIAH / 2)),
    cuts: fc.array(fc.nat(), { maxLength: 5 }),
  });

  test('comes back in any portions, each by the rule, none against its sign, all of them the line', {
    timeout: PROPERTY_TIMEOUT_MS,
  }, () => {
    const met = { commissionBelow: 0, shareBelow: 0, netOfZero: 0, ownGoods: 0, severalPortions: 0 };
    fc.assert(
      fc.property(returns, ({ line, cuts }) => {
        const share = line.net - line.commission;
        let returned = 0;
        let sum = ZERO_STEP;
        const portions = portionsOf(line.quantity, cuts);
        for (const portion of portions) {
          const step = refundStep(line, qty(returned), portion);
          returned += portion;
          sum = added(sum, step);
          expect(sameSign(step.net, line.net)).toBe(true);
          expect(sameSign(step.commission, line.commission)).toBe(true);
          expect(sameSign(step.share, share)).toBe(true);
          expect(isTakenBack(line, returned, sum)).toBe(true);
        }
        expect(returned).toBe(line.quantity);
        expect(sum.net).toBe(line.net);
        expect(sum.commission).toBe(line.commission);
        expect(sum.share).toBe(share);

        if (line.commission < 0) met.commissionBelow += 1;
        if (share < 0) met.shareBelow += 1;
        if (line.net === 0) met.netOfZero += 1;
        if (share === 0 && line.net > 0) met.ownGoods += 1;
        if (portions.length > 1) met.severalPortions += 1;
      }),
      seeded(),
    );
    expect(Math.min(...Object.values(met))).toBeGreaterThan(0);
  });

  test('comes back to the same in the same portions the other way round', {
    timeout: PROPERTY_TIMEOUT_MS,
  }, () => {
    fc.assert(
      fc.property(returns, ({ line, cuts }) => {
        const portions = portionsOf(line.quantity, cuts);
        const sums = [portions, portions.toReversed()].map((order) => {
          let returned = 0;
          return order.reduce((sum, portion) => {
            const step = refundStep(line, qty(returned), portion);
            returned += portion;
            return added(sum, step);
          }, ZERO_STEP);
        });
        expect(sums[0]).toEqual(sums[1]);
      }),
      seeded(),
    );
  });
});

interface Way {
  kind: TenderKind;
  percent: number;
}

/** Tenders that settle `total`: each non-cash way its percentage of what is left; cash, or the last way, the rest. */
function tendersFor(total: number, ways: readonly Way[], lastKind: TenderKind, twoNotes: boolean): Tender[] {
  let left = total;
  const tenders: Tender[] = [];
  for (const { kind, percent } of ways) {
    const amount = Math.floor((left / 100) * percent);
    if (kind === 'cash' || amount <= 0) continue;
    tenders.push({ kind, amount: rupiah(amount) });
    left -= amount;
  }
  if (left === 0) return tenders;
  if (lastKind !== 'cash') return [...tenders, { kind: lastKind, amount: rupiah(left) }];
  // More than enough in cash, whatever the rounding; in two tenders, around the others, in some cases.
  const note: Tender = { kind: 'cash', amount: rupiah(left + 1000) };
  return twoNotes ? [{ kind: 'cash', amount: rupiah(1) }, ...tenders, note] : [...tenders, note];
}

const sales = fc.record({
  lines: fc.array(linesUpTo(500_000), { minLength: 1, maxLength: 4 }),
  cuts: fc.array(fc.nat(), { maxLength: 3 }),
  /** The order in which portions come back, and where one refund ends and the next begins. */
  order: fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
  ends: fc.nat({ max: 0xffff }),
  ways: fc.array(
    fc.record({ kind: fc.constantFrom('qris', 'debit', 'transfer'), percent: fc.nat({ max: 100 }) }),
    {
      maxLength: 3,
    },
  ),
  lastKind: fc.constantFrom('cash', 'cash', 'cash', 'qris'),
  twoNotes: fc.boolean(),
  step: fc.constantFrom(...CASH_STEPS),
  mode: fc.constantFrom(...ROUNDING_MODES),
  /** The step of each refund where it was changed after the sale; as at the sale where this is empty. */
  laterSteps: fc.oneof(
    fc.constant<CashStep[]>([]),
    fc.array(fc.constantFrom(...CASH_STEPS), { minLength: 3, maxLength: 3 }),
  ),
});

/** The portions of all lines in a drawn order, cut into refunds: each a list of [line, portion]. */
function refundsOf(lines: readonly RefundableLine[], cuts: number[], order: number[], ends: number) {
  const portions = lines.flatMap((line, at) => portionsOf(line.quantity, cuts).map((size) => ({ at, size })));
  const drawn = portions
    .map((portion, index) => ({ ...portion, key: order[index % order.length]! }))
    .sort((a, b) => a.key - b.key);
  const refunds: { at: number; size: Qty }[][] = [[]];
  for (const [index, portion] of drawn.entries()) {
    refunds.at(-1)!.push(portion);
    const isLast = index === drawn.length - 1;
    if (!isLast && ((ends >> (index % 16)) & 1) === 1) refunds.push([]);
  }
  return refunds;
}

/** What a sale's refunds have come to so far, on the books of this test. */
interface Books {
  parts: readonly ReturnablePart[];
  cashDue: Rupiah;
  cashPaid: number;
  rounding: number;
  returnedNet: number;
  total: number;
}

/** Gives `refundNet` back by `moneyBack` and holds its answer against what the books say is left. */
function giveBack(books: Books, refundNet: Rupiah, step: CashStep): Books {
  const unreturned = books.parts.map(({ amount, returnedBefore }) => amount - returnedBefore);
  const back = moneyBack({
    parts: books.parts,
    cashDue: books.cashDue,
    cashPaidBefore: rupiah(books.cashPaid),
    refundNet,
    step,
  });
  expect(back.parts.map(BigInt)).toEqual(slowSplit(BigInt(refundNet), unreturned.map(BigInt)));
  expect(back.parts.every((part, index) => part <= unreturned[index]!)).toBe(true);
  const cashAt = books.parts.findIndex(({ kind }) => kind === 'cash');
  const cashPart = back.parts[cashAt] ?? 0;
  expect(back.owedToBuyer + cashPart).toBe(refundNet);
  expect(back.cashPaid + back.rounding).toBe(cashPart);
  expect(back.cashPaid).toBeGreaterThanOrEqual(0);
  const parts = books.parts.map((part, index) => {
    return { ...part, returnedBefore: rupiah(part.returnedBefore + back.parts[index]!) };
  });
  const returnedNet = books.returnedNet + refundNet;
  expect(back.completes).toBe(returnedNet === books.total);
  return {
    ...books,
    parts,
    returnedNet,
    cashPaid: books.cashPaid + back.cashPaid,
    rounding: books.rounding + back.rounding,
  };
}

/** Cash out of the drawer before a sale is complete: never ahead of what is due, and within one step of it. */
function expectWholeSteps({ parts, cashPaid, cashDue }: Books, step: CashStep): void {
  const due = parts.find(({ kind }) => kind === 'cash')?.returnedBefore ?? 0;
  expect(cashPaid).toBeLessThanOrEqual(due);
  if (cashPaid === cashDue) return;
  expect(step === 0 ? 0 : cashPaid % step).toBe(0);
  expect(due - cashPaid).toBeLessThan(Math.max(1, step));
}

test('a sale comes back to the buyer as it was paid, in any order, portions, tenders and steps', {
  timeout: PROPERTY_TIMEOUT_MS,
}, () => {
  const met = { mixed: 0, cashOnly: 0, noCash: 0, roundedUp: 0, roundedDown: 0, stepChanged: 0, several: 0 };
  fc.assert(
    fc.property(sales, (sale) => {
      const { lines, step, mode, laterSteps } = sale;
      const total = sumRupiah(lines.map(({ net }) => net));
      const tenders = tendersFor(total, sale.ways, sale.lastKind, sale.twoNotes);
      const paid = settleTenders({ total, tenders, step, mode });
      if (!paid.ok) throw new Error(`refused: ${paid.reason}`);
      const parts = tenderParts(total, tenders).map((part) => ({ ...part, returnedBefore: rupiah(0) }));

      const returned = lines.map(() => 0);
      const sums = lines.map(() => ZERO_STEP);
      let books: Books = { parts, cashDue: paid.cashDue, cashPaid: 0, rounding: 0, returnedNet: 0, total };
      const refunds = refundsOf(lines, sale.cuts, sale.order, sale.ends);
      for (const [index, portions] of refunds.entries()) {
        let refundNet = 0;
        for (const { at, size } of portions) {
          const back = refundStep(lines[at]!, qty(returned[at]!), size);
          returned[at]! += size;
          sums[at] = added(sums[at]!, back);
          refundNet += back.net;
        }
        books = giveBack(books, rupiah(refundNet), laterSteps[index % 3] ?? step);
        const complete = books.returnedNet === total;
        expect(books.cashPaid).toBeLessThanOrEqual(paid.cashDue);
        if (!complete && laterSteps.length === 0) expectWholeSteps(books, step);
        if (complete) expect(books.cashPaid).toBe(paid.cashDue);
      }

      for (const [at, line] of lines.entries()) {
        expect([sums[at]!.net, sums[at]!.commission]).toEqual([line.net, line.commission]);
      }
      expect(books.parts.every(({ amount, returnedBefore }) => amount === returnedBefore)).toBe(true);
      expect(books.returnedNet).toBe(total);
      expect(books.cashPaid).toBe(paid.cashDue);
      // The rounding account ends where it began: + 0 because −0 is no figure.
      expect(books.rounding + paid.rounding + 0).toBe(0);

      const kinds = new Set(parts.map(({ kind }) => kind));
      if (kinds.has('cash')) met[kinds.size > 1 ? 'mixed' : 'cashOnly'] += 1;
      else met.noCash += 1;
      if (paid.rounding > 0) met.roundedUp += 1;
      if (paid.rounding < 0) met.roundedDown += 1;
      if (laterSteps.some((later) => later !== step)) met.stepChanged += 1;
      if (refunds.length > 1) met.several += 1;
    }),
    seeded(),
  );
  expect(Math.min(...Object.values(met))).toBeGreaterThan(0);
});
