import {
  type DrawerView,
  drawerCreate,
  drawerList,
  shiftClose,
  shiftCurrent,
  shiftOpen,
  shiftSummary,
} from '../../../shared/contract/shift.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { answers, handles, type QueryContext } from '../context.ts';
import { held } from '../ledger.ts';
import { cashFigures, denominationsOf, keepDenominations } from '../store/drawers.ts';
import { documentNumber } from '../store/numbers.ts';
import { printerView } from '../store/printer-row.ts';
import {
  centerRow,
  drawerById,
  openShiftOfDrawer,
  openShiftOfUser,
  safeDrawer,
  shiftBySeq,
  userById,
} from '../store/rows.ts';

export const createDrawer = handles(drawerCreate, (ctx, { code, name }) => {
  if (ctx.sql.value('SELECT id FROM drawer WHERE code = ?', code)) ctx.reject('drawer-code-taken', { code });
  const drawer = ctx.nextId('drawer');
  ctx.insert('drawer', { id: drawer, code, name, is_safe: 0 });
  ctx.changed('shift');
  return { drawer };
});

export const listDrawers = answers(drawerList, (ctx) => {
  const drawers = ctx.sql.all<{ id: number; code: string; name: string; is_safe: 0 | 1 }>(
    'SELECT id, code, name, is_safe FROM drawer ORDER BY id',
  );
  return {
    drawers: drawers.map((drawer): DrawerView => {
      const shift = openShiftOfDrawer(ctx.sql, drawer.id);
      return {
        drawer: drawer.id,
        code: drawer.code,
        name: drawer.name,
        isSafe: drawer.is_safe === 1,
        isEmpty: held(ctx.totals(moneyAccount('cash', drawer.id))) === 0,
        printer: printerView(ctx.sql, drawer.id),
        shift: shift?.seq ?? null,
        openedBy: shift ? (userById(ctx.sql, shift.user)?.username ?? null) : null,
        openedAt: shift?.at ?? null,
      };
    }),
  };
});

export const open = handles(shiftOpen, (ctx, input) => {
  const drawer = drawerById(ctx.sql, input.drawer);
  if (!drawer) return ctx.reject('drawer-unknown', { drawer: input.drawer });
  if (drawer.is_safe) ctx.reject('drawer-is-safe', { drawer: drawer.code });
  const user = ctx.actor as number;
  const own = openShiftOfUser(ctx.sql, user);
  if (own) ctx.reject('shift-already-open', { drawer: drawerById(ctx.sql, own.drawer)?.code ?? '' });
  const busy = openShiftOfDrawer(ctx.sql, drawer.id);
  if (busy) {
    ctx.reject('drawer-busy', {
      drawer: drawer.code,
      username: userById(ctx.sql, busy.user)?.username ?? '',
    });
  }
  const cash = moneyAccount('cash', drawer.id);
  const source =
    input.floatFrom === 'safe' ? moneyAccount('cash', safeDrawer(ctx.sql)?.id) : moneyAccount('opening');
  // What still lies in the drawer is part of the float; a drawer that holds more gives the rest back.
  const missing = input.floatRupiah - held(ctx.totals(cash));
  ctx.post({ debit: cash, credit: source, amount: missing, reason: 'shift.float' });
  ctx.insert('shift', { drawer: drawer.id, user, day: ctx.day, at: ctx.at, float: input.floatRupiah });
  ctx.changed('shift');
  return { shift: ctx.seq, day: ctx.day };
});

/** The count is told before the expected figure: only then is there a difference worth the name. */
export const close = handles(shiftClose, (ctx, input) => {
  const shift = shiftBySeq(ctx.sql, input.shift);
  if (!shift || shift.closed !== null) return ctx.reject('shift-not-open', {});
  const drawer = drawerById(ctx.sql, shift.drawer);
  if (drawer?.is_safe) ctx.reject('drawer-is-safe', { drawer: drawer.code });
  const actor = userById(ctx.sql, ctx.actor ?? 0);
  if (shift.user !== ctx.actor && actor?.role === 'cashier') {
    ctx.reject('not-your-shift', { username: userById(ctx.sql, shift.user)?.username ?? '' });
  }
  keepDenominations(ctx, input.countedRupiah, input.denominations);
  const cash = moneyAccount('cash', shift.drawer);
  const expected = held(ctx.totals(cash));
  const difference = input.countedRupiah - expected;
  const limit = centerRow(ctx.sql)?.variance_limit ?? 0;
  // A person who may approve others' differences still needs somebody else for the own drawer.
  if (Math.abs(difference) > limit && (ctx.approver === null || ctx.approver === shift.user)) {
    ctx.reject('variance-needs-approval', {});
  }
  ctx.post({
    debit: cash,
    credit: moneyAccount('over-short'),
    amount: difference,
    reason: 'shift.difference',
  });
  const safe = moneyAccount('cash', safeDrawer(ctx.sql)?.id);
  ctx.post({ debit: safe, credit: cash, amount: input.countedRupiah, reason: 'shift.to-safe' });
  const number = documentNumber(ctx, 'shift_close');
  ctx.insert('shift_close', { number, shift: shift.seq, expected, counted: input.countedRupiah, difference });
  ctx.print('shift-slip', shift.drawer);
  ctx.changed('shift');
  return {
    expectedRupiah: expected,
    countedRupiah: input.countedRupiah,
    differenceRupiah: difference,
    number,
  };
});

