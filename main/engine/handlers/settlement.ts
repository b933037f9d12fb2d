import {
  type SettlementView,
  settlementApprove,
  settlementGet,
  settlementList,
  settlementPay,
  settlementPrepare,
} from '../../../shared/contract/settlement.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { rupiah } from '../../../shared/domain/money.ts';
import { cashPayout } from '../../../shared/domain/settlement.ts';
import { answers, handles, type ReadContext } from '../context.ts';
import { owed } from '../ledger.ts';
import { documentNumber } from '../store/numbers.ts';
import {
  centerRow,
  drawerById,
  drawerToPrintAt,
  openShiftOfDrawer,
  safeDrawer,
  vendorById,
} from '../store/rows.ts';
import {
  MOST_MOVEMENTS,
  NO_WATERMARKS,
  PAYOUT_APPROVED,
  PAYOUT_REST,
  vendorMovementSum,
  vendorMovements,
  type Watermarks,
} from '../store/vendor-book.ts';

interface SettlementRow {
  seq: number;
  number: string;
  vendor: number;
  cutoff_day: string;
  as_of_seq: number;
  opening: number;
  movement: number;
  closing: number;
  approved: number | null;
  paid: number | null;
  rest: number | null;
}

const ROW = `SELECT settlement.*, settlement_approval.amount AS approved, payout.amount AS paid, payout.rest
  FROM settlement
  LEFT JOIN settlement_approval ON settlement_approval.settlement = settlement.seq
  LEFT JOIN payout ON payout.settlement = settlement.seq`;

function settlementBySeq(ctx: ReadContext, settlement: number): SettlementRow | undefined {
  return ctx.sql.one<SettlementRow>(`${ROW} WHERE settlement.seq = ?`, settlement);
}

function lastSettlement(ctx: ReadContext, vendor: number, before: number): SettlementRow | undefined {
  return ctx.sql.one<SettlementRow>(
    `${ROW} WHERE settlement.vendor = ? AND settlement.seq < ? ORDER BY settlement.seq DESC LIMIT 1`,
    vendor,
    before,
  );
}

function stateOf(row: SettlementRow): 'draft' | 'approved' | 'paid' {
  if (row.paid !== null) return 'paid';
  return row.approved === null ? 'draft' : 'approved';
}

/** What is left of a settlement after its payout: the next one opens with it. */
function carriedOver(row: SettlementRow | undefined): number {
  return row ? row.closing - (row.paid ?? 0) : 0;
}

/** Below one cash step nothing could be handed over: the settlement would stay open and stop every later one. */
function payable(ctx: ReadContext, amount: number): boolean {
  return amount > 0 && cashPayout(rupiah(amount), centerRow(ctx.sql)?.rounding_step ?? 0).paid > 0;
}

function earlierWatermarks(row: SettlementRow | undefined): Watermarks['earlier'] {
  return row ? { cutoffDay: row.cutoff_day, asOfSeq: row.as_of_seq } : NO_WATERMARKS;
}

/** Never more than the vendor's balance as it is now: a refund may have come since. */
function eligibleOf(ctx: ReadContext, row: SettlementRow): number {
  return Math.max(0, Math.min(row.closing, owed(ctx.totals(moneyAccount('vendor', row.vendor)))));
}

/**
 * Two rising watermarks are all that a settlement freezes: its statement is the vendor's transfers under both that
 * the statement before did not hold. Late postings fall into the next one, and no printed figure ever moves.
 */
export const prepare = handles(settlementPrepare, (ctx, input) => {
  const { vendor } = input;
  if (!vendorById(ctx.sql, vendor)) ctx.reject('vendor-unknown', { vendor: String(vendor) });
  const cutoffDay = input.cutoffDay ?? ctx.day;
  if (cutoffDay > ctx.day) ctx.reject('cutoff-in-future', { day: ctx.day });
  const last = lastSettlement(ctx, vendor, ctx.seq);
  if (last && stateOf(last) !== 'paid') ctx.reject('settlement-open', { settlement: last.seq });
  if (last && cutoffDay < last.cutoff_day)
    ctx.reject('cutoff-not-rising', { lastCutoffDay: last.cutoff_day });
  const asOfSeq = ctx.seq - 1;
  const opening = carriedOver(last);
  const movement = vendorMovementSum(ctx, vendor, {
    watermarks: { cutoffDay, asOfSeq, earlier: earlierWatermarks(last) },
  });
  const closing = opening + movement;
  if (!payable(ctx, closing)) ctx.reject('nothing-to-settle', {});
  const number = documentNumber(ctx, 'settlement');
  ctx.insert('settlement', {
    number,
    vendor,
    cutoff_day: cutoffDay,
    as_of_seq: asOfSeq,
    opening,
    movement,
    closing,
  });
  ctx.changed('settlements');
  return { settlement: ctx.seq, number, closingRupiah: closing };
});

