import { returnConfirm, type StockLine, stockList, writeOffConfirm } from '../../../shared/contract/goods.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { isRupiah, MAX_RUPIAH } from '../../../shared/domain/money.ts';
import { answers, type Context, handles, type ReadContext } from '../context.ts';
import { onHandOf, productOrReject, type ShelfName, takeOff, takeOrReject } from '../store/goods.ts';
import { creditLoss, lossFigures } from '../store/loss.ts';
import { documentNumber } from '../store/numbers.ts';
import { costOfReturn } from '../store/own-goods.ts';
import { dayAt, vendorById } from '../store/rows.ts';
import { isExpired, shelvesIn } from '../store/shelves.ts';

interface GoodsLine {
  readonly product: number;
  readonly qty: number;
  readonly batch?: number | undefined;
  readonly shelf: ShelfName;
}

/** Goods back to their vendor; own goods are taken back by the vendor for what they cost. */
export const returnGoods = handles(returnConfirm, (ctx, input) => {
  const { vendor } = input;
  if (!vendorById(ctx.sql, vendor)) ctx.reject('vendor-unknown', { vendor: String(vendor) });
  const number = documentNumber(ctx, 'goods_return');
  const total = input.lines.reduce((sum, line, index) => sum + returnLine(ctx, vendor, line, index + 1), 0);
  if (!isRupiah(total)) ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  ctx.insert('goods_return', { number, vendor, total, note: input.note ?? null });
  ctx.changed('stock');
  if (total !== 0) ctx.changed('vendors');
  return { goodsReturn: ctx.seq, number, totalRupiah: total };
});

/** Answers what the vendor is debited for own goods, rupiah. */
function returnLine(ctx: Context, vendor: number, line: GoodsLine, lineNumber: number): number {
  const product = productOrReject(ctx, line.product);
  if (product.vendor !== vendor) ctx.reject('wrong-vendor', { product: product.name });
  const wish = { product, shelf: line.shelf, batch: line.batch };
  const cost = takeOff(ctx, {
    line: lineNumber,
    product: product.id,
    shelf: line.shelf,
    parts: takeOrReject(ctx, wish, line.qty),
    to: 'at-vendor',
    reason: 'return.goods',
    ...(product.own && { costOf: (part) => costOfReturn(ctx, product.id, part) }),
  });
  ctx.insert('goods_return_line', { line: lineNumber, product: product.id, qty: line.qty });
  ctx.post({
    debit: moneyAccount('vendor', vendor),
    credit: moneyAccount('own-goods-purchases'),
    amount: cost,
    reason: 'return.purchase',
    line: lineNumber,
  });
  return cost;
}

/** Goods that are no more: broken, lost, expired, opened for tasting. */
export const writeOff = handles(writeOffConfirm, (ctx, input) => {
  const number = documentNumber(ctx, 'write_off');
  ctx.insert('write_off', { number, reason: input.reason, note: input.note ?? null });
  const credit = input.lines.reduce((sum, line, index) => sum + writeOffLine(ctx, line, index + 1), 0);
  ctx.changed('stock');
  if (credit !== 0) ctx.changed('vendors');
  return { writeOff: ctx.seq, number, creditRupiah: credit };
});

/** Answers what the vendor is credited, rupiah. */
function writeOffLine(
  ctx: Context,
  line: GoodsLine & { readonly vendorBps?: number | undefined },
  lineNumber: number,
): number {
  const product = productOrReject(ctx, line.product);
  const parts = takeOrReject(ctx, { product, shelf: line.shelf, batch: line.batch }, line.qty);
  const { value, credit } = lossFigures(ctx, product, line.qty, line.vendorBps);
  takeOff(ctx, {
    line: lineNumber,
    product: product.id,
    shelf: line.shelf,
    parts,
    to: 'lost',
    reason: 'write-off.goods',
  });
  creditLoss(ctx, {
    vendor: product.vendor,
    amount: credit,
    reason: 'write-off.credit',
    line: lineNumber,
  });
  ctx.insert('write_off_line', {
    line: lineNumber,
    product: product.id,
    qty: line.qty,
    value,
    credit,
    vendor_bps: line.vendorBps ?? null,
  });
  return credit;
}

type StockRow = Pick<StockLine, 'product' | 'name' | 'unit' | 'vendor' | 'vendorName'>;

/** Goods that are taken no more are left out once none are left of them. */
const STOCK = `
  SELECT product_now.id AS product, product_now.name, product_now.unit, product_now.vendor, vendor_now.name AS vendorName
  FROM product_now JOIN vendor_now ON vendor_now.id = product_now.vendor
  WHERE product_now.id > ? AND (product_now.active = 1 OR EXISTS (
    SELECT 1 FROM account WHERE ledger = product_now.id AND code IN ('shelf', 'return-shelf') AND debits > credits))`;
const OF_VENDOR = 'AND product_now.vendor = ?';
const EXPIRING = `AND EXISTS (SELECT 1 FROM account JOIN batch ON batch.id = CAST(account.owner AS INTEGER)
  WHERE ledger = product_now.id AND code = 'shelf' AND debits > credits AND batch.expires <= ?)`;
const PAGE = 'ORDER BY product_now.id LIMIT ?';

export const stock = answers(stockList, (ctx, { vendor, expiresWithinDays, limit, after }) => {
  const day = dayAt(ctx.sql, ctx.at);
  const values: (string | number)[] = [after];
  if (vendor !== undefined) values.push(vendor);
  if (expiresWithinDays !== undefined) values.push(addDays(day, expiresWithinDays));
  const ofVendor = vendor === undefined ? '' : OF_VENDOR;
  const expiring = expiresWithinDays === undefined ? '' : EXPIRING;
  const rows = ctx.sql.all<StockRow>(`${STOCK} ${ofVendor} ${expiring} ${PAGE}`, ...values, limit);
  return { products: rows.map((row) => ({ ...row, ...standing(ctx, row.product, day) })) };
});

/** What of a product stands where on a day, thousandths. */
function standing(ctx: ReadContext, product: number, day: string) {
  const shelves = ctx.shelves(product);
  const dates = shelves.flatMap(({ expires }) => (expires === null ? [] : [expires])).sort();
  return {
    onHandQty: onHandOf(shelves.filter((shelf) => !isExpired(shelf, day))),
    expiredQty: onHandOf(shelves.filter((shelf) => isExpired(shelf, day))),
    returnShelfQty: onHandOf(shelvesIn(ctx.sql, product, 'return-shelf')),
    nextExpiry: dates[0] ?? null,
  };
}
