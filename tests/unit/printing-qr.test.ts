/**
 * Proves the QR codes that the program makes itself: an independent reader gets back whatever was put in, at both levels,
 * from every version that is used, also where modules are damaged; and no code is larger than the library's of the same
 * text. Texts are random, by the seed.
 */
import bwip from 'bwip-js/generic';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qrModules } from '../../main/engine/printing/qr-modules.ts';
import { readCode } from '../support/paper-codes.ts';
import { longestQris } from '../support/paper-samples.ts';
import { seed } from '../support/seed.ts';

const LEVELS = ['M', 'L'] as const;
const MOST = 512;

/** Runs of digits, of capitals and of anything, so that the ways of writing them change within a text. */
const texts = fc
  .array(
    fc.oneof(
      fc.stringMatching(/^\d{1,40}$/, { size: 'max' }),
      fc.stringMatching(/^[0-9A-Z $%*+./:-]{1,30}$/, { size: 'max' }),
      fc.stringMatching(/^[\x20-\x7e]{1,30}$/, { size: 'max' }),
    ),
    { minLength: 1, maxLength: 24, size: 'max' },
  )
  .map((parts) => parts.join('').slice(0, MOST));

/** Three dots a module on a white page, as a reader sees it. */
function read(modules: readonly (readonly boolean[])[]): string | undefined {
  const DOTS = 3;
  const width = (modules.length + 8) * DOTS;
  const rows = Array.from({ length: width }, (_, y) =>
    Array.from(
      { length: width },
      (_, x) => modules[Math.floor(y / DOTS) - 4]?.[Math.floor(x / DOTS) - 4] ?? false,
    ),
  );
  const code = readCode({ width, rows, afterLines: 0 }, width);
  return code?.format === 'qr' ? code.text : undefined;
}

function librarySize(text: string, eclevel: string): number {
  const [raw] = bwip.raw({ bcid: 'qrcode', text, eclevel } as Parameters<typeof bwip.raw>[0]);
  return raw && 'pixx' in raw ? raw.pixx : 0;
}

describe.each(LEVELS)('at level %s', (level) => {
  it('reads back what was written, in a code no larger than the library makes', () => {
    const sizes = new Set<number>();
    for (const text of fc.sample(texts, { seed, numRuns: 120 })) {
      const modules = qrModules(text, level);
      expect(read(modules), `SEED=${seed}`).toBe(text);
      expect(modules.length, `SEED=${seed} ${text}`).toBeLessThanOrEqual(librarySize(text, level));
      sizes.add(modules.length);
    }
    expect(sizes.size).toBeGreaterThan(4);
  });

  it('reads short and long texts of one sort of character, through all versions', () => {
    for (const character of ['7', 'K', 'k']) {
      for (let length = 1; length <= MOST; length += 5) {
        const text = character.repeat(length);
        expect(read(qrModules(text, level)), `${length} of ${character}`).toBe(text);
      }
    }
    const longest = longestQris();
    expect(read(qrModules(longest, level))).toBe(longest);
  });

  it('is read although modules are the wrong way round', () => {
    const places = fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000)), { minLength: 4, maxLength: 4 });
    const cases = fc.tuple(texts, places);
    for (const [text, wrong] of fc.sample(cases, { seed, numRuns: 60 })) {
      const modules = qrModules(text, level).map((row) => [...row]);
      if (level === 'L' && modules.length < 33) continue;
      // In the quarter without a finder, off the timing lines.
      const half = Math.floor(modules.length / 2);
      for (const [x, y] of wrong) {
        const row = modules[half + (y % half)] as boolean[];
        row[half + (x % half)] = !row[half + (x % half)];
      }
      expect(read(modules), `SEED=${seed} ${text}`).toBe(text);
    }
  });
});

it.each(['', 'caf\u00e9', 'a\nb', 'k'.repeat(900)])('refuses what no code of ours carries', (text) => {
  for (const level of LEVELS) expect(() => qrModules(text, level)).toThrow('rule broken');
});
