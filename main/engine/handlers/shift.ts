import {
  type ClosedShiftView,
  type DrawerView,
  drawerCreate,
  drawerList,
  shiftClose,
  shiftCurrent,
  shiftList,
  shiftOpen,
  shiftReport,
  shiftSummary,
} from '../../../shared/contract/shift.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { answers, handles } from '../context.ts';
import { held } from '../ledger.ts';
import { needsSupervisor } from '../store/authority.ts';
import { keepDenominations, shiftToUse } from '../store/drawers.ts';
import { documentNumber } from '../store/numbers.ts';
import { hasPrinter, printerView } from '../store/printer-row.ts';
import {
  centerRow,
  drawerById,
  openShiftOfDrawer,
  openShiftOfUser,
  safeDrawer,
  shiftBySeq,
  userById,
} from '../store/rows.ts';
import { salesOfShift, shiftFigures } from '../store/shift-figures.ts';

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
      sales: salesOfShift(ctx.sql, shift.seq).sales,
      hasPrinter: hasPrinter(ctx.sql, drawer.id),
    },
  };
});

export const summary = answers(shiftSummary, (ctx, input) => {
  const shift = shiftBySeq(ctx.sql, input.shift);
  return shift ? shiftFigures(ctx, shift) : ctx.reject('shift-not-open', {});
});

const CLOSED = `SELECT shift.seq AS shift, close.seq AS closing, close.number, drawer.id AS drawer,
    drawer.code AS drawerCode, "user".username, shift.day, shift.at AS openedAt, journal.at AS closedAt,
    counted AS countedRupiah, expected AS expectedRupiah, difference AS differenceRupiah
  FROM shift_close AS close JOIN shift ON shift.seq = close.shift JOIN drawer ON drawer.id = shift.drawer
  JOIN "user" ON "user".id = shift.user JOIN journal ON journal.seq = close.seq
  WHERE close.seq < ? AND (? IS NULL OR shift.user = ?) ORDER BY close.seq DESC LIMIT ?`;

/** What one's own drawer came to is no news after its count; what another's did is the office's to know. */
export const list = answers(shiftList, (ctx, { before, limit }) => {
  const isCashier = userById(ctx.sql, ctx.actor ?? 0)?.role === 'cashier';
  const user = isCashier ? ctx.actor : null;
  // One more than wanted says whether there are older ones.
  const found = ctx.sql.all<ClosedShiftView>(
    CLOSED,
    before ?? Number.MAX_SAFE_INTEGER,
    user,
    user,
    limit + 1,
  );
  const shifts = found.slice(0, limit);
  return { shifts, before: found.length > limit ? (shifts.at(-1)?.closing ?? null) : null };
});

/** Keeps the figures as they stood: what is sold afterwards, and what the shift closes with, must not move them. */
export const report = handles(shiftReport, (ctx, input) => {
  const { shift, drawer } = shiftToUse(ctx, input.shift);
  if (drawer.is_safe) ctx.reject('drawer-is-safe', { drawer: drawer.code });
  if (!hasPrinter(ctx.sql, drawer.id)) ctx.reject('no-printer', {});
  needsSupervisor(ctx, 'shift-report');
  const number = documentNumber(ctx, 'shift_report');
  ctx.insert('shift_report', { number, shift: shift.seq, figures: JSON.stringify(shiftFigures(ctx, shift)) });
  ctx.print('shift-report', drawer.id);
  return { report: ctx.seq, number };
});
