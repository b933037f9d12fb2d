/**
 * Proves cash rounding, split payment, change, quick keys and cash payouts by the tables of the center's rules: each
 * cell of the rounding table, each worked payment, and every way a till can get a payment wrong.
 */
import { describe, expect, test } from 'vitest';
import { MAX_RUPIAH, rupiah } from '../../shared/domain/money.ts';
import {
  cashPayout,
  eligible,
  minimumReached,
  payableNow,
  payoutFee,
} from '../../shared/domain/settlement.ts';
import { type StatementMovement, statementOf } from '../../shared/domain/statement.ts';
import {
  type CashStep,
  MAX_TENDERS,
  quickCash,
  type RoundingMode,
  roundCash,
  settleTenders,
  type TenderKind,
} from '../../shared/domain/tender.ts';

describe('rounding cash', () => {
  const columns: [CashStep, RoundingMode][] = [
    [100, 'down'],
    [100, 'nearest'],
    [100, 'up'],
    [500, 'down'],
    [500, 'nearest'],
    [500, 'up'],
  ];
  test.each([
    [12_749, [12_700, 12_700, 12_800, 12_500, 12_500, 13_000]],
    [12_750, [12_700, 12_800, 12_800, 12_500, 13_000, 13_000]],
    [12_765, [12_700, 12_800, 12_800, 12_500, 13_000, 13_000]],
    [12_800, [12_800, 12_800, 12_800, 12_500, 13_000, 13_000]],
    [25_250, [25_200, 25_300, 25_300, 25_000, 25_500, 25_500]],
    [107_331, [107_300, 107_300, 107_400, 107_000, 107_500, 107_500]],
  ])('%d by the table', (amount, expected) => {
    expect(columns.map(([step, mode]) => roundCash(rupiah(amount), step, mode))).toEqual(expected);
  });

  test('an amount above 0 never becomes 0, and 0 stays 0', () => {
    expect(roundCash(rupiah(49), 100, 'down')).toBe(100);
    expect(roundCash(rupiah(1), 1000, 'nearest')).toBe(1000);
    expect(roundCash(rupiah(0), 1000, 'up')).toBe(0);
  });

  test('step 0 leaves everything, step 50 and 1000 round', () => {
    expect(roundCash(rupiah(12_749), 0, 'up')).toBe(12_749);
    expect(roundCash(rupiah(12_774), 50, 'nearest')).toBe(12_750);
    expect(roundCash(rupiah(12_775), 50, 'nearest')).toBe(12_800);
    expect(roundCash(rupiah(12_500), 1000, 'nearest')).toBe(13_000);
  });

  test('the largest amount has no step above it', () => {
    expect(roundCash(rupiah(MAX_RUPIAH), 1000, 'up')).toBe(99_999_999_000);
  });
});

function settle(
  total: number,
  tenders: [TenderKind, number][],
  step: CashStep = 100,
  mode: RoundingMode = 'down',
) {
  return settleTenders({
    total: rupiah(total),
    tenders: tenders.map(([kind, amount]) => ({ kind, amount: rupiah(amount) })),
    step,
    mode,
  });
}

