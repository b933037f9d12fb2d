/**
 * Proves what leaves for the printer, for every paper of the center, any width and any content: the bytes are read
 * back by a decoder of these tests, and nothing is wider than the paper, no amount is cut or broken, the amounts stand
 * at the right edge, no letter is lost, and an independent reader finds in the dots exactly the codes that were meant.
 * Beside it, what the screen shows of those bytes is what that decoder saw.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode } from '../../main/engine/printing/escpos.ts';
import type { PrinterProfile } from '../../main/engine/printing/printer.ts';
import { MAX_ELEMENTS, readPaper as readForScreen } from '../../shared/domain/escpos-reading.ts';
import { MAX_COLUMNS, MIN_COLUMNS, transliterate } from '../../shared/domain/paper.ts';
import { testPageLines } from '../../shared/domain/test-page.ts';
import { readPaper, type SeenLine, type SeenPaper } from '../support/paper.ts';
import { picturesOf, readCode } from '../support/paper-codes.ts';
import { type PaperSample, paperSamples } from '../support/paper-samples.ts';
import { cases, PROPERTY_TIMEOUT_MS, seed } from '../support/seed.ts';

const timeout = { timeout: PROPERTY_TIMEOUT_MS };
const columns = fc.oneof(fc.constantFrom(32, 42, 48), fc.integer({ min: MIN_COLUMNS, max: MAX_COLUMNS }));
const dots = fc.constantFrom(384, 512, 576);
const runs = (share: number) => ({ seed, numRuns: Math.max(1, Math.ceil(cases / share)) });

function profileOf(paper: Partial<PrinterProfile>): PrinterProfile {
  const common = { codePage: 0, canCut: true, kickPin: 2, answersStatus: false } as const;
  return { kind: 'custom', ...common, columns: 48, dots: 576, raster: true, ...paper };
}

const widthOf = ({ text, wide }: SeenLine) => text.length * (wide ? 2 : 1);

/** Each text is taken from a line of its own, so that one line cannot pass for two. */
function takeEach(
  texts: readonly string[],
  lines: readonly SeenLine[],
  stands: (line: SeenLine, text: string) => boolean,
) {
  const left = [...lines];
  for (const text of texts) {
    const at = left.findIndex((line) => stands(line, text));
    if (at < 0) throw new Error(`${text} does not stand on ${JSON.stringify(left.map((line) => line.text))}`);
    left.splice(at, 1);
  }
}

