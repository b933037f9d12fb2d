import type { OutputOf } from '../../../shared/contract/define.ts';
import {
  cashDrop,
  cashIn,
  cashList,
  cashOut,
  drawerState,
  safeCount,
} from '../../../shared/contract/shift.ts';
import { type AccountReference, moneyAccount } from '../../../shared/domain/chart.ts';
import { answers, type Context, handles } from '../context.ts';
import { held } from '../ledger.ts';
import { cashFigures, keepDenominations, lastSafeCount, noFigures, shiftToUse } from '../store/drawers.ts';
import { documentNumber } from '../store/numbers.ts';
import { centerRow, drawerById, openShiftOfDrawer, safeDrawer } from '../store/rows.ts';

interface Move {
  readonly direction: 'in' | 'out' | 'drop';
  readonly kind: string;
  readonly category: string | null;
  readonly amountRupiah: number;
  readonly memo: string;
}

/** The document of cash moved by hand; the transfer is its command's. */
function keepMove(
  ctx: Context,
  at: ReturnType<typeof shiftToUse>,
  move: Move,
): { move: number; number: string } {
  const number = documentNumber(ctx, 'cash_move');
  ctx.insert('cash_move', {
    number,
    shift: at.shift.seq,
    drawer: at.drawer.id,
    direction: move.direction,
    kind: move.kind,
    category: move.category,
    amount: move.amountRupiah,
    memo: move.memo,
  });
  if (ctx.contract >= 2) ctx.print('cash-slip', at.drawer.id);
  ctx.changed('shift');
  return { move: ctx.seq, number };
}

export const moveIn = handles(cashIn, (ctx, input) => {
  const at = shiftToUse(ctx, input.shift);
  const { kind, amountRupiah, memo } = input;
  const debit = moneyAccount('cash', at.drawer.id);
  if (kind === 'safe') {
    if (at.drawer.is_safe) ctx.reject('drawer-is-safe', { drawer: at.drawer.code });
    const credit = moneyAccount('cash', safeDrawer(ctx.sql)?.id);
    // A reason of its own: to the safe this is money that went to a till, no cash in below 0.
    ctx.post({ debit, credit, amount: amountRupiah, reason: 'cash.from-safe' });
  } else {
    ctx.post({ debit, credit: moneyAccount(kind), amount: amountRupiah, reason: 'cash.in' });
  }
  return keepMove(ctx, at, { direction: 'in', kind, category: null, amountRupiah, memo });
});

export const moveOut = handles(cashOut, (ctx, input) => {
  const at = shiftToUse(ctx, input.shift);
  const { kind, amountRupiah, memo } = input;
  const category = kind === 'expense' ? input.category : null;
  const to: AccountReference = category === null ? moneyAccount('bank') : moneyAccount('expense', category);
  ctx.post({
    debit: to,
    credit: moneyAccount('cash', at.drawer.id),
    amount: amountRupiah,
    reason: 'cash.out',
  });
  return keepMove(ctx, at, { direction: 'out', kind, category, amountRupiah, memo });
});

export const drop = handles(cashDrop, (ctx, input) => {
  const at = shiftToUse(ctx, input.shift);
  if (at.drawer.is_safe) ctx.reject('drawer-is-safe', { drawer: at.drawer.code });
  const { amountRupiah } = input;
  ctx.post({
    debit: moneyAccount('cash', safeDrawer(ctx.sql)?.id),
    credit: moneyAccount('cash', at.drawer.id),
    amount: amountRupiah,
    reason: 'cash.drop',
  });
  return keepMove(ctx, at, { direction: 'drop', kind: 'safe', category: null, amountRupiah, memo: '' });
});

/** As a drawer's closing, blind: the counted cash is told before the expected figure is known. */
export const countSafe = handles(safeCount, (ctx, input) => {
  const safe = safeDrawer(ctx.sql);
  if (!safe) throw new Error('a center without a safe');
  keepDenominations(ctx, input.countedRupiah, input.denominations);
  const cash = moneyAccount('cash', safe.id);
  const expected = held(ctx.totals(cash));
  const difference = input.countedRupiah - expected;
  const limit = centerRow(ctx.sql)?.variance_limit ?? 0;
  if (Math.abs(difference) > limit && (ctx.approver === null || ctx.approver === ctx.actor)) {
    ctx.reject('variance-needs-approval', {});
  }
  ctx.post({
    debit: cash,
    credit: moneyAccount('over-short'),
    amount: difference,
    reason: 'safe.difference',
  });
  const number = documentNumber(ctx, 'safe_count');
  const counted = input.countedRupiah;
  ctx.insert('safe_count', { number, drawer: safe.id, expected, counted, difference });
  ctx.changed('shift');
  return { expectedRupiah: expected, countedRupiah: counted, differenceRupiah: difference, number };
});

/** Docs/domain rule: the figures explain every rupiah that the cash account holds, or the books are broken. */
export const state = answers(drawerState, (ctx, input) => {
  const drawer = drawerById(ctx.sql, input.drawer);
  if (!drawer) return ctx.reject('drawer-unknown', { drawer: input.drawer });
  const shift = openShiftOfDrawer(ctx.sql, drawer.id);
  const figures = shift ? cashFigures(ctx.sql, shift) : noFigures();
  const holds = held(ctx.totals(moneyAccount('cash', drawer.id)));
  if (figures.expectedRupiah !== holds) {
    throw new Error(
      `rule broken: drawer ${drawer.code} holds ${holds}, its figures ${figures.expectedRupiah}`,
    );
  }
  const count = drawer.is_safe ? lastSafeCount(ctx.sql, drawer.id) : undefined;
  return {
    drawer: drawer.id,
    shift: shift?.seq ?? null,
    ...figures,
    lastCount: count
      ? {
          number: count.number,
          day: count.day,
          countedRupiah: count.counted,
          differenceRupiah: count.difference,
        }
      : null,
  };
});

type MoveView = OutputOf<typeof cashList>['moves'][number];

/** One text for each question, so that the moves of a shift come from their index. */
const MOVES = `SELECT move.seq AS move, move.number, journal.day, move.shift, drawer.code AS drawerCode,
    "user".username, direction, kind, category, move.amount AS amountRupiah, move.memo, reversal.seq IS NOT NULL AS reversed
  FROM cash_move AS move JOIN journal ON journal.seq = move.seq JOIN drawer ON drawer.id = move.drawer
  JOIN "user" ON "user".id = journal.actor LEFT JOIN reversal ON reversal.document = move.seq`;

export const listMoves = answers(cashList, (ctx, { shift, limit }) => {
  type Row = Omit<MoveView, 'reversed'> & { reversed: 0 | 1 };
  const rows =
    shift === undefined
      ? ctx.sql.all<Row>(`${MOVES} ORDER BY move.seq DESC LIMIT ?`, limit)
      : ctx.sql.all<Row>(`${MOVES} WHERE move.shift = ? ORDER BY move.seq DESC LIMIT ?`, shift, limit);
  return { moves: rows.map((row) => ({ ...row, reversed: row.reversed === 1 })) };
});
