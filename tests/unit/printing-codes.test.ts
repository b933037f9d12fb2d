/**
 * Proves that codes on paper can be scanned: for every width of paper and every sort of code, an independent reader
 * finds in the very dots what was meant, modules are whole dots of a size readers manage, and the white around a code
 * is as wide as its standard asks for.
 */
import { describe, expect, it } from 'vitest';
import { encode, MAX_BYTES } from '../../main/engine/printing/escpos.ts';
import { PROFILES } from '../../main/engine/printing/printer.ts';
import { eanCheckDigit, inStoreEan13 } from '../../shared/domain/barcode.ts';
import { labelLines } from '../../shared/domain/label.ts';
import { rupiah } from '../../shared/domain/money.ts';
import { type PaperCode, paperLines } from '../../shared/domain/paper.ts';
import { dynamicQris, MAX_QRIS_LENGTH, MAX_QRIS_RUPIAH } from '../../shared/domain/qris.ts';
import { readPaper } from '../support/paper.ts';
import { moduleDots, picturesOf, readCode, whiteAround } from '../support/paper-codes.ts';
import { longestQris } from '../support/paper-samples.ts';

const DOTS = [384, 512, 576] as const;
const quiet = { kick: false, cut: false };

function printed(code: PaperCode, dots: number, raster = true) {
  const paper = readPaper(encode([code], { ...PROFILES.epson, dots, raster }, quiet));
  return {
    pictures: picturesOf(paper),
    texts: paper.lines.map(({ text }) => text.trim()),
    rasters: paper.rasters,
  };
}

function picture(code: PaperCode, dots: number) {
  const { pictures } = printed(code, dots);
  const [only, ...more] = pictures;
  if (!only || more.length > 0) throw new Error(`${pictures.length} pictures`);
  return only;
}

const ean8 = `9638507${eanCheckDigit('9638507')}`;
const codes: PaperCode[] = [
  { code: 'qr', text: 'K1-261121-0001', small: true },
  { code: 'qr', text: 'T2611210013' },
  { code: 'qr', text: longestQris() },
  { code: 'ean13', text: inStoreEan13(12_345_678_901) },
  { code: 'ean13', text: '4006381333931' },
  { code: 'ean8', text: ean8 },
  { code: 'code128', text: 'P001/A.7-x' },
  { code: 'code128', text: '123456789012' },
];

describe.each(DOTS)('on paper of %d dots', (dots) => {
  it.each(codes)('reads $code $text', (code) => {
    expect(readCode(picture(code, dots), dots)).toEqual({ format: code.code, text: code.text });
  });

  it.each(codes)('keeps the white that belongs to $code $text, and its middle', (code) => {
    const dotted = picture(code, dots);
    const module = moduleDots(dotted);
    const white = whiteAround(dotted, dots);
    const [left, right] = { qr: [4, 4], ean13: [11, 7], ean8: [7, 7], code128: [10, 10] }[code.code] as [
      number,
      number,
    ];
    expect(white.left).toBeGreaterThanOrEqual(left * module);
    expect(white.right).toBeGreaterThanOrEqual(right * module);
    if (code.code === 'qr') expect(Math.min(white.top, white.bottom)).toBeGreaterThanOrEqual(4 * module);
    expect(Math.abs(white.left - left * module - (white.right - right * module))).toBeLessThanOrEqual(1);
  });

  it('prints the longest QRIS with modules a phone can read, and shorter ones larger', () => {
    const longest = longestQris();
    expect(longest).toHaveLength(MAX_QRIS_LENGTH);
    expect(moduleDots(picture({ code: 'qr', text: longest }, dots))).toBeGreaterThanOrEqual(3);
    const usual = moduleDots(picture({ code: 'qr', text: longest.slice(0, 220) }, dots));
    expect(usual).toBeGreaterThanOrEqual(5);
  });

  it('gives barcodes two dots a bar at least', () => {
    for (const code of codes) {
      if (code.code === 'qr') continue;
      expect(moduleDots(picture(code, dots))).toBeGreaterThanOrEqual(2);
    }
  });

  it('hands a picture over in bands that a small printer can hold', () => {
    const { rasters } = printed({ code: 'qr', text: longestQris() }, dots);
    expect(rasters.length).toBeGreaterThan(1);
    for (const band of rasters) {
      expect(band.heightDots).toBeLessThanOrEqual(64);
      expect(band.bits.length).toBeLessThanOrEqual(2_048);
    }
    for (const band of rasters.slice(0, -1)) expect(band.heightDots).toBeGreaterThanOrEqual(24);
  });
});

