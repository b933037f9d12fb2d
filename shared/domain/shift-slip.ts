import { assertRule } from './check.ts';
import { formatNumber, formatRupiah, type Rupiah } from './money.ts';
import {
  assertColumns,
  centered,
  leftRight,
  type PaperLine,
  paperLines,
  ruleText,
  wrapText,
} from './paper.ts';
import { PAPER_WORDS, type PaperWords } from './paper-words.ts';
import { documentLines, headerLines, momentLines, type PaperDocument } from './receipt.ts';
import { type ShiftFigures, shiftFigureLines } from './shift-figures.ts';

/** Whose shift it is, at which drawer, since when. */
interface OfShift extends PaperDocument, ShiftFigures {
  readonly cashier: string;
  readonly drawerCode: string;
  /** The wall clock of the opening, ms since 1970 UTC. */
  readonly openedAtMs: number;
}

/** A drawer's closing as it was committed. Rupiah throughout. */
export interface ShiftSlip extends OfShift {
  readonly counted: Rupiah;
  readonly difference: Rupiah;
  /** How the counted cash was made up, largest value first; empty where only the sum was told. */
  readonly denominations: readonly { readonly value: Rupiah; readonly pieces: number }[];
}

/** The figures of an open shift at the moment somebody asked for them. */
export interface ShiftReport extends OfShift {
  readonly askedBy: string;
  /** Who let a cashier see the expected cash before counting; null where whoever asked may. */
  readonly approvedBy: string | null;
}

/**
 * The slip of a blind close (Z) in lines of at most `columns` characters: sales by means of payment, what was expected
 * and why, what was counted note by note, and the difference as the largest figure. Throws when they do not agree.
 */
export function shiftSlipLines(slip: ShiftSlip, columns: number): PaperLine[] {
  assertColumns(columns);
  assertCounted(slip);
  const words = PAPER_WORDS[slip.language];
  return [
    ...headLines(slip, words.shiftTitle, words, columns),
    ...shiftFigureLines(slip, `closing ${slip.number}`, words, columns),
    ...paperLines(leftRight(words.expectedCash, formatRupiah(slip.expected), columns)),
    ...denominationLines(slip, words, columns),
    ...paperLines(leftRight(words.countedCash, formatRupiah(slip.counted), columns)),
    ...paperLines(leftRight(words.difference, formatRupiah(slip.difference), columns), {
      bold: true,
      tall: true,
    }),
  ];
}

/** The figures of an open shift (X): the same as at its closing, without a count. Throws when they do not agree. */
export function shiftReportLines(report: ShiftReport, columns: number): PaperLine[] {
  assertColumns(columns);
  const words = PAPER_WORDS[report.language];
  return [
    ...headLines(report, words.reportTitle, words, columns),
    ...shiftFigureLines(report, `report ${report.number}`, words, columns),
    ...paperLines(leftRight(words.expectedCash, formatRupiah(report.expected), columns), {
      bold: true,
      tall: true,
    }),
    ...paperLines(wrapText(`${words.askedBy}: ${report.askedBy}`, columns)),
    ...paperLines(
      report.approvedBy === null ? [] : wrapText(`${words.approvedBy}: ${report.approvedBy}`, columns),
    ),
    ...centered(words.reportHint, columns),
  ];
}

function headLines(of: OfShift, title: string, words: PaperWords, columns: number): PaperLine[] {
  const rule = paperLines([ruleText(columns)]);
  return [
    ...headerLines(of.center, of.reprint, words, columns),
    ...rule,
    ...centered(title, columns, { bold: true }),
    ...documentLines(of, words, columns),
    ...momentLines(words.shiftOpened, of.openedAtMs, of.offsetMinutes, columns),
    ...paperLines(wrapText(`${words.cashier}: ${of.cashier}`, columns)),
    ...paperLines(wrapText(`${words.drawer}: ${of.drawerCode}`, columns)),
    ...rule,
  ];
}

function denominationLines({ denominations }: ShiftSlip, words: PaperWords, columns: number): PaperLine[] {
  if (denominations.length === 0) return [];
  return paperLines([
    ...wrapText(`${words.denominations}:`, columns),
    ...denominations.flatMap(({ value, pieces }) => {
      const left = `${formatNumber(value)} x ${formatNumber(pieces)}`;
      return leftRight(left, formatNumber(value * pieces), columns);
    }),
  ]);
}

function assertCounted({ number, expected, counted, difference, denominations }: ShiftSlip): void {
  assertRule(counted - expected === difference, `closing ${number} does not add up`);
  if (denominations.length === 0) return;
  const sum = denominations.reduce((total, { value, pieces }) => total + value * pieces, 0);
  assertRule(sum === counted, `notes and coins of closing ${number} are not what was counted`);
}
