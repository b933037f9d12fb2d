import { assertRule } from './check.ts';

/**
 * What stands on paper, read from the very bytes of a print job: for the picture of the paper that a person looks at.
 * It knows the commands that printing sends (main/engine/printing/escpos.ts) and a little more. What it does not know
 * becomes a mark, because a picture with a mark helps more than none.
 */

/** How a row of text looks. A wide row's characters take two columns each. */
export interface PaperStyle {
  readonly bold: boolean;
  readonly tall: boolean;
  readonly wide: boolean;
}

export type PaperElement =
  | ({ readonly kind: 'text'; readonly text: string } & PaperStyle)
  /** Rows of whole bytes, most significant bit leftmost, 1 is black. Cut off at the paper's edge, as printers do. */
  | {
      readonly kind: 'picture';
      readonly widthDots: number;
      readonly heightDots: number;
      readonly bits: Uint8Array;
    }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'kick'; readonly pin: 2 | 5 }
  /** Bytes that are no command known here, or a command that the job ends in the middle of. */
  | { readonly kind: 'unknown'; readonly hex: string };

/** What a reader has to know of the paper: characters of Font A on a line, and dots across it. */
export interface PaperWidth {
  readonly columns: number;
  readonly dots: number;
}

/** A picture of paper longer than this helps nobody; what follows is left out behind a mark. */
export const MAX_ELEMENTS = 20_000;
/** A command of more dots than the longest paper of a job has is no raster but nonsense. */
const MAX_PICTURE_BYTES = 4 * 1024 * 1024;
/** What a person sees of bytes nobody knows. */
const MAX_MARK_BYTES = 8;
/** For a byte that is no printable ASCII: what it shows depends on the printer's code page. */
const UNKNOWN_CHARACTER = '\ufffd';

type Style = { -readonly [key in keyof PaperStyle]: PaperStyle[key] };

/** Reading so far. `row` is the text since the last line feed, `bands` the pieces of a picture of `bandBytes` a row. */
interface Reading {
  readonly bytes: Uint8Array;
  readonly width: PaperWidth;
  readonly elements: PaperElement[];
  readonly style: Style;
  at: number;
  row: string;
  rowStyle: PaperStyle;
  bands: Uint8Array[];
  bandBytes: number;
}

const LINE_FEED = 0x0a;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

/**
 * The elements of a job from top to bottom. A row longer than the paper runs on in the next one, as it does on a
 * printer. Never throws for any bytes; throws only for a width that is no whole number above 0.
 */
export function readPaper(bytes: Uint8Array, width: PaperWidth): PaperElement[] {
  for (const size of [width.columns, width.dots]) {
    assertRule(Number.isSafeInteger(size) && size > 0, 'paper has columns and dots');
  }
  const style: Style = { bold: false, tall: false, wide: false };
  const reading: Reading = {
    ...{ bytes, width, elements: [], style, at: 0 },
    ...{ row: '', rowStyle: style, bands: [], bandBytes: 0 },
  };
  while (reading.at < bytes.length && reading.elements.length < MAX_ELEMENTS) readNext(reading);
  endPicture(reading);
  endRow(reading);
  if (reading.at < bytes.length) mark(reading, reading.at, bytes.length);
  return reading.elements;
}

function readNext(reading: Reading): void {
  const from = reading.at;
  const byte = reading.bytes[from] as number;
  if (byte === ESC || byte === FS || byte === GS) {
    readCommand(reading, from, byte);
    return;
  }
  reading.at += 1;
  if (byte === LINE_FEED) feedRow(reading);
  else if (byte >= 0x20 && byte <= 0x7e) addCharacter(reading, String.fromCharCode(byte));
  else if (byte >= 0x80) addCharacter(reading, UNKNOWN_CHARACTER);
  // A carriage return does nothing beside a line feed; other control bytes are nobody's.
  else if (byte !== 0x0d) mark(reading, from, reading.at);
}

/** The row keeps the look of its first character: printing changes it between rows only. */
function addCharacter(reading: Reading, character: string): void {
  endPicture(reading);
  if (reading.row === '') reading.rowStyle = { ...reading.style };
  const room = Math.max(1, Math.floor(reading.width.columns / (reading.rowStyle.wide ? 2 : 1)));
  if (reading.row.length >= room) endRow(reading);
  if (reading.row === '') reading.rowStyle = { ...reading.style };
  reading.row += character;
}

function endRow(reading: Reading): void {
  if (reading.row === '') return;
  reading.elements.push({ kind: 'text', text: reading.row, ...reading.rowStyle });
  reading.row = '';
}

/** What came before is over: an element of its own begins. */
function push(reading: Reading, element: PaperElement): void {
  endPicture(reading);
  endRow(reading);
  reading.elements.push(element);
}

function feedRow(reading: Reading): void {
  endPicture(reading);
  if (reading.row !== '') endRow(reading);
  else feed(reading, 1);
}

function feed(reading: Reading, lines: number): void {
  const last = reading.elements.at(-1);
  if (last?.kind === 'feed') reading.elements[reading.elements.length - 1] = feedOf(last.lines + lines);
  else if (lines > 0) reading.elements.push(feedOf(lines));
}

function feedOf(lines: number): PaperElement {
  return { kind: 'feed', lines };
}

