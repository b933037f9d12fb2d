import type { BasketView } from '../../../shared/contract/sale.ts';
import { rupiah } from '../../../shared/domain/money.ts';
import type { QrisSlip } from '../../../shared/domain/qris-slip.ts';
import { grossOf, qty } from '../../../shared/domain/quantity.ts';
import { PIECE_UNIT } from '../../../shared/domain/receipt.ts';
import type { TicketSlip } from '../../../shared/domain/ticket-slip.ts';
import type { Statements } from '../store/statements.ts';
import type { OnPaper } from './paper-head.ts';
import { PRODUCT_THEN } from './product-then.ts';

interface TicketRow {
  number: string;
  at: number;
  cashier: string;
  name: string | null;
  amount: number;
  basket: string;
  payload: string | null;
}

function ticketRow(sql: Statements, seq: number): TicketRow | undefined {
  return sql.one<TicketRow>(
    `SELECT ticket.code AS number, journal.at, "user".username AS cashier, ticket.name, amount, basket, payload
     FROM ticket JOIN journal ON journal.seq = ticket.seq JOIN "user" ON "user".id = journal.actor
     WHERE ticket.seq = ?`,
    seq,
  );
}

/** A parked basket as it was parked; undefined when there is no such ticket. */
export function ticketOnPaper(sql: Statements, seq: number): OnPaper<TicketSlip> | undefined {
  const ticket = ticketRow(sql, seq);
  if (!ticket) return undefined;
  const { number, at, cashier, name } = ticket;
  const { lines } = JSON.parse(ticket.basket) as BasketView;
  return {
    ...{ number, at, cashier, name },
    lines: lines.map((line) => lineOnPaper(sql, seq, line)),
    total: rupiah(ticket.amount),
  };
}

const NAMED = `SELECT ${PRODUCT_THEN.name} AS name, ${PRODUCT_THEN.unit} AS unit
  FROM product ${PRODUCT_THEN.join('?')} WHERE product.id = ?`;

function lineOnPaper(
  sql: Statements,
  seq: number,
  line: BasketView['lines'][number],
): TicketSlip['lines'][number] {
  const price = rupiah(line.priceRupiah);
  const quantity = qty(line.qty);
  const figures = { price, quantity, gross: grossOf(price, quantity) };
  if (!('product' in line)) return { name: line.name ?? line.unknownCode, unit: PIECE_UNIT, ...figures };
  const named = sql.one<{ name: string; unit: string }>(NAMED, seq, line.product);
  // A basket is parked as the till had it: what it names is looked at when it is sold.
  return { name: named?.name ?? `#${line.product}`, unit: named?.unit ?? PIECE_UNIT, ...figures };
}

/** The code that a buyer is to pay; undefined when the ticket is none of QRIS. */
export function qrisOnPaper(sql: Statements, seq: number): OnPaper<QrisSlip> | undefined {
  const ticket = ticketRow(sql, seq);
  if (!ticket || ticket.payload === null) return undefined;
  const { number, at, cashier, amount, payload } = ticket;
  return { number, at, cashier, amount: rupiah(amount), payload };
}
