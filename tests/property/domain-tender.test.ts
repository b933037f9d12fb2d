/**
 * Proves that every payment adds up whatever is tendered in whatever order, that cash rounds as the rule computed here
 * in BigInt, and that statements and payouts keep every rupiah, on random figures over the whole range.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_RUPIAH, rupiah } from '../../shared/domain/money.ts';
import {
  cashPayout,
  eligible,
  minimumReached,
  payableNow,
  payoutFee,
} from '../../shared/domain/settlement.ts';
import { STATEMENT_SECTIONS, statementOf } from '../../shared/domain/statement.ts';
import {
  CASH_STEPS,
  type CashStep,
  quickCash,
  ROUNDING_MODES,
  type RoundingMode,
  roundCash,
  settleTenders,
  TENDER_KINDS,
  type Tender,
  tenderParts,
  wholeSteps,
} from '../../shared/domain/tender.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

const upTo = (max: number) =>
  fc.oneof(fc.nat({ max: Math.min(max, 3000) }), fc.nat({ max: Math.min(max, 500_000) }), fc.nat({ max }));
const steps = fc.constantFrom(...CASH_STEPS);
const modes = fc.constantFrom(...ROUNDING_MODES);

/** The rule once more, as a choice among the two multiples around the amount. */
function slowRound(amount: bigint, step: bigint, mode: RoundingMode): bigint {
  if (step === 0n || amount === 0n) return amount;
  const below = (amount / step) * step;
  const above = below === amount ? amount : below + step;
  const nearest = above - amount <= amount - below ? above : below;
  const chosen = mode === 'down' ? below : mode === 'up' ? above : nearest;
  return chosen === 0n ? step : chosen;
}

test('cash rounds by the rule, to a multiple, never to 0', { timeout: PROPERTY_TIMEOUT_MS }, () => {
  fc.assert(
    fc.property(upTo(MAX_RUPIAH - 1000), steps, modes, (amount, step, mode) => {
      const rounded = roundCash(rupiah(amount), step, mode);
      expect(BigInt(rounded)).toBe(slowRound(BigInt(amount), BigInt(step), mode));
      expect(rounded === 0).toBe(amount === 0);
      if (step > 0) expect(rounded % step).toBe(0);
      if (step > 0) expect(Math.abs(rounded - amount)).toBeLessThan(step);
    }),
    seeded(),
  );
});

const payments = fc.record({
  total: upTo(MAX_RUPIAH - 1000),
  tenders: fc.array(
    fc.record({
      kind: fc.constantFrom(...TENDER_KINDS),
      part: fc.nat({ max: 1200 }),
      more: fc.nat({ max: 5000 }),
    }),
    { maxLength: 6 },
  ),
  step: steps,
  mode: modes,
});

const indexOfCash = (given: readonly Tender[]) => given.findIndex(({ kind }) => kind === 'cash');

test('a payment is short, refused, or adds up, in any order of tenders', {
  timeout: PROPERTY_TIMEOUT_MS,
}, () => {
  const met = { paid: 0, short: 0, refused: 0 };
  fc.assert(
    fc.property(payments, ({ total, tenders, step, mode }) => {
      const given = tenders.map(({ kind, part, more }) => {
        const amount = Math.min(MAX_RUPIAH, Math.floor(total / 1000) * part + more + 1);
        return { kind, amount: rupiah(amount) };
      });
      const sumOf = (cash: boolean) =>
        given.filter(({ kind }) => (kind === 'cash') === cash).reduce((sum, { amount }) => sum + amount, 0);
      const [cash, nonCash] = [sumOf(true), sumOf(false)];
      const payment = { total: rupiah(total), tenders: given, step, mode };
      const result = settleTenders(payment);
      expect(settleTenders({ ...payment, tenders: given.toReversed() })).toEqual(result);

      if (result.ok) {
        met.paid += 1;
        expect(nonCash).toBeLessThanOrEqual(total);
        expect(nonCash + result.cashDue).toBe(total + result.rounding);
        expect(cash - result.change).toBe(result.cashDue);
        expect(result.change).toBeGreaterThanOrEqual(0);
        if (nonCash === total) expect(result).toEqual({ ok: true, rounding: 0, cashDue: 0, change: 0 });
        const parts = tenderParts(rupiah(total), given);
        expect(parts.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
        for (const { tender, kind, amount } of parts) {
          expect(given[tender]!.kind).toBe(kind);
          expect(amount).toBe(kind === 'cash' ? result.cashDue - result.rounding : given[tender]!.amount);
        }
        // Each non-cash tender once, and all cash as one.
        const kinds = given.filter(({ kind }, at) => kind !== 'cash' || at === indexOfCash(given));
        expect(parts.map(({ kind }) => kind)).toEqual(kinds.map(({ kind }) => kind));
      } else if (result.reason === 'short') {
        met.short += 1;
        expect(nonCash).toBeLessThan(total);
        expect(result.short).toBe(result.cashDue - cash);
        expect(result.short).toBeGreaterThan(0);
        expect(result.cashDue).toBe(roundCash(rupiah(total - nonCash), step as CashStep, mode));
      } else if (result.reason === 'non-cash-exceeds-total') {
        met.refused += 1;
        expect(result.excess).toBe(nonCash - total);
      } else {
        met.refused += 1;
        expect(result.reason).toBe(
          cash > MAX_RUPIAH || nonCash > MAX_RUPIAH ? 'amount-too-large' : 'cash-not-due',
        );
      }
    }),
    seeded(),
  );
  // A generator that never reaches one of the outcomes would prove nothing about it.
  expect(Math.min(met.paid, met.short, met.refused)).toBeGreaterThan(0);
});

test('quick cash keys rise from exactly what is due, and each of the others can be paid in notes', {
  timeout: PROPERTY_TIMEOUT_MS,
}, () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50_000_000 }), (due) => {
      const keys = quickCash(rupiah(due));
      expect(keys[0]).toBe(due);
      expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
      expect(keys.length).toBeLessThanOrEqual(6);
      for (const key of keys.slice(1)) expect(key % 5000).toBe(0);
      expect(keys.at(-1)).toBe((Math.floor(due / 100_000) + 1) * 100_000);
    }),
    seeded(),
  );
});

