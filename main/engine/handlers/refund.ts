import type { OutputOf } from '../../../shared/contract/define.ts';
import { refundComplete, refundGet, type refundReasons, saleVoid } from '../../../shared/contract/refund.ts';
import { giveBack } from '../../../shared/domain/allocation.ts';
import { goodsAccount, moneyAccount } from '../../../shared/domain/chart.ts';
import { type Rupiah, rupiah } from '../../../shared/domain/money.ts';
import { type Qty, qty } from '../../../shared/domain/quantity.ts';
import { type MoneyBack, refundStep } from '../../../shared/domain/refund.ts';
import { answers, type Context, handles } from '../context.ts';
import { needsSupervisor } from '../store/authority.ts';
import { refuseLongShift, shiftToUse } from '../store/drawers.ts';
import { documentNumber } from '../store/numbers.ts';
import { BUYER_DUE, type PaidSale, splitMoney } from '../store/refunds.ts';
import {
  type StoredLine,
  shelvesGivenBack,
  shelvesTaken,
  storedLines,
  unresolvedLines,
} from '../store/sold.ts';

type Reason = (typeof refundReasons)[number];
type Till = ReturnType<typeof shiftToUse>;

/** A part of a stored line that comes back. */
interface Returned {
  readonly line: StoredLine;
  readonly qty: Qty;
  readonly reason: Reason;
  /** The batch whose label was scanned. */
  readonly batch?: number | undefined;
}

interface Refund {
  readonly sale: PaidSale;
  readonly lines: readonly Returned[];
  readonly isVoid: boolean;
  readonly memo: string | undefined;
}

export const complete = handles(refundComplete, (ctx, input) => {
  const till = tillOf(ctx, input.shift);
  const sale = saleOrReject(ctx, input.sale);
  const stored = new Map(storedLines(ctx.sql, sale.seq).map((line) => [line.line, line]));
  const taken = new Set<number>();
  const lines = input.lines.map((wish): Returned => {
    const line = stored.get(wish.line) ?? noSuchLine(ctx, sale, wish.line);
    if (taken.has(line.line)) ctx.reject('line-twice', { product: line.name });
    taken.add(line.line);
    const left = line.qty - line.refundedQty;
    if (wish.qty > left) ctx.reject('more-than-sold', { line: line.line, leftQty: left });
    if (wish.batch !== undefined) checkLabel(ctx, line, wish.batch);
    return { line, qty: qty(wish.qty), reason: wish.reason, batch: wish.batch };
  });
  if (lines.some(({ reason }) => reason === 'goodwill')) needsSupervisor(ctx, 'goodwill');
  return giveMoneyBack(ctx, till, { sale, lines, isVoid: false, memo: input.memo });
});

/** A void completes its sale, so that the drawer gives back exactly what it took. */
export const takeBack = handles(saleVoid, (ctx, input) => {
  const till = tillOf(ctx, input.shift);
  const sale = saleOrReject(ctx, input.sale);
  const last = ctx.sql.one<{ seq: number; number: string }>(
    'SELECT seq, number FROM sale WHERE shift = ? ORDER BY seq DESC LIMIT 1',
    till.shift.seq,
  );
  if (last?.seq !== sale.seq) ctx.reject('not-last-sale', { lastNumber: last?.number ?? '–' });
  const refunded = ctx.sql.value<string>('SELECT number FROM refund WHERE sale = ? LIMIT 1', sale.seq);
  if (refunded !== undefined) ctx.reject('sale-refunded', { number: refunded });
  const [unresolved] = unresolvedLines(ctx.sql, sale.seq);
  if (unresolved) ctx.reject('line-unresolved', { line: unresolved.line });
  const lines = storedLines(ctx.sql, sale.seq).map(
    (line): Returned => ({ line, qty: qty(line.qty), reason: 'resaleable' }),
  );
  return giveMoneyBack(ctx, till, { sale, lines, isVoid: true, memo: input.memo });
});

