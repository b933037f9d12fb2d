import { assertRule } from './check.ts';

/** Characters per line of Font A on 58 mm paper, on the 80 mm printers with wide margins, and on 80 mm paper. */
export const PAPER_COLUMNS = [32, 42, 48] as const;

/** Narrower paper than this cannot hold the largest amount beside anything. */
export const MIN_COLUMNS = 24;
export const MAX_COLUMNS = 96;

/**
 * One printed line. `text` is ASCII and never longer than the columns it was laid out for. A line with `align`
 * 'center' carries its text bare: either honour `align` or print `paddedText`, not both. `tall` is double height
 * at normal width, so it takes no more columns; a `wide` line is double height and width, so that each of its
 * characters takes two columns. Feeding and cutting are the printer's business.
 */
export interface PaperLine {
  readonly text: string;
  readonly bold: boolean;
  readonly tall: boolean;
  readonly wide?: boolean;
  readonly align: 'left' | 'center';
}

/**
 * One centred code as a picture of dots. `text` is printable ASCII and what a reader gets back: of EAN all of its
 * digits, check digit included. A code that is not `small` is as large as the paper allows.
 */
export interface PaperCode {
  readonly code: 'qr' | 'ean13' | 'ean8' | 'code128';
  readonly text: string;
  readonly small?: boolean;
  /** Prints the text below the code as well, so that a person can type what no scanner reads. */
  readonly caption?: boolean;
  /**
   * Stands in the code's place where no picture can be printed: a printer that knows none, or paper too narrow.
   * Without it a code with a caption leaves its text, any other leaves nothing.
   */
  readonly instead?: string;
}

/** What papers are made of, from top to bottom. */
export type PaperItem = PaperLine | PaperCode;

export function isCode(item: PaperItem): item is PaperCode {
  return 'code' in item;
}

/** Throws unless `columns` is a whole number within the widths paper can have. */
export function assertColumns(columns: number): void {
  assertRule(
    Number.isSafeInteger(columns) && columns >= MIN_COLUMNS && columns <= MAX_COLUMNS,
    `paper has ${MIN_COLUMNS} to ${MAX_COLUMNS} columns, not ${columns}`,
  );
}

/** What typographers write and thermal printers do not know, by what they do know. */
const ASCII_FOR: ReadonlyMap<string, string> = new Map([
  ['\u2018', "'"],
  ['\u2019', "'"],
  ['\u201a', "'"],
  ['\u2032', "'"],
  ['\u00b4', "'"],
  ['\u201c', '"'],
  ['\u201d', '"'],
  ['\u201e', '"'],
  ['\u2033', '"'],
  ['\u00ab', '"'],
  ['\u00bb', '"'],
  ['\u2010', '-'],
  ['\u2011', '-'],
  ['\u2012', '-'],
  ['\u2013', '-'],
  ['\u2014', '-'],
  ['\u2015', '-'],
  ['\u2212', '-'],
  ['\u2022', '*'],
  ['\u00b7', '*'],
  ['\u00d7', 'x'],
  ['\u00f7', '/'],
  ['\u2044', '/'],
  ['\u00b1', '+/-'],
  ['\u00df', 'ss'],
  ['\u00e6', 'ae'],
  ['\u00c6', 'AE'],
  ['\u00f8', 'o'],
  ['\u00d8', 'O'],
  ['\u0153', 'oe'],
  ['\u0152', 'OE'],
  ['\u0142', 'l'],
  ['\u0141', 'L'],
  ['\u0111', 'd'],
  ['\u0110', 'D'],
  ['\u0131', 'i'],
  ['\u20ac', 'EUR'],
]);

/** Marks that change or join the character before them and print nothing of their own. */
const INVISIBLE = /[\p{Mark}\p{Format}\p{Variation_Selector}]/u;

/**
 * Text as a thermal printer can print it: characters 0x20 to 0x7E only. Accents are dropped, typographic signs
 * become plain ones, line breaks, tabs and every other control character become a space (a product's name must not
 * carry commands to the printer), and what has no plain form becomes one `?`.
 * Docs/domain rule: text on paper is transliterated to ASCII.
 */
