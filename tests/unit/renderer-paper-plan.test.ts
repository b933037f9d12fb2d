/**
 * Proves how the picture of a paper is laid out from its elements: rows one under the other without overlaps, tall rows
 * twice as high, codes dot for dot, marks for what is not on paper, and an end where no browser could draw on. Random
 * papers are seeded: SEED= repeats a run.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode } from '../../main/engine/printing/escpos.ts';
import { PROFILES } from '../../main/engine/printing/printer.ts';
import {
  blackRuns,
  MAX_PLAN_DOTS,
  paperWords,
  planPaper,
} from '../../renderer/features/printing/paper-plan.ts';
import { productEan13 } from '../../shared/domain/barcode.ts';
import { type PaperElement, readPaper } from '../../shared/domain/escpos-reading.ts';
import { paperLines } from '../../shared/domain/paper.ts';
import { cases, seed } from '../support/seed.ts';

const WIDTH = { columns: 32, dots: 384 };
const plain = { bold: false, tall: false, wide: false };

const element: fc.Arbitrary<PaperElement> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text: fc.string({ minLength: 1, maxLength: 32 }),
    bold: fc.boolean(),
    tall: fc.boolean(),
    wide: fc.boolean(),
  }),
  fc.integer({ min: 1, max: 300 }).map((heightDots) => ({
    kind: 'picture' as const,
    widthDots: 16,
    heightDots,
    bits: new Uint8Array(2 * heightDots).fill(0xa5),
  })),
  fc.record({ kind: fc.constant('feed' as const), lines: fc.integer({ min: 1, max: 9 }) }),
  fc.constant({ kind: 'cut' as const }),
  fc.constant({ kind: 'kick' as const, pin: 2 as const }),
  fc.constant({ kind: 'unknown' as const, hex: '1d 99' }),
);

test('nothing lies over anything else, in their order, and all of it on the picture', () => {
  fc.assert(
    fc.property(fc.array(element, { maxLength: 60 }), (elements) => {
      const plan = planPaper(elements, WIDTH);
      let below = 0;
      for (const { top, heightDots } of plan.drawn) {
        expect(top).toBeGreaterThanOrEqual(below);
        expect(heightDots).toBeGreaterThan(0);
        below = top + heightDots;
      }
      expect(plan.heightDots).toBeGreaterThanOrEqual(below);
      expect(plan.widthDots).toBe(384);
      const seen = elements.filter(({ kind }) => kind !== 'feed').length;
      expect(plan.drawn).toHaveLength(seen);
    }),
    { seed, numRuns: Math.min(cases, 2_000) },
  );
});

test('a paper longer than any picture ends in a mark that says so', () => {
  const rows = Array.from({ length: 2_000 }, (): PaperElement => ({ kind: 'text', text: 'x', ...plain }));
  const plan = planPaper(rows, WIDTH);
  expect(plan.drawn.at(-1)?.kind).toBe('more');
  expect(plan.drawn.length).toBeGreaterThan(500);
  expect(plan.heightDots).toBeLessThanOrEqual(MAX_PLAN_DOTS);
});

test('characters of 32, 42 and 48 columns share the dots of the paper', () => {
  expect(planPaper([], WIDTH).cellDots).toBe(12);
  expect(planPaper([], { columns: 48, dots: 576 }).cellDots).toBe(12);
  expect(planPaper([], { columns: 42, dots: 512 }).cellDots).toBeCloseTo(12.19, 2);
});

test('a tall row takes twice the height of a plain one', () => {
  const [low, high] = planPaper(
    [
      { kind: 'text', text: 'a', ...plain },
      { kind: 'text', text: 'b', ...plain, tall: true },
    ],
    WIDTH,
  ).drawn;
  expect(high?.heightDots).toBe(2 * (low?.heightDots ?? 0));
});

test('runs of black dots are exactly the black dots', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat(255), { minLength: 4, maxLength: 64 }),
      (bytes, all) => {
        const heightDots = Math.floor(all.length / bytes);
        const bits = Uint8Array.from(all.slice(0, heightDots * bytes));
        const again = new Uint8Array(bits.length);
        for (const [x, y, length] of blackRuns({ widthDots: bytes * 8, heightDots, bits })) {
          expect(length).toBeGreaterThan(0);
          for (let dot = x; dot < x + length; dot += 1) again[y * bytes + (dot >> 3)]! |= 0x80 >> (dot & 7);
        }
        expect(again).toEqual(bits);
      },
    ),
    { seed, numRuns: Math.min(cases, 1_000) },
  );
});

test('the bytes of a real job become rows, a code, a cut and a drawer', () => {
  const items = [
    ...paperLines(['PUSAT OLEH-OLEH'], { bold: true, align: 'center' }),
    ...paperLines(['Total 18.000']),
  ];
  const bytes = encode([...items, { code: 'ean13', text: productEan13(7) }], PROFILES.epson, {
    kick: true,
    cut: true,
  });
  const { columns, dots } = PROFILES.epson;
  const elements = readPaper(bytes, { columns, dots });
  const kinds = planPaper(elements, { columns, dots }).drawn.map(({ kind }) => kind);
  expect(kinds[0]).toBe('kick');
  expect(kinds).toContain('picture');
  expect(kinds.at(-1)).toBe('cut');
  expect(kinds).not.toContain('unknown');
  expect(paperWords(elements).split('\n').slice(0, 2)).toEqual(['PUSAT OLEH-OLEH', 'Total 18.000']);
});
