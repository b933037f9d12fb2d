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
  wrapText,
} from './paper.ts';
import { PAPER_WORDS, type PaperWords } from './paper-words.ts';
import { documentLines, headerLines, type PaperDocument, quantityText, type ReceiptLine } from './receipt.ts';
import { signatureLines } from './signatures.ts';
import type { TenderKind } from './tender.ts';

/** What came back of one line, and the rupiah that went back for it. */
export interface RefundSlipLine extends Pick<ReceiptLine, 'name' | 'quantity' | 'unit'> {
  readonly net: Rupiah;
}

/** A refund as it was committed, with what was owed to the buyer at that moment. Rupiah throughout. */
export interface RefundSlip extends PaperDocument {
  readonly cashier: string;
  /** The receipt that the goods were sold on. */
  readonly receiptNumber: string;
  /** The whole receipt was taken back at the till. */
  readonly isVoid: boolean;
  readonly lines: readonly RefundSlipLine[];
  readonly total: Rupiah;
  /** Of the cash part, kept by the center; below 0 given on top. */
  readonly rounding: Rupiah;
  readonly cashPaid: Rupiah;
  /** What the sale was paid in without cash is owed to the buyer first. */
  readonly owed: readonly { readonly kind: TenderKind; readonly amount: Rupiah }[];
  readonly memo: string | null;
}

/**
 * The slip of a refund in lines of at most `columns` characters: of which receipt, what came back, the money handed
 * out and the rest that is still owed, two places to sign unless the sale was taken back at the till. Throws when the
 * figures do not add up.
 * Docs/domain rule: refund = cash handed out + rounding + what is owed along the tenders without cash.
 */
export function refundSlipLines(slip: RefundSlip, columns: number): PaperItem[] {
  assertColumns(columns);
  assertAddsUp(slip);
  const words = PAPER_WORDS[slip.language];
  const rule = paperLines([ruleText(columns)]);
  const signatures = [
    { role: words.buyer, name: '' },
    { role: words.cashier, name: slip.cashier },
  ] as const;
  return [
    ...headerLines(slip.center, slip.reprint, words, columns),
    ...rule,
    ...centered(slip.isVoid ? words.voidTitle : words.refundTitle, columns, { bold: true }),
    ...documentLines(slip, words, columns),
    ...paperLines(wrapText(`${words.ofReceipt}: ${slip.receiptNumber}`, columns)),
    ...paperLines(wrapText(`${words.cashier}: ${slip.cashier}`, columns)),
    ...rule,
    ...slip.lines.flatMap((line) => itemLines(line, columns)),
    ...rule,
    ...moneyLines(slip, words, columns),
    ...(slip.memo === null ? [] : paperLines(wrapText(`${words.memo}: ${slip.memo}`, columns))),
    ...(slip.isVoid ? [] : signatureLines(signatures, columns)),
  ];
}

function itemLines(line: RefundSlipLine, columns: number): PaperLine[] {
  return paperLines([
    ...wrapText(line.name, columns),
    ...leftRight(quantityText(line), formatNumber(line.net), columns),
  ]);
}

function moneyLines(slip: RefundSlip, words: PaperWords, columns: number): PaperLine[] {
  const { total, rounding, cashPaid, owed } = slip;
  const hasCash = cashPaid !== 0 || owed.length === 0;
  return [
    ...paperLines(leftRight(words.refundTotal, formatRupiah(total), columns), { bold: true, tall: true }),
    ...paperLines(rounding === 0 ? [] : leftRight(words.rounding, formatNumber(-rounding), columns)),
    ...paperLines(hasCash ? leftRight(words.cashBack, formatRupiah(cashPaid), columns) : []),
    ...owed.flatMap(({ kind, amount }) => {
      const label = `${words.owed} (${words.tenders[kind]})`;
      return paperLines(leftRight(label, formatRupiah(amount), columns), { bold: true });
    }),
  ];
}

function assertAddsUp({ number, lines, total, rounding, cashPaid, owed }: RefundSlip): void {
  const ofLines = lines.reduce((sum, line) => sum + line.net, 0);
  assertRule(ofLines === total, `refund ${number}: lines do not add up to the total`);
  const goesBack = owed.reduce((sum, { amount }) => sum + amount, cashPaid + rounding);
  assertRule(goesBack === total, `refund ${number}: cash, rounding and what is owed are not the total`);
}
