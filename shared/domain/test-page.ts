import { inStoreEan13 } from './barcode.ts';
import type { Language } from './calendar.ts';
import { formatNumber, formatRupiah, MAX_RUPIAH, rupiah } from './money.ts';
import {
  assertColumns,
  centered,
  leftRight,
  type PaperItem,
  paperLines,
  ruleText,
  wrapText,
} from './paper.ts';
import { PAPER_WORDS, type PaperWords } from './paper-words.ts';
import { momentLines } from './receipt.ts';

/** What a test page says about itself. */
export interface TestPage {
  readonly centerName: string;
  /** Printer and how it is reached, as a person would name it. */
  readonly printer: string;
  readonly profile: string;
  /** Across the paper. */
  readonly dots: number;
  /** Pictures of codes are printed. */
  readonly raster: boolean;
  readonly atMs: number;
  readonly offsetMinutes: number;
  readonly language: Language;
}

/**
 * A page that shows whether a printer and its profile fit each other: a ruler exactly as wide as the paper, every
 * ASCII character, bold and tall, the largest amount at the right edge, text that had to be transliterated, and both
 * sorts of codes.
 */
export function testPageLines(page: TestPage, columns: number): PaperItem[] {
  assertColumns(columns);
  const words = PAPER_WORDS[page.language];
  const ruler = Array.from({ length: columns }, (_, index) => (index + 1) % 10).join('');
  const rule = paperLines([ruleText(columns)]);
  return [
    ...centered(words.testPage, columns, { bold: true, tall: true }),
    ...centered(page.centerName, columns),
    ...rule,
    ...paperLines(wrapText(`${words.printer}: ${page.printer} (${page.profile})`, columns)),
    ...paperLines(wrapText(`${words.columns}: ${columns}, ${words.dots}: ${page.dots}`, columns)),
    ...momentLines(words.date, page.atMs, page.offsetMinutes, columns),
    ...rule,
    ...paperLines([ruler]),
    ...paperLines(wrapText(words.testPageHint, columns)),
    ...rule,
    ...paperLines(everyCharacter(columns)),
    ...paperLines(wrapText('Kue \u201cPia\u201d \u2013 caf\u00e9 \u2026 2 \u00d7 3', columns)),
    ...paperLines(leftRight('Normal', formatNumber(18_000), columns)),
    ...paperLines(leftRight('Bold', formatNumber(18_000), columns), { bold: true }),
    ...paperLines(leftRight('Tall', formatRupiah(rupiah(MAX_RUPIAH)), columns), { tall: true }),
    ...rule,
    ...codeItems(page.raster, words, columns),
  ];
}

/** What the sample codes say, so that a person who scans them sees that it is this page. */
const SAMPLE_TEXT = 'TITIPAN';
const SAMPLE_EAN = inStoreEan13(12_345_678_901);

function codeItems(raster: boolean, words: PaperWords, columns: number): PaperItem[] {
  if (!raster) return paperLines(wrapText(words.noCodesHint, columns));
  return [
    ...paperLines(wrapText(words.testCodesHint, columns)),
    { code: 'qr', text: SAMPLE_TEXT, small: true },
    { code: 'ean13', text: SAMPLE_EAN, caption: true },
  ];
}

/** Printable ASCII from ! to ~, in lines of `columns` characters. */
function everyCharacter(columns: number): string[] {
  const all = Array.from({ length: 0x7e - 0x20 }, (_, index) => String.fromCharCode(0x21 + index)).join('');
  const lines: string[] = [];
  for (let start = 0; start < all.length; start += columns) lines.push(all.slice(start, start + columns));
  return lines;
}
