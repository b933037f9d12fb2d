/**
 * Proves what a split payment comes to at every state: only the cash part that is left is rounded, an exact part is
 * never more than what is left, and what is sent settles exactly by the engine's own rule. Figures of the written rules,
 * then random ones (SEED=, CASES=). That the buyer's window shows what the till shows, and that a code on the screen can
 * be read, by a reader that has nothing to do with the program.
 */
import {
  BinaryBitmap,
  DecodeHintType,
  GlobalHistogramBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
} from '@zxing/library';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sceneOf } from '../../renderer/features/display/scene.ts';
import {
  arrivedOf,
  oddChangeOf,
  type Payment,
  paymentOf,
  readPart,
  tendersOf,
  unseenQris,
} from '../../renderer/features/pay/payment.ts';
import type { GoodsLine, TakenPart } from '../../renderer/stores/basket.ts';
import { type QrPath, qrPath } from '../../renderer/ui/qr-path.ts';
import { rupiah } from '../../shared/domain/money.ts';
import { dynamicQris } from '../../shared/domain/qris.ts';
import { CASH_STEPS, ROUNDING_MODES, settleTenders } from '../../shared/domain/tender.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';
import { STATIC_QRIS } from '../support/till-shop.ts';

const DOWN_100 = { stepRupiah: 100, mode: 'down' } as const;

const shown = { ticket: 9, code: 'T2610230001', payload: 'x', seen: false };
const qris = (amountRupiah: number): TakenPart => ({ kind: 'qris', amountRupiah, qris: shown });
const debit = (amountRupiah: number): TakenPart => ({ kind: 'debit', amountRupiah, reference: '4471' });

function pay(total: number, taken: TakenPart[], typed = ''): Payment {
  return paymentOf({ totalRupiah: rupiah(total), taken, typed, rounding: DOWN_100 });
}