function mark(reading: Reading, from: number, to: number): void {
  const shown = reading.bytes.subarray(from, Math.min(to, from + MAX_MARK_BYTES));
  const hex = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  push(reading, { kind: 'unknown', hex });
}

/** What a command does with the bytes behind its name; false when they make no sense. */
interface Command {
  readonly length: number;
  readonly run: (reading: Reading, parameters: Uint8Array) => boolean;
}

const does = (run: (reading: Reading, first: number, parameters: Uint8Array) => void): Command['run'] => {
  return (reading, parameters) => {
    run(reading, parameters[0] ?? 0, parameters);
    return true;
  };
};
const nothing = does(() => {});

/** By the command's two bytes: how many more belong to it and what they do (ESC/POS). */
const COMMANDS: ReadonlyMap<string, Command> = new Map([
  [`${FS} 46`, { length: 0, run: nothing }],
  [`${ESC} 64`, { length: 0, run: does(({ style }) => setStyle(style, 0)) }],
  [`${ESC} 33`, { length: 1, run: does(({ style }, mode) => setStyle(style, mode)) }],
  [`${ESC} 69`, { length: 1, run: does(({ style }, on) => Object.assign(style, { bold: (on & 1) === 1 })) }],
  [`${ESC} 116`, { length: 1, run: nothing }],
  [`${ESC} 100`, { length: 1, run: does((reading, lines) => feedLines(reading, lines)) }],
  [`${ESC} 112`, { length: 3, run: kick }],
  [`${GS} 86`, { length: 1, run: cut }],
  [`${GS} 114`, { length: 1, run: nothing }],
  [`${GS} 118`, { length: 6, run: picture }],
]);

function readCommand(reading: Reading, from: number, lead: number): void {
  const { bytes } = reading;
  const command = COMMANDS.get(`${lead} ${bytes[from + 1] ?? -1}`);
  const start = from + 2;
  const end = start + (command?.length ?? 0);
  if (!command || end > bytes.length) {
    reading.at = Math.min(bytes.length, start);
    mark(reading, from, reading.at);
    return;
  }
  reading.at = end;
  if (!command.run(reading, bytes.subarray(start, end))) mark(reading, from, reading.at);
}

/** `ESC !`: bit 3 bold, bit 4 double height, bit 5 double width. */
function setStyle(style: Style, mode: number): void {
  style.bold = (mode & 0x08) !== 0;
  style.tall = (mode & 0x10) !== 0;
  style.wide = (mode & 0x20) !== 0;
}

function feedLines(reading: Reading, lines: number): void {
  endPicture(reading);
  endRow(reading);
  feed(reading, lines);
}

function kick(reading: Reading, parameters: Uint8Array): boolean {
  const pin = parameters[0] ?? 0;
  if (pin > 1) return false;
  push(reading, { kind: 'kick', pin: pin === 0 ? 2 : 5 });
  return true;
}

/** `GS V`: 0 and 1 cut here, the others feed first and bring that number with them. */
function cut(reading: Reading, parameters: Uint8Array): boolean {
  const mode = parameters[0] ?? 0;
  const feedsFirst = mode === 65 || mode === 66;
  if (!feedsFirst && ![0, 1, 48, 49].includes(mode)) return false;
  if (feedsFirst) reading.at = Math.min(reading.bytes.length, reading.at + 1);
  push(reading, { kind: 'cut' });
  return true;
}

/** `GS v 0 m xL xH yL yH d…`: bands that follow one another become one picture. */
function picture(reading: Reading, parameters: Uint8Array): boolean {
  const [zero = 0, mode = 0, xL = 0, xH = 0, yL = 0, yH = 0] = parameters;
  const rowBytes = xL + 256 * xH;
  const rows = yL + 256 * yH;
  const size = rowBytes * rows;
  // Modes 1 to 3 double the dots; printing never asks for them.
  if (zero !== 0x30 || mode !== 0 || size === 0 || size > MAX_PICTURE_BYTES) return false;
  const data = reading.bytes.subarray(reading.at, reading.at + size);
  reading.at += data.length;
  endRow(reading);
  const keptBytes = Math.min(rowBytes, Math.ceil(reading.width.dots / 8));
  if (keptBytes !== reading.bandBytes) endPicture(reading);
  reading.bandBytes = keptBytes;
  reading.bands.push(cropped(data, rowBytes, keptBytes, rows));
  return data.length === size;
}

/** The first `keptBytes` of each row; what the job ended before is white. */
function cropped(data: Uint8Array, rowBytes: number, keptBytes: number, rows: number): Uint8Array {
  const bits = new Uint8Array(keptBytes * rows);
  for (let row = 0; row < rows; row += 1) {
    bits.set(data.subarray(row * rowBytes, row * rowBytes + keptBytes), row * keptBytes);
  }
  return bits;
}

function endPicture(reading: Reading): void {
  const { bands, bandBytes } = reading;
  if (bands.length === 0) return;
  const bits = new Uint8Array(bands.reduce((sum, band) => sum + band.length, 0));
  let at = 0;
  for (const band of bands) {
    bits.set(band, at);
    at += band.length;
  }
  const heightDots = bits.length / bandBytes;
  reading.elements.push({ kind: 'picture', widthDots: bandBytes * 8, heightDots, bits });
  reading.bands = [];
}
