import { type BusinessDay, formatDay } from './calendar.ts';
import { assertRule } from './check.ts';
import { formatRupiah, type Rupiah, rupiah } from './money.ts';
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
import { documentLines, headerLines, type PaperDocument } from './receipt.ts';
import { signatureLines } from './signatures.ts';
import type { Statement, StatementMovement } from './statement.ts';
import { terbilangRupiah } from './terbilang.ts';

/** A payout to a vendor as it was committed. Rupiah throughout. */
export interface PayoutSlip extends PaperDocument {
  readonly vendorCode: string;
  readonly vendorName: string;
  /** Who hands the money over. */
  readonly paidBy: string;
  readonly cutoffDay: BusinessDay;
  /** The vendor's statement up to the cut-off, without this payout. */
  readonly statement: Pick<Statement<StatementMovement>, 'opening' | 'closing'> & {
    readonly sections: readonly Pick<Statement<StatementMovement>['sections'][number], 'section' | 'sum'>[];
  };
  readonly paid: Rupiah;
  /** Duty of the stamp that belongs on this slip; 0 where the amount needs none. */
  readonly stampDuty: Rupiah;
}

/**
 * The vendor's payout slip (kwitansi) in lines of at most `columns` characters: whose, opening, what moved, balance,
 * paid, what is carried on, the amount in Indonesian words, a stamp box where one is due, two signatures.
 * Throws when opening and movements are not the closing, or when nothing was paid.
 */
export function payoutSlipLines(slip: PayoutSlip, columns: number): PaperLine[] {
  assertColumns(columns);
  const { statement, paid } = slip;
  const moved = statement.sections.reduce((sum, section) => sum + section.sum, 0);
  assertRule(
    statement.opening + moved === statement.closing,
    `payout ${slip.number}: the statement does not add up`,
  );
  assertRule(paid > 0, `payout ${slip.number}: nothing was paid`);
  const words = PAPER_WORDS[slip.language];
  const rule = paperLines([ruleText(columns)]);
  return [
    ...headerLines(slip.center, slip.reprint, words, columns),
    ...rule,
    ...centered(words.payoutTitle, columns, { bold: true }),
    ...documentLines(slip, words, columns),
    ...paperLines(wrapText(`${words.vendor}: ${slip.vendorCode} ${slip.vendorName}`, columns)),
    ...paperLines(wrapText(`${words.upTo} ${formatDay(slip.cutoffDay)}`, columns)),
    ...rule,
    ...figureLines(slip, words, columns),
    ...rule,
    ...paperLines(wrapText(`${words.inWords}: ${terbilangRupiah(paid)}`, columns)),
    ...stampLines(slip.stampDuty, words, columns),
    ...signatureLines(
      [
        { role: words.vendor, name: slip.vendorName },
        { role: words.center, name: slip.paidBy },
      ],
      columns,
    ),
  ];
}

function figureLines(slip: PayoutSlip, words: PaperWords, columns: number): PaperLine[] {
  const { opening, sections, closing } = slip.statement;
  const carried = rupiah(closing - slip.paid);
  const shown = sections.filter((section) => section.section === 'shares' || section.sum !== 0);
  return [
    ...paperLines(leftRight(words.opening, formatRupiah(opening), columns)),
    ...shown.flatMap(({ section, sum }) => {
      return paperLines(leftRight(words.sections[section], formatRupiah(sum), columns));
    }),
    ...paperLines(leftRight(words.closing, formatRupiah(closing), columns)),
    ...paperLines(leftRight(words.paid, formatRupiah(slip.paid), columns), { bold: true, tall: true }),
    ...(carried === 0 ? [] : paperLines(leftRight(words.carried, formatRupiah(carried), columns))),
  ];
}

/** Inner width of the stamp box: fits the words in both languages and stays within the narrowest paper. */
const STAMP_BOX_WIDTH = 16;

function stampLines(stampDuty: Rupiah, words: PaperWords, columns: number): PaperLine[] {
  if (stampDuty === 0) return [];
  const edge = `+${'-'.repeat(STAMP_BOX_WIDTH)}+`;
  const inside = [words.stampDuty, formatRupiah(stampDuty)].map((text) => {
    const before = Math.floor((STAMP_BOX_WIDTH - text.length) / 2);
    return `|${(' '.repeat(Math.max(0, before)) + text).padEnd(STAMP_BOX_WIDTH)}|`;
  });
  const box = [edge, ...inside, edge];
  assertRule(
    box.every((text) => text.length <= columns),
    'the stamp box fits the paper',
  );
  return paperLines(['', ...box], { align: 'center' });
}