describe('a split payment', () => {
  test('without parts is cash, rounded as the center says', () => {
    expect(pay(107_331, [])).toEqual({
      state: 'open',
      leftRupiah: 107_331,
      cashDueRupiah: 107_300,
      tenderedRupiah: 107_300,
      changeRupiah: 0,
    });
    expect(pay(107_331, [], '110')).toMatchObject({ tenderedRupiah: 110_000, changeRupiah: 2_700 });
    expect(pay(107_331, [], '100')).toMatchObject({ tenderedRupiah: 100_000, changeRupiah: undefined });
    expect(pay(107_331, [], 'abc')).toMatchObject({ tenderedRupiah: undefined, changeRupiah: undefined });
  });

  test('asks about change that nobody would wait for, of the rest after other parts as well', () => {
    expect(oddChangeOf(pay(20_000, [], '99999999'))).toBe(99_979_999);
    expect(oddChangeOf(pay(120_000, [debit(100_000)], '120rb'))).toBe(100_000);
    expect(oddChangeOf(pay(120_000, [], '220'))).toBe(100_000);
    expect(oddChangeOf(pay(100_000, [], '200'))).toBeUndefined();
    expect(oddChangeOf(pay(20_000, [], '10000'))).toBeUndefined();
    expect(oddChangeOf(pay(20_000, [], ''))).toBeUndefined();
    expect(oddChangeOf(pay(20_000, [qris(20_000)]))).toBeUndefined();
    expect(oddChangeOf(pay(20_000, [qris(30_000)]))).toBeUndefined();
  });

  test('rounds only what is left for cash', () => {
    expect(pay(107_331, [qris(57_331)])).toMatchObject({ leftRupiah: 50_000, cashDueRupiah: 50_000 });
    expect(pay(107_331, [qris(50_000)])).toMatchObject({ leftRupiah: 57_331, cashDueRupiah: 57_300 });
    expect(pay(107_331, [qris(50_000), debit(7_331)])).toMatchObject({ cashDueRupiah: 50_000 });
  });

  test('is paid when the parts are the total, and over when the basket shrank below them', () => {
    expect(pay(107_331, [qris(107_331)])).toEqual({ state: 'paid' });
    expect(pay(107_331, [qris(50_000), debit(57_331)], '5')).toEqual({ state: 'paid' });
    expect(pay(40_000, [qris(50_000)])).toEqual({ state: 'over', excessRupiah: 10_000 });
  });

  test('takes an exact part of what is typed, up to what is left', () => {
    expect(readPart('', rupiah(57_331))).toBe(57_331);
    expect(readPart('50', rupiah(57_331))).toBe(50_000);
    expect(readPart('50.000', rupiah(57_331))).toBe(50_000);
    expect(readPart('57331', rupiah(57_331))).toBe(57_331);
    expect(readPart('25k', rupiah(57_331))).toBe(25_000);
    // 60.000 would be more than is left, so these are sixty rupiah; nobody is made to type `60.000` by accident.
    expect(readPart('60', rupiah(57_331))).toBe(60);
    for (const typed of ['57332', '60000', '0', '-5', 'x', '1,5']) {
      expect([typed, readPart(typed, rupiah(57_331))]).toEqual([typed, undefined]);
    }
  });

  test('is sent with its references and tickets, cash last and only where there is some', () => {
    expect(tendersOf([qris(50_000), debit(7_331)], 60_000)).toEqual([
      { kind: 'qris', amountRupiah: 50_000, ticket: 9 },
      { kind: 'debit', amountRupiah: 7_331, reference: '4471' },
      { kind: 'cash', amountRupiah: 60_000 },
    ]);
    expect(tendersOf([debit(7_331)], 0)).toHaveLength(1);
  });

  test('knows the code whose payment nobody saw', () => {
    expect(unseenQris([debit(1), qris(2)])).toBe(1);
    expect(unseenQris([{ ...qris(2), qris: { ...shown, seen: true } }])).toBe(-1);
    expect(unseenQris([])).toBe(-1);
  });

  test(
    'whatever parts are taken on the way, what is sent settles to the rupiah',
    () => {
      const sale = fc.record({
        total: fc.integer({ min: 1, max: 5_000_000 }),
        shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 9 }),
        more: fc.nat({ max: 200_000 }),
        stepRupiah: fc.constantFrom(...CASH_STEPS),
        mode: fc.constantFrom(...ROUNDING_MODES),
      });
      fc.assert(
        fc.property(sale, ({ total, shares, more, stepRupiah, mode }) => {
          const totalRupiah = rupiah(total);
          const rounding = { stepRupiah, mode };
          const taken: TakenPart[] = [];
          for (const share of shares) {
            const now = paymentOf({ totalRupiah, taken, typed: '', rounding });
            if (now.state !== 'open') break;
            const part = readPart(String(Math.round(share * now.leftRupiah)), now.leftRupiah);
            if (part !== undefined) taken.push(debit(part));
          }
          const before = paymentOf({ totalRupiah, taken, typed: '', rounding });
          expect(before.state).not.toBe('over');
          const due = before.state === 'open' ? before.cashDueRupiah : 0;
          const typed = String(Math.max(due + more, 1_000));
          const now = paymentOf({ totalRupiah, taken, typed, rounding });
          const cash = now.state === 'open' ? (now.tenderedRupiah ?? 0) : 0;
          const tenders = tendersOf(taken, cash).map(({ kind, amountRupiah }) => ({
            kind: kind as 'cash' | 'debit',
            amount: rupiah(amountRupiah),
          }));
          const settled = settleTenders({ total: totalRupiah, tenders, step: stepRupiah, mode });
          expect(settled.ok).toBe(true);
          if (now.state === 'open' && settled.ok) {
            expect([now.cashDueRupiah, now.changeRupiah]).toEqual([settled.cashDue, settled.change]);
          }
        }),
        seeded(),
      );
    },
    PROPERTY_TIMEOUT_MS,
  );
});