it('makes no band higher on narrow paper, where more rows would fit', () => {
  const { rasters } = printed({ code: 'qr', text: longestQris().slice(0, 100) }, 192);
  expect(Math.max(...rasters.map(({ heightDots }) => heightDots))).toBe(64);
});

describe('paper that is too narrow', () => {
  it('turns a barcode that is too long for its bars into a QR code of the same text', () => {
    const long = { code: 'code128', text: 'PANJANG-SEKALI-2026/11/22-KERUPUK-0042' } as const;
    expect(readCode(picture(long, 384), 384)).toEqual({ format: 'qr', text: long.text });
    const ean = { code: 'ean13', text: '4006381333931' } as const;
    expect(readCode(picture(ean, 192), 192)).toEqual({ format: 'qr', text: ean.text });
  });

  it('gives up error correction before dots, and at last the picture', () => {
    const text = longestQris().slice(0, 200);
    expect(moduleDots(picture({ code: 'qr', text }, 192))).toBeGreaterThanOrEqual(3);
    expect(readCode(picture({ code: 'qr', text }, 192), 192)).toEqual({ format: 'qr', text });
    const none = printed({ code: 'qr', text: longestQris(), instead: 'Pindai di layar.' }, 160);
    expect(none).toMatchObject({ pictures: [], texts: ['Pindai di layar.'] });
  });
});

describe('a printer that knows no pictures', () => {
  it('prints what stands in place of a code, else its caption, else nothing', () => {
    const code = { code: 'ean13', text: '4006381333931' } as const;
    expect(printed(code, 384, false)).toMatchObject({ pictures: [], texts: [] });
    expect(printed({ ...code, caption: true }, 384, false)).toMatchObject({
      pictures: [],
      texts: [code.text],
    });
    const both = { ...code, caption: true, instead: 'lihat layar' };
    expect(printed(both, 384, false)).toMatchObject({ pictures: [], texts: ['lihat layar'] });
  });

  it('prints the caption below the picture where there is one', () => {
    const { pictures, texts } = printed({ code: 'ean13', text: '4006381333931', caption: true }, 384);
    expect(pictures).toHaveLength(1);
    expect(pictures[0]?.afterLines).toBe(0);
    expect(texts).toEqual(['4006381333931']);
  });
});

describe('what no code can be', () => {
  it.each<PaperCode>([
    { code: 'ean13', text: '4006381333930' },
    { code: 'ean13', text: 'x' },
    { code: 'ean8', text: '96385075' },
    { code: 'qr', text: '' },
    { code: 'qr', text: 'caf\u00e9' },
    { code: 'qr', text: 'a\nb' },
    { code: 'qr', text: 'x'.repeat(MAX_QRIS_LENGTH + 1) },
  ])('is refused: $code $text', (code) => {
    expect(() => encode([code], PROFILES.epson, quiet)).toThrow();
  });

  it('is refused on paper that no printer has', () => {
    for (const dots of [0, -8, 1_153, 3.5, Number.NaN]) {
      expect(() => encode(paperLines(['a']), { ...PROFILES.epson, dots }, quiet)).toThrow('dots');
    }
  });
});

it('makes 200 labels, the most there are, well within the bounds of a job', () => {
  const label = {
    name: 'Kerupuk ikan tenggiri '.repeat(4),
    vendorCode: 'KRP',
    price: rupiah(18_000),
    unit: 'pcs',
    barcode: 'X'.repeat(40),
    expires: null,
    copies: 200,
    language: 'id',
  } as const;
  for (const dots of [384, 576, 832, 1_152]) {
    const bytes = encode(labelLines(label, 48), { ...PROFILES.epson, dots }, quiet);
    expect(bytes.length).toBeLessThan(MAX_BYTES);
    const pictures = new Set(readPaper(bytes).rasters.map(({ afterLines }) => afterLines));
    expect(pictures.size).toBe(200);
  }
});

it('carries the code of a payment as it was made', () => {
  const made = dynamicQris(longestQris({ length: 470 }), {
    amountRupiah: MAX_QRIS_RUPIAH,
    bill: 'T2611210013',
  });
  if (!made.ok) throw new Error(made.problem);
  expect(readCode(picture({ code: 'qr', text: made.text }, 384), 384)?.text).toBe(made.text);
});
