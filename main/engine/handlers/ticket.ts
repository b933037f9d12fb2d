import {
  qrisSeen,
  qrisShow,
  saleDiscard,
  saleHold,
  saleRecall,
  ticketByCode,
  ticketGet,
  ticketList,
} from '../../../shared/contract/sale.ts';
import { percentDiscount } from '../../../shared/domain/discount.ts';
import { MAX_RUPIAH, rupiah } from '../../../shared/domain/money.ts';
import { dynamicQris, MAX_QRIS_RUPIAH } from '../../../shared/domain/qris.ts';
import { grossWithinRange, qty } from '../../../shared/domain/quantity.ts';
import { answers, type Context, handles } from '../context.ts';
import { needsSupervisor } from '../store/authority.ts';
import { ticketCode, ticketOfCode } from '../store/numbers.ts';
import { promotionById } from '../store/promotions.ts';
import { centerRow, drawerById } from '../store/rows.ts';
import {
  basketOf,
  openTicketOrReject,
  openTickets,
  openTicketView,
  type TicketBasket,
  type TicketRow,
} from '../store/tickets.ts';

export const hold = handles(saleHold, (ctx, { basket, name, drawer, paper }) => {
  checkDrawer(ctx, drawer);
  const code = ticketCode(ctx);
  ctx.insert('ticket', {
    code,
    kind: 'held',
    name: name ?? null,
    drawer: drawer ?? null,
    amount: amountOf(ctx, basket),
    basket: JSON.stringify(basket),
    payload: null,
  });
  if (paper && drawer !== undefined) ctx.print('ticket-slip', drawer);
  ctx.changed('sales');
  return { ticket: ctx.seq, code };
});

export const recall = handles(saleRecall, (ctx, input) => {
  const ticket = endTicket(ctx, input.ticket, 'recalled', null);
  return { basket: basketOf(ticket), name: ticket.name };
});

export const discard = handles(saleDiscard, (ctx, input) => {
  const ticket = endTicket(ctx, input.ticket, 'discarded', input.memo ?? null);
  return { ticket: ticket.seq };
});

/** Takes a ticket off the list. Whoever paid a code that was seen must not lose the basket to a slip of the hand. */
function endTicket(ctx: Context, seq: number, how: 'recalled' | 'discarded', memo: string | null): TicketRow {
  const ticket = openTicketOrReject(ctx, seq);
  if (ticket.reference !== null) needsSupervisor(ctx, 'seen-ticket');
  ctx.insert('ticket_end', { ticket: seq, how, memo });
  ctx.changed('sales');
  return ticket;
}

/**
 * Docs/domain rule: the basket is held before its code is shown, because a receipt number does not exist yet; the
 * ticket's short code is the bill number inside the code.
 */
export const showQris = handles(qrisShow, (ctx, { basket, amountRupiah, drawer, paper }) => {
  checkDrawer(ctx, drawer);
  const staticText = centerRow(ctx.sql)?.qris_static ?? null;
  if (staticText === null) return ctx.reject('qris-not-set-up', {});
  if (amountRupiah > MAX_QRIS_RUPIAH) ctx.reject('qris-amount', { mostRupiah: MAX_QRIS_RUPIAH });
  const total = amountOf(ctx, basket);
  if (amountRupiah > total) ctx.reject('tender-exceeds-total', { excessRupiah: amountRupiah - total });
  const code = ticketCode(ctx);
  const made = dynamicQris(staticText, { amountRupiah, bill: code });
  // The center's code is read when it is set; one that has no room for a bill number cannot name its ticket.
  if (!made.ok) return ctx.reject('qris-not-set-up', {});
  ctx.insert('ticket', {
    code,
    kind: 'qris',
    name: null,
    drawer: drawer ?? null,
    amount: amountRupiah,
    basket: JSON.stringify(basket),
    payload: made.text,
  });
  if (paper && drawer !== undefined) ctx.print('qris-slip', drawer);
  ctx.changed('sales');
  return { ticket: ctx.seq, code, payload: made.text };
});

export const seeQris = handles(qrisSeen, (ctx, input) => {
  const ticket = openTicketOrReject(ctx, input.ticket);
  if (ticket.kind !== 'qris') ctx.reject('ticket-not-qris', { ticket: ticket.seq });
  ctx.insert('ticket_seen', { ticket: ticket.seq, reference: input.reference });
  ctx.changed('sales');
  return { ticket: ticket.seq };
});

function checkDrawer(ctx: Context, drawer: number | undefined): void {
  if (drawer !== undefined && !drawerById(ctx.sql, drawer)) ctx.reject('drawer-unknown', { drawer });
}

/**
 * What a basket came to on the till's screen, whole rupiah, 0 or more: for the list of tickets, and so that no code
 * asks for more than that. What it may be sold for is decided when it is sold.
 */
function amountOf(ctx: Context, { lines, discount }: TicketBasket): number {
  const ofLines = lines.reduce((sum, line) => sum + lineAmountOf(ctx, line), 0);
  const total = Math.max(0, ofLines - (discount?.amountRupiah ?? 0));
  return total > MAX_RUPIAH ? ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH }) : total;
}

function lineAmountOf(ctx: Context, line: TicketBasket['lines'][number]): number {
  const gross = grossWithinRange(rupiah(line.priceRupiah), qty(line.qty));
  if (gross === undefined) return ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  if (!('product' in line)) return gross;
  const own = (line.discounts ?? []).reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);
  const promotion = line.promotion === undefined ? undefined : promotionById(ctx.sql, line.promotion);
  return Math.max(0, gross - own - (promotion ? percentDiscount(gross, promotion.rate_bps) : 0));
}

export const list = answers(ticketList, (ctx, { limit }) => ({ tickets: openTickets(ctx.sql, limit) }));

export const get = answers(ticketGet, (ctx, { ticket }) => {
  const view = openTicketView(ctx.sql, ticket);
  if (!view) return ctx.reject('ticket-unknown', { ticket });
  return { ...view, basket: basketOf(openTicketOrReject(ctx, ticket)) };
});

export const byCode = answers(ticketByCode, (ctx, { code }) => {
  const seq = ticketOfCode(ctx.sql, code);
  const open = seq === undefined ? undefined : openTicketView(ctx.sql, seq);
  return open ? { ticket: open.ticket } : ctx.reject('ticket-code-unknown', { code });
});
