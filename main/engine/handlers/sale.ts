import { saleComplete } from '../../../shared/contract/sale.ts';
import { priceBasket } from '../../../shared/domain/basket.ts';
import { goodsAccount, moneyAccount } from '../../../shared/domain/chart.ts';
import { MAX_RUPIAH, rupiah, ZERO_RUPIAH } from '../../../shared/domain/money.ts';
import { qty } from '../../../shared/domain/quantity.ts';
import { settleTenders } from '../../../shared/domain/tender.ts';
import { type LineSplit, NO_DISCOUNTS, splitLine, type Terms } from '../../../shared/domain/terms.ts';
import { type Context, handles } from '../context.ts';
import { nextReceipt } from '../store/numbers.ts';
import {
  centerRow,
  drawerById,
  type PriceRow,
  type ProductRow,
  priceOf,
  productById,
  shiftBySeq,
  userById,
} from '../store/rows.ts';
import { isExpired } from '../store/shelves.ts';
import { type AgreementRow, vendorAgreementOn } from '../store/terms.ts';

/** A shift that runs longer than this is yesterday's, forgotten: its cash is counted before it sells on. */
const LONGEST_SHIFT_MS = 20 * 60 * 60 * 1000;

interface LineInput {
  readonly product: number;
  readonly qty: number;
  readonly priceRupiah: number;
}

/** One line with everything about it decided, before anything is written. */
interface DecidedLine extends LineInput {
  readonly row: ProductRow;
  readonly agreement: AgreementRow;
  readonly terms: Terms;
  readonly gross: number;
  readonly split: LineSplit;
}

export const complete = handles(saleComplete, (ctx, input) => {
  const shift = shiftBySeq(ctx.sql, input.shift);
  const drawer = shift && drawerById(ctx.sql, shift.drawer);
  if (!shift || !drawer || shift.closed !== null || drawer.is_safe) return ctx.reject('shift-not-open', {});
  if (shift.user !== ctx.actor) {
    ctx.reject('not-your-shift', { username: userById(ctx.sql, shift.user)?.username ?? '' });
  }
  if (ctx.at - shift.at > LONGEST_SHIFT_MS) ctx.reject('shift-too-long', { openedAt: shift.at });

  const { lines, net } = decideLines(ctx, input.lines);
  if (net === 0) ctx.reject('nothing-to-pay', {});
  if (net !== input.totalRupiah) {
    ctx.reject('total-differs', { expectedRupiah: input.totalRupiah, totalRupiah: net });
  }
  const paid = takeTenders(ctx, net, input.tenders);

  const { counter, number } = nextReceipt(ctx.sql, drawer, ctx.day);
  const oversold = lines.filter((line, index) => postLine(ctx, line, index + 1)).map((line) => line.product);
  const cash = moneyAccount('cash', drawer.id);
  const clearing = moneyAccount('clearing');
  ctx.post({ debit: cash, credit: clearing, amount: paid.tendered, reason: 'sale.cash' });
  ctx.post({ debit: clearing, credit: cash, amount: paid.change, reason: 'sale.change' });
  ctx.post({
    debit: clearing,
    credit: moneyAccount('rounding'),
    amount: paid.rounding,
    reason: 'sale.rounding',
  });
  ctx.insert('sale', {
    number,
    drawer: drawer.id,
    day: ctx.day,
    counter,
    shift: shift.seq,
    gross: lines.reduce((sum, line) => sum + line.gross, 0),
    net,
    rounding: paid.rounding,
    cash_due: paid.cashDue,
    change: paid.change,
  });
  for (const [index, tender] of input.tenders.entries()) {
    ctx.insert('sale_tender', { n: index + 1, kind: tender.kind, amount: tender.amountRupiah });
  }
  ctx.print('receipt', drawer.id);
  ctx.changed('sales');
  ctx.changed('stock');
  return {
    sale: ctx.seq,
    number,
    totalRupiah: net,
    roundingRupiah: paid.rounding,
    cashDueRupiah: paid.cashDue,
    changeRupiah: paid.change,
    oversold: [...new Set(oversold)],
  };
});

/** Price and terms are those in force now, whatever was true when the goods came in or the line was scanned. */
function decideLines(ctx: Context, inputs: readonly LineInput[]): { lines: DecidedLine[]; net: number } {
  const facts = inputs.map((line) => factsOf(ctx, line));
  const basket = priceBasket(
    inputs.map((line) => ({
      price: rupiah(line.priceRupiah),
      quantity: qty(line.qty),
      discounts: NO_DISCOUNTS,
      saleDiscountBearer: 'none',
    })),
    ZERO_RUPIAH,
  );
  if (!basket.ok) return ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  const lines = inputs.map((line, index): DecidedLine => {
    const { row, agreement, terms } = facts[index] as LineFacts;
    const priced = basket.lines[index];
    if (!priced) throw new Error('a basket prices each of its lines');
    const { gross, discounts } = priced;
    return {
      ...line,
      row,
      agreement,
      terms,
      gross,
      split: splitLine({ gross, quantity: qty(line.qty), terms, discounts }),
    };
  });
  return { lines, net: basket.totals.net };
}