export function transliterate(text: string): string {
  let plain = '';
  for (const character of text) plain += ASCII_FOR.get(character) ?? plainForms(character);
  return plain;
}

function plainForms(character: string): string {
  let plain = '';
  for (const part of character.normalize('NFKD')) {
    const code = part.codePointAt(0) ?? 0;
    if (code >= 0x20 && code <= 0x7e) plain += part;
    else if (code < 0x20 || code === 0x7f || (code >= 0x80 && code < 0xa0) || /\p{Separator}/u.test(part))
      plain += ' ';
    else if (!INVISIBLE.test(part)) plain += ASCII_FOR.get(part) ?? '?';
  }
  return plain;
}

/**
 * Words of `text`, transliterated, in lines of at most `width` characters (≥ 1). Runs of spaces become one; a word
 * longer than a line is broken. Nothing but spaces gives no line at all.
 */
export function wrapText(text: string, width: number): string[] {
  assertRule(Number.isSafeInteger(width) && width >= 1, 'a line holds at least one character');
  const lines: string[] = [];
  let line = '';
  for (const word of transliterate(text).split(' ')) {
    if (word === '') continue;
    if (line !== '' && line.length + 1 + word.length <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Fewer columns than this left of an amount are not worth wrapping into: the amount gets a line of its own. */
const MIN_LEFT_WIDTH = 8;

/**
 * A label and an amount on lines of exactly `width` characters: the label wraps, the amount stands whole at the right
 * end of the last line and is never shortened. When too little room is left beside it, it gets its own line.
 * Throws when the amount alone is wider than the paper: figures are never cut or broken.
 */
export function leftRight(left: string, right: string, width: number): string[] {
  const amount = transliterate(right).trim();
  assertRule(amount.length <= width, `an amount wider than the paper: ${amount.slice(0, 40)}`);
  const room = width - amount.length - 1;
  const label = wrapText(left, width);
  const single = label.length <= 1 && (label[0] ?? '').length <= room;
  if (single) return [(label[0] ?? '').padEnd(width - amount.length) + amount];
  if (room < MIN_LEFT_WIDTH) return [...label.map((line) => line.padEnd(width)), amount.padStart(width)];
  const wrapped = wrapText(left, room);
  return wrapped.map((line, index) => {
    return index === wrapped.length - 1 ? line.padEnd(width - amount.length) + amount : line.padEnd(width);
  });
}

/** A line of `-` (or another single character) across the paper. */
export function ruleText(width: number, character = '-'): string {
  assertRule(/^[\x20-\x7e]$/.test(character), 'a rule is drawn with one ASCII character');
  return character.repeat(width);
}

/** How many characters of the line's width stand beside each other on paper of `columns`. */
export function charactersPerLine(line: Pick<PaperLine, 'wide'>, columns: number): number {
  return line.wide ? Math.floor(columns / 2) : columns;
}

/** The line's text as wide as the paper, centered by spaces where it asks for that; of a wide line half as many. */
export function paddedText(line: PaperLine, columns: number): string {
  const room = charactersPerLine(line, columns);
  if (line.align === 'left') return line.text.padEnd(room);
  const before = Math.floor((room - line.text.length) / 2);
  return (' '.repeat(Math.max(0, before)) + line.text).padEnd(room);
}

type Look = Partial<Omit<PaperLine, 'text'>>;

/** Lines of the same look from texts already laid out; plain and left unless `look` says otherwise. */
export function paperLines(texts: readonly string[], look: Look = {}): PaperLine[] {
  return texts.map((text) => ({ text, bold: false, tall: false, align: 'left', ...look }));
}

/** Text wrapped and centered, as in a header or footer. */
export function centered(text: string, columns: number, look: Look = {}): PaperLine[] {
  return paperLines(wrapText(text, columns), { ...look, align: 'center' });
}

/** A figure or code as large as the paper allows, centered: of double size where that is no wider than the paper. */
export function large(text: string, columns: number): PaperLine[] {
  const look = { bold: true, tall: true, align: 'center' } as const;
  const [line = '', ...more] = wrapText(text, columns);
  const isWide = more.length === 0 && line.length <= charactersPerLine({ wide: true }, columns);
  return isWide ? paperLines([line], { ...look, wide: true }) : paperLines([line, ...more], look);
}
