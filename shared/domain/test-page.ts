import { businessDayAt, formatDay, formatTime, type Language } from './calendar.ts';
import { formatNumber, formatRupiah, MAX_RUPIAH, rupiah } from './money.ts';
import {
  assertColumns,
  centered,
  leftRight,
  type PaperLine,
  paperLines,
  ruleText,
  wrapText,
} from './paper.ts';
import { PAPER_WORDS } from './paper-words.ts';

/** What a test page says about itself. */
export interface TestPage {
  readonly centerName: string;
  /** Printer and how it is reached, as a person would name it. */
  readonly printer: string;
  readonly profile: string;
  readonly atMs: number;
  readonly offsetMinutes: number;
  readonly language: Language;
}

/**
 * A page that shows whether a printer and its profile fit each other: a ruler exactly as wide as the paper, every
 * ASCII character, bold and tall, the largest amount at the right edge, and text that had to be transliterated.
 */
export function testPageLines(page: TestPage, columns: number): PaperLine[] {
  assertColumns(columns);
  const words = PAPER_WORDS[page.language];
  const day = formatDay(businessDayAt(page.atMs, page.offsetMinutes));
  const ruler = Array.from({ length: columns }, (_, index) => (index + 1) % 10).join('');
  const rule = paperLines([ruleText(columns)]);
  return [
    ...centered(words.testPage, columns, { bold: true, tall: true }),
    ...centered(page.centerName, columns),
    ...rule,
    ...paperLines(wrapText(`${words.printer}: ${page.printer} (${page.profile})`, columns)),
    ...paperLines(wrapText(`${words.columns}: ${columns}`, columns)),
    ...paperLines(wrapText(`${words.date}: ${day} ${formatTime(page.atMs, page.offsetMinutes)}`, columns)),
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
  ];
}

/** Printable ASCII from ! to ~, in lines of `columns` characters. */
function everyCharacter(columns: number): string[] {
  const all = Array.from({ length: 0x7e - 0x20 }, (_, index) => String.fromCharCode(0x21 + index)).join('');
  const lines: string[] = [];
  for (let start = 0; start < all.length; start += columns) lines.push(all.slice(start, start + columns));
  return lines;
}
