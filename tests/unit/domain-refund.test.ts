/**
 * Proves that goods that come back take back exactly what their line gave, in any portions, and that the buyer gets back
 * exactly what was paid: the worked line, lines with a side below 0, and the worked payments, figure by figure.
 */
import { describe, expect, test } from 'vitest';
import { rupiah } from '../../shared/domain/money.ts';
import { qty } from '../../shared/domain/quantity.ts';
import { moneyBack, type ReturnablePart, refundStep } from '../../shared/domain/refund.ts';
import { cashPayout } from '../../shared/domain/settlement.ts';
import { type CashStep, type TenderKind, tenderParts } from '../../shared/domain/tender.ts';

/** Net, commission and share of each refund of a line, when `portions` thousandths come back one after the other. */
function stepsOf(net: number, commission: number, quantity: number, portions: readonly number[]) {
  let returned = 0;
  return portions.map((portion) => {
    const line = { net: rupiah(net), commission: rupiah(commission), quantity: qty(quantity) };
    const step = refundStep(line, qty(returned), qty(portion));
    returned += portion;
    return [step.net, step.commission, step.share];
  });
}

describe('three pieces of net 49.398 with commission 7.409', () => {
  test('come back one by one as worked', () => {
    expect(stepsOf(49_398, 7409, 3000, [1000, 1000, 1000])).toEqual([
      [16_466, 2469, 13_997],
      [16_466, 2470, 13_996],
      [16_466, 2470, 13_996],
    ]);
  });

  test('come back in other portions to the same line', () => {
    expect(stepsOf(49_398, 7409, 3000, [3000])).toEqual([[49_398, 7409, 41_989]]);
    expect(stepsOf(49_398, 7409, 3000, [2000, 1000])).toEqual([
      [32_932, 4939, 27_993],
      [16_466, 2470, 13_996],
    ]);
    expect(stepsOf(49_398, 7409, 3000, [1000, 2000])).toEqual([
      [16_466, 2469, 13_997],
      [32_932, 4940, 27_992],
    ]);
  });

  test('leave the vendor 486.003 of 500.000, of which 486.000 can be paid in cash', () => {
    const [first] = stepsOf(49_398, 7409, 3000, [1000]);
    const balance = rupiah(500_000 - first![2]!);
    expect(balance).toBe(486_003);
    expect(cashPayout(balance, 100)).toEqual({ paid: 486_000, rest: 3 });
  });
});

