import {
  type DueFee,
  payoutConfirm,
  type SettlementView,
  settlementApprove,
  settlementCancel,
  settlementGet,
  settlementList,
  settlementPay,
  settlementPrepare,
} from '../../../shared/contract/settlement.ts';
import { rupiah } from '../../../shared/domain/money.ts';
import { cashPayout } from '../../../shared/domain/settlement.ts';
import { answers, type Context, handles, type QueryContext, type ReadContext } from '../context.ts';
import { sumOf } from '../store/due-fees.ts';
import { groupedBy } from '../store/grouped.ts';
import {
  approvalRefusal,
  approveDraft,
  canBePaid,
  offersOf,
  payOut,
  withBankAccount,
} from '../store/payouts.ts';
import {
  centerRow,
  dayAt,
  drawerById,
  drawerToPrintAt,
  openShiftOfDrawer,
  safeDrawer,
  vendorById,
} from '../store/rows.ts';
import {
  draftsOf,
  type SettlementRow,
  settlementBefore,
  settlementById,
  watermarksOf,
  writeDraft,
} from '../store/settlements.ts';
import { MOST_MOVEMENTS, vendorMovements } from '../store/vendor-book.ts';

function settlementOrReject(ctx: ReadContext, settlement: number): SettlementRow {
  return settlementById(ctx.sql, settlement) ?? ctx.reject('settlement-unknown', { settlement });
}

export const prepare = handles(settlementPrepare, (ctx, input) => {
  const { vendor } = input;
  if (!vendorById(ctx.sql, vendor)) ctx.reject('vendor-unknown', { vendor: String(vendor) });
  const cutoffDay = (input.cutoffDay ?? ctx.day) as typeof ctx.day;
  if (cutoffDay > ctx.day) ctx.reject('cutoff-in-future', { day: ctx.day });
  const draft = draftsOf(ctx, [vendor], cutoffDay).get(vendor);
  if (!draft) throw new Error(`no draft was made for vendor ${vendor}`);
  if ('no' in draft) return ctx.reject(draft.no, draft.details as never);
  if (input.payableOnly && !canBePaid(ctx.sql, draft.closing)) ctx.reject('nothing-to-settle', {});
  return { ...writeDraft(ctx, draft), closingRupiah: draft.closing };
});

export const approve = handles(settlementApprove, (ctx, input) => {
  const row = settlementOrReject(ctx, input.settlement);
  if (row.state !== 'draft') ctx.reject('settlement-state', { state: row.state });
  const approver = approverOf(ctx, row);
  const offer = offersOf(ctx.sql, [row], ctx.day).get(row.id);
  if (!offer) throw new Error(`no offer was made for settlement ${row.id}`);
  const { amountRupiah: amount, overrideMinimum = false } = input;
  const refusal = approvalRefusal(ctx.sql, offer, amount, overrideMinimum);
  if (refusal) ctx.reject(refusal.no, refusal.details as never);
  const { feesRupiah } = approveDraft(ctx, row, offer, { amount, approver, overrideMinimum });
  return { settlement: row.id, amountRupiah: amount, feesRupiah };
});

/** Whoever stood beside with an own PIN, else the caller: another person than the preparer, where two are asked for. */
function approverOf(ctx: Context, row: SettlementRow): number {
  const preparer = ctx.sql.value<number>('SELECT actor FROM journal WHERE seq = ?', row.seq);
  const approver = ctx.approver ?? (ctx.actor as number);
  if (approver === preparer && centerRow(ctx.sql)?.two_person_settlement) ctx.reject('same-person', {});
  return approver;
}

export const cancel = handles(settlementCancel, (ctx, input) => {
  const row = settlementOrReject(ctx, input.settlement);
  if (row.state !== 'draft') ctx.reject('settlement-state', { state: row.state });
  ctx.insert('settlement_cancel', { settlement: row.id, memo: input.memo });
  ctx.changed('settlements');
  return { settlement: row.id };
});

export const pay = handles(settlementPay, (ctx, input) => {
  const row = settlementOrReject(ctx, input.settlement);
  if (row.state !== 'approved' || row.approved === null) {
    return ctx.reject('settlement-state', { state: row.state });
  }
  const amount = rupiah(input.amountRupiah ?? row.approved);
  if (amount > row.approved) ctx.reject('payout-exceeds-approved', {});
  if (input.how === 'bank') {
    if (!withBankAccount(ctx.sql, [row.vendor]).has(row.vendor)) {
      ctx.reject('bank-account-missing', { vendor: vendorById(ctx.sql, row.vendor)?.name ?? '' });
    }
    return payOut(ctx, row, amount, { drawer: null });
  }
  const drawer = input.drawer === undefined ? safeDrawer(ctx.sql) : drawerById(ctx.sql, input.drawer);
  if (!drawer) return ctx.reject('drawer-unknown', { drawer: input.drawer ?? 0 });
  if (!openShiftOfDrawer(ctx.sql, drawer.id)) ctx.reject('shift-not-open', {});
  const { paid } = cashPayout(amount, centerRow(ctx.sql)?.rounding_step ?? 0);
  if (paid === 0) ctx.reject('nothing-to-settle', {});
  const payout = payOut(ctx, row, paid, { drawer: drawer.id });
  // A center with one printer has it at the till, and the vendor's slip must come out somewhere.
  ctx.print('payout-slip', drawerToPrintAt(ctx.sql, drawer.id));
  return payout;
});

