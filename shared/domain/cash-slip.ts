import { assertRule } from './check.ts';
import { formatRupiah, type Rupiah } from './money.ts';
import { assertColumns, centered, large, type PaperItem, paperLines, ruleText, wrapText } from './paper.ts';
import { PAPER_WORDS, type PaperWords } from './paper-words.ts';
import { documentLines, headerLines, type PaperDocument } from './receipt.ts';
import { type Signature, signatureLines } from './signatures.ts';
import { terbilangRupiah } from './terbilang.ts';

/** Into the drawer, out of it, or from it into the safe. */
export type CashDirection = 'in' | 'out' | 'drop';

/** Where the money comes from or goes to. */
export type CashKind = 'other-income' | 'bank' | 'opening' | 'expense' | 'safe';

/** Cash moved by hand, as it was committed. */
export interface CashSlip extends PaperDocument {
  readonly cashier: string;
  readonly drawerCode: string;
  readonly direction: CashDirection;
  readonly kind: CashKind;
  /** Of an expense: what for. */
  readonly category: string | null;
  /** Rupiah, above 0. */
  readonly amount: Rupiah;
  readonly memo: string;
}

/**
 * The slip of cash moved by hand in lines of at most `columns` characters: the amount large and in Indonesian words,
 * what for, two places to sign. Throws when nothing was moved.
 */
export function cashSlipLines(slip: CashSlip, columns: number): PaperItem[] {
  assertColumns(columns);
  assertRule(slip.amount > 0, `cash slip ${slip.number}: nothing was moved`);
  const words = PAPER_WORDS[slip.language];
  const rule = paperLines([ruleText(columns)]);
  const purpose = words.cashKinds[slip.kind] + (slip.category === null ? '' : ` (${slip.category})`);
  const label = slip.direction === 'in' ? words.cashFrom : words.cashTo;
  return [
    ...headerLines(slip.center, slip.reprint, words, columns),
    ...rule,
    ...centered(words.cashTitles[slip.direction], columns, { bold: true }),
    ...documentLines(slip, words, columns),
    ...paperLines(wrapText(`${words.cashier}: ${slip.cashier}`, columns)),
    ...paperLines(wrapText(`${words.drawer}: ${slip.drawerCode}`, columns)),
    ...rule,
    ...large(formatRupiah(slip.amount), columns),
    ...paperLines(wrapText(`${words.inWords}: ${terbilangRupiah(slip.amount)}`, columns)),
    ...paperLines(wrapText(`${label}: ${purpose}`, columns)),
    ...(slip.memo === '' ? [] : paperLines(wrapText(`${words.memo}: ${slip.memo}`, columns))),
    ...signatureLines(signaturesOf(slip, words), columns),
  ];
}

/** Who hands the money over signs at the left. */
function signaturesOf(slip: CashSlip, words: PaperWords): [Signature, Signature] {
  const cashier = { role: words.cashier, name: slip.cashier };
  if (slip.direction === 'in') return [{ role: words.giver, name: '' }, cashier];
  return [cashier, { role: words.taker, name: '' }];
}
