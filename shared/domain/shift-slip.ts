import type { Language } from './calendar.ts';
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
import { PAPER_WORDS } from './paper-words.ts';
import { documentLines, headerLines, type PaperHeader } from './receipt.ts';

/** What moves cash of a drawer during a shift, in the order of the slip. */
export const CASH_MOVES = [
  'sales',
  'refunds',
  'in',
  'out',
  'drops',
  'payouts',
  'purchases',
  'buyers',
  'vendors',
] as const;
export type CashMove = (typeof CASH_MOVES)[number];

/** A drawer's closing as it was committed. Rupiah throughout. */
export interface ShiftSlip {
  readonly center: PaperHeader;
  readonly number: string;
  readonly atMs: number;
  readonly offsetMinutes: number;
  readonly cashier: string;
  readonly drawerCode: string;
  readonly float: Rupiah;
  readonly sales: number;
  /** By every means of payment. */
  readonly salesTotal: Rupiah;
  /** What came into the drawer, and, below 0, what went out; what is 0 is not printed. */
  readonly cash: Readonly<Record<CashMove, Rupiah>>;
  readonly expected: Rupiah;
  readonly counted: Rupiah;
  readonly difference: Rupiah;
  readonly reprint: boolean;
  readonly language: Language;
}

/**
 * The slip of a blind close in lines of at most `columns` characters: what was expected and why, what was counted, and
 * the difference as the largest figure. Throws when they do not agree.
 * Docs/domain rule: expected cash = float + cash tendered − change ± cash in/out − cash refunds − cash payouts.
 */
export function shiftSlipLines(slip: ShiftSlip, columns: number): PaperLine[] {
  assertColumns(columns);
  assertRule(slip.counted - slip.expected === slip.difference, `closing ${slip.number} does not add up`);
  const moved = CASH_MOVES.reduce((sum, move) => sum + slip.cash[move], 0);
  assertRule(slip.float + moved === slip.expected, `cash of closing ${slip.number} does not add up`);
  const words = PAPER_WORDS[slip.language];
  const rule = paperLines([ruleText(columns)]);
  return [
    ...headerLines(slip.center, slip.reprint, words, columns),
    ...rule,
    ...centered(words.shiftTitle, columns, { bold: true }),
    ...documentLines(slip, words, columns),
    ...paperLines(wrapText(`${words.cashier}: ${slip.cashier}`, columns)),
    ...paperLines(wrapText(`${words.drawer}: ${slip.drawerCode}`, columns)),
    ...rule,
    ...paperLines(
      leftRight(`${words.sales} (${formatNumber(slip.sales)})`, formatRupiah(slip.salesTotal), columns),
    ),
    ...rule,
    ...paperLines(leftRight(words.float, formatRupiah(slip.float), columns)),
    ...CASH_MOVES.filter((move) => slip.cash[move] !== 0).flatMap((move) =>
      paperLines(leftRight(words.cashMoves[move], formatRupiah(slip.cash[move]), columns)),
    ),
    ...paperLines(leftRight(words.expectedCash, formatRupiah(slip.expected), columns)),
    ...paperLines(leftRight(words.countedCash, formatRupiah(slip.counted), columns)),
    ...paperLines(leftRight(words.difference, formatRupiah(slip.difference), columns), {
      bold: true,
      tall: true,
    }),
  ];
}