export const confirm = handles(payoutConfirm, (ctx, { payout }) => {
  const row = ctx.sql.one<{ state: string; reversal: string | null; confirmed: number }>(
    `SELECT settlement_now.state,
       EXISTS (SELECT 1 FROM payout_confirmation WHERE payout_confirmation.payout = settlement_now.payout) AS confirmed,
       (SELECT number FROM reversal WHERE document IN (settlement_now.payout, settlement_now.approval)) AS reversal
     FROM payout JOIN settlement_now ON settlement_now.id = payout.settlement WHERE payout.id = ?`,
    payout,
  );
  if (!row) return ctx.reject('payout-unknown', { payout });
  if (row.state === 'reversed') ctx.reject('already-reversed', { number: row.reversal ?? '' });
  if (row.confirmed) ctx.reject('payout-confirmed', {});
  ctx.insert('payout_confirmation', { payout });
  ctx.changed('settlements');
  return { payout };
});

interface Facts {
  settlement: number;
  vendorCode: string;
  vendorName: string;
  preparedBy: string;
  preparedAt: number;
  approvedBy: string | null;
  confirmed: 0 | 1;
}

/** `json_each(?)` of settlements: names and times that stand in other rows. */
const FACTS = `SELECT settlement_now.id AS settlement, vendor.code AS vendorCode, vendor.name AS vendorName,
    preparer.username AS preparedBy, journal.at AS preparedAt, approver.username AS approvedBy,
    EXISTS (SELECT 1 FROM payout_confirmation WHERE payout_confirmation.payout = settlement_now.payout) AS confirmed
  FROM json_each(?) AS asked CROSS JOIN settlement_now ON settlement_now.id = asked.value
  JOIN vendor_now AS vendor ON vendor.id = settlement_now.vendor
  JOIN journal ON journal.seq = settlement_now.seq JOIN "user" AS preparer ON preparer.id = journal.actor
  LEFT JOIN "user" AS approver ON approver.id = settlement_now.approver`;

const POSTED_FEES = `SELECT settlement_fee.settlement, name, fee, period, amount AS amountRupiah
  FROM json_each(?) AS asked CROSS JOIN settlement_fee ON settlement_fee.settlement = asked.value
  ORDER BY settlement_fee.seq, settlement_fee.n`;

/** Settlements as they are shown: the fees of a draft as they would be posted now, of another as they were. */
function views(ctx: QueryContext, rows: readonly SettlementRow[]): SettlementView[] {
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const facts = new Map(ctx.sql.all<Facts>(FACTS, ids).map((fact) => [fact.settlement, fact]));
  const drafts = rows.filter(({ state }) => state === 'draft');
  const offers = offersOf(ctx.sql, drafts, dayAt(ctx.sql, ctx.at));
  const posted = groupedBy(
    ctx.sql.all<DueFee & { settlement: number }>(POSTED_FEES, ids),
    ({ settlement }) => settlement,
  );
  return rows.map((row) => {
    const fact = facts.get(row.id);
    if (!fact) throw new Error(`settlement ${row.id} has no vendor or no preparer`);
    const offer = offers.get(row.id);
    const fees = offer?.fees ?? (posted.get(row.id) ?? []).map(({ settlement: _, ...fee }) => fee);
    return viewOf(row, fact, [...fees], offer?.eligibleRupiah ?? 0);
  });
}

function viewOf(row: SettlementRow, fact: Facts, fees: DueFee[], eligibleRupiah: number): SettlementView {
  return {
    settlement: row.id,
    number: row.number,
    vendor: row.vendor,
    vendorCode: fact.vendorCode,
    vendorName: fact.vendorName,
    state: row.state,
    preparedBy: fact.preparedBy,
    preparedAt: fact.preparedAt,
    cutoffDay: row.cutoff_day,
    asOfSeq: row.as_of_seq,
    openingRupiah: row.opening,
    movementRupiah: row.movement,
    closingRupiah: row.closing,
    fees,
    feesRupiah: sumOf(fees),
    heldRupiah: row.held,
    disputedRupiah: row.disputed,
    eligibleRupiah,
    approval: row.approval,
    approvedRupiah: row.approved,
    approvedBy: fact.approvedBy,
    paidRupiah: row.paid,
    payout: row.payout,
    payoutNumber: row.payout_number,
    payoutHow: row.how,
    payoutConfirmed: fact.confirmed === 1,
    run: row.run,
  };
}

export const get = answers(settlementGet, (ctx, input) => {
  const row = settlementOrReject(ctx, input.settlement);
  const settled = watermarksOf(settlementBefore(ctx.sql, row));
  const movements = vendorMovements(ctx.sql, row.vendor, { watermarks: { ...watermarksOf(row), settled } });
  const [view] = views(ctx, [row]);
  if (!view) throw new Error(`settlement ${row.id} cannot be shown`);
  return {
    ...view,
    movements: movements.slice(0, MOST_MOVEMENTS),
    complete: movements.length <= MOST_MOVEMENTS,
  };
});

const OF_VENDOR = 'SELECT * FROM settlement_now WHERE vendor = ? ORDER BY seq DESC, id DESC LIMIT ?';
const OF_ALL = 'SELECT * FROM settlement_now ORDER BY seq DESC, id DESC LIMIT ?';

export const list = answers(settlementList, (ctx, { vendor, limit }) => {
  const rows =
    vendor === undefined
      ? ctx.sql.all<SettlementRow>(OF_ALL, limit)
      : ctx.sql.all<SettlementRow>(OF_VENDOR, vendor, limit);
  return { settlements: views(ctx, rows) };
});
