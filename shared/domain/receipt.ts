import { businessDayAt, formatDay, formatTime, type Language } from './calendar.ts';
import { assertRule } from './check.ts';
import { formatNumber, formatRupiah, type Rupiah } from './money.ts';
import {
  assertColumns,
  centered,
  leftRight,
  type PaperItem,
  type PaperLine,
  paperLines,
  ruleText,
  transliterate,
  wrapText,
} from './paper.ts';
import { PAPER_WORDS, type PaperWords } from './paper-words.ts';
import { formatQty, type Qty } from './quantity.ts';
import type { Tender } from './tender.ts';

/** Whose paper it is. Texts of any script; they are transliterated when laid out. */
export interface PaperHeader {
  readonly name: string;
  readonly address: string | null;
  readonly phone: string | null;
  /** Who runs the center on the paper's day, where that is somebody else. */
  readonly operator?: string | null;
}

/** What every paper of the center has in common. */
export interface PaperDocument {
  readonly center: PaperHeader;
  readonly number: string;
  /** The wall clock of the document, ms since 1970 UTC, and the center's minutes from UTC. */
  readonly atMs: number;
  readonly offsetMinutes: number;
  /** A second print: says SALINAN, so that one document never has two originals. */
  readonly reprint: boolean;
  readonly language: Language;
}

/** The unit that is not written out: `3 x 18.000`, but `0,755 kg x 28.500`. */
export const PIECE_UNIT = 'pcs';

export interface ReceiptLine {
  readonly name: string;
  readonly quantity: Qty;
  readonly unit: string;
  /** Rupiah per unit. */
  readonly price: Rupiah;
  /** Rupiah before any discount. */
  readonly gross: Rupiah;
  /** The line's own discounts and its promotion's in rupiah, ≥ 0; the sale discount stands below the lines as one figure. */
  readonly discount: Rupiah;
}

/** A sale as it was committed: every figure is the stored one, nothing here is computed anew. Rupiah throughout. */
export interface ReceiptDocument extends PaperDocument {
  readonly cashier: string;
  readonly lines: readonly ReceiptLine[];
  readonly saleDiscount: Rupiah;
  /** What the sale came to before cash rounding. */
  readonly total: Rupiah;
  readonly rounding: Rupiah;
  readonly tenders: readonly (Tender & { readonly reference?: string | null })[];
  readonly change: Rupiah;
  readonly footer: string | null;
}

/**
 * The receipt as lines of at most `columns` characters, with its number as a code at the end: scanned at a till, it
 * opens the refund. Throws when the figures of the document do not add up, because a receipt that is wrong must not
 * leave the shop.
 * Docs/domain rule, receipts on paper: an item's name has its own full-width line, below it `qty x price` at the left
 * and the amount at the right; rounding is a line of its own and only there when something was rounded.
 */
export function receiptLines(receipt: ReceiptDocument, columns: number): PaperItem[] {
  assertColumns(columns);
  assertAddsUp(receipt);
  const words = PAPER_WORDS[receipt.language];
  const rule = paperLines([ruleText(columns)]);
  return [
    ...headerLines(receipt.center, receipt.reprint, words, columns),
    ...rule,
    ...documentLines(receipt, words, columns),
    ...paperLines(wrapText(`${words.cashier}: ${receipt.cashier}`, columns)),
    ...rule,
    ...receipt.lines.flatMap((line) => itemLines(line, words, columns)),
    ...rule,
    ...totalLines(receipt, words, columns),
    ...paymentLines(receipt, words, columns),
    ...(receipt.footer === null ? [] : [...rule, ...centered(receipt.footer, columns)]),
    { code: 'qr', text: transliterate(receipt.number), small: true },
  ];
}

