import {
  type BatchView,
  type IntakeView,
  intakeConfirm,
  intakeList,
  purchaseConfirm,
  stockBatches,
} from '../../../shared/contract/intake.ts';
import { batchEan13 } from '../../../shared/domain/barcode.ts';
import { type AccountReference, goodsAccount, moneyAccount } from '../../../shared/domain/chart.ts';
import { isRupiah, MAX_RUPIAH, rupiah } from '../../../shared/domain/money.ts';
import { grossWithinRange, qty } from '../../../shared/domain/quantity.ts';
import { answers, type Context, handles } from '../context.ts';
import { held } from '../ledger.ts';
import { incomingProduct, mustDeliver, productOrReject, receive, unexplainedQty } from '../store/goods.ts';
import { documentNumber } from '../store/numbers.ts';
import { drawerById, openShiftOfDrawer, priceOf, safeDrawer } from '../store/rows.ts';

interface IntakeLine {
  readonly product: number;
  readonly qty: number;
  readonly expires?: string | undefined;
  readonly priceRupiah?: number | undefined;
  readonly netPriceRupiah?: number | undefined;
}

/** A delivery on consignment. Each line makes a batch; nothing is owed for it before it is sold. */
export const confirm = handles(intakeConfirm, (ctx, input) => {
  if (input.place !== undefined) ctx.reject('places-not-available', {});
  mustDeliver(ctx, input.vendor);
  const number = documentNumber(ctx, 'intake');
  ctx.insert('intake', {
    number,
    vendor: input.vendor,
    note: input.note ?? null,
    paid: null,
    drawer: null,
    total: null,
  });
  const batches = input.lines.map((line, index) => takeIn(ctx, input.vendor, line, index + 1));
  ctx.changed('stock');
  return { intake: ctx.seq, number, batches };
});

function takeIn(ctx: Context, vendor: number, line: IntakeLine, lineNumber: number): number {
  const product = incomingProduct(ctx, vendor, line.product);
  if (product.own) ctx.reject('own-goods', { product: product.name });
  const { batch, repaidQty } = receive(ctx, {
    line: lineNumber,
    product,
    qty: line.qty,
    expires: line.expires,
  });
  ctx.insert('intake_line', {
    line: lineNumber,
    product: product.id,
    qty: line.qty,
    batch,
    repaid_qty: repaidQty,
    unit_cost: null,
    cost: null,
  });
  reprice(ctx, line);
  return batch;
}

/**
 * Another price than today's becomes a price version for the whole stock; a figure that is not given stays.
 * Docs/domain rule: a batch has no price of its own, an intake with another price makes a dated version.
 */
function reprice(ctx: Context, { product, priceRupiah, netPriceRupiah }: IntakeLine): void {
  const now = priceOf(ctx.sql, product);
  const price = priceRupiah ?? now?.price;
  const netPrice = netPriceRupiah ?? now?.net_price ?? null;
  if (price === undefined || (price === now?.price && netPrice === now.net_price)) return;
  const id = ctx.nextId('price');
  ctx.insert('price', { id, product, at: ctx.at, price, net_price: netPrice, cost: now?.cost ?? null });
  ctx.changed('products');
}