describe('paying 107.331', () => {
  test('in cash: rounded, with change', () => {
    expect(settle(107_331, [['cash', 110_000]])).toEqual({
      ok: true,
      rounding: -31,
      cashDue: 107_300,
      change: 2700,
    });
  });

  test('QRIS 57.331 then cash 50.000: nothing to round', () => {
    const paid = { ok: true, rounding: 0, cashDue: 50_000, change: 0 };
    expect(
      settle(107_331, [
        ['qris', 57_331],
        ['cash', 50_000],
      ]),
    ).toEqual(paid);
    expect(
      settle(107_331, [
        ['cash', 50_000],
        ['qris', 57_331],
      ]),
    ).toEqual(paid);
  });

  test('QRIS 50.000: cash due 57.331 becomes 57.300', () => {
    const expected = { ok: true, rounding: -31, cashDue: 57_300, change: 2700 };
    expect(
      settle(107_331, [
        ['qris', 50_000],
        ['cash', 60_000],
      ]),
    ).toEqual(expected);
  });

  test('without cash is exact', () => {
    const expected = { ok: true, rounding: 0, cashDue: 0, change: 0 };
    expect(
      settle(107_331, [
        ['qris', 7331],
        ['debit', 50_000],
        ['transfer', 50_000],
      ]),
    ).toEqual(expected);
  });

  test('several notes of cash count together', () => {
    const expected = { ok: true, rounding: 69, cashDue: 107_400, change: 0 };
    expect(
      settle(
        107_331,
        [
          ['cash', 100_000],
          ['cash', 7400],
        ],
        100,
        'up',
      ),
    ).toEqual(expected);
  });
});

describe('a payment that does not do', () => {
  test('too little says what is short in cash and what would be exact', () => {
    expect(settle(107_331, [['qris', 50_000]])).toEqual({
      ok: false,
      reason: 'short',
      rounding: -31,
      cashDue: 57_300,
      short: 57_300,
      exactLeft: 57_331,
    });
    expect(settle(107_331, [['cash', 107_299]])).toMatchObject({ reason: 'short', short: 1, exactLeft: 32 });
    expect(settle(107_331, [])).toMatchObject({ reason: 'short', short: 107_300 });
  });

  test('non-cash above the total is refused, by how much', () => {
    const refused = { ok: false, reason: 'non-cash-exceeds-total', excess: 1 };
    expect(settle(107_331, [['qris', 107_332]])).toEqual(refused);
    expect(
      settle(107_331, [
        ['qris', 100_000],
        ['debit', 7332],
        ['cash', 1],
      ]),
    ).toEqual(refused);
  });

  test('cash where nothing is left to pay is refused', () => {
    expect(
      settle(500, [
        ['qris', 500],
        ['cash', 100],
      ]),
    ).toEqual({ ok: false, reason: 'cash-not-due' });
  });

  test('a tender of nothing, too many of them, or too much money', () => {
    expect(
      settle(500, [
        ['cash', 500],
        ['qris', 0],
      ]),
    ).toEqual({ ok: false, reason: 'tender-not-positive', tender: 1 });
    expect(settle(500, [['cash', -500]])).toMatchObject({ reason: 'tender-not-positive', tender: 0 });
    expect(settle(500, Array(MAX_TENDERS + 1).fill(['cash', 500]))).toMatchObject({
      reason: 'too-many-tenders',
    });
    expect(
      settle(500, [
        ['cash', MAX_RUPIAH],
        ['cash', 1],
      ]),
    ).toMatchObject({ reason: 'amount-too-large' });
  });

  test('a sale of 0 needs no tender', () => {
    expect(settle(0, [])).toEqual({ ok: true, rounding: 0, cashDue: 0, change: 0 });
  });
});

test.each([
  [57_300, [57_300, 60_000, 100_000]],
  [107_300, [107_300, 110_000, 120_000, 150_000, 200_000]],
  [3000, [3000, 5000, 10_000, 20_000, 50_000, 100_000]],
  [50_000, [50_000, 55_000, 60_000, 100_000]],
  [0, []],
])('quick cash keys for %d', (due, keys) => {
  expect(quickCash(rupiah(due))).toEqual(keys);
});