/** The shift whose drawer gives the cash; a till's has to be of today. */
function tillOf(ctx: Context, shift: number): Till {
  const till = shiftToUse(ctx, shift);
  if (!till.drawer.is_safe) refuseLongShift(ctx, till.shift);
  return till;
}

function saleOrReject(ctx: Context, sale: number): PaidSale {
  const row = ctx.sql.one<PaidSale>('SELECT seq, net, cash_due FROM sale WHERE seq = ?', sale);
  return row ?? ctx.reject('sale-unknown', { sale });
}

/** The line is not on the receipt, or it is and nobody knows whose goods it was. */
function noSuchLine(ctx: Context, sale: PaidSale, line: number): never {
  const isUnresolved = unresolvedLines(ctx.sql, sale.seq).some((unresolved) => unresolved.line === line);
  return ctx.reject(isUnresolved ? 'line-unresolved' : 'line-unknown', { line });
}

/** A label names a batch of the line's product. Where the line took nothing from that batch, it changes nothing. */
function checkLabel(ctx: Context, line: StoredLine, batch: number): void {
  const product = ctx.sql.value<number>('SELECT product FROM batch WHERE id = ?', batch);
  if (product !== line.product) ctx.reject('batch-unknown', { batch });
}

/** Writes the refund with its lines, moves goods and shares, and gives or owes the buyer the money. */
function giveMoneyBack(ctx: Context, till: Till, refund: Refund): OutputOf<typeof refundComplete> {
  const { sale } = refund;
  const nets = refund.lines.map((returned, index) => writeLine(ctx, sale, returned, index + 1));
  const net = nets.reduce((sum, lineNet) => sum + lineNet, 0);
  const { parts, money } = splitMoney(ctx.sql, sale, rupiah(net));
  postMoney(ctx, till, money);
  const { cashPaid, rounding, owedToBuyer } = money;
  const number = documentNumber(ctx, 'refund');
  ctx.insert('refund', {
    number,
    sale: sale.seq,
    shift: till.shift.seq,
    drawer: till.drawer.id,
    day: ctx.day,
    net,
    cash: cashPaid,
    rounding,
    is_void: refund.isVoid ? 1 : 0,
    memo: refund.memo ?? null,
  });
  for (const [index, part] of parts.entries()) {
    const paid = part.kind === 'cash' ? cashPaid : 0;
    ctx.insert('refund_tender', { n: index + 1, ...part, paid });
  }
  if (ctx.contract >= 2) ctx.print('refund-slip', till.drawer.id);
  ctx.changed('sales');
  ctx.changed('stock');
  return {
    refund: ctx.seq,
    number,
    netRupiah: net,
    cashRupiah: cashPaid,
    buyerDueRupiah: owedToBuyer,
  };
}

/** A till cannot send money back the way it came: what was not paid in cash is owed to the buyer first. */
function postMoney(ctx: Context, till: Till, { cashPaid, rounding, owedToBuyer }: MoneyBack): void {
  const debit = moneyAccount('clearing');
  const cash = moneyAccount('cash', till.drawer.id);
  ctx.post({ debit, credit: cash, amount: cashPaid, reason: 'refund.cash' });
  ctx.post({ debit, credit: moneyAccount('rounding'), amount: rounding, reason: 'refund.rounding' });
  ctx.post({ debit, credit: moneyAccount('buyer-due'), amount: owedToBuyer, reason: 'refund.buyer-due' });
}

/**
 * Writes one line; answers its net. Docs/domain rule: the reason decides who bears it. Goodwill is the center's and
 * leaves vendor and goods alone, so nothing of it is anybody's commission or share.
 */
