/**
 * Proves that no piece is made or lost: whatever the shelves hold, parts and rest add up, no shelf gives more than it
 * has or takes back more than it gave, nothing expired is sold, and the order is that of a piece-by-piece choice.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allocate,
  giveBack,
  repay,
  type ShelfPart,
  type StockedShelf,
  takeOldest,
} from '../../shared/domain/allocation.ts';
import { addDays, businessDay } from '../../shared/domain/calendar.ts';
import { MAX_QTY, qty } from '../../shared/domain/quantity.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

const timeout = { timeout: PROPERTY_TIMEOUT_MS };
const TODAY = businessDay('2026-11-21');
const dayNear = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((count) => addDays(TODAY, count));

const shelvesUpTo = (max: number) =>
  fc
    .uniqueArray(
      fc.record({ batch: fc.nat({ max: 9 }), onHand: fc.nat({ max }), expires: fc.option(dayNear(-3, 3)) }),
      { selector: ({ batch }) => batch, maxLength: 7 },
    )
    .map((shelves): StockedShelf[] =>
      shelves.map((shelf) => (shelf.batch === 0 ? { ...shelf, expires: null } : shelf)),
    );
const inHand = fc.record({
  batch: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  dated: fc.option(dayNear(0, 3), { nil: undefined }),
});

const total = (parts: readonly { readonly qty: number }[]) => parts.reduce((sum, part) => sum + part.qty, 0);
const held = (shelves: readonly StockedShelf[]) => shelves.reduce((sum, shelf) => sum + shelf.onHand, 0);

/** What is left after the parts, or an error when a shelf gave more than it had, or was asked twice. */
function leftAfter(shelves: readonly StockedShelf[], parts: readonly ShelfPart[]): StockedShelf[] {
  expect(new Set(parts.map(({ batch }) => batch)).size).toBe(parts.length);
  for (const taken of parts) {
    expect(taken.qty).toBeGreaterThan(0);
    expect(taken.qty).toBeLessThanOrEqual(shelves.find(({ batch }) => batch === taken.batch)?.onHand ?? 0);
  }
  return shelves.map((shelf) => {
    const taken = parts.find(({ batch }) => batch === shelf.batch)?.qty ?? 0;
    return { ...shelf, onHand: shelf.onHand - taken };
  });
}

/** One thousandth at a time from the shelf with the smallest key: the definition, and far too slow for a till. */
function slowly(
  shelves: readonly StockedShelf[],
  quantity: number,
  keyOf: (shelf: StockedShelf) => string,
): number[] {
  const open = shelves.map((shelf) => ({ ...shelf, key: keyOf(shelf) }));
  const taken: number[] = [];
  for (let count = 0; count < quantity; count += 1) {
    let best: (typeof open)[number] | undefined;
    for (const shelf of open) if (shelf.onHand > 0 && (!best || shelf.key < best.key)) best = shelf;
    if (!best) break;
    best.onHand -= 1;
    taken.push(best.batch);
  }
  return taken;
}
const spread = (parts: readonly ShelfPart[]) =>
  parts.flatMap(({ batch, qty: quantity }) => new Array<number>(quantity).fill(batch));
const byDate = ({ batch, expires }: StockedShelf) =>
  `${batch === 0 ? 1 : 0} ${expires ?? '9999-99-99'} ${String(batch).padStart(2, '0')}`;

describe('a sale', () => {
  test('conserves quantities, over the whole range of them', timeout, () => {
    fc.assert(
      fc.property(
        shelvesUpTo(MAX_QTY),
        fc.integer({ min: 1, max: MAX_QTY }),
        inHand,
        (shelves, wanted, hand) => {
          const { parts, oversold, expiredLeft } = allocate(shelves, qty(wanted), TODAY, hand);
          const left = leftAfter(shelves, parts);
          expect(total(parts) + oversold).toBe(wanted);
          const isExpired = ({ expires }: StockedShelf) => expires !== null && expires < TODAY;
          expect(left.filter(isExpired)).toEqual(shelves.filter(isExpired));
          expect(expiredLeft).toBe(Math.min(MAX_QTY, held(shelves.filter(isExpired))));
          const labelExpired = shelves.some((shelf) => shelf.batch === hand.batch && isExpired(shelf));
          // Oversold means that nothing good is left, unless the pack in hand is known to be expired.
          if (labelExpired && hand.dated === undefined) expect(parts).toEqual([]);
          else if (oversold > 0) expect(held(left.filter((shelf) => !isExpired(shelf)))).toBe(0);
        },
      ),
      seeded(),
    );
  });

  test('takes in the order of a choice made piece by piece', timeout, () => {
    fc.assert(
      fc.property(shelvesUpTo(6), fc.integer({ min: 1, max: 30 }), inHand, (shelves, wanted, hand) => {
        const good = shelves.filter(({ expires }) => expires === null || expires >= TODAY);
        const expiredLabel =
          shelves.some(({ batch }) => batch === hand.batch) &&
          !good.some(({ batch }) => batch === hand.batch);
        const key = (shelf: StockedShelf) => {
          const own =
            shelf.batch === hand.batch || (hand.dated !== undefined && shelf.expires === hand.dated);
          return `${own ? 0 : 1} ${byDate(shelf)}`;
        };
        const expected = expiredLabel && hand.dated === undefined ? [] : slowly(good, wanted, key);
        expect(spread(allocate(shelves, qty(wanted), TODAY, hand).parts)).toEqual(expected);
      }),
      seeded(),
    );
  });
});

