/**
 * Proves that whatever is split adds up: largest remainder, gross, terms of every model under every bearer, and whole
 * baskets are tried on random figures over the whole range of amounts and compared with the same rules written here
 * in another way: in BigInt, as the inequality that defines a rounding, or one rupiah at a time.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BasketLine, MAX_BASKET_LINES, priceBasket } from '../../shared/domain/basket.ts';
import { MAX_RUPIAH, type Rupiah, rupiah, splitByLargestRemainder } from '../../shared/domain/money.ts';
import { grossOf, grossWithinRange, MAX_QTY, ONE, type Qty, qty } from '../../shared/domain/quantity.ts';
import {
  bearerAllowed,
  type Discounts,
  splitLine,
  TERMS_MODELS,
  type Terms,
  type TermsModel,
} from '../../shared/domain/terms.ts';
import { halfUp, isFloor, slowSplit } from '../support/exact.ts';
import { cases, PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

/** Small figures, where rounding shows, as often as large ones, where doubles would fail. */
const upTo = (max: number) =>
  fc.oneof(fc.nat({ max: Math.min(max, 50) }), fc.nat({ max: Math.min(max, 200_000) }), fc.nat({ max }));

const amounts = upTo(MAX_RUPIAH).map(rupiah);

describe('largest remainder', () => {
  const splits = fc.record({
    total: upTo(MAX_RUPIAH),
    weights: fc.array(upTo(MAX_RUPIAH), { minLength: 1, maxLength: 12 }),
  });

  test('sums to the whole, keeps to the exact share, and equals the definition', {
    timeout: PROPERTY_TIMEOUT_MS,
  }, () => {
    fc.assert(
      fc.property(splits, ({ total, weights }) => {
        const sum = weights.reduce((a, b) => a + b, 0);
        fc.pre(sum > 0);
        const parts = splitByLargestRemainder(total, weights);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        expect(parts.map(BigInt)).toEqual(slowSplit(BigInt(total), weights.map(BigInt)));
        if (total <= sum) expect(parts.every((part, index) => part <= weights[index]!)).toBe(true);
        expect(splitByLargestRemainder(-total, weights).map((part) => 0 - part)).toEqual(parts);
      }),
      seeded(),
    );
  });
});

test('gross is the exact product rounded half up, over the whole range', {
  timeout: PROPERTY_TIMEOUT_MS,
}, () => {
  fc.assert(
    fc.property(amounts, upTo(MAX_QTY).map(qty), (price, quantity) => {
      const exact = halfUp(price, quantity, ONE);
      if (exact > BigInt(MAX_RUPIAH)) {
        expect(grossWithinRange(price, quantity)).toBeUndefined();
        expect(() => grossOf(price, quantity)).toThrow();
        return;
      }
      expect(BigInt(grossOf(price, quantity))).toBe(exact);
      expect(grossWithinRange(price, quantity)).toBe(grossOf(price, quantity));
    }),
    seeded(),
  );
});

interface LineCase {
  gross: Rupiah;
  quantity: Qty;
  terms: Terms;
  discounts: Discounts;
}

function termsOf(model: TermsModel, rateBps: number, perUnit: Rupiah): Terms {
  if (model === 'percent') return { model, rateBps };
  if (model === 'net-price') return { model, netPrice: perUnit };
  if (model === 'fixed') return { model, perUnit };
  return model === 'margin' ? { model, cost: perUnit, rateBps } : { model };
}

/** Models under which the vendor bears no discount. */
const takesNoVendor = new Set<TermsModel>(['net-price', 'own-goods']);

