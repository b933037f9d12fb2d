import type { ReadContext } from '../context.ts';
import type { Statements } from './statements.ts';

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
  payload: string | null;
  /** Digits of the provider's notification, of the newest look; null: nobody saw one. */
  reference: string | null;
  /** null while it is open. */
  how: 'sold' | 'recalled' | 'discarded' | null;
}

function ticketBySeq(sql: Statements, ticket: number): TicketRow | undefined {
  return sql.one<TicketRow>(
    `SELECT ticket.seq, code, kind, name, amount, basket, payload, how,
       (SELECT reference FROM ticket_seen WHERE ticket_seen.ticket = ticket.seq ORDER BY seq DESC LIMIT 1) AS reference
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