function check(sample: PaperSample, paper: SeenPaper, width: number): void {
  expect(paper.unfinished).toBe('');
  for (const line of paper.lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
  takeEach(sample.right, paper.lines, ({ text }, amount) => {
    return text.length === width && text.endsWith(amount) && /^ ?$/.test(text.at(-amount.length - 1) ?? '');
  });
  takeEach(sample.large, paper.lines, ({ text, tall }, amount) => tall && text.trim() === amount);
  const letters = paper.lines
    .map(({ text }) => text)
    .join('')
    .replaceAll(' ', '');
  for (const text of sample.texts) expect(letters).toContain(transliterate(text).replaceAll(' ', ''));
}

describe.each(Object.entries(paperSamples))('a %s', (_kind, sample) => {
  test('shows everything, whole and in its place', timeout, () => {
    const property = fc.property(sample, columns, (of, width) => {
      const bytes = encode(of.lay(width), profileOf({ columns: width, raster: false }), {
        kick: true,
        cut: true,
      });
      check(of, readPaper(bytes), width);
    });
    fc.assert(property, runs(20));
  });

  test('carries its codes so that they can be read', timeout, () => {
    const property = fc.property(sample, columns, dots, (of, width, across) => {
      const bytes = encode(of.lay(width), profileOf({ columns: width, dots: across }), {
        kick: false,
        cut: true,
      });
      const paper = readPaper(bytes);
      check(of, paper, width);
      const pictures = picturesOf(paper);
      expect(pictures).toHaveLength(of.codes.length);
      for (const [index, code] of of.codes.entries()) {
        const picture = pictures[index];
        const seen = picture && readCode(picture, across);
        expect(seen?.text).toBe(code.text);
        // A barcode too long for its bars on this paper is a QR code.
        expect([code.format, ...(code.format === 'code128' ? ['qr'] : [])]).toContain(seen?.format);
      }
    });
    fc.assert(property, runs(400));
  });
});

test('a test page fills the paper and carries both of its codes', timeout, () => {
  const property = fc.property(columns, dots, fc.constantFrom('id', 'en'), (width, across, language) => {
    const page = {
      ...{ centerName: 'Pusat', printer: 'tcp 10.0.0.9:9100', profile: 'custom', language },
      ...{ dots: across, raster: true, atMs: 0, offsetMinutes: 420 },
    };
    const items = testPageLines(page, width);
    const paper = readPaper(
      encode(items, profileOf({ columns: width, dots: across }), { kick: false, cut: true }),
    );
    expect(Math.max(...paper.lines.map(widthOf))).toBe(width);
    expect(paper.lines.some(({ text }) => text.length === width && text.endsWith('Rp99.999.999.999'))).toBe(
      true,
    );
    const formats = picturesOf(paper).map((picture) => readCode(picture, across)?.format);
    expect(formats).toEqual(['qr', 'ean13']);
  });
  fc.assert(property, runs(400));
});

describe('the picture on the screen', () => {
  const anySample = fc.oneof(...Object.values(paperSamples));

  test('is what the decoder of these tests sees', timeout, () => {
    const property = fc.property(
      anySample,
      columns,
      fc.boolean(),
      fc.boolean(),
      (of, width, raster, kick) => {
        const bytes = encode(of.lay(width), profileOf({ columns: width, raster }), { kick, cut: true });
        const paper = readPaper(bytes);
        const elements = readForScreen(bytes, { columns: width, dots: 576 });
        const rows: SeenLine[] = [];
        for (const element of elements) {
          const plain = { text: '', bold: false, tall: false };
          if (element.kind === 'feed') rows.push(...Array.from({ length: element.lines }, () => plain));
          if (element.kind !== 'text') continue;
          const { text, bold, tall, wide } = element;
          rows.push({ text, bold, tall, ...(wide ? { wide } : {}) });
        }
        expect(rows).toEqual(
          paper.lines.map((line) => (line.text === '' ? { ...line, bold: false, tall: false } : line)),
        );
        expect(elements.flatMap((element) => (element.kind === 'kick' ? [element.pin] : []))).toEqual(
          kick ? [2] : [],
        );
        expect(elements.filter(({ kind }) => kind === 'cut')).toHaveLength(paper.cuts.length);
        expect(elements.filter(({ kind }) => kind === 'unknown')).toEqual([]);
        const pictures = elements.flatMap((element) => (element.kind === 'picture' ? [element] : []));
        expect(pictures.map(({ widthDots, bits }) => [widthDots, bits.length])).toEqual(
          picturesOf(paper).map(({ width: across, rows: of }) => [across, (across / 8) * of.length]),
        );
        expect(Buffer.concat(pictures.map(({ bits }) => bits))).toEqual(
          Buffer.concat(paper.rasters.map(({ bits }) => bits)),
        );
      },
    );
    fc.assert(property, runs(40));
  });

  test('comes of any bytes whatever, within its bounds', timeout, () => {
    const command = fc.tuple(
      fc.constantFrom(0x1b, 0x1c, 0x1d, 0x0a, 0x41),
      fc.constantFrom(0x40, 0x21, 0x45, 0x64, 0x70, 0x56, 0x72, 0x74, 0x76, 0x2e, 0x30),
      fc.uint8Array({ maxLength: 12 }),
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(command, { maxLength: 60 }).map((list) => {
        return Uint8Array.from(list.flatMap(([lead, code, rest]) => [lead, code, ...rest]));
      }),
    );
    const property = fc.property(bytes, columns, dots, (given, width, across) => {
      const elements = readForScreen(given, { columns: width, dots: across });
      for (const element of elements) {
        if (element.kind === 'text')
          expect(element.text.length * (element.wide ? 2 : 1)).toBeLessThanOrEqual(width);
        if (element.kind !== 'picture') continue;
        expect(element.widthDots).toBeLessThanOrEqual(across + 7);
        expect(element.bits).toHaveLength((element.widthDots / 8) * element.heightDots);
      }
    });
    fc.assert(property, runs(4));
  });

  test('ends where nobody would look at it any longer', () => {
    const endless = new Uint8Array(2 * MAX_ELEMENTS).map((_, index) => (index % 2 === 0 ? 0x41 : 0x0a));
    const elements = readForScreen(Uint8Array.from([...endless, ...endless]), { columns: 32, dots: 384 });
    expect(elements).toHaveLength(MAX_ELEMENTS + 1);
    expect(elements.at(-1)).toEqual({ kind: 'unknown', hex: '41 0a 41 0a 41 0a 41 0a' });
  });

  test.each([
    ['an unknown command', [0x1b, 0x58, 0x41], [{ kind: 'unknown', hex: '1b 58' }, { text: 'A' }]],
    ['half a command', [0x41, 0x1b], [{ text: 'A' }, { kind: 'unknown', hex: '1b' }]],
    [
      'half a kick',
      [0x1b, 0x70, 0x00],
      [
        { kind: 'unknown', hex: '1b 70' },
        { kind: 'unknown', hex: '00' },
      ],
    ],
    [
      'half a raster',
      [0x1d, 0x76, 0x30, 0, 1, 0, 2, 0, 0xff],
      [{ kind: 'picture', heightDots: 2 }, { kind: 'unknown' }],
    ],
    [
      'a kick on a pin that no drawer has',
      [0x1b, 0x70, 7, 25, 250],
      [{ kind: 'unknown', hex: '1b 70 07 19 fa' }],
    ],
    ['a letter of a code page', [0x41, 0xe9, 0x0a], [{ text: 'A\ufffd' }]],
    [
      'a raster of doubled dots',
      [0x1d, 0x76, 0x30, 3, 1, 0, 1, 0, 0xff],
      [{ kind: 'unknown' }, { text: '\ufffd' }],
    ],
    ['an empty raster', [0x1d, 0x76, 0x30, 0, 0, 0, 9, 0], [{ kind: 'unknown' }]],
  ])('marks %s and goes on', (_what, bytes, elements) => {
    expect(readForScreen(Uint8Array.from(bytes), { columns: 32, dots: 384 })).toMatchObject(elements);
  });

  test('keeps apart what is not of one width, and puts together what is', () => {
    const band = (rowBytes: number, bits: number[]) => [
      0x1d,
      0x76,
      0x30,
      0,
      rowBytes,
      0,
      bits.length / rowBytes,
      0,
      ...bits,
    ];
    const bytes = [...band(1, [1, 2]), ...band(1, [3]), ...band(2, [4, 5]), 0x0a, ...band(2, [6, 7])];
    expect(readForScreen(Uint8Array.from(bytes), { columns: 32, dots: 384 })).toEqual([
      { kind: 'picture', widthDots: 8, heightDots: 3, bits: Uint8Array.from([1, 2, 3]) },
      { kind: 'picture', widthDots: 16, heightDots: 1, bits: Uint8Array.from([4, 5]) },
      { kind: 'feed', lines: 1 },
      { kind: 'picture', widthDots: 16, heightDots: 1, bits: Uint8Array.from([6, 7]) },
    ]);
  });

  test('runs a row on that is longer than the paper, wide characters after half as many', () => {
    const double = [0x1b, 0x21, 0x30];
    const text = (character: string, count: number) => [...Buffer.from(character.repeat(count))];
    const bytes = Uint8Array.from([...text('a', 40), 0x0a, ...double, ...text('B', 20), 0x0a]);
    const rows = readForScreen(bytes, { columns: 33, dots: 384 });
    expect(rows.map((row) => row.kind === 'text' && row.text)).toEqual([
      'a'.repeat(33),
      'a'.repeat(7),
      'B'.repeat(16),
      'BBBB',
    ]);
  });

  test('cuts a raster that is wider than the paper at its edge, as the printer does', () => {
    const wide = [0x1d, 0x76, 0x30, 0, 3, 0, 2, 0, 1, 2, 3, 4, 5, 6];
    const [picture] = readForScreen(Uint8Array.from(wide), { columns: 32, dots: 12 });
    expect(picture).toEqual({
      kind: 'picture',
      widthDots: 16,
      heightDots: 2,
      bits: Uint8Array.from([1, 2, 4, 5]),
    });
  });

  test.each([0, -1, 1.5, Number.NaN])('of paper %d wide is refused', (size) => {
    expect(() => readForScreen(new Uint8Array(), { columns: size, dots: 384 })).toThrow('columns and dots');
    expect(() => readForScreen(new Uint8Array(), { columns: 32, dots: size })).toThrow('columns and dots');
  });
});
