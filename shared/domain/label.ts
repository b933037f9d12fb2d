import { isEan } from './barcode.ts';
import { type BusinessDay, formatDay, type Language } from './calendar.ts';
import { assertRule } from './check.ts';
import { formatRupiah, type Rupiah } from './money.ts';
import {
  assertColumns,
  large,
  leftRight,
  type PaperCode,
  type PaperItem,
  paperLines,
  ruleText,
  wrapText,
} from './paper.ts';
import { PAPER_WORDS } from './paper-words.ts';
import { PIECE_UNIT } from './receipt.ts';

/** Labels of a product, or of one of its batches, as they were asked for. */
export interface Label {
  readonly name: string;
  readonly vendorCode: string;
  /** Rupiah per unit. */
  readonly price: Rupiah;
  readonly unit: string;
  /** Letters, digits, dot, dash, slash. */
  readonly barcode: string;
  /** The batch's; null where the label is of the product. */
  readonly expires: BusinessDay | null;
  readonly copies: number;
  readonly language: Language;
}

/** More than this in one job outgrows the bounds of a job. */
const MAX_COPIES = 200;
const MAX_NAME_LINES = 2;
const CUT_MARK = '...';

/** Which copies of a run of labels, counted from 0: `from` is the first one, `to` the one behind the last. */
export interface LabelPart {
  readonly from: number;
  readonly to: number;
}

/**
 * Copies of a label below each other: all of them, or a part. Below each but the run's last stands a line to tear along
 * and nothing more: the white above and below that line's dots is gap enough, and paper costs money. Throws for no copy
 * or too many.
 */
export function labelLines(
  label: Label,
  columns: number,
  { from, to }: LabelPart = { from: 0, to: label.copies },
): PaperItem[] {
  assertColumns(columns);
  const { copies } = label;
  assertRule(Number.isSafeInteger(copies) && copies >= 1 && copies <= MAX_COPIES, 'labels come in 1 to 200');
  assertRule(from >= 0 && from < to && to <= copies, 'a part of a run has labels');
  const one = oneLabel(label, columns);
  const parted = [...one, ...paperLines([ruleText(columns, '.')])];
  return Array.from({ length: to - from }, (_, at) => (from + at === copies - 1 ? one : parted)).flat();
}

function oneLabel(label: Label, columns: number): PaperItem[] {
  const words = PAPER_WORDS[label.language];
  const unit = label.unit === PIECE_UNIT ? '' : `/${label.unit}`;
  const expires = label.expires === null ? '' : `${words.expires} ${formatDay(label.expires)}`;
  return [
    ...paperLines(nameLines(label.name, columns), { bold: true, align: 'center' }),
    ...large(`${formatRupiah(label.price)}${unit}`, columns),
    { code: codeOf(label.barcode), text: label.barcode, caption: true },
    ...paperLines(leftRight(label.vendorCode, expires, columns)),
  ];
}

/** At most two lines: a label is for the price and the code, and a long name ends in dots. */
function nameLines(name: string, columns: number): string[] {
  const lines = wrapText(name, columns);
  if (lines.length <= MAX_NAME_LINES) return lines;
  const kept = lines.slice(0, MAX_NAME_LINES);
  const last = kept[MAX_NAME_LINES - 1] ?? '';
  return [...kept.slice(0, -1), last.slice(0, columns - CUT_MARK.length) + CUT_MARK];
}

/** An EAN with its right check digit is read by every scanner; anything else is Code 128. */
function codeOf(barcode: string): PaperCode['code'] {
  if (!isEan(barcode)) return 'code128';
  return barcode.length === 13 ? 'ean13' : 'ean8';
}