test('a cash payout never exceeds the amount and keeps the rest', { timeout: PROPERTY_TIMEOUT_MS }, () => {
  fc.assert(
    fc.property(upTo(MAX_RUPIAH), steps, (amount, step) => {
      const { paid, rest } = cashPayout(rupiah(amount), step);
      expect(paid + rest).toBe(amount);
      expect(paid).toBeLessThanOrEqual(amount);
      expect(rest).toBeGreaterThanOrEqual(0);
      expect(BigInt(paid)).toBe(step === 0 ? BigInt(amount) : (BigInt(amount) / BigInt(step)) * BigInt(step));
    }),
    seeded(),
  );
});

test('a payout fee leaves something to pay, and is waived only where it would not', {
  timeout: PROPERTY_TIMEOUT_MS,
}, () => {
  const met = { charged: 0, waived: 0 };
  fc.assert(
    fc.property(
      fc.integer({ min: -20_000, max: 20_000 }),
      fc.nat({ max: 12_000 }),
      steps,
      (available, fee, step) => {
        const charged = payoutFee(rupiah(available), rupiah(fee), step);
        const left = available - fee;
        // What is left in whole steps: below one step, or one rupiah where there is no step, nothing can be paid.
        const pays = left >= Math.max(1, step);
        expect(charged).toBe(pays ? fee : 0);
        met[pays ? 'charged' : 'waived'] += 1;
        if (pays) expect(wholeSteps(rupiah(left), step)).toBe(cashPayout(rupiah(left), step).paid);
        if (pays) expect(cashPayout(rupiah(available - charged), step).paid).toBeGreaterThan(0);
        expect(minimumReached(rupiah(available), rupiah(fee), rupiah(1))).toBe(left > 0);
      },
    ),
    seeded(),
  );
  expect(Math.min(met.charged, met.waived)).toBeGreaterThan(0);
});

test('a chain of statements carries every rupiah from closing to opening', {
  timeout: PROPERTY_TIMEOUT_MS,
}, () => {
  const movements = fc.record({
    section: fc.constantFrom(...STATEMENT_SECTIONS),
    amount: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map(rupiah),
    seq: fc.nat({ max: 1000 }),
  });
  const periods = fc.array(fc.array(movements, { maxLength: 8 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(periods, (chain) => {
      let opening = rupiah(0);
      for (const period of chain) {
        const statement = statementOf(opening, period);
        expect(statement.sections.map(({ section }) => section)).toEqual(STATEMENT_SECTIONS);
        expect(statement.sections.flatMap((section) => section.movements)).toHaveLength(period.length);
        expect(statement.opening + statement.sections.reduce((sum, section) => sum + section.sum, 0)).toBe(
          statement.closing,
        );
        opening = statement.closing;
      }
      expect(BigInt(opening)).toBe(chain.flat().reduce((sum, { amount }) => sum + BigInt(amount), 0n));
    }),
    seeded(),
  );
});

test('balance is payable, held and disputed together', { timeout: PROPERTY_TIMEOUT_MS }, () => {
  const part = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map(rupiah);
  fc.assert(
    fc.property(part, part, part, (balance, held, disputed) => {
      const standing = { balance, held, disputed };
      expect(eligible(standing) + held + disputed).toBe(balance);
      const payable = payableNow(standing);
      expect(payable).toBeGreaterThanOrEqual(0);
      expect(payable === 0 || (payable <= balance && payable <= eligible(standing))).toBe(true);
    }),
    seeded(),
  );
});
