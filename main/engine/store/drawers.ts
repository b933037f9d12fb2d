import { type CashFigures, LONGEST_SHIFT_MS } from '../../../shared/contract/shift.ts';
import { assertRule } from '../../../shared/domain/check.ts';
import type { Reason } from '../../../shared/domain/reasons.ts';
import type { Context, ReadContext } from '../context.ts';
import { type DrawerRow, drawerById, type ShiftRow, shiftBySeq, userById } from './rows.ts';
import type { Statements } from './statements.ts';

/** What a drawer holds and why: one function for the office's screen, for X and Z reports and for the slip. */

type Figure = keyof Omit<CashFigures, 'floatRupiah' | 'expectedRupiah'>;

/** Figures that count what leaves; the others count what comes in. */
const OUTWARD: ReadonlySet<Figure> = new Set<Figure>([
  'refundsCashRupiah',
  'outRupiah',
  'dropsRupiah',
  'payoutsRupiah',
  'purchasesRupiah',
  'buyerPaymentsRupiah',
  'toDrawersRupiah',
]);

/** The figure that each reason which can touch a cash account falls under while a drawer is in use. */
const everyDrawer: { readonly [reason in Reason]?: Figure } = {
  'sale.cash': 'salesCashRupiah',
  'sale.change': 'salesCashRupiah',
  'refund.cash': 'refundsCashRupiah',
  'cash.in': 'inRupiah',
  'cash.out': 'outRupiah',
  'payout.cash': 'payoutsRupiah',
  'purchase.paid': 'purchasesRupiah',
  'buyer.paid': 'buyerPaymentsRupiah',
  'vendor.paid-in': 'vendorPaymentsRupiah',
};
const tillOnly: typeof everyDrawer = { 'cash.drop': 'dropsRupiah', 'cash.from-safe': 'inRupiah' };
const safeOnly: typeof everyDrawer = {
  'cash.drop': 'fromDrawersRupiah',
  'shift.to-safe': 'fromDrawersRupiah',
  'shift.float': 'toDrawersRupiah',
  'cash.from-safe': 'toDrawersRupiah',
};

/** Debits less credits of a drawer's cash account after one journal row and before another, by reason. */
const CASH_BY_REASON = `
  WITH cash AS (SELECT id FROM account WHERE ledger = 0 AND code = 'cash' AND owner = ?)
  SELECT reason, sum(amount) AS amount FROM (
    SELECT reason, amount FROM transfer WHERE debit = (SELECT id FROM cash) AND seq > ? AND seq < ?
    UNION ALL
    SELECT reason, -amount FROM transfer WHERE credit = (SELECT id FROM cash) AND seq > ? AND seq < ?)
  GROUP BY reason`;

/** What the figures of a drawer begin with. */
interface Beginning {
  readonly seq: number;
  readonly floatRupiah: number;
}

/**
 * The cash figures of a shift until its closing, or until now. Throws "rule broken" for a reason that no figure
 * knows. Docs/domain rule: expected cash = float + cash tendered − change ± cash in/out − cash refunds − payouts.
 */
export function cashFigures(sql: Statements, shift: ShiftRow): CashFigures {
  const isSafe = drawerById(sql, shift.drawer)?.is_safe === 1;
  const { seq, floatRupiah } = isSafe
    ? safeBeginning(sql, shift)
    : { seq: shift.seq, floatRupiah: shift.float };
  const until = shift.closed ?? Number.MAX_SAFE_INTEGER;
  const moved = sql.all<{ reason: Reason; amount: number }>(
    CASH_BY_REASON,
    String(shift.drawer),
    seq,
    until,
    seq,
    until,
  );
  const figures = noFigures();
  figures.floatRupiah = floatRupiah;
  figures.expectedRupiah = floatRupiah;
  for (const { reason, amount } of moved) {
    const figure = everyDrawer[reason] ?? (isSafe ? safeOnly : tillOnly)[reason];
    assertRule(figure !== undefined, `${reason} moved cash of drawer ${shift.drawer} for no known figure`);
    figures[figure] += OUTWARD.has(figure) ? -amount : amount;
    figures.expectedRupiah += amount;
  }
  return figures;
}