/** Moves the approved amount out of the balance: what comes later changes the balance, never this amount. */
export const approve = handles(settlementApprove, (ctx, input) => {
  const row = settlementBySeq(ctx, input.settlement);
  if (!row) return ctx.reject('settlement-unknown', { settlement: input.settlement });
  if (stateOf(row) !== 'draft') ctx.reject('settlement-state', { state: stateOf(row) });
  const preparer = ctx.sql.value<number>('SELECT actor FROM journal WHERE seq = ?', row.seq);
  const approver = ctx.approver ?? (ctx.actor as number);
  if (approver === preparer && centerRow(ctx.sql)?.two_person_settlement) ctx.reject('same-person', {});
  const eligible = eligibleOf(ctx, row);
  if (input.amountRupiah > eligible) ctx.reject('more-than-eligible', { eligibleRupiah: eligible });
  if (!payable(ctx, input.amountRupiah)) ctx.reject('nothing-to-settle', {});
  ctx.post({
    debit: moneyAccount('vendor', row.vendor),
    credit: moneyAccount('payout-due', row.vendor),
    amount: input.amountRupiah,
    reason: PAYOUT_APPROVED,
  });
  ctx.insert('settlement_approval', { settlement: row.seq, amount: input.amountRupiah, approver });
  ctx.changed('settlements');
  ctx.changed('vendors');
  return { settlement: row.seq, amountRupiah: input.amountRupiah };
});

/** Cash in the vendor's hand, rounded down to what can be paid in cash; the rest goes back to the balance. */
export const pay = handles(settlementPay, (ctx, input) => {
  const row = settlementBySeq(ctx, input.settlement);
  if (!row) return ctx.reject('settlement-unknown', { settlement: input.settlement });
  if (stateOf(row) !== 'approved' || row.approved === null) {
    return ctx.reject('settlement-state', { state: stateOf(row) });
  }
  const drawer = input.drawer === undefined ? safeDrawer(ctx.sql) : drawerById(ctx.sql, input.drawer);
  if (!drawer) return ctx.reject('drawer-unknown', { drawer: input.drawer ?? 0 });
  if (!openShiftOfDrawer(ctx.sql, drawer.id)) ctx.reject('shift-not-open', {});
  const { paid, rest } = cashPayout(rupiah(row.approved), centerRow(ctx.sql)?.rounding_step ?? 0);
  if (paid === 0) ctx.reject('nothing-to-settle', {});
  const due = moneyAccount('payout-due', row.vendor);
  ctx.post({ debit: due, credit: moneyAccount('cash', drawer.id), amount: paid, reason: 'payout.cash' });
  ctx.post({ debit: due, credit: moneyAccount('vendor', row.vendor), amount: rest, reason: PAYOUT_REST });
  const number = documentNumber(ctx, 'payout');
  ctx.insert('payout', { number, settlement: row.seq, drawer: drawer.id, amount: paid, rest });
  // A center with one printer has it at the till, and the vendor's slip must come out somewhere.
  ctx.print('payout-slip', drawerToPrintAt(ctx.sql, drawer.id));
  ctx.changed('settlements');
  ctx.changed('vendors');
  ctx.changed('shift');
  return { payout: ctx.seq, number, paidRupiah: paid, restRupiah: rest };
});

function view(ctx: ReadContext, row: SettlementRow): SettlementView {
  const facts = ctx.sql.one<{
    vendorCode: string;
    vendorName: string;
    preparedBy: string;
    preparedAt: number;
    approvedBy: string | null;
    payoutNumber: string | null;
  }>(
    `SELECT vendor.code AS vendorCode, vendor.name AS vendorName, preparer.username AS preparedBy,
            journal.at AS preparedAt, approver.username AS approvedBy, payout.number AS payoutNumber
     FROM settlement JOIN vendor ON vendor.id = settlement.vendor
     JOIN journal ON journal.seq = settlement.seq JOIN "user" AS preparer ON preparer.id = journal.actor
     LEFT JOIN settlement_approval ON settlement_approval.settlement = settlement.seq
     LEFT JOIN "user" AS approver ON approver.id = settlement_approval.approver
     LEFT JOIN payout ON payout.settlement = settlement.seq WHERE settlement.seq = ?`,
    row.seq,
  );
  if (!facts) throw new Error(`settlement ${row.seq} has no vendor or no preparer`);
  return {
    settlement: row.seq,
    number: row.number,
    vendor: row.vendor,
    state: stateOf(row),
    cutoffDay: row.cutoff_day,
    asOfSeq: row.as_of_seq,
    openingRupiah: row.opening,
    movementRupiah: row.movement,
    closingRupiah: row.closing,
    eligibleRupiah: stateOf(row) === 'draft' ? eligibleOf(ctx, row) : 0,
    approvedRupiah: row.approved,
    paidRupiah: row.paid,
    ...facts,
  };
}

export const get = answers(settlementGet, (ctx, input) => {
  const row = settlementBySeq(ctx, input.settlement);
  if (!row) return ctx.reject('settlement-unknown', { settlement: input.settlement });
  const earlier = earlierWatermarks(lastSettlement(ctx, row.vendor, row.seq));
  const movements = vendorMovements(ctx, row.vendor, {
    watermarks: { cutoffDay: row.cutoff_day, asOfSeq: row.as_of_seq, earlier },
  });
  return {
    ...view(ctx, row),
    movements: movements.slice(0, MOST_MOVEMENTS),
    complete: movements.length <= MOST_MOVEMENTS,
  };
});

export const list = answers(settlementList, (ctx, { vendor, limit }) => {
  const rows = ctx.sql.all<SettlementRow>(
    `${ROW} WHERE settlement.vendor = ? OR ? ORDER BY settlement.seq DESC LIMIT ?`,
    vendor ?? null,
    vendor === undefined ? 1 : 0,
    limit,
  );
  return { settlements: rows.map((row) => view(ctx, row)) };
});
