import type { OutputOf } from '../../../shared/contract/define.ts';
import {
  adjustmentPost,
  debtWriteOff,
  feeCharge,
  feeList,
  feeRecur,
  feeStop,
  vendorPayIn,
} from '../../../shared/contract/vendor-money.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { answers, type Context, handles, type ReadContext } from '../context.ts';
import { owed } from '../ledger.ts';
import { duePeriods, recurringFees } from '../store/due-fees.ts';
import { documentNumber } from '../store/numbers.ts';
import {
  dayAt,
  drawerById,
  openShiftOfDrawer,
  safeDrawer,
  type VendorRow,
  vendorById,
} from '../store/rows.ts';

/** What moves a vendor's balance besides sales, goods and settlements. */

function vendorOrReject(ctx: ReadContext, vendor: number): VendorRow {
  return vendorById(ctx.sql, vendor) ?? ctx.reject('vendor-unknown', { vendor: String(vendor) });
}

function balanceOf(ctx: ReadContext, vendor: number): number {
  return owed(ctx.totals(moneyAccount('vendor', vendor)));
}

export const chargeFee = handles(feeCharge, (ctx, { vendor, name, amountRupiah, memo }) => {
  vendorOrReject(ctx, vendor);
  ctx.post({
    debit: moneyAccount('vendor', vendor),
    credit: moneyAccount('vendor-fees'),
    amount: amountRupiah,
    reason: 'fee.charged',
  });
  const number = documentNumber(ctx, 'fee_charge');
  ctx.insert('fee_charge', { number, vendor, name, amount: amountRupiah, memo: memo ?? null });
  ctx.changed('vendors');
  return { fee: ctx.seq, number };
});

/** Posts nothing: each period falls due by the calendar, and the approval of a settlement posts it. */
export const recurFee = handles(feeRecur, (ctx, { vendor, name, amountRupiah, cycle, from = ctx.day }) => {
  vendorOrReject(ctx, vendor);
  if (from < ctx.day) ctx.reject('agreement-backdated', { from, day: ctx.day });
  const id = ctx.nextId('recurring_fee');
  ctx.insert('recurring_fee', {
    id,
    vendor,
    name,
    amount: amountRupiah,
    cycle: JSON.stringify(cycle),
    from_day: from,
  });
  ctx.changed('vendors');
  return { fee: id };
});

export const stopFee = handles(feeStop, (ctx, { fee, until = ctx.day }) => {
  const row = ctx.sql.one<{ until_day: string | null }>(
    `SELECT until_day FROM recurring_fee LEFT JOIN recurring_fee_end ON recurring_fee_end.fee = recurring_fee.id
     WHERE recurring_fee.id = ?`,
    fee,
  );
  if (!row) return ctx.reject('fee-unknown', { fee });
  if (row.until_day !== null) ctx.reject('fee-ended', { until: row.until_day });
  ctx.insert('recurring_fee_end', { fee, until_day: until });
  ctx.changed('vendors');
  return { fee };
});

type FeeView = OutputOf<typeof feeList>['fees'][number];

export const listFees = answers(feeList, (ctx, input) => {
  const vendor = vendorOrReject(ctx, input.vendor);
  const fees = recurringFees(ctx.sql, [vendor.id]);
  const due = duePeriods(ctx.sql, fees, dayAt(ctx.sql, ctx.at));
  return {
    fees: fees.map(
      (fee): FeeView => ({
        fee: fee.id,
        vendor: fee.vendor,
        name: fee.name,
        amountRupiah: fee.amount,
        cycle: JSON.parse(fee.cycle) as FeeView['cycle'],
        from: fee.from_day,
        until: fee.until_day,
        due: due.get(fee.id) ?? [],
      }),
    ),
  };
});

/** Upwards the center gives, which is an expense; downwards it takes, which is other income. */
export const adjust = handles(adjustmentPost, (ctx, { vendor, amountRupiah, memo }) => {
  vendorOrReject(ctx, vendor);
  const other = amountRupiah > 0 ? moneyAccount('expense', 'adjustment') : moneyAccount('other-income');
  ctx.post({
    debit: other,
    credit: moneyAccount('vendor', vendor),
    amount: amountRupiah,
    reason: 'adjustment.posted',
  });
  const number = documentNumber(ctx, 'adjustment');
  ctx.insert('adjustment', { number, vendor, amount: amountRupiah, memo });
  ctx.changed('vendors');
  return { adjustment: ctx.seq, number };
});

export const payIn = handles(vendorPayIn, (ctx, { vendor, amountRupiah, how, drawer: wished, memo }) => {
  vendorOrReject(ctx, vendor);
  const drawer = how === 'cash' ? drawerToPayInto(ctx, wished) : null;
  ctx.post({
    debit: drawer === null ? moneyAccount('bank') : moneyAccount('cash', drawer),
    credit: moneyAccount('vendor', vendor),
    amount: amountRupiah,
    reason: 'vendor.paid-in',
  });
  const number = documentNumber(ctx, 'vendor_payment');
  ctx.insert('vendor_payment', { number, vendor, amount: amountRupiah, how, drawer, memo: memo ?? null });
  ctx.changed('vendors');
  if (drawer !== null) ctx.changed('shift');
  return { payment: ctx.seq, number, balanceRupiah: balanceOf(ctx, vendor) };
});

/** Cash goes into an open drawer, the safe where none is named. */
function drawerToPayInto(ctx: Context, wished: number | undefined): number {
  const drawer = wished === undefined ? safeDrawer(ctx.sql) : drawerById(ctx.sql, wished);
  if (!drawer) return ctx.reject('drawer-unknown', { drawer: wished ?? 0 });
  if (!openShiftOfDrawer(ctx.sql, drawer.id)) ctx.reject('shift-not-open', {});
  return drawer.id;
}

/** Docs/domain rule: a negative balance is carried forward, paid in, or written off by two people. */
export const writeOffDebt = handles(debtWriteOff, (ctx, { vendor, amountRupiah, memo }) => {
  vendorOrReject(ctx, vendor);
  const { approver } = ctx;
  if (approver === null || approver === ctx.actor) return ctx.reject('second-person-needed', {});
  const owedRupiah = Math.max(0, -balanceOf(ctx, vendor));
  if (amountRupiah > owedRupiah) ctx.reject('more-than-owed', { owedRupiah });
  ctx.post({
    debit: moneyAccount('bad-debt'),
    credit: moneyAccount('vendor', vendor),
    amount: amountRupiah,
    reason: 'debt.written-off',
  });
  const number = documentNumber(ctx, 'debt_write_off');
  ctx.insert('debt_write_off', { number, vendor, amount: amountRupiah, approver, memo });
  ctx.changed('vendors');
  return { writeOff: ctx.seq, number, balanceRupiah: balanceOf(ctx, vendor) };
});