interface LineFacts {
  readonly row: ProductRow;
  readonly agreement: AgreementRow;
  readonly terms: Terms;
}

function factsOf(ctx: Context, line: LineInput): LineFacts {
  const row = productById(ctx.sql, line.product);
  const price = priceOf(ctx.sql, line.product);
  if (!row || !price) return ctx.reject('product-unknown', { product: String(line.product) });
  if (price.price !== line.priceRupiah) {
    ctx.reject('price-changed', {
      product: row.id,
      name: row.name,
      basketRupiah: line.priceRupiah,
      currentRupiah: price.price,
    });
  }
  const agreement = vendorAgreementOn(ctx.sql, row.vendor, ctx.day);
  if (!agreement) return ctx.reject('no-agreement', { vendor: String(row.vendor) });
  return { row, agreement, terms: termsOf(ctx, row, agreement, price) };
}

function termsOf(ctx: Context, row: ProductRow, agreement: AgreementRow, price: PriceRow): Terms {
  if (agreement.model === 'percent') return { model: 'percent', rateBps: agreement.rate_bps ?? 0 };
  if (price.net_price === null) return ctx.reject('net-price-missing', { product: row.name });
  return { model: 'net-price', netPrice: rupiah(price.net_price) };
}

interface Paid {
  readonly tendered: number;
  readonly cashDue: number;
  readonly rounding: number;
  readonly change: number;
}

function takeTenders(
  ctx: Context,
  net: number,
  tenders: readonly { kind: 'cash'; amountRupiah: number }[],
): Paid {
  const center = centerRow(ctx.sql);
  if (!center) throw new Error('a shift without a center');
  const result = settleTenders({
    total: rupiah(net),
    tenders: tenders.map(({ kind, amountRupiah }) => ({ kind, amount: rupiah(amountRupiah) })),
    step: center.rounding_step,
    mode: center.rounding_mode,
  });
  if (!result.ok) {
    if (result.reason === 'short') return ctx.reject('tender-short', { missingRupiah: result.short });
    return ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  }
  const tendered = tenders.reduce((sum, tender) => sum + tender.amountRupiah, 0);
  return { tendered, cashDue: result.cashDue, rounding: result.rounding, change: result.change };
}

/** Writes one line and moves its goods and money. True when more was sold than the book had. */
function postLine(ctx: Context, line: DecidedLine, lineNumber: number): boolean {
  const { row, split, terms, agreement } = line;
  const clearing = moneyAccount('clearing');
  const vendor = moneyAccount('vendor', row.vendor);
  ctx.insert('sale_line', {
    line: lineNumber,
    product: row.id,
    qty: line.qty,
    price: line.priceRupiah,
    gross: line.gross,
    net: split.net,
    commission: split.commission,
    share: split.share,
    agreement: agreement.id,
    model: terms.model,
    rate_bps: terms.model === 'percent' ? terms.rateBps : null,
    net_price: terms.model === 'net-price' ? terms.netPrice : null,
  });
  ctx.post({ debit: clearing, credit: vendor, amount: split.share, reason: 'sale.share', line: lineNumber });
  ctx.post({
    debit: clearing,
    credit: moneyAccount('commission'),
    amount: split.commission,
    reason: 'sale.commission',
    line: lineNumber,
  });
  return takeGoods(ctx, line, lineNumber);
}

/**
 * Takes the goods from unexpired batches, first expired first out. What the book does not have is in the buyer's
 * hand all the same: it is found (debit no-batch shelf / credit found), sold from there, and counted later. If the
 * book has expired pieces for the rest, the piece in hand is most likely one of those, and the line stops.
 */
function takeGoods(ctx: Context, line: DecidedLine, lineNumber: number): boolean {
  const product = line.row.id;
  const sold = goodsAccount(product, 'sold');
  const shelves = ctx.shelves(product);
  let left = line.qty;
  let part = 0;
  const take = (batch: number, amount: number) => {
    part += 1;
    ctx.insert('sale_line_batch', { line: lineNumber, n: part, batch, qty: amount });
    ctx.post({
      debit: sold,
      credit: goodsAccount(product, 'shelf', batch),
      amount,
      reason: 'sale.goods',
      line: lineNumber,
    });
    left -= amount;
  };
  for (const shelf of shelves) {
    if (left === 0) break;
    if (!isExpired(shelf, ctx.day)) take(shelf.batch, Math.min(left, shelf.onHand));
  }
  if (left === 0) return false;
  const expired = shelves.reduce((sum, shelf) => sum + (isExpired(shelf, ctx.day) ? shelf.onHand : 0), 0);
  if (expired > 0) ctx.reject('only-expired-stock', { product: line.row.name, expired });
  ctx.post({
    debit: goodsAccount(product, 'shelf'),
    credit: goodsAccount(product, 'found'),
    amount: left,
    reason: 'sale.oversold',
    line: lineNumber,
  });
  take(0, left);
  return true;
}
