import { vendorBalance, vendorStatement } from '../../../shared/contract/vendor.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { rupiah } from '../../../shared/domain/money.ts';
import { sectionOf } from '../../../shared/domain/reasons.ts';
import { eligible } from '../../../shared/domain/settlement.ts';
import { statementOf } from '../../../shared/domain/statement.ts';
import { answers, type ReadContext } from '../context.ts';
import { owed } from '../ledger.ts';
import { standingsOf } from '../store/payouts.ts';
import { dayAt, type VendorRow, vendorById } from '../store/rows.ts';
import { stockRecap } from '../store/stock-recap.ts';
import { firstSeqFrom, MOST_MOVEMENTS, reasonSums, vendorMovements } from '../store/vendor-book.ts';

function vendorOrReject(ctx: ReadContext, vendor: number): VendorRow {
  return vendorById(ctx.sql, vendor) ?? ctx.reject('vendor-unknown', { vendor: String(vendor) });
}

export const balance = answers(vendorBalance, (ctx, input) => {
  const vendor = vendorOrReject(ctx, input.vendor).id;
  const standing = standingsOf(ctx.sql, [vendor], dayAt(ctx.sql, ctx.at)).get(vendor);
  if (!standing) throw new Error(`vendor ${vendor} stands nowhere`);
  const { heldRupiah, disputedRupiah } = standing.held;
  return {
    balanceRupiah: standing.balance,
    payableRupiah: eligible({
      balance: rupiah(standing.balance),
      held: rupiah(heldRupiah),
      disputed: rupiah(disputedRupiah),
    }),
    heldRupiah,
    disputedRupiah,
    payoutDueRupiah: owed(ctx.totals(moneyAccount('payout-due', vendor))),
  };
});

/**
 * The balance is what was posted and nothing else, so the opening is the balance less everything posted since the
 * first day: what came before it need not be read.
 */
export const statement = answers(vendorStatement, (ctx, input) => {
  const vendor = vendorOrReject(ctx, input.vendor);
  const { fromDay = '', toDay = '9999-12-31' } = input;
  const range = { fromDay, toDay, fromSeq: input.fromDay === undefined ? 0 : firstSeqFrom(ctx.sql, fromDay) };
  const sums = reasonSums(ctx.sql, vendor.id, range);
  const now = owed(ctx.totals(moneyAccount('vendor', vendor.id)));
  const opening = now - sums.reduce((total, { since }) => total + since, 0);
  const moved = sums.map(({ reason, inside }) => ({
    section: sectionOf(reason),
    amount: rupiah(inside),
    seq: 0,
  }));
  const { sections, closing } = statementOf(rupiah(opening), moved);
  return {
    vendor: vendor.id,
    code: vendor.code,
    name: vendor.name,
    openingRupiah: opening,
    sections: sections.map(({ section, sum }) => ({ section, sumRupiah: sum })),
    movements: vendorMovements(ctx.sql, vendor.id, range).slice(0, MOST_MOVEMENTS),
    closingRupiah: closing,
    stock: stockRecap(ctx.sql, vendor.id, range),
    complete: sums.reduce((total, { count }) => total + count, 0) <= MOST_MOVEMENTS,
  };
});