describe('portions of a line', () => {
  test.each<[string, number, number, number[][]]>([
    // The net rounds half up: 1, 3, 4 of 1,33, 2,67 and 4.
    [
      'own goods give the vendor nothing',
      4,
      4,
      [
        [1, 1, 0],
        [2, 2, 0],
        [1, 1, 0],
      ],
    ],
    [
      'a negative commission comes back as one',
      4,
      -5,
      [
        [1, -1, 2],
        [2, -2, 4],
        [1, -2, 3],
      ],
    ],
    [
      'a negative share comes back as one',
      4,
      9,
      [
        [1, 2, -1],
        [2, 4, -2],
        [1, 3, -2],
      ],
    ],
    [
      'without a net the parts go by quantity',
      0,
      -5000,
      [
        [0, -1666, 1666],
        [0, -1667, 1667],
        [0, -1667, 1667],
      ],
    ],
    [
      'without a net a fixed commission goes by quantity',
      0,
      2,
      [
        [0, 0, 0],
        [0, 1, -1],
        [0, 1, -1],
      ],
    ],
    [
      'without anything nothing comes back',
      0,
      0,
      [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
  ])('%s', (_, net, commission, expected) => {
    expect(stepsOf(net, commission, 3000, [1000, 1000, 1000])).toEqual(expected);
  });

  test('by weight round the net half up', () => {
    // 377 of 755 grams are 10.744,75 of the net; the other 378 grams are what is left of it.
    expect(stepsOf(21_518, 3227, 755, [377, 378])).toEqual([
      [10_745, 1611, 9134],
      [10_773, 1616, 9157],
    ]);
  });

  test('are something, and never more than was sold', () => {
    expect(() => stepsOf(10, 1, 1000, [1001])).toThrow();
    expect(() => stepsOf(10, 1, 1000, [500, 501])).toThrow();
    expect(() => stepsOf(10, 1, 1000, [0])).toThrow();
    expect(() => stepsOf(10, 1, 1000, [-1])).toThrow();
    expect(() => stepsOf(10, 1, 0, [1])).toThrow();
    expect(() => stepsOf(-10, 1, 1000, [1000])).toThrow();
    const line = { net: rupiah(10), commission: rupiah(1), quantity: qty(1000) };
    expect(() => refundStep(line, qty(-1), qty(1))).toThrow();
  });
});

describe('the parts a total was paid in', () => {
  const parts = (total: number, tenders: [TenderKind, number][]) =>
    tenderParts(
      rupiah(total),
      tenders.map(([kind, amount]) => ({ kind, amount: rupiah(amount) })),
    );

  test('are what non-cash paid, and what was left for all cash together', () => {
    expect(parts(107_331, [['cash', 110_000]])).toEqual([{ tender: 0, kind: 'cash', amount: 107_331 }]);
    const mixed: [TenderKind, number][] = [
      ['qris', 50_000],
      ['cash', 50_000],
      ['debit', 7331],
      ['cash', 10_000],
    ];
    expect(parts(107_331, mixed)).toEqual([
      { tender: 0, kind: 'qris', amount: 50_000 },
      { tender: 1, kind: 'cash', amount: 50_000 },
      { tender: 2, kind: 'debit', amount: 7331 },
    ]);
    expect(parts(0, [])).toEqual([]);
  });

  test('are of a sale that was settled', () => {
    expect(() => parts(107_331, [['qris', 107_330]])).toThrow();
    expect(() => parts(107_331, [['qris', 107_332]])).toThrow();
    expect(() =>
      parts(500, [
        ['qris', 500],
        ['cash', 1],
      ]),
    ).toThrow();
  });
});

/** A sale's whole way back: each refund's parts, what is handed out and what is rounded. */
function wayBack(
  paid: [TenderKind, number][],
  cashDue: number,
  refunds: readonly number[],
  step: CashStep = 100,
) {
  const parts = paid.map(([kind, amount]): ReturnablePart => {
    return { kind, amount: rupiah(amount), returnedBefore: rupiah(0) };
  });
  let cashPaidBefore = 0;
  return refunds.map((refundNet) => {
    const back = moneyBack({
      parts,
      cashDue: rupiah(cashDue),
      cashPaidBefore: rupiah(cashPaidBefore),
      refundNet: rupiah(refundNet),
      step,
    });
    for (const [index, part] of parts.entries()) {
      parts[index] = { ...part, returnedBefore: rupiah(part.returnedBefore + back.parts[index]!) };
    }
    cashPaidBefore += back.cashPaid;
    return back;
  });
}

describe('the worked sale of 107.331', () => {
  test('paid 107.300 in cash goes back in whole steps, and the last refund returns the rest', () => {
    const back = wayBack([['cash', 107_331]], 107_300, [16_466, 16_466, 16_466, 21_342, 36_591]);
    expect(back.map(({ cashPaid, rounding, completes }) => [cashPaid, rounding, completes])).toEqual([
      [16_400, 66, false],
      [16_500, -34, false],
      [16_400, 66, false],
      [21_400, -58, false],
      [36_600, -9, true],
    ]);
    // The sale was rounded by −31.
    expect(back.reduce((sum, { rounding }) => sum + rounding, 0)).toBe(31);
  });

  test('goes back at once as it was taken, rounded down or up', () => {
    expect(wayBack([['cash', 107_331]], 107_300, [107_331])).toEqual([
      { parts: [107_331], cashPaid: 107_300, rounding: 31, owedToBuyer: 0, completes: true },
    ]);
    expect(wayBack([['cash', 107_331]], 107_400, [107_331])).toMatchObject([
      { cashPaid: 107_400, rounding: -69 },
    ]);
  });

  test('paid 50.000 by QRIS and 57.300 in cash goes back along both', () => {
    const back = wayBack(
      [
        ['qris', 50_000],
        ['cash', 57_331],
      ],
      57_300,
      [16_466, 16_466, 74_399],
    );
    expect(back).toEqual([
      { parts: [7671, 8795], cashPaid: 8700, rounding: 95, owedToBuyer: 7671, completes: false },
      { parts: [7671, 8795], cashPaid: 8800, rounding: -5, owedToBuyer: 7671, completes: false },
      { parts: [34_658, 39_741], cashPaid: 39_800, rounding: -59, owedToBuyer: 34_658, completes: true },
    ]);
  });

  test('paid without cash is owed to the buyer, with nothing to round', () => {
    const back = wayBack(
      [
        ['qris', 57_331],
        ['debit', 50_000],
      ],
      0,
      [16_466, 90_865],
    );
    expect(back.map(({ cashPaid, rounding, owedToBuyer }) => [cashPaid, rounding, owedToBuyer])).toEqual([
      [0, 0, 16_466],
      [0, 0, 90_865],
    ]);
  });
});

describe('cash that goes back', () => {
  const cash: [TenderKind, number][] = [['cash', 30]];

  test('of a sale that was rounded up to one step waits for the last refund', () => {
    expect(wayBack(cash, 100, [15, 15])).toMatchObject([
      { cashPaid: 0, rounding: 15 },
      { cashPaid: 100, rounding: -85 },
    ]);
  });

  test('without a step goes back to the rupiah', () => {
    expect(wayBack([['cash', 107_331]], 107_331, [16_466, 90_865], 0)).toMatchObject([
      { cashPaid: 16_466, rounding: 0 },
      { cashPaid: 90_865, rounding: 0 },
    ]);
  });

  test('never exceeds what was taken, though the step has become finer since', () => {
    // 12.749 was paid with 12.500; 12.740 back would be 12.700 by the new step.
    expect(wayBack([['cash', 12_749]], 12_500, [12_740, 9], 100)).toMatchObject([
      { cashPaid: 12_500, rounding: 240 },
      { cashPaid: 0, rounding: 9 },
    ]);
  });

  test('is never taken back, though the step has become coarser since', () => {
    const part: ReturnablePart = { kind: 'cash', amount: rupiah(10_000), returnedBefore: rupiah(1950) };
    const refund = { parts: [part], cashDue: rupiah(10_000), cashPaidBefore: rupiah(1950) };
    expect(moneyBack({ ...refund, refundNet: rupiah(10), step: 1000 })).toMatchObject({
      cashPaid: 0,
      rounding: 10,
    });
    expect(moneyBack({ ...refund, refundNet: rupiah(1100), step: 1000 })).toMatchObject({
      cashPaid: 1050,
      rounding: 50,
    });
  });

  test('of a free line is nothing, and of a sale of nothing too', () => {
    expect(wayBack(cash, 100, [0, 30, 0]).map(({ cashPaid }) => cashPaid)).toEqual([0, 100, 0]);
    expect(wayBack([], 0, [0])).toEqual([
      { parts: [], cashPaid: 0, rounding: 0, owedToBuyer: 0, completes: true },
    ]);
  });

  test('is no more than was paid', () => {
    expect(() => wayBack(cash, 100, [31])).toThrow();
    expect(() => wayBack(cash, 100, [15, 16])).toThrow();
    expect(() => wayBack(cash, 100, [-1])).toThrow();
    expect(() => wayBack([...cash, ...cash], 100, [1])).toThrow();
    expect(() => wayBack([['qris', 30]], 100, [1])).toThrow();
    const parts = [{ kind: 'cash' as const, amount: rupiah(30), returnedBefore: rupiah(0) }];
    const refund = { parts, cashDue: rupiah(100), refundNet: rupiah(1), step: 100 as const };
    expect(() => moneyBack({ ...refund, cashPaidBefore: rupiah(101) })).toThrow();
  });
});
