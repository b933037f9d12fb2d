import { assertRule } from './check.ts';
import { formatRupiah, type Rupiah } from './money.ts';
import { assertColumns, centered, large, type PaperItem, paperLines, ruleText, wrapText } from './paper.ts';
import { PAPER_WORDS } from './paper-words.ts';
import { parseQris } from './qris.ts';
import { documentLines, headerLines, type PaperDocument } from './receipt.ts';

/** A QRIS code that a buyer is to pay. `number` is the ticket's short code: the bill number inside the code. */
export interface QrisSlip extends PaperDocument {
  readonly cashier: string;
  /** Rupiah. */
  readonly amount: Rupiah;
  /** The whole text of the code. */
  readonly payload: string;
}

/**
 * The slip of a QRIS code: the amount large, whom it pays, the code as large as the paper allows. Throws when the
 * code is broken or asks for another amount than the slip says.
 * Docs/domain rule: the picture proves nothing, so the slip says BUKAN BUKTI BAYAR.
 */
export function qrisSlipLines(slip: QrisSlip, columns: number): PaperItem[] {
  assertColumns(columns);
  const code = parseQris(slip.payload);
  assertRule(code.ok, `QRIS slip ${slip.number}: the code is broken`);
  assertRule(code.amountRupiah === slip.amount, `QRIS slip ${slip.number}: the code asks for another amount`);
  const words = PAPER_WORDS[slip.language];
  const rule = paperLines([ruleText(columns)]);
  return [
    ...headerLines(slip.center, slip.reprint, words, columns),
    ...rule,
    ...centered(words.qrisTitle, columns, { bold: true }),
    ...documentLines(slip, { ...words, number: words.bill }, columns),
    ...paperLines(wrapText(`${words.cashier}: ${slip.cashier}`, columns)),
    ...paperLines(wrapText(`${words.payTo}: ${code.merchantName}`, columns)),
    ...rule,
    ...large(formatRupiah(slip.amount), columns),
    { code: 'qr', text: slip.payload, instead: words.qrisOnScreen },
    ...centered(words.notProof, columns, { bold: true, tall: true }),
  ];
}