/** Own goods: taken in like a delivery, and what they cost goes onto own-goods-purchases at once. */
export const purchase = handles(purchaseConfirm, (ctx, input) => {
  mustDeliver(ctx, input.vendor);
  const costs = input.lines.map((line) => grossWithinRange(rupiah(line.unitCostRupiah), qty(line.qty)));
  const total = costs.reduce<number>((sum, cost) => sum + (cost ?? Number.POSITIVE_INFINITY), 0);
  if (!isRupiah(total)) ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  const source = paidFrom(ctx, input);
  const number = documentNumber(ctx, 'intake');
  ctx.insert('intake', {
    number,
    vendor: input.vendor,
    note: input.note ?? null,
    paid: input.paid,
    drawer: source.drawer,
    total,
  });
  const batches = input.lines.map((line, index) => {
    const product = incomingProduct(ctx, input.vendor, line.product);
    if (!product.own) ctx.reject('not-own-goods', { product: product.name });
    const cost = costs[index] as number;
    const lineNumber = index + 1;
    const { batch, repaidQty } = receive(ctx, {
      line: lineNumber,
      product,
      qty: line.qty,
      expires: line.expires,
    });
    ctx.insert('intake_line', {
      line: lineNumber,
      product: product.id,
      qty: line.qty,
      batch,
      repaid_qty: repaidQty,
      unit_cost: line.unitCostRupiah,
      cost,
    });
    ctx.post({
      debit: moneyAccount('own-goods-purchases'),
      credit: source.account,
      amount: cost,
      reason: input.paid === 'credit' ? 'purchase.credit' : 'purchase.paid',
      line: lineNumber,
    });
    return batch;
  });
  ctx.changed('stock');
  ctx.changed(input.paid === 'cash' ? 'shift' : 'vendors');
  return { intake: ctx.seq, number, batches, totalRupiah: total };
});

/** Where the money for own goods comes from, and the drawer if it is cash: the safe unless another is named. */
function paidFrom(
  ctx: Context,
  input: { vendor: number; paid: 'credit' | 'cash' | 'bank'; drawer?: number | undefined },
): { account: AccountReference; drawer: number | null } {
  if (input.paid === 'credit') return { account: moneyAccount('vendor', input.vendor), drawer: null };
  if (input.paid === 'bank') return { account: moneyAccount('bank'), drawer: null };
  const drawer = input.drawer === undefined ? safeDrawer(ctx.sql) : drawerById(ctx.sql, input.drawer);
  if (!drawer) return ctx.reject('drawer-unknown', { drawer: input.drawer ?? 0 });
  if (!openShiftOfDrawer(ctx.sql, drawer.id)) ctx.reject('shift-not-open', {});
  return { account: moneyAccount('cash', drawer.id), drawer: drawer.id };
}

export const batches = answers(stockBatches, (ctx, { product }) => {
  const { name } = productOrReject(ctx, product);
  const rows = ctx.sql.all<Omit<BatchView, 'name' | 'label'>>(
    `SELECT batch.id AS batch, batch.product, batch.day AS receivedDay, batch.expires,
            coalesce(shelf.debits - shelf.credits, 0) AS onHandQty,
            coalesce(aside.debits - aside.credits, 0) AS returnShelfQty
     FROM batch
     LEFT JOIN account AS shelf
       ON shelf.ledger = batch.product AND shelf.code = 'shelf' AND shelf.owner = CAST(batch.id AS TEXT)
     LEFT JOIN account AS aside
       ON aside.ledger = batch.product AND aside.code = 'return-shelf' AND aside.owner = CAST(batch.id AS TEXT)
     WHERE batch.product = ? ORDER BY batch.id DESC LIMIT 500`,
    product,
  );
  return {
    batches: rows.map((row): BatchView => ({ ...row, name, label: batchEan13(row.batch) })),
    noBatchQty: held(ctx.totals(goodsAccount(product, 'shelf'))),
    oversoldQty: unexplainedQty(ctx, product),
  };
});

export const list = answers(intakeList, (ctx, { limit }) => {
  const rows = ctx.sql.all<Omit<IntakeView, 'reversed'> & { reversed: 0 | 1 }>(
    `SELECT intake.seq AS intake, intake.number, journal.day, intake.vendor, vendor_now.name AS vendorName,
            (SELECT count(*) FROM intake_line WHERE intake_line.seq = intake.seq) AS lines,
            intake.paid, intake.total AS totalRupiah,
            EXISTS (SELECT 1 FROM reversal WHERE document = intake.seq) AS reversed
     FROM intake JOIN journal ON journal.seq = intake.seq JOIN vendor_now ON vendor_now.id = intake.vendor
     ORDER BY intake.seq DESC LIMIT ?`,
    limit,
  );
  return { intakes: rows.map((row): IntakeView => ({ ...row, reversed: row.reversed === 1 })) };
});