function writeLine(ctx: Context, sale: PaidSale, returned: Returned, n: number): Rupiah {
  const { line, reason } = returned;
  const sold = { net: rupiah(line.net), commission: rupiah(line.commission), quantity: qty(line.qty) };
  const step = refundStep(sold, qty(line.refundedQty), returned.qty);
  const isGoodwill = reason === 'goodwill';
  ctx.insert('refund_line', {
    line: n,
    sale: sale.seq,
    sale_line: line.line,
    product: line.product,
    qty: returned.qty,
    net: step.net,
    commission: isGoodwill ? 0 : step.commission,
    share: isGoodwill ? 0 : step.share,
    reason,
  });
  const credit = moneyAccount('clearing');
  if (isGoodwill) {
    const debit = moneyAccount('goodwill');
    ctx.post({ debit, credit, amount: step.net, reason: 'refund.goodwill', line: n });
    return step.net;
  }
  const vendor = moneyAccount('vendor', line.vendor);
  ctx.post({ debit: vendor, credit, amount: step.share, reason: 'refund.share', line: n });
  const own = line.model === 'own-goods';
  ctx.post({
    debit: moneyAccount(own ? 'own-goods-sales' : 'commission'),
    credit,
    amount: step.commission,
    reason: own ? 'refund.own-goods' : 'refund.commission',
    line: n,
  });
  putBack(ctx, sale, returned, n);
  return step.net;
}

/** Goods for sale go back to the batches they came from, last out first; others to the shelf of their vendor. */
function putBack(ctx: Context, sale: PaidSale, { line, qty: quantity, reason, batch }: Returned, n: number) {
  const taken = shelvesTaken(ctx.sql, line);
  const back = shelvesGivenBack(ctx.sql, sale.seq, line.line);
  const shelf = reason === 'vendor-fault' ? 'return-shelf' : 'shelf';
  const { product } = line;
  for (const [index, part] of giveBack(taken, back, quantity, batch).entries()) {
    ctx.insert('goods_part', {
      line: n,
      n: index + 1,
      product,
      batch: part.batch,
      shelf,
      qty: part.qty,
      cost: null,
    });
    ctx.post({
      debit: goodsAccount(product, shelf, part.batch),
      credit: goodsAccount(product, 'sold'),
      amount: part.qty,
      reason: 'refund.goods',
      line: n,
    });
  }
}

type RefundView = OutputOf<typeof refundGet>;

export const get = answers(refundGet, (ctx, { refund }): RefundView => {
  type Head = Omit<RefundView, 'lines' | 'tenders' | 'isVoid'> & { isVoid: 0 | 1 };
  const head = ctx.sql.one<Head>(
    `SELECT refund.seq AS refund, refund.number, refund.sale, sale.number AS saleNumber, journal.at, refund.day,
       "user".username AS cashier, refund.is_void AS isVoid, refund.memo, refund.net AS netRupiah,
       refund.rounding AS roundingRupiah, ${BUYER_DUE} AS dueRupiah
     FROM refund JOIN sale ON sale.seq = refund.sale JOIN journal ON journal.seq = refund.seq
     JOIN "user" ON "user".id = journal.actor WHERE refund.seq = ?`,
    refund,
  );
  if (!head) return ctx.reject('refund-unknown', { refund });
  const names = new Map(storedLines(ctx.sql, head.sale).map(({ line, name }) => [line, name]));
  const lines = ctx.sql.all<Omit<RefundView['lines'][number], 'name'>>(
    `SELECT line, sale_line AS saleLine, product, qty, net AS netRupiah, reason FROM refund_line WHERE seq = ? ORDER BY line`,
    refund,
  );
  return {
    ...head,
    isVoid: head.isVoid === 1,
    lines: lines.map((line) => ({ ...line, name: names.get(line.saleLine) ?? '' })),
    tenders: ctx.sql.all<RefundView['tenders'][number]>(
      'SELECT kind, part AS partRupiah, paid AS paidRupiah FROM refund_tender WHERE seq = ? ORDER BY n',
      refund,
    ),
  };
});
