import type { SealedInput } from '../../../shared/contract/personal.ts';
import type { BasketView, TicketView } from '../../../shared/contract/sale.ts';
import type { ReadContext } from '../context.ts';
import type { Statements } from './statements.ts';

/** A basket as a handler has it: nothing may change it any more. */
export type TicketBasket = SealedInput<BasketView>;

/** A parked basket, or a basket whose QRIS code was shown. */
export interface TicketRow {
  seq: number;
  code: string;
  kind: 'held' | 'qris';
  name: string | null;
  /** Of QRIS: what the code was made for. Of a held basket: what it came to. Whole rupiah. */
  amount: number;
  /** JSON of the basket as it was parked. */
  basket: string;
  /** Digits of the provider's notification, of the newest look; null: nobody saw one. */
  reference: string | null;
  /** null while it is open. */
  how: 'sold' | 'recalled' | 'discarded' | null;
}

const REFERENCE =
  '(SELECT reference FROM ticket_seen WHERE ticket_seen.ticket = ticket.seq ORDER BY seq DESC LIMIT 1)';

function ticketBySeq(sql: Statements, ticket: number): TicketRow | undefined {
  return sql.one<TicketRow>(
    `SELECT ticket.seq, code, kind, name, amount, basket, how, ${REFERENCE} AS reference
     FROM ticket LEFT JOIN ticket_end ON ticket_end.ticket = ticket.seq WHERE ticket.seq = ?`,
    ticket,
  );
}

/** A ticket that nobody sold, recalled or threw away yet, or the "no" that says what became of it. */
export function openTicketOrReject(ctx: ReadContext, ticket: number): TicketRow {
  const row = ticketBySeq(ctx.sql, ticket);
  if (!row) return ctx.reject('ticket-unknown', { ticket });
  if (row.how !== null) ctx.reject('ticket-closed', { how: row.how });
  return row;
}

/** Exactly what was parked. */
export function basketOf(ticket: TicketRow): BasketView {
  return JSON.parse(ticket.basket) as BasketView;
}

const VIEW = `SELECT ticket.seq AS ticket, ticket.code, ticket.kind, ticket.name, journal.at, "user".username AS by,
    ticket.amount AS amountRupiah, json_array_length(ticket.basket, '$.lines') AS lines, ticket.payload,
    iif(ticket.kind = 'held', 'held', iif(${REFERENCE} IS NULL, 'shown', 'seen')) AS state
  FROM ticket JOIN journal ON journal.seq = ticket.seq JOIN "user" ON "user".id = journal.actor
  WHERE NOT EXISTS (SELECT 1 FROM ticket_end WHERE ticket_end.ticket = ticket.seq)`;

/**
 * Open tickets, newest first. Only for a query, which sees nothing but what was committed: what it learns is kept.
 */
export function openTickets(sql: Statements, limit: number): TicketView[] {
  const newest = openNow(sql).slice(-limit);
  return sql.all<TicketView>(
    `${VIEW} AND ticket.seq IN (SELECT value FROM json_each(?)) ORDER BY ticket.seq DESC`,
    JSON.stringify(newest),
  );
}

/** Which tickets were open when somebody last asked, of all up to a row. */
interface Known {
  upTo: number;
  open: readonly number[];
}

const known = new WeakMap<Statements, Known>();

/**
 * Every QRIS payment is a ticket, so that after a year there are hundred thousands of closed ones, and every screen
 * asks after every sale. A closed ticket never opens again: only those that were open and those that are new are
 * looked at. Oldest first.
 */
function openNow(sql: Statements): readonly number[] {
  const { upTo, open } = known.get(sql) ?? { upTo: 0, open: [] };
  const still = open.filter(
    (seq) => sql.value('SELECT seq FROM ticket_end WHERE ticket = ?', seq) === undefined,
  );
  const since = sql.all<{ seq: number }>(
    `SELECT seq FROM ticket WHERE seq > ?
       AND NOT EXISTS (SELECT 1 FROM ticket_end WHERE ticket_end.ticket = ticket.seq) ORDER BY seq`,
    upTo,
  );
  const now = [...still, ...since.map(({ seq }) => seq)];
  known.set(sql, { upTo: sql.value<number>('SELECT max(seq) FROM ticket') ?? 0, open: now });
  return now;
}

export function openTicketView(sql: Statements, ticket: number): TicketView | undefined {
  return sql.one<TicketView>(`${VIEW} AND ticket.seq = ?`, ticket);
}