test('what leaves otherwise leaves oldest first, and nothing is lost', timeout, () => {
  fc.assert(
    fc.property(shelvesUpTo(6), fc.nat({ max: 45 }), (shelves, wanted) => {
      const { parts, missing } = takeOldest(shelves, qty(wanted));
      leftAfter(shelves, parts);
      expect(total(parts) + missing).toBe(wanted);
      expect(missing).toBe(Math.max(0, wanted - held(shelves)));
      expect(spread(parts)).toEqual(slowly(shelves, wanted, byDate));
    }),
    seeded(),
  );
});

test('what comes in repays first, and nothing is lost', timeout, () => {
  const amount = fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: MAX_QTY }));
  fc.assert(
    fc.property(amount, amount, (outstanding, incoming) => {
      const { repaid, rest } = repay(qty(outstanding), qty(incoming));
      expect(repaid + rest).toBe(incoming);
      expect(repaid === outstanding || rest === 0).toBe(true);
      expect(repaid).toBeLessThanOrEqual(outstanding);
    }),
    seeded(),
  );
});

test('refunds in any steps and with any labels end where the sale began', timeout, () => {
  const lines = fc.array(fc.record({ batch: fc.nat({ max: 4 }), qty: fc.integer({ min: 1, max: 9 }) }), {
    minLength: 1,
    maxLength: 5,
  });
  const steps = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 12 }), fc.option(fc.nat({ max: 5 }), { nil: undefined })),
    {
      maxLength: 8,
    },
  );
  const perBatch = (parts: readonly ShelfPart[]) => {
    const sums = new Map<number, number>();
    for (const { batch, qty: quantity } of parts) sums.set(batch, (sums.get(batch) ?? 0) + quantity);
    return sums;
  };
  fc.assert(
    fc.property(lines, steps, (drawn, refunds) => {
      const sold = drawn.map(({ batch, qty: quantity }) => ({ batch, qty: qty(quantity) }));
      const back: ShelfPart[] = [];
      for (const [wanted, label] of [...refunds, [Number.MAX_SAFE_INTEGER, undefined] as const]) {
        const open = total(sold) - total(back);
        if (open === 0) break;
        const quantity = Math.min(wanted, open);
        const soldOf = perBatch(sold).get(label ?? -1) ?? 0;
        const openOfLabel = soldOf - (perBatch(back).get(label ?? -1) ?? 0);
        const parts = giveBack(sold, back, qty(quantity), label);
        expect(total(parts)).toBe(quantity);
        if (label !== undefined)
          expect(perBatch(parts).get(label) ?? 0).toBeGreaterThanOrEqual(Math.min(quantity, openOfLabel));
        back.push(...parts);
        for (const [batch, sum] of perBatch(back))
          expect(sum).toBeLessThanOrEqual(perBatch(sold).get(batch) ?? 0);
      }
      expect(perBatch(back)).toEqual(
        new Map([...perBatch(back).keys()].map((batch) => [batch, perBatch(sold).get(batch)])),
      );
      expect(total(back)).toBe(total(sold));
    }),
    seeded(),
  );
});

test('without labels, goods come back exactly in the reverse of the order they left', timeout, () => {
  const lines = fc.uniqueArray(
    fc.record({ batch: fc.nat({ max: 6 }), qty: fc.integer({ min: 1, max: 9 }) }),
    {
      selector: ({ batch }) => batch,
      minLength: 1,
      maxLength: 5,
    },
  );
  fc.assert(
    fc.property(lines, fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 10 }), (drawn, refunds) => {
      const sold = drawn.map(({ batch, qty: quantity }) => ({ batch, qty: qty(quantity) }));
      const back: ShelfPart[] = [];
      for (const wanted of refunds) {
        const quantity = Math.min(wanted, total(sold) - total(back));
        if (quantity > 0) back.push(...giveBack(sold, back, qty(quantity)));
      }
      expect(spread(back)).toEqual(spread(sold).reverse().slice(0, total(back)));
    }),
    seeded(),
  );
});