describe("the buyer's window", () => {
  const line: GoodsLine = {
    product: 1,
    name: 'Kerupuk',
    vendorCode: 'BU-01',
    unit: 'kg',
    priceRupiah: 28_500,
    qty: 755,
    discount: { rupiah: 1_518 },
    onHandQty: 9_000,
  };
  const basket = { lines: [line], discount: { rupiah: 1_000 }, taken: [debit(4_000)] };
  const done = { totalRupiah: 19_000, changeRupiah: 1_000 };
  const code = { amountRupiah: 15_000, code: 'T2610230001', payload: 'x' };

  test('shows the goods with what they cost, what is saved and what came in', () => {
    expect(sceneOf({ basket, qris: null, lastSale: done })).toEqual({
      name: 'basket',
      lines: [{ name: 'Kerupuk', detail: '0,755 kg × Rp28.500', amountRupiah: 20_000 }],
      totalRupiah: 19_000,
      savedRupiah: 2_518,
      takenRupiah: 4_000,
    });
  });

  test('shows the code before the goods, the change after them, and a welcome between two buyers', () => {
    expect(sceneOf({ basket, qris: code, lastSale: null })).toEqual({ name: 'qris', ...code });
    const empty = { lines: [], discount: null, taken: [] };
    expect(sceneOf({ basket: empty, qris: null, lastSale: done })).toEqual({ name: 'done', ...done });
    expect(sceneOf({ basket: empty, qris: null, lastSale: null })).toEqual({ name: 'welcome' });
  });
});

describe('a code on the screen', () => {
  /** The dots of a path by the even-odd rule, one for each of its units: every upright edge turns dark to light. */
  function dotsOf({ path, side }: QrPath): Uint8ClampedArray {
    const turns = new Uint8Array(side * side);
    for (const [, points = ''] of path.matchAll(/M([^Z]+)Z/g)) {
      const outline = points.split('L').map((point) => point.split(' ').map(Number) as [number, number]);
      for (const [index, [x, y]] of outline.entries()) {
        const [nextX, nextY] = outline[(index + 1) % outline.length] as [number, number];
        if (x !== nextX) continue;
        for (let row = Math.min(y, nextY); row < Math.max(y, nextY); row += 1) {
          turns[row * side + x] = 1 - (turns[row * side + x] ?? 0);
        }
      }
    }
    let isDark = 0;
    return Uint8ClampedArray.from(turns, (turn, dot) => {
      isDark = dot % side === 0 ? turn : isDark ^ turn;
      return isDark === 1 ? 0 : 255;
    });
  }

  function read(qr: QrPath): string {
    const source = new RGBLuminanceSource(dotsOf(qr), qr.side, qr.side);
    const picture = new BinaryBitmap(new GlobalHistogramBinarizer(source));
    return new QRCodeReader().decode(picture, new Map([[DecodeHintType.PURE_BARCODE, true]])).getText();
  }

  test.each([1, 25_000, 1_234_500, 10_000_000])('for Rp%i is read again', (amountRupiah) => {
    const made = dynamicQris(STATIC_QRIS, { amountRupiah, bill: 'TRX2610230001' });
    if (!made.ok) throw new Error('no code');
    expect(read(qrPath(made.text))).toBe(made.text);
  });

  test('of the longest text a center may set is read again', () => {
    const text = `${STATIC_QRIS}${'7'.repeat(512 - STATIC_QRIS.length)}`;
    expect(read(qrPath(text))).toBe(text);
  });
});

test('a code that was only shown is no money yet', () => {
  const seen: TakenPart = { kind: 'qris', amountRupiah: 9_000, qris: { ...shown, seen: true } };
  expect(arrivedOf([])).toEqual({ inRupiah: 0, awaitedRupiah: 0 });
  expect(arrivedOf([debit(5_000), qris(7_000), seen])).toEqual({ inRupiah: 14_000, awaitedRupiah: 7_000 });
});