/** A line of any terms, its amount per unit as often near the price as anywhere, with any bearers' discounts in it. */
const lineCases: fc.Arbitrary<LineCase> = fc
  .record({
    gross: amounts,
    quantity: upTo(100_000),
    model: fc.constantFrom(...TERMS_MODELS),
    rateBps: fc.oneof(fc.constantFrom(0, 1, 9999, 10_000), fc.nat({ max: 10_000 })),
    anyPerUnit: upTo(999_999_999),
    percentOfPrice: fc.nat({ max: 300 }),
    bearers: fc.nat({ max: 7 }),
    cuts: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
  })
  .map(({ gross, quantity, model, rateBps, anyPerUnit, percentOfPrice, bearers, cuts }) => {
    const near = Math.min(999_999_999, Math.floor((gross / Math.max(1, quantity)) * 10 * percentOfPrice));
    const terms = termsOf(model, rateBps, rupiah(percentOfPrice > 150 ? anyPerUnit : near));
    const withVendor = (bearers & 4) > 0 && !takesNoVendor.has(model);
    const shared = (bearers & 1) > 0 ? cuts[0] % (gross + 1) : 0;
    const center = (bearers & 2) > 0 ? cuts[1] % (gross - shared + 1) : 0;
    const vendor = withVendor ? cuts[2] % (gross - shared - center + 1) : 0;
    return {
      gross,
      quantity: qty(quantity),
      terms,
      discounts: { shared: rupiah(shared), center: rupiah(center), vendor: rupiah(vendor) },
    };
  });

/** Whether `before` is what the center takes of `base` before anyone's own discount, by the definition of the model. */
function isModelPart(before: bigint, base: bigint, { terms, quantity }: LineCase): boolean {
  switch (terms.model) {
    case 'percent':
      return isFloor(before, base * BigInt(terms.rateBps), 10_000n);
    case 'net-price':
      return base - before === halfUp(terms.netPrice, quantity, ONE);
    case 'fixed':
      return isFloor(before, BigInt(terms.perUnit) * BigInt(quantity), 1000n);
    case 'margin': {
      const over = base - halfUp(terms.cost, quantity, ONE);
      return over <= 0n ? before === 0n : isFloor(before, over * BigInt(terms.rateBps), 10_000n);
    }
    case 'none':
      return before === 0n;
    case 'own-goods':
      return before === base;
  }
}

/** Which bearers a line has a discount of, as a word: the key of a count of what was met. */
const bearersOf = ({ discounts: { shared, center, vendor } }: LineCase) =>
  `${shared > 0 ? 's' : ''}${center > 0 ? 'c' : ''}${vendor > 0 ? 'v' : ''}`;

describe('a line', () => {
  test('of any terms and bearers gives commission and share that are the net together, by definition', {
    timeout: PROPERTY_TIMEOUT_MS,
  }, () => {
    const met = new Map<string, number>();
    fc.assert(
      fc.property(lineCases, (line) => {
        const split = splitLine(line);
        const { shared, center, vendor } = line.discounts;
        const base = BigInt(line.gross) - BigInt(shared);
        const before = BigInt(split.commission) + BigInt(center);
        expect(split.base).toBe(line.gross - shared);
        expect(split.net).toBe(line.gross - shared - center - vendor);
        expect(split.commission + split.share).toBe(split.net);
        expect(isModelPart(before, base, line)).toBe(true);
        expect(BigInt(split.share)).toBe(base - before - BigInt(vendor));
        if (line.terms.model === 'own-goods') expect(split.share).toBe(0);
        const key = `${line.terms.model} ${bearersOf(line)}`;
        met.set(key, (met.get(key) ?? 0) + 1);
      }),
      seeded(),
    );
    // Four models take any of the three bearers, two take two: 4 × 8 + 2 × 4 ways a line can be discounted.
    if (cases >= 10_000) expect([...met.keys()].sort()).toHaveLength(40);
  });

  test('is refused a discount of the vendor\u2019s where there can be none', {
    timeout: PROPERTY_TIMEOUT_MS,
  }, () => {
    fc.assert(
      fc.property(lineCases, (line) => {
        fc.pre(takesNoVendor.has(line.terms.model) && line.gross > 0);
        expect(bearerAllowed(line.terms, 'vendor')).toBe(false);
        const discounts = { shared: rupiah(0), center: rupiah(0), vendor: rupiah(1) };
        expect(() => splitLine({ ...line, discounts })).toThrow();
      }),
      // Only a third of the lines are such; each costs an exception, so fewer of them do.
      { ...seeded(), numRuns: Math.ceil(cases / 20) },
    );
  });

  test('without a discount of one side alone leaves no side below 0, unless an amount per unit exceeds it', {
    timeout: PROPERTY_TIMEOUT_MS,
  }, () => {
    fc.assert(
      fc.property(lineCases, (line) => {
        const discounts = { ...line.discounts, center: rupiah(0), vendor: rupiah(0) };
        const split = splitLine({ ...line, discounts });
        if (line.terms.model !== 'net-price') expect(split.commission).toBeGreaterThanOrEqual(0);
        if (line.terms.model !== 'fixed') expect(split.share).toBeGreaterThanOrEqual(0);
        // The odd rupiah is the vendor's: the share is never below its exact part.
        if (line.terms.model !== 'percent') return;
        expect(
          BigInt(split.share) * 10_000n >= BigInt(split.base) * BigInt(10_000 - line.terms.rateBps),
        ).toBe(true);
      }),
      seeded(),
    );
  });
});