function salesOf(ctx: QueryContext, shift: number): { sales: number; net: number; rounding: number } {
  return ctx.sql.one<{ sales: number; net: number; rounding: number }>(
    'SELECT count(*) AS sales, coalesce(sum(net), 0) AS net, coalesce(sum(rounding), 0) AS rounding FROM sale WHERE shift = ?',
    shift,
  ) as { sales: number; net: number; rounding: number };
}

export const current = answers(shiftCurrent, (ctx) => {
  const shift = openShiftOfUser(ctx.sql, ctx.actor ?? 0);
  const drawer = shift && drawerById(ctx.sql, shift.drawer);
  if (!shift || !drawer) return { shift: null };
  return {
    shift: {
      shift: shift.seq,
      drawer: drawer.id,
      drawerCode: drawer.code,
      drawerName: drawer.name,
      openedAt: shift.at,
      day: shift.day,
      floatRupiah: shift.float,
      sales: salesOf(ctx, shift.seq).sales,
      hasPrinter: ctx.sql.value('SELECT seq FROM printer WHERE drawer = ? LIMIT 1', drawer.id) !== undefined,
    },
  };
});

export const summary = answers(shiftSummary, (ctx, input) => {
  const shift = shiftBySeq(ctx.sql, input.shift);
  if (!shift) return ctx.reject('shift-not-open', {});
  const closed = ctx.sql.one<{
    number: string;
    expected: number;
    counted: number;
    difference: number;
    at: number;
  }>(
    `SELECT number, expected, counted, difference, journal.at FROM shift_close
     JOIN journal ON journal.seq = shift_close.seq WHERE shift = ?`,
    shift.seq,
  );
  const sales = salesOf(ctx, shift.seq);
  const figures = cashFigures(ctx.sql, shift);
  // A closing stored what it expected; the figures must explain that very sum, or what the drawer holds now.
  const expected = closed?.expected ?? held(ctx.totals(moneyAccount('cash', shift.drawer)));
  if (figures.expectedRupiah !== expected) {
    throw new Error(
      `rule broken: shift ${shift.seq} expects ${expected}, its figures ${figures.expectedRupiah}`,
    );
  }
  return {
    shift: shift.seq,
    number: closed?.number ?? null,
    username: userById(ctx.sql, shift.user)?.username ?? '',
    drawerCode: drawerById(ctx.sql, shift.drawer)?.code ?? '',
    day: shift.day,
    openedAt: shift.at,
    closedAt: closed?.at ?? null,
    sales: sales.sales,
    salesRupiah: sales.net,
    roundingRupiah: sales.rounding,
    tenders: tendersOf(ctx, shift.seq),
    ...refundsOf(ctx, shift.seq),
    ...figures,
    countedRupiah: closed?.counted ?? null,
    differenceRupiah: closed?.difference ?? null,
    denominations: shift.closed === null ? [] : denominationsOf(ctx, shift.closed),
  };
});

function tendersOf(ctx: QueryContext, shift: number): { kind: string; amountRupiah: number }[] {
  return ctx.sql.all<{ kind: string; amountRupiah: number }>(
    `SELECT kind, sum(amount) AS amountRupiah FROM sale JOIN sale_tender ON sale_tender.seq = sale.seq
     WHERE sale.shift = ? AND kind <> 'cash' GROUP BY kind ORDER BY kind`,
    shift,
  );
}

function refundsOf(ctx: QueryContext, shift: number): { refunds: number; refundsRupiah: number } {
  return ctx.sql.one<{ refunds: number; refundsRupiah: number }>(
    'SELECT count(*) AS refunds, coalesce(sum(net), 0) AS refundsRupiah FROM refund WHERE shift = ?',
    shift,
  ) as { refunds: number; refundsRupiah: number };
}
