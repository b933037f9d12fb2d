/**
 * Proves that discounts and losses are borne to the last rupiah by those who are to bear them, on random figures over
 * the whole range: a discount by largest remainder, a loss with its odd rupiah for the vendor, an allowance counted off
 * here one thousandth at a time.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinDiscounts, percentDiscount, splitDiscount } from '../../shared/domain/discount.ts';
import { splitLoss } from '../../shared/domain/loss.ts';
import { MAX_RUPIAH, rupiah } from '../../shared/domain/money.ts';
import { ONE, qty } from '../../shared/domain/quantity.ts';
import { isFloor, slowSplit } from '../support/exact.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

/** Small figures, where rounding shows, as often as large ones, where doubles would fail. */
const upTo = (max: number) =>
  fc.oneof(fc.nat({ max: Math.min(max, 50) }), fc.nat({ max: Math.min(max, 200_000) }), fc.nat({ max }));

// One rupiah below the largest amount, so that one more can be joined to it.
const amounts = upTo(MAX_RUPIAH - 1).map(rupiah);
const bps = fc.nat({ max: 10_000 });

test('a discount is borne to the last rupiah, by largest remainder, and a percentage is rounded down', {
  timeout: PROPERTY_TIMEOUT_MS,
}, () => {
  fc.assert(
    fc.property(amounts, bps, bps, (amount, one, other) => {
      const [first, second] = [Math.min(one, other), Math.max(one, other)];
      const bearers = { shared: first, center: second - first, vendor: 10_000 - second };
      const { shared, center, vendor } = splitDiscount(amount, bearers);
      expect(shared + center + vendor).toBe(amount);
      expect([shared, center, vendor].map(BigInt)).toEqual(
        slowSplit(BigInt(amount), [bearers.shared, bearers.center, bearers.vendor].map(BigInt)),
      );
      expect(isFloor(BigInt(percentDiscount(amount, one)), BigInt(amount) * BigInt(one), 10_000n)).toBe(true);
      const joined = joinDiscounts([{ shared, center, vendor }, splitDiscount(rupiah(1), bearers)]);
      expect(joined.shared + joined.center + joined.vendor).toBe(amount + 1);
    }),
    seeded(),
  );
});

describe('a loss', () => {
  test('is borne to the last rupiah, the odd one by the center', { timeout: PROPERTY_TIMEOUT_MS }, () => {
    const sinceCount = { received: qty(0), lostBefore: qty(0) };
    fc.assert(
      fc.property(amounts, bps, (value, vendorBps) => {
        const loss = { quantity: ONE, value, sinceCount };
        const parts = splitLoss({ ...loss, terms: { bearer: 'shared', vendorBps } });
        expect(parts.center + parts.vendor).toBe(value);
        expect(isFloor(BigInt(parts.vendor), BigInt(value) * BigInt(vendorBps), 10_000n)).toBe(true);
        expect(splitLoss({ ...loss, terms: { bearer: 'vendor' } }).center).toBe(0);
        expect(splitLoss({ ...loss, terms: { bearer: 'center' } }).center).toBe(value);
      }),
      seeded(),
    );
  });

  test('uses an allowance up one thousandth after the other, in whatever losses they come', {
    timeout: PROPERTY_TIMEOUT_MS,
  }, () => {
    const runs = fc.record({
      received: upTo(20_000),
      allowanceBps: fc.oneof(bps, fc.nat({ max: 300 })),
      losses: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 60 }), value: upTo(5_000_000) }), {
        minLength: 1,
        maxLength: 5,
      }),
    });
    fc.assert(
      fc.property(runs, ({ received, allowanceBps, losses }) => {
        let lostBefore = 0;
        for (const { quantity, value } of losses) {
          const parts = splitLoss({
            quantity: qty(quantity),
            value: rupiah(value),
            terms: { bearer: 'allowance', allowanceBps },
            sinceCount: { received: qty(received), lostBefore: qty(lostBefore) },
          });
          // The thousandth after n others is the vendor's if n + 1 of them are no more than the allowance.
          let vendors = 0n;
          for (let piece = 1; piece <= quantity; piece += 1) {
            if ((lostBefore + piece) * 10_000 <= received * allowanceBps) vendors += 1n;
          }
          expect(parts.center + parts.vendor).toBe(value);
          expect(isFloor(BigInt(parts.vendor), BigInt(value) * vendors, BigInt(quantity))).toBe(true);
          lostBefore += quantity;
        }
      }),
      seeded(),
    );
  });
});
