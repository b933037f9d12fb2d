import { saleComplete } from '../../../shared/contract/sale.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { MAX_RUPIAH, rupiah } from '../../../shared/domain/money.ts';
import { type SettledTenders, settleTenders, type TenderKind } from '../../../shared/domain/tender.ts';
import { type Context, handles } from '../context.ts';
import { needsSupervisor } from '../store/authority.ts';
import { decideBasket, type UnknownLine } from '../store/decided-basket.ts';
import { refuseLongShift } from '../store/drawers.ts';
import { nextReceipt } from '../store/numbers.ts';
import {
  type CenterRow,
  centerRow,
  type DrawerRow,
  drawerById,
  type ShiftRow,
  shiftBySeq,
  userById,
} from '../store/rows.ts';
import { type SoldLine, writeSoldLine } from '../store/sale-line.ts';
import { openTicketOrReject } from '../store/tickets.ts';

interface TenderInput {
  readonly kind: TenderKind | 'voucher';
  readonly amountRupiah: number;
  readonly reference?: string | undefined;
  readonly ticket?: number | undefined;
}

/** A tender that was looked at: a kind the center takes, and of QRIS its proof. */
interface TakenTender {
  readonly kind: TenderKind;
  readonly amount: number;
  readonly reference: string | null;
  readonly ticket: number | null;
}

export const complete = handles(saleComplete, (ctx, input) => {
  if (input.place !== undefined) ctx.reject('places-not-available', {});
  const { shift, drawer, center } = tillOf(ctx, input.shift);
  const { lines, gross, net, supervisor } = decideBasket(ctx, input);
  if (net === 0) ctx.reject('nothing-to-pay', {});
  if (net !== input.totalRupiah) {
    ctx.reject('total-differs', { expectedRupiah: input.totalRupiah, totalRupiah: net });
  }
  const tenders = input.tenders.map((tender) => takeTender(ctx, center, tender));
  const paid = settle(ctx, center, net, tenders);
  for (const why of supervisor) needsSupervisor(ctx, why);

  const { counter, number } = nextReceipt(ctx.sql, drawer, ctx.day);
  const oversold = new Set<number>();
  for (const [index, line] of lines.entries()) {
    const product = writeLine(ctx, line, index + 1);
    if (product !== undefined) oversold.add(product);
  }
  postTenders(ctx, drawer, tenders, paid);
  ctx.insert('sale', {
    number,
    drawer: drawer.id,
    day: ctx.day,
    counter,
    shift: shift.seq,
    gross,
    net,
    rounding: paid.rounding,
    cash_due: paid.cashDue,
    change: paid.change,
    sale_discount: input.discount?.amountRupiah ?? null,
    visit: input.visit ?? null,
  });
  for (const [index, tender] of tenders.entries()) ctx.insert('sale_tender', { n: index + 1, ...tender });
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
    oversold: [...oversold],
  };
});

/** The shift that sells, if it is the caller's and of today. */
function tillOf(ctx: Context, seq: number): { shift: ShiftRow; drawer: DrawerRow; center: CenterRow } {
  const shift = shiftBySeq(ctx.sql, seq);
  const drawer = shift && drawerById(ctx.sql, shift.drawer);
  if (!shift || !drawer || shift.closed !== null || drawer.is_safe) return ctx.reject('shift-not-open', {});
  if (shift.user !== ctx.actor) {
    ctx.reject('not-your-shift', { username: userById(ctx.sql, shift.user)?.username ?? '' });
  }
  refuseLongShift(ctx, shift);
  const center = centerRow(ctx.sql);
  if (!center) throw new Error('a shift without a center');
  return { shift, drawer, center };
}

/** Checks one tender and, of QRIS, ends its ticket at once: a code that was paid once pays for one sale. */
function takeTender(ctx: Context, center: CenterRow, tender: TenderInput): TakenTender {
  const { kind, amountRupiah: amount, reference = null } = tender;
  if (kind === 'voucher') return ctx.reject('vouchers-not-available', {});
  if (kind !== 'qris') return { kind, amount, reference, ticket: null };
  if (tender.ticket === undefined) return ctx.reject('qris-proof-needed', {});
  const ticket = openTicketOrReject(ctx, tender.ticket);
  if (ticket.kind !== 'qris') ctx.reject('ticket-not-qris', { ticket: ticket.seq });
  if (ticket.amount !== amount) {
    ctx.reject('ticket-differs', { ticketRupiah: ticket.amount, tenderRupiah: amount });
  }
  // Docs/domain rule: payment cannot be proven offline; somebody has to have seen the provider's own notification.
  if (ticket.reference === null && !center.qris_shown_suffices) ctx.reject('qris-proof-needed', {});
  ctx.insert('ticket_end', { ticket: ticket.seq, how: 'sold', memo: null });
  return { kind, amount, reference: reference ?? ticket.reference, ticket: ticket.seq };
}

function settle(
  ctx: Context,
  center: CenterRow,
  net: number,
  tenders: readonly TakenTender[],
): SettledTenders {
  const result = settleTenders({
    total: rupiah(net),
    tenders: tenders.map(({ kind, amount }) => ({ kind, amount: rupiah(amount) })),
    step: center.rounding_step,
    mode: center.rounding_mode,
  });
  if (result.ok) return result;
  switch (result.reason) {
    case 'short':
      return ctx.reject('tender-short', { missingRupiah: result.short });
    case 'non-cash-exceeds-total':
      return ctx.reject('tender-exceeds-total', { excessRupiah: result.excess });
    case 'cash-not-due':
      return ctx.reject('cash-not-due', {});
    default:
      return ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  }
}

/** Writes one line; answers its product when more of it was sold than the book had. */
function writeLine(ctx: Context, line: SoldLine | UnknownLine, lineNumber: number): number | undefined {
  if ('row' in line) {
    const oversold = writeSoldLine(ctx, line, { line: lineNumber, as: 'sale', goodsDay: ctx.day });
    return oversold ? line.row.id : undefined;
  }
  ctx.insert('unresolved_line', { line: lineNumber, ...line });
  ctx.post({
    debit: moneyAccount('clearing'),
    credit: moneyAccount('unresolved'),
    amount: line.net,
    reason: 'sale.unresolved',
    line: lineNumber,
  });
  return undefined;
}

/** Money in: cash into the drawer, everything else to where the acquirer or the bank owes it. */
function postTenders(
  ctx: Context,
  drawer: DrawerRow,
  tenders: readonly TakenTender[],
  paid: SettledTenders,
): void {
  const clearing = moneyAccount('clearing');
  const cash = moneyAccount('cash', drawer.id);
  const rounding = moneyAccount('rounding');
  const given = tenders.reduce((sum, { kind, amount }) => sum + (kind === 'cash' ? amount : 0), 0);
  ctx.post({ debit: cash, credit: clearing, amount: given, reason: 'sale.cash' });
  ctx.post({ debit: clearing, credit: cash, amount: paid.change, reason: 'sale.change' });
  ctx.post({ debit: clearing, credit: rounding, amount: paid.rounding, reason: 'sale.rounding' });
  for (const { kind, amount } of tenders) {
    if (kind === 'cash') continue;
    const { account, reason } = NON_CASH[kind];
    ctx.post({ debit: moneyAccount(account), credit: clearing, amount, reason });
  }
}

const NON_CASH = {
  qris: { account: 'qris-clearing', reason: 'sale.qris' },
  debit: { account: 'card-clearing', reason: 'sale.debit' },
  transfer: { account: 'bank', reason: 'sale.transfer' },
} as const;
