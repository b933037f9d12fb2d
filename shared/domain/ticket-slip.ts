import { formatNumber, formatRupiah, type Rupiah, rupiah } from './money.ts';
import {
  assertColumns,
  centered,
  large,
  leftRight,
  type PaperItem,
  type PaperLine,
  paperLines,
  ruleText,
  transliterate,
  wrapText,
} from './paper.ts';
import { PAPER_WORDS, type PaperWords } from './paper-words.ts';
import { documentLines, headerLines, type PaperDocument, quantityText, type ReceiptLine } from './receipt.ts';

/** A parked basket. `number` is its short code, which recalls it at any till. Rupiah throughout. */
export interface TicketSlip extends PaperDocument {
  readonly cashier: string;
  /** Whose it is. */
  readonly name: string | null;
  readonly lines: readonly Omit<ReceiptLine, 'discount'>[];
  /** What it came to when it was parked, every discount taken off. */
  readonly total: Rupiah;
}

/**
 * The slip of a parked basket in lines of at most `columns` characters, with its code to scan. What the lines come to
 * beyond the total stands as one discount.
 */
export function ticketSlipLines(slip: TicketSlip, columns: number): PaperItem[] {
  assertColumns(columns);
  const words = PAPER_WORDS[slip.language];
  const rule = paperLines([ruleText(columns)]);
  return [
    ...headerLines(slip.center, slip.reprint, words, columns),
    ...rule,
    ...centered(words.ticketTitle, columns, { bold: true }),
    ...documentLines(slip, words, columns),
    ...paperLines(wrapText(`${words.cashier}: ${slip.cashier}`, columns)),
    ...(slip.name === null ? [] : paperLines(wrapText(`${words.ticketName}: ${slip.name}`, columns))),
    ...rule,
    ...slip.lines.flatMap((line) => itemLines(line, columns)),
    ...rule,
    ...totalLines(slip, words, columns),
    ...large(slip.number, columns),
    { code: 'qr', text: transliterate(slip.number), small: true },
    ...centered(words.ticketHint, columns),
  ];
}

function itemLines(line: TicketSlip['lines'][number], columns: number): PaperLine[] {
  const figures = `${quantityText(line)} x ${formatNumber(line.price)}`;
  return paperLines([
    ...wrapText(line.name, columns),
    ...leftRight(figures, formatNumber(line.gross), columns),
  ]);
}

function totalLines({ lines, total }: TicketSlip, words: PaperWords, columns: number): PaperLine[] {
  const discount = lines.reduce((sum, line) => sum + line.gross, 0) - total;
  return [
    ...paperLines(discount === 0 ? [] : leftRight(words.discount, formatNumber(-discount), columns)),
    ...paperLines(leftRight(words.total, formatRupiah(rupiah(total)), columns), { bold: true, tall: true }),
  ];
}
