import { assertRule } from './check.ts';
import { formatNumber, formatRupiah, type Rupiah } from './money.ts';
import { leftRight, type PaperLine, paperLines, ruleText } from './paper.ts';
import type { PaperWords } from './paper-words.ts';
import type { TenderKind } from './tender.ts';

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

/** What a shift took in and gave out, at its closing or at some moment before. Rupiah throughout. */
export interface ShiftFigures {
  readonly float: Rupiah;
  readonly sales: number;
  /** By every means of payment, before cash rounding. */
  readonly salesTotal: Rupiah;
  readonly rounding: Rupiah;
  /** Taken by other means than cash. */
  readonly tenders: readonly { readonly kind: TenderKind; readonly amount: Rupiah }[];
  readonly refunds: number;
  readonly refundsTotal: Rupiah;
  /** What came into the drawer, and, below 0, what went out; what is 0 is not printed. */
  readonly cash: Readonly<Record<CashMove, Rupiah>>;
  readonly expected: Rupiah;
}

/**
 * Sales by means of payment, refunds, and why the drawer should hold what it should. `document` names the paper where
 * the figures do not agree, which throws.
 * Docs/domain rules: non-cash + cash taken = sales + rounding; expected cash = float + cash tendered − change ± cash
 * in/out − cash refunds − cash payouts.
 */
export function shiftFigureLines(
  figures: ShiftFigures,
  document: string,
  words: PaperWords,
  columns: number,
): PaperLine[] {
  assertAgrees(figures, document);
  const { sales, salesTotal, rounding, tenders, refunds, refundsTotal, cash } = figures;
  const tenderTexts = [{ kind: 'cash' as const, amount: cash.sales }, ...tenders].flatMap(
    ({ kind, amount }) => leftRight(`- ${words.tenders[kind]}`, formatRupiah(amount), columns),
  );
  return paperLines([
    ...leftRight(`${words.sales} (${formatNumber(sales)})`, formatRupiah(salesTotal), columns),
    ...(rounding === 0 ? [] : leftRight(words.rounding, formatRupiah(rounding), columns)),
    ...(sales === 0 ? [] : tenderTexts),
    ...(refunds === 0
      ? []
      : leftRight(`${words.refunds} (${formatNumber(refunds)})`, formatRupiah(refundsTotal), columns)),
    ruleText(columns),
    ...leftRight(words.float, formatRupiah(figures.float), columns),
    ...CASH_MOVES.filter((move) => cash[move] !== 0).flatMap((move) => {
      return leftRight(words.cashMoves[move], formatRupiah(cash[move]), columns);
    }),
  ]);
}

function assertAgrees(figures: ShiftFigures, document: string): void {
  const { float, salesTotal, rounding, tenders, cash, expected } = figures;
  const taken = tenders.reduce<number>((sum, { amount }) => sum + amount, cash.sales);
  assertRule(taken === salesTotal + rounding, `sales of ${document} are not what was paid for them`);
  const moved = CASH_MOVES.reduce<number>((sum, move) => sum + cash[move], 0);
  assertRule(float + moved === expected, `cash of ${document} does not add up`);
}
