/**
 * Proves that whatever is split adds up: largest remainder, gross, terms and whole baskets are tried on random figures
 * over the whole range of amounts and compared with the same rules computed here, independently, in BigInt.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BasketLine, MAX_BASKET_LINES, priceBasket } from '../../shared/domain/basket.ts';
import { MAX_RUPIAH, type Rupiah, rupiah, splitByLargestRemainder } from '../../shared/domain/money.ts';
import { grossOf, grossWithinRange, MAX_QTY, ONE, type Qty, qty } from '../../shared/domain/quantity.ts';
import { type Discounts, splitLine, type Terms } from '../../shared/domain/terms.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

/** Small figures, where rounding shows, as often as large ones, where doubles would fail. */
const upTo = (max: number) =>
  fc.oneof(fc.nat({ max: Math.min(max, 50) }), fc.nat({ max: Math.min(max, 200_000) }), fc.nat({ max }));

const amounts = upTo(MAX_RUPIAH).map(rupiah);

/** round-half-up(a × b / c), by another way than the program's: add half, then floor. */
const halfUp = (a: number, b: number, c: number): bigint =>
  (2n * BigInt(a) * BigInt(b) + BigInt(c)) / (2n * BigInt(c));

/** Largest remainder by its definition, one rupiah at a time to whoever is furthest below the exact share. */
function slowSplit(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  const parts = weights.map((weight) => (total * weight) / sum);
  const behind = weights.map((weight, index) => total * weight - parts[index]! * sum);
  for (let left = total - parts.reduce((a, b) => a + b, 0n); left > 0n; left -= 1n) {
    let furthest = 0;
    for (let index = 1; index < behind.length; index += 1)
      if (behind[index]! > behind[furthest]!) furthest = index;
    parts[furthest]! += 1n;
    behind[furthest]! -= sum;
  }
  return parts;
}

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

const termsOfAnyKind: fc.Arbitrary<Terms> = fc.oneof(
  fc.nat({ max: 10_000 }).map((rateBps): Terms => ({ model: 'percent', rateBps })),
  upTo(999_999_999).map((price): Terms => ({ model: 'net-price', netPrice: rupiah(price) })),
);

interface LineCase {
  gross: Rupiah;
  quantity: Qty;
  terms: Terms;
  discounts: Discounts;
}

/** A line with discounts of any bearer that fit into its gross. */
const lineCases: fc.Arbitrary<LineCase> = fc
  .record({
    gross: amounts,
    quantity: upTo(100_000).map(qty),
    terms: termsOfAnyKind,
    cuts: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
  })
  .map(({ gross, quantity, terms, cuts }) => {
    const shared = cuts[0] % (gross + 1);
    const center = cuts[1] % (gross - shared + 1);
    const vendor = terms.model === 'net-price' ? 0 : cuts[2] % (gross - shared - center + 1);
    return {
      gross,
      quantity,
      terms,
      discounts: { shared: rupiah(shared), center: rupiah(center), vendor: rupiah(vendor) },
    };
  });

function slowLine({ gross, quantity, terms, discounts }: LineCase) {
  const base = BigInt(gross) - BigInt(discounts.shared);
  const before =
    terms.model === 'percent'
      ? (base * BigInt(terms.rateBps)) / 10_000n
      : base - halfUp(terms.netPrice, quantity, ONE);
  return {
    base,
    commission: before - BigInt(discounts.center),
    share: base - before - BigInt(discounts.vendor),
    net: BigInt(gross) - BigInt(discounts.shared) - BigInt(discounts.center) - BigInt(discounts.vendor),
  };
}

describe('a line', () => {
  test('gives commission and share that are the net together, as computed in BigInt', {
    timeout: PROPERTY_TIMEOUT_MS,
  }, () => {
    fc.assert(
      fc.property(lineCases, (line) => {
        const exact = slowLine(line);
        const split = splitLine(line);
        expect(split.commission + split.share).toBe(split.net);
        expect({
          base: BigInt(split.base),
          commission: BigInt(split.commission),
          share: BigInt(split.share),
          net: BigInt(split.net),
        }).toEqual(exact);
      }),
      seeded(),
    );
  });

  test('without a discount of its own never leaves a side below 0 under percent', {
    timeout: PROPERTY_TIMEOUT_MS,
  }, () => {
    fc.assert(
      fc.property(lineCases, (line) => {
        fc.pre(line.terms.model === 'percent');
        const discounts = { ...line.discounts, center: rupiah(0), vendor: rupiah(0) };
        const split = splitLine({ ...line, discounts });
        expect(split.commission).toBeGreaterThanOrEqual(0);
        expect(split.share).toBeGreaterThanOrEqual(0);
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