describe('paying a vendor in cash', () => {
  test('is rounded down and the rest is kept', () => {
    expect(cashPayout(rupiah(486_003), 100)).toEqual({ paid: 486_000, rest: 3 });
    expect(cashPayout(rupiah(486_003), 1000)).toEqual({ paid: 486_000, rest: 3 });
    expect(cashPayout(rupiah(486_003), 0)).toEqual({ paid: 486_003, rest: 0 });
    expect(cashPayout(rupiah(500_000), 500)).toEqual({ paid: 500_000, rest: 0 });
  });

  test('less than one step pays nothing: the buyer\u2019s rule does not apply here', () => {
    expect(cashPayout(rupiah(99), 100)).toEqual({ paid: 0, rest: 99 });
    expect(cashPayout(rupiah(0), 100)).toEqual({ paid: 0, rest: 0 });
    expect(() => cashPayout(rupiah(-1), 100)).toThrow();
  });

  test('what is held or disputed is not payable, nor more than the balance', () => {
    const standing = { balance: rupiah(100_000), held: rupiah(30_000), disputed: rupiah(5000) };
    expect(eligible(standing)).toBe(65_000);
    expect(payableNow(standing)).toBe(65_000);
    expect(payableNow({ ...standing, held: rupiah(-30_000), disputed: rupiah(0) })).toBe(100_000);
    expect(payableNow({ ...standing, balance: rupiah(-3997) })).toBe(0);
  });

  test.each([
    [50_000, 0, 50_000, true],
    [49_999, 0, 50_000, false],
    [60_000, 10_000, 50_000, true],
    [60_000, 10_001, 50_000, false],
    [-3997, 0, 0, false],
    [0, 0, 0, true],
  ])('%d eligible with %d of fees against a minimum of %d', (amount, fees, minimum, reached) => {
    expect(minimumReached(rupiah(amount), rupiah(fees), rupiah(minimum))).toBe(reached);
  });

  test.each<[number, number, CashStep, number]>([
    [10_000, 2500, 0, 2500],
    [2501, 2500, 0, 2500],
    [2500, 2500, 0, 0],
    [2499, 2500, 0, 0],
    [-3997, 2500, 0, 0],
    // In cash less than one step is nothing to pay.
    [2599, 2500, 100, 0],
    [2600, 2500, 100, 2500],
  ])('%d with a payout fee of %d in steps of %d is charged %d', (available, fee, step, charged) => {
    expect(payoutFee(rupiah(available), rupiah(fee), step)).toBe(charged);
  });

  test('fees and minimum are never below 0', () => {
    expect(() => payoutFee(rupiah(1), rupiah(-1))).toThrow();
    expect(() => minimumReached(rupiah(1), rupiah(-1), rupiah(0))).toThrow();
    expect(() => minimumReached(rupiah(1), rupiah(0), rupiah(-1))).toThrow();
  });
});

describe('a statement', () => {
  const movement = (
    section: StatementMovement['section'],
    amount: number,
    seq: number,
  ): StatementMovement => {
    return { section, amount: rupiah(amount), seq };
  };

  test('carries a refund after payout on as the worked claw-back', () => {
    const first = statementOf(rupiah(0), [movement('shares', 500_000, 1), movement('payouts', -500_000, 2)]);
    expect(first.closing).toBe(0);
    const second = statementOf(first.closing, [
      movement('reversals', -13_997, 3),
      movement('shares', 10_000, 4),
    ]);
    expect(second.sections.map(({ section, sum }) => [section, sum])).toEqual([
      ['shares', 10_000],
      ['reversals', -13_997],
      ['fees', 0],
      ['adjustments', 0],
      ['payouts', 0],
    ]);
    expect(second.opening).toBe(0);
    expect(second.closing).toBe(-3997);
    expect(payableNow({ balance: second.closing, held: rupiah(0), disputed: rupiah(0) })).toBe(0);
    expect(statementOf(second.closing, []).opening).toBe(-3997);
  });

  test('keeps what a movement carries, in the order it was posted', () => {
    const labelled = [
      { ...movement('fees', -2, 9), label: 'b' },
      { ...movement('fees', -1, 3), label: 'a' },
    ];
    const statement = statementOf(rupiah(10), labelled);
    expect(statement.sections[2]?.movements.map(({ label }) => label)).toEqual(['a', 'b']);
    expect(statement.closing).toBe(7);
  });
});