const basketLines: fc.Arbitrary<BasketLine> = fc
  .record({
    price: upTo(2_000_000).map(rupiah),
    quantity: fc.oneof(
      fc.integer({ min: 1, max: 20 }).map((pieces) => pieces * 1000),
      fc.integer({ min: 1, max: 20_000 }),
    ),
    discount: fc.nat(),
    bearer: fc.constantFrom('shared' as const, 'center' as const, 'vendor' as const),
    saleDiscountBearer: fc.constantFrom(
      'shared' as const,
      'center' as const,
      'vendor' as const,
      'none' as const,
    ),
  })
  .map(({ price, quantity, discount, bearer, saleDiscountBearer }) => {
    const gross = grossOf(price, qty(quantity));
    const none = { shared: rupiah(0), center: rupiah(0), vendor: rupiah(0) };
    const discounts = { ...none, [bearer]: rupiah(discount % 3 === 0 ? discount % (gross + 1) : 0) };
    return { price, quantity: qty(quantity), discounts, saleDiscountBearer };
  });

test('a basket adds up line by line and in total, and its lines divide without a rest', {
  timeout: PROPERTY_TIMEOUT_MS,
}, () => {
  const baskets = fc.record({
    lines: fc.oneof(
      { weight: 300, arbitrary: fc.array(basketLines, { minLength: 1, maxLength: 8 }) },
      {
        weight: 1,
        arbitrary: fc.array(basketLines, { minLength: MAX_BASKET_LINES, maxLength: MAX_BASKET_LINES }),
      },
    ),
    wanted: fc.nat(),
    rateBps: fc.nat({ max: 10_000 }),
  });
  fc.assert(
    fc.property(baskets, ({ lines, wanted, rateBps }) => {
      const open = lines.map((line) => {
        const own = line.discounts.shared + line.discounts.center + line.discounts.vendor;
        return line.saleDiscountBearer === 'none' ? 0 : grossOf(line.price, line.quantity) - own;
      });
      const most = open.reduce((a, b) => a + b, 0);
      const saleDiscount = rupiah(wanted % (most + 1));
      const basket = priceBasket(lines, saleDiscount);
      if (!basket.ok) throw new Error(`refused: ${basket.reason}`);

      let net = 0;
      for (const [index, line] of basket.lines.entries()) {
        expect(line.gross - line.lineDiscount - line.saleDiscount).toBe(line.net);
        expect(line.discounts.shared + line.discounts.center + line.discounts.vendor).toBe(
          line.lineDiscount + line.saleDiscount,
        );
        expect(line.saleDiscount).toBeLessThanOrEqual(open[index]!);
        const split = splitLine({
          ...line,
          quantity: lines[index]!.quantity,
          terms: { model: 'percent', rateBps },
        });
        expect(split.net).toBe(line.net);
        expect(split.commission + split.share).toBe(line.net);
        net += line.net;
      }
      expect(basket.totals.saleDiscount).toBe(saleDiscount);
      expect(basket.totals.net).toBe(net);
      expect(basket.totals.gross - basket.totals.lineDiscount - saleDiscount).toBe(net);
      expect(priceBasket(lines, rupiah(most + 1))).toEqual({
        ok: false,
        reason: 'sale-discount-exceeds-lines',
      });
    }),
    seeded(),
  );
});
