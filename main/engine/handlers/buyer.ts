import type { OutputOf } from '../../../shared/contract/define.ts';
import { buyerDue, buyerPay } from '../../../shared/contract/refund.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { answers, type Context, handles } from '../context.ts';
import { owed } from '../ledger.ts';
import { documentNumber } from '../store/numbers.ts';
import { BUYER_DUE } from '../store/refunds.ts';
import { drawerById, openShiftOfDrawer, safeDrawer } from '../store/rows.ts';

export const payBuyer = handles(buyerPay, (ctx, { refund, amountRupiah, how, drawer, memo }) => {
  const due = ctx.sql.value<number>(`SELECT ${BUYER_DUE} FROM refund WHERE seq = ?`, refund);
  if (due === undefined) return ctx.reject('refund-unknown', { refund });
  if (amountRupiah > due) ctx.reject('more-than-due', { dueRupiah: due });
  const from = how === 'cash' ? drawerToPayFrom(ctx, drawer, memo) : null;
  ctx.post({
    debit: moneyAccount('buyer-due'),
    credit: from === null ? moneyAccount('bank') : moneyAccount('cash', from),
    amount: amountRupiah,
    reason: 'buyer.paid',
  });
  const number = documentNumber(ctx, 'buyer_payment');
  ctx.insert('buyer_payment', {
    number,
    refund,
    amount: amountRupiah,
    how,
    drawer: from,
    memo: memo ?? null,
  });
  ctx.changed('sales');
  if (from !== null) ctx.changed('shift');
  return { payment: ctx.seq, number, restRupiah: due - amountRupiah };
});

/** Cash for what was not paid in cash wants its reason. It leaves an open drawer, the safe where none is named. */
function drawerToPayFrom(ctx: Context, wished: number | undefined, memo: string | undefined): number {
  if (memo === undefined) ctx.reject('memo-missing', {});
  const drawer = wished === undefined ? safeDrawer(ctx.sql) : drawerById(ctx.sql, wished);
  if (!drawer) return ctx.reject('drawer-unknown', { drawer: wished ?? 0 });
  if (!openShiftOfDrawer(ctx.sql, drawer.id)) ctx.reject('shift-not-open', {});
  return drawer.id;
}

export const listDue = answers(buyerDue, (ctx, { limit }) => ({
  refunds: ctx.sql.all<OutputOf<typeof buyerDue>['refunds'][number]>(
    `SELECT refund.seq AS refund, refund.number, sale.number AS saleNumber, refund.day, ${BUYER_DUE} AS dueRupiah
     FROM refund JOIN sale ON sale.seq = refund.sale
     WHERE refund.net > refund.cash + refund.rounding AND ${BUYER_DUE} > 0 ORDER BY refund.seq LIMIT ?`,
    limit,
  ),
  dueRupiah: owed(ctx.totals(moneyAccount('buyer-due'))),
}));
