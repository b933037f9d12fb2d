/**
 * Proves that a print job says on paper exactly what its lines say, by reading its bytes back with a decoder of our
 * own that throws at anything it does not know: for every profile, width, style and random text.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode, MAX_LINES } from '../../main/engine/printing/escpos.ts';
import { PROFILES, type PrinterProfile } from '../../main/engine/printing/printer.ts';
import { type PaperLine, paddedText, paperLines } from '../../shared/domain/paper.ts';
import { readPaper } from '../support/paper.ts';
import { cases, PROPERTY_TIMEOUT_MS, seed } from '../support/seed.ts';

const plain = { bold: false, tall: false };
const both = { kick: true, cut: true };

describe('the head of a job', () => {
  it('kicks first, then resets, then sets the code page of the profile', () => {
    const profile: PrinterProfile = { ...PROFILES.epson, codePage: 19, kickPin: 5 };
    const bytes = encode(paperLines(['a']), profile, both);
    expect(bytes.subarray(0, 10).toString('hex')).toBe('1b700119fa1b401b7413');
    const paper = readPaper(bytes);
    expect(paper.kicks).toEqual([{ pin: 5, afterLines: 0, afterCommands: 0 }]);
    expect(paper.codePages).toEqual([19]);
    expect(paper.leftChineseMode).toBe(false);
  });

  it('leaves the Chinese mode of a clone before anything else', () => {
    const bytes = encode(paperLines(['a']), PROFILES.simple58, both);
    expect(bytes.subarray(0, 2).toString('hex')).toBe('1c2e');
    expect(readPaper(bytes).kicks).toEqual([{ pin: 2, afterLines: 0, afterCommands: 1 }]);
  });

  it('opens the drawer alone without resetting or feeding', () => {
    expect(encode([], PROFILES.epson, both).toString('hex')).toBe('1b700019fa');
  });

  it('is empty when only a drawer is wished and none hangs on the printer', () => {
    expect(encode([], { ...PROFILES.epson, kickPin: null }, both)).toHaveLength(0);
    expect(readPaper(encode(paperLines(['a']), PROFILES.custom, both)).kicks).toEqual([]);
  });
});

describe('the lines', () => {
  it('keeps empty lines, styles and the way back to plain', () => {
    const lines: PaperLine[] = [
      { text: 'TOTAL', bold: true, tall: true, align: 'center' },
      { text: '', bold: false, tall: false, align: 'left' },
      { text: 'x', bold: false, tall: false, align: 'left' },
    ];
    const paper = readPaper(encode(lines, PROFILES.simple58, { kick: false, cut: false }));
    expect(paper.lines).toEqual([
      { text: `${' '.repeat(13)}TOTAL`, bold: true, tall: true },
      { text: '', ...plain },
      { text: 'x', ...plain },
    ]);
  });

  it('prints a line of double size in half as many columns', () => {
    const wide: PaperLine = { text: 'Rp5.000', bold: false, tall: true, wide: true, align: 'center' };
    const bytes = encode([wide], { ...PROFILES.simple58, columns: 33 }, { kick: false, cut: false });
    const paper = readPaper(bytes);
    expect(paper.lines).toEqual([{ text: '    Rp5.000', bold: false, tall: true, wide: true }]);
    expect(bytes.includes(Buffer.from([0x1b, 0x21, 0x00]))).toBe(true);
  });

  it('keeps the order of everything, however many lines there are', () => {
    const texts = Array.from({ length: 300 }, (_, index) => String(index));
    const codes = texts.flatMap((text) => [
      ...paperLines([text]),
      { code: 'ean8', text: '96385074' } as const,
    ]);
    const paper = readPaper(encode(codes, PROFILES.simple58, { kick: false, cut: false }));
    expect(paper.lines.map(({ text }) => text)).toEqual(texts);
    const [first] = paper.rasters;
    const places = paper.rasters.filter(({ bits }) => bits.equals(first?.bits ?? Buffer.alloc(0)));
    expect(new Set(places.map(({ afterLines }) => afterLines))).toEqual(
      new Set(texts.map((_, at) => at + 1)),
    );
  });

  it('breaks a line that is longer than the paper and loses nothing of it', () => {
    const paper = readPaper(
      encode(paperLines(['a'.repeat(40)]), PROFILES.simple58, { kick: false, cut: false }),
    );
    expect(paper.lines.map((line) => line.text)).toEqual(['a'.repeat(32), 'a'.repeat(8)]);
  });

  it.each(['\u20ac', 'caf\u00e9', 'a\nb', 'a\x1bp', '\x7f', 'a\tb'])('refuses %j', (text) => {
    expect(() => encode(paperLines([text]), PROFILES.epson, both)).toThrow('printable ASCII');
  });

  it('refuses more lines than a job may have, and widths that no paper has', () => {
    const many = paperLines(Array.from({ length: MAX_LINES + 1 }, () => 'a'));
    expect(() => encode(many, PROFILES.epson, both)).toThrow('too many lines');
    expect(() => encode([], { ...PROFILES.epson, columns: 4 }, both)).toThrow('columns');
    expect(() => encode([], { ...PROFILES.epson, codePage: 256 }, both)).toThrow('code page');
  });
});

describe('the end of the paper', () => {
  it('cuts after feeding past the cutter, and prints nothing after the reset', () => {
    const paper = readPaper(encode(paperLines(['a']), PROFILES.epson, both));
    expect(paper.cuts).toEqual([{ afterLines: 5 }]);
    expect(paper.lines).toHaveLength(5);
  });

  it('tears where there is no cutter', () => {
    const paper = readPaper(encode(paperLines(['a']), PROFILES.simple58, both));
    expect(paper.cuts).toEqual([]);
    const texts = paper.lines.map((line) => line.text);
    expect(texts).toEqual(['a', '', `${'- '.repeat(15)}-`, '', '', '', '']);
  });

  it('asks for the status last, and only where the profile says that it is answered', () => {
    const asking = encode(paperLines(['a']), { ...PROFILES.epson, answersStatus: true }, both);
    expect(asking.subarray(-3).toString('hex')).toBe('1d7201');
    expect(readPaper(asking).asksStatus).toBe(true);
    expect(readPaper(encode(paperLines(['a']), PROFILES.epson, both)).asksStatus).toBe(false);
  });
});

describe('any text on any printer', () => {
  const line = fc.record({
    text: fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map(String.fromCharCode), maxLength: 96 }),
    bold: fc.boolean(),
    tall: fc.boolean(),
    wide: fc.boolean(),
    align: fc.constantFrom('left' as const, 'center' as const),
  });
  const profile = fc.record({
    kind: fc.constantFrom('epson' as const, 'simple58' as const, 'custom' as const),
    columns: fc.oneof(fc.constantFrom(32, 42, 48), fc.integer({ min: 24, max: 96 })),
    codePage: fc.integer({ min: 0, max: 255 }),
    canCut: fc.boolean(),
    kickPin: fc.constantFrom(2 as const, 5 as const, null),
    answersStatus: fc.boolean(),
    dots: fc.constantFrom(384, 512, 576),
    raster: fc.boolean(),
  });

  it(
    'reads back as it was written',
    () => {
      const property = fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        profile,
        fc.boolean(),
        (lines, to, kick) => {
          const fitting = lines.map((each) => {
            return { ...each, text: each.text.slice(0, each.wide ? Math.floor(to.columns / 2) : to.columns) };
          });
          const paper = readPaper(encode(fitting, to, { kick, cut: true }));
          expect(paper.lines.slice(0, lines.length)).toEqual(
            fitting.map((each) => ({
              text: paddedText(each, to.columns).trimEnd(),
              bold: each.bold,
              tall: each.tall || each.wide,
              ...(each.wide ? { wide: true } : {}),
            })),
          );
          expect(paper.unfinished).toBe('');
          expect(paper.kicks.map((each) => each.pin)).toEqual(
            kick && to.kickPin !== null ? [to.kickPin] : [],
          );
          for (const each of paper.kicks) expect(each.afterLines).toBe(0);
          expect(paper.cuts).toHaveLength(to.canCut ? 1 : 0);
          expect(paper.codePages).toEqual([to.codePage]);
          expect(paper.leftChineseMode).toBe(to.kind !== 'epson');
        },
      );
      fc.assert(property, { seed, numRuns: Math.min(cases, 2_000) });
    },
    PROPERTY_TIMEOUT_MS,
  );
});

describe('the decoder of these tests', () => {
  it.each([
    ['an unknown command', '1b58', 'unknown bytes'],
    ['a byte that is no text', 'e9', 'ends in the middle'],
    ['half a command', '1b70', 'ends in the middle'],
    ['a pulse without length', '1b70000000', 'unknown bytes'],
    ['half a raster', '1d76300001000200ff', 'ends in the middle'],
    ['a raster in the middle of a line', '411d76300001000100ff', 'unknown bytes'],
    ['a raster of doubled dots', '1d76300301000100ff', 'unknown bytes'],
  ])('throws at %s', (_what, hex, message) => {
    expect(() => readPaper(Buffer.from(hex, 'hex'))).toThrow(message);
  });

  it('reads a raster and text that was left without its line feed', () => {
    const paper = readPaper(Buffer.from('1d76300001000200ffff41', 'hex'));
    const bits = Buffer.from('ffff', 'hex');
    expect(paper.rasters).toEqual([{ widthDots: 8, heightDots: 2, afterLines: 0, bits }]);
    expect(paper.unfinished).toBe('A');
  });
});
