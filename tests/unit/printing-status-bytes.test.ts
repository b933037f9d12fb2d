/**
 * Proves that a printer's answers are told apart by their fixed bits (Epson, ESC/POS Command Reference: DLE EOT, GS r,
 * GS a) however the bytes are cut into chunks, and that each of the bits that stop paper is understood.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  causeProblem,
  paperProblem,
  ranOut,
  type StatusBytes,
  statusReader,
} from '../../main/engine/printing/status-bytes.ts';
import { seeded } from '../support/seed.ts';

/** A byte with the fixed bits given, the rest free. */
const byteWith = (fixed: number, free: number) =>
  fc.integer({ min: 0, max: 0xff }).map((byte) => fixed | (byte & free));
const atOnce = byteWith(0x12, 0x6c).map((byte) => ({ kind: 'atOnce' as const, bytes: [byte] }));
const inTurn = byteWith(0x00, 0x6f).map((byte) => ({ kind: 'inTurn' as const, bytes: [byte] }));
const automatic = fc
  .tuple(byteWith(0x10, 0x6c), byteWith(0, 0x6f), byteWith(0, 0x6f), byteWith(0, 0x6f))
  .map((bytes) => ({ kind: 'automatic' as const, bytes: [...bytes] }));

describe('what a printer sends', () => {
  it('is told apart, one thing after the other, in chunks of any size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(atOnce, inTurn, automatic), { maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
        (said, cuts) => {
          const stream = said.flatMap(({ bytes }) => bytes);
          const read = statusReader();
          const seen: StatusBytes = { atOnce: [], inTurn: [] };
          for (let from = 0, cut = 0; from < stream.length; cut += 1) {
            const to = from + (cuts[cut % cuts.length] ?? 1);
            const part = read(Uint8Array.from(stream.slice(from, to)));
            seen.atOnce.push(...part.atOnce);
            seen.inTurn.push(...part.inTurn);
            from = to;
          }
          const of = (kind: string) =>
            said.filter((each) => each.kind === kind).flatMap(({ bytes }) => bytes);
          expect(seen).toEqual({ atOnce: of('atOnce'), inTurn: of('inTurn') });
        },
      ),
      seeded(),
    );
  });

  it('does not take flow control for an answer', () => {
    const read = statusReader();
    expect(read(Uint8Array.from([0x11, 0x13]))).toEqual({ atOnce: [], inTurn: [] });
  });
});

describe('what stops paper', () => {
  it.each([
    ['enough', 0x12, undefined],
    ['near its end', 0x1e, undefined],
    ['at its end', 0x72, 'paper-out'],
    ['at its end by one of two sensors', 0x32, 'paper-out'],
  ])('paper is %s', (_what, byte, problem) => expect(paperProblem(byte)).toBe(problem));

  it.each([
    ['nothing', 0x12, undefined],
    ['a person who feeds paper', 0x1a, undefined],
    ['the cover', 0x16, 'cover-open'],
    ['the end of the paper, under an open cover', 0x36, 'paper-out'],
    ['an error', 0x52, 'printer-error'],
  ])('%s stops it', (_what, byte, problem) => expect(causeProblem(byte)).toBe(problem));

  it.each([
    [0x00, false],
    [0x03, false],
    [0x0c, true],
    [0x0f, true],
  ])('GS r 1 says 0x%s', (byte, out) => expect(ranOut(byte)).toBe(out));
});