/** Name, operator, address and phone of the center, and the mark of a copy: the top of every paper. */
export function headerLines(
  center: PaperHeader,
  reprint: boolean,
  words: PaperWords,
  columns: number,
): PaperLine[] {
  return [
    ...centered(center.name, columns, { bold: true, tall: true }),
    ...(center.operator ? centered(`${words.operator}: ${center.operator}`, columns) : []),
    ...centered(center.address ?? '', columns),
    ...(center.phone === null ? [] : centered(`${words.phone} ${center.phone}`, columns)),
    ...(reprint ? centered(`*** ${words.copy} ***`, columns, { bold: true }) : []),
  ];
}

/** Number, date and time of a document. */
export function documentLines(
  document: Pick<PaperDocument, 'number' | 'atMs' | 'offsetMinutes'>,
  words: PaperWords,
  columns: number,
): PaperLine[] {
  return [
    ...paperLines(wrapText(`${words.number} ${document.number}`, columns)),
    ...momentLines(words.date, document.atMs, document.offsetMinutes, columns),
  ];
}

/** `Tanggal: 21-11-2026 10:05`. `atMs` is ms since 1970 UTC, `offsetMinutes` the center's minutes from UTC. */
export function momentLines(
  label: string,
  atMs: number,
  offsetMinutes: number,
  columns: number,
): PaperLine[] {
  const day = formatDay(businessDayAt(atMs, offsetMinutes));
  return paperLines(wrapText(`${label}: ${day} ${formatTime(atMs, offsetMinutes)}`, columns));
}

/** How much of what: `3`, `0,755 kg`. */
export function quantityText(line: Pick<ReceiptLine, 'quantity' | 'unit'>): string {
  return line.unit === PIECE_UNIT ? formatQty(line.quantity) : `${formatQty(line.quantity)} ${line.unit}`;
}

function itemLines(line: ReceiptLine, words: PaperWords, columns: number): PaperLine[] {
  const figures = `${quantityText(line)} x ${formatNumber(line.price)}`;
  return paperLines([
    ...wrapText(line.name, columns),
    ...leftRight(figures, formatNumber(line.gross), columns),
    ...(line.discount === 0 ? [] : leftRight(words.discount, formatNumber(-line.discount), columns)),
  ]);
}

function totalLines(receipt: ReceiptDocument, words: PaperWords, columns: number): PaperLine[] {
  const discounted = receipt.saleDiscount !== 0;
  const subtotal = leftRight(words.subtotal, formatNumber(receipt.total + receipt.saleDiscount), columns);
  const discount = leftRight(words.saleDiscount, formatNumber(-receipt.saleDiscount), columns);
  return [
    ...paperLines(discounted ? [...subtotal, ...discount] : []),
    ...paperLines(leftRight(words.total, formatRupiah(receipt.total), columns), { bold: true, tall: true }),
  ];
}

function paymentLines(receipt: ReceiptDocument, words: PaperWords, columns: number): PaperLine[] {
  const { rounding, tenders, change } = receipt;
  const paidCash = tenders.some((tender) => tender.kind === 'cash');
  return paperLines([
    ...(rounding === 0 ? [] : leftRight(words.rounding, formatNumber(rounding), columns)),
    ...tenders.flatMap((tender) => [
      ...leftRight(words.tenders[tender.kind], formatNumber(tender.amount), columns),
      ...(tender.reference ? wrapText(`${words.reference} ${tender.reference}`, columns) : []),
    ]),
    ...(paidCash ? leftRight(words.change, formatNumber(change), columns) : []),
  ]);
}

function assertAddsUp(receipt: ReceiptDocument): void {
  let ofLines = -receipt.saleDiscount;
  for (const line of receipt.lines) ofLines += line.gross - line.discount;
  assertRule(ofLines === receipt.total, `receipt ${receipt.number}: lines do not add up to the total`);
  let kept = -receipt.change;
  for (const tender of receipt.tenders) kept += tender.amount;
  assertRule(
    kept === receipt.total + receipt.rounding,
    `receipt ${receipt.number}: tenders less change are not the total and its rounding`,
  );
}