/** The safe never closes: its figures begin anew with each count, which is when somebody knew what it held. */
function safeBeginning(sql: Statements, shift: ShiftRow): Beginning {
  const count = lastSafeCount(sql, shift.drawer);
  return count
    ? { seq: count.seq, floatRupiah: count.counted }
    : { seq: shift.seq, floatRupiah: shift.float };
}

export interface SafeCountRow {
  seq: number;
  number: string;
  day: string;
  counted: number;
  difference: number;
}

/** The newest count of a safe. */
export function lastSafeCount(sql: Statements, drawer: number): SafeCountRow | undefined {
  return sql.one<SafeCountRow>(
    `SELECT safe_count.seq, number, journal.day, counted, difference FROM safe_count
     JOIN journal ON journal.seq = safe_count.seq WHERE drawer = ? ORDER BY safe_count.seq DESC LIMIT 1`,
    drawer,
  );
}

/** All 0: a drawer without an open shift. Rupiah throughout. */
export function noFigures(): CashFigures {
  return {
    floatRupiah: 0,
    salesCashRupiah: 0,
    refundsCashRupiah: 0,
    inRupiah: 0,
    outRupiah: 0,
    dropsRupiah: 0,
    payoutsRupiah: 0,
    purchasesRupiah: 0,
    buyerPaymentsRupiah: 0,
    vendorPaymentsRupiah: 0,
    fromDrawersRupiah: 0,
    toDrawersRupiah: 0,
    expectedRupiah: 0,
  };
}

/**
 * The open shift that a command moves cash of, with its drawer. A cashier has the own one only, so never the safe's;
 * the office helps at any. Says `shift-not-open` or `not-your-shift`.
 */
export function shiftToUse(ctx: Context, shiftSeq: number): { shift: ShiftRow; drawer: DrawerRow } {
  const shift = shiftBySeq(ctx.sql, shiftSeq);
  const drawer = shift && drawerById(ctx.sql, shift.drawer);
  if (!shift || !drawer || shift.closed !== null) return ctx.reject('shift-not-open', {});
  const isOffice = userById(ctx.sql, ctx.actor ?? 0)?.role !== 'cashier';
  const isOwn = shift.user === ctx.actor && drawer.is_safe === 0;
  if (!isOffice && !isOwn) {
    ctx.reject('not-your-shift', { username: userById(ctx.sql, shift.user)?.username ?? '' });
  }
  return { shift, drawer };
}

/** Says `shift-too-long` where a till's shift was opened too long ago to sell or refund on. */
export function refuseLongShift(ctx: Context, shift: ShiftRow): void {
  if (ctx.at - shift.at > LONGEST_SHIFT_MS) ctx.reject('shift-too-long', { openedAt: shift.at });
}

interface Denomination {
  readonly valueRupiah: number;
  readonly pieces: number;
}

/** Keeps how a sum was counted, note by note. Says `denominations-differ` when they do not add up to it. */
export function keepDenominations(
  ctx: Context,
  countedRupiah: number,
  denominations: readonly Denomination[] | undefined,
): void {
  if (!denominations) return;
  const denominationsRupiah = denominations.reduce(
    (sum, { valueRupiah, pieces }) => sum + valueRupiah * pieces,
    0,
  );
  if (denominationsRupiah !== countedRupiah) {
    ctx.reject('denominations-differ', { denominationsRupiah, countedRupiah });
  }
  for (const { valueRupiah, pieces } of denominations) {
    ctx.insert('cash_count', { value: valueRupiah, pieces });
  }
}

/** How the cash of a closing or a count was made up, largest value first. */
export function denominationsOf(ctx: ReadContext, seq: number): Denomination[] {
  return ctx.sql.all<Denomination>(
    'SELECT value AS valueRupiah, pieces FROM cash_count WHERE seq = ? ORDER BY value DESC',
    seq,
  );
}
