import {
  type BatchView,
  type IntakeView,
  intakeConfirm,
  intakeList,
  stockBatches,
} from '../../../shared/contract/intake.ts';
import { goodsAccount } from '../../../shared/domain/chart.ts';
import { answers, type Context, handles } from '../context.ts';
import { held } from '../ledger.ts';
import { documentNumber } from '../store/numbers.ts';
import { productById, vendorById } from '../store/rows.ts';

/**
 * A delivery. Each line makes a batch; pieces that were sold before the book knew them are repaid first
 * (debit found / credit shelf), and the vendor's account is not touched by that.
 */
export const confirm = handles(intakeConfirm, (ctx, input) => {
  if (!vendorById(ctx.sql, input.vendor)) ctx.reject('vendor-unknown', { vendor: String(input.vendor) });
  const number = documentNumber(ctx, 'intake');
  ctx.insert('intake', {
    number,
    vendor: input.vendor,
    note: input.note ?? null,
    paid: null,
    drawer: null,
    total: null,
  });
  const batches = input.lines.map((line, index) => receiveLine(ctx, input.vendor, line, index + 1));
  ctx.changed('stock');
  return { intake: ctx.seq, number, batches };
});

function receiveLine(
  ctx: Context,
  vendor: number,
  line: { product: number; qty: number; expires?: string | undefined },
  lineNumber: number,
): number {
  const product = productById(ctx.sql, line.product);
  if (!product) return ctx.reject('product-unknown', { product: String(line.product) });
  if (product.vendor !== vendor) ctx.reject('wrong-vendor', { product: product.name });
  if (line.expires !== undefined && line.expires < ctx.day) {
    ctx.reject('already-expired', { product: product.name, expires: line.expires });
  }
  const batch = ctx.nextId('batch');
  ctx.insert('batch', { id: batch, product: line.product, day: ctx.day, expires: line.expires ?? null });
  const shelf = goodsAccount(line.product, 'shelf', batch);
  ctx.post({
    debit: shelf,
    credit: goodsAccount(line.product, 'at-vendor'),
    amount: line.qty,
    reason: 'intake.batch',
    line: lineNumber,
  });
  const found = goodsAccount(line.product, 'found');
  const repaid = Math.min(line.qty, -held(ctx.totals(found)));
  ctx.post({ debit: found, credit: shelf, amount: repaid, reason: 'intake.oversold', line: lineNumber });
  ctx.insert('intake_line', {
    line: lineNumber,
    product: line.product,
    qty: line.qty,
    batch,
    repaid_qty: repaid,
    unit_cost: null,
    cost: null,
  });
  return batch;
}

export const batches = answers(stockBatches, (ctx, { product }) => {
  const row = productById(ctx.sql, product);
  if (!row) return ctx.reject('product-unknown', { product: String(product) });
  return {
    batches: ctx.sql.all<BatchView>(
      `SELECT batch.id AS batch, batch.product, ? AS name, batch.day AS receivedDay, batch.expires,
              coalesce(account.debits - account.credits, 0) AS onHandQty
       FROM batch LEFT JOIN account
         ON account.ledger = batch.product AND account.code = 'shelf' AND account.owner = CAST(batch.id AS TEXT)
       WHERE batch.product = ? ORDER BY batch.id DESC LIMIT 500`,
      row.name,
      product,
    ),
    oversoldQty: Math.max(0, -held(ctx.totals(goodsAccount(product, 'found')))),
  };
});

export const list = answers(intakeList, (ctx, { limit }) => ({
  intakes: ctx.sql.all<IntakeView>(
    `SELECT intake.seq AS intake, intake.number, journal.day, intake.vendor, vendor.name AS vendorName,
            (SELECT count(*) FROM intake_line WHERE intake_line.seq = intake.seq) AS lines
     FROM intake JOIN journal ON journal.seq = intake.seq JOIN vendor ON vendor.id = intake.vendor
     ORDER BY intake.seq DESC LIMIT ?`,
    limit,
  ),
}));
