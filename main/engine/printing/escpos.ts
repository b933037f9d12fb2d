/**
 * Turns a laid-out paper into the bytes of one print job (ESC/POS).
 *
 * node-thermal-printer is the encoder only: a fresh instance for each job, `getBuffer()` at the end, never its
 * transport. Layout is ours: one `println` for one line, alignment by spaces, no folding by the library.
 * What cheap clones need comes first: `FS .` leaves their Chinese mode, in which two bytes make one character.
 */
import { BreakLine, CharacterSet, PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import { assertRule } from '../../../shared/domain/check.ts';
import {
  assertColumns,
  centered,
  charactersPerLine,
  isCode,
  type PaperCode,
  type PaperItem,
  type PaperLine,
  paddedText,
} from '../../../shared/domain/paper.ts';
import { drawCode, rasterBytes } from './codes.ts';
import type { PrinterProfile } from './printer.ts';

export interface EncodeOptions {
  /** Open the drawer, before anything is printed. Without a drawer on this printer nothing is sent for it. */
  kick: boolean;
  /** End of the paper: cutter where there is one, else a tear mark and feed lines. */
  cut: boolean;
  /** Labels end without a mark, and with no more paper than lies between the head and the bar. */
  asLabels?: boolean;
  /** Labels whose run was not over hang in the printer: they are ended first, below the drawer's kick. */
  endsOther?: boolean;
}

/** Bounds of one job: 200 labels with their pictures come to half of them, a settlement slip of 50 pages to less. */
export const MAX_LINES = 4_000;
export const MAX_BYTES = 2 * 1024 * 1024;

/** The library copies all it holds with each text, so it is emptied now and then. */
const LINES_HELD = 50;

/** A hand's width at twelve dots a millimetre; the widest printers of receipts have 832. */
const MAX_DOTS = 1_152;

/** Lines between the print head and the tear bar of the usual housings. */
const TEAR_FEED_LINES = 4;

const LEAVE_CHINESE_MODE = Buffer.from([0x1c, 0x2e]);
const INITIALISE = Buffer.from([0x1b, 0x40]);
/** `GS r 1` is answered in its turn, after everything before it was worked through (unlike `DLE EOT`). */
const ASK_STATUS = Buffer.from([0x1d, 0x72, 0x01]);
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/**
 * The bytes of one job. Lines must be printable ASCII (the caller transliterates); a line longer than the paper is
 * broken, not refused: paper matters more than looks. Codes are left out where the printer knows no pictures (see
 * PaperCode). Returns an empty buffer when there is nothing to do (a kick without a drawer). Throws "rule broken" on
 * other characters, on a code that cannot be, or past the bounds.
 */
export function encode(items: readonly PaperItem[], profile: PrinterProfile, options: EncodeOptions): Buffer {
  checkProfile(profile);
  assertRule(items.length <= MAX_LINES, 'a print job has too many lines');
  const kick = options.kick ? kickBytes(profile) : Buffer.alloc(0);
  if (items.length === 0 && kick.length === 0) return kick;

  const printer = newEncoder(profile, kick);
  if (items.length > 0) beginPaper(printer, profile, options);
  const parts: Buffer[] = [];
  const draw = drawer(profile);
  for (const [index, item] of items.entries()) {
    if (index % LINES_HELD === 0) parts.push(taken(printer));
    if (!isCode(item)) printLine(printer, item, profile.columns);
    else parts.push(taken(printer), ...printCode(printer, item, draw(item), profile.columns));
  }
  if (items.length > 0 && options.cut) (options.asLabels ? endLabels : endPaper)(printer, profile);
  if (profile.answersStatus) printer.append(ASK_STATUS);

  const bytes = Buffer.concat([...parts, taken(printer)]);
  assertRule(bytes.length <= MAX_BYTES, 'a print job has too many bytes');
  return bytes;
}

/** What the library holds, taken from it. */
function taken(printer: ThermalPrinter): Buffer {
  const bytes = printer.getBuffer() as Buffer;
  printer.setBuffer(Buffer.alloc(0));
  return bytes;
}

/** Draws each code once, however often the paper has it: labels come in dozens. */
function drawer({ raster, dots }: PrinterProfile): (code: PaperCode) => Buffer | undefined {
  const drawn = new Map<string, Buffer | undefined>();
  return (code) => {
    if (!raster) return undefined;
    const key = `${code.code} ${code.small} ${code.text}`;
    if (!drawn.has(key)) {
      const picture = drawCode(code, dots);
      drawn.set(key, picture && rasterBytes(picture));
    }
    return drawn.get(key);
  };
}

/** The picture, which is answered, and the line below it or in its place, which the library gets. */
function printCode(
  printer: ThermalPrinter,
  code: PaperCode,
  picture: Buffer | undefined,
  columns: number,
): Buffer[] {
  const caption = code.caption ? code.text : '';
  const text = picture ? caption : (code.instead ?? caption);
  for (const line of centered(text, columns)) printLine(printer, line, columns);
  return picture ? [picture] : [];
}

function checkProfile(profile: PrinterProfile): void {
  const { columns, codePage, dots } = profile;
  assertColumns(columns);
  assertRule(Number.isInteger(dots) && dots > 0 && dots <= MAX_DOTS, 'no paper has so many dots');
  assertRule(Number.isInteger(codePage) && codePage >= 0 && codePage <= 255, 'code page out of range');
}

/**
 * A fresh encoder whose buffer holds what comes before any text. The library is told a character set (without one it tries
 * every code page in mid-line); the page that is really sent is the profile's number, because makes differ.
 */
function newEncoder(profile: PrinterProfile, kick: Buffer): ThermalPrinter {
  // The library's types ask for an interface, its code does not: without one it can only encode.
  const settings = {
    type: PrinterTypes.EPSON,
    width: profile.columns,
    characterSet: CharacterSet.PC437_USA,
    breakLine: BreakLine.NONE,
  } as ConstructorParameters<typeof ThermalPrinter>[0];
  const printer = new ThermalPrinter(settings);
  printer.setBuffer(Buffer.concat([profile.kind === 'epson' ? Buffer.alloc(0) : LEAVE_CHINESE_MODE, kick]));
  return printer;
}

/** Not for a kick alone, which must not reset a printer that another till has lines waiting in. */
function beginPaper(printer: ThermalPrinter, profile: PrinterProfile, { endsOther }: EncodeOptions): void {
  // Before the code page, which is forgotten after a cut.
  if (endsOther) endLabels(printer, profile);
  printer.append(Buffer.concat([INITIALISE, Buffer.from([0x1b, 0x74, profile.codePage])]));
}

/** `ESC p m t1 t2`: one pulse of 50 ms, rest of 500 ms, on the profile's pin only. */
function kickBytes(profile: PrinterProfile): Buffer {
  if (profile.kickPin === null) return Buffer.alloc(0);
  return Buffer.from([0x1b, 0x70, profile.kickPin === 2 ? 0 : 1, 0x19, 0xfa]);
}

function printLine(printer: ThermalPrinter, line: PaperLine, columns: number): void {
  assertRule(PRINTABLE_ASCII.test(line.text), 'paper text must be printable ASCII');
  // Size first: `ESC !` also clears bold.
  if (line.wide) printer.setTextQuadArea();
  else if (line.tall) printer.setTextDoubleHeight();
  if (line.bold) printer.bold(true);
  for (const text of pieces(line.text, charactersPerLine(line, columns))) {
    // Centred by spaces: the printer's own centring goes by the paper, which free columns need not fill. Spaces at
    // the end are left out, so that a setting one column too wide does not wrap every line.
    printer.println(paddedText({ ...line, text }, columns).trimEnd());
  }
  if (line.bold) printer.bold(false);
  if (line.tall || line.wide) printer.setTextNormal();
}

function pieces(text: string, width: number): string[] {
  if (text.length <= width) return [text];
  const parts: string[] = [];
  for (let from = 0; from < text.length; from += width) parts.push(text.slice(from, from + width));
  return parts;
}

/** As short as a paper can end: what was printed last stands just past the cutter or the bar. */
function endLabels(printer: ThermalPrinter, profile: PrinterProfile): void {
  if (profile.canCut) cut(printer);
  else feed(printer);
}

/** Cut, or a dashed line to tear along. */
function endPaper(printer: ThermalPrinter, profile: PrinterProfile): void {
  if (profile.canCut) {
    cut(printer);
    return;
  }
  printer.println('');
  printer.println('- '.repeat(Math.floor(profile.columns / 2)).trimEnd());
  feed(printer);
}

/** The library's tab feeds four lines, which is the way from the head to the cutter; after the cut it resets the printer. */
function cut(printer: ThermalPrinter): void {
  printer.cut({ verticalTabAmount: 1 });
}

function feed(printer: ThermalPrinter): void {
  for (let line = 0; line < TEAR_FEED_LINES; line += 1) printer.println('');
}
