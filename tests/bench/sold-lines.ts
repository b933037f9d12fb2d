import type { RunningEngine } from '../../main/engine/boot.ts';
import type { Books } from '../../main/engine/store/open.ts';
import { addDays, type BusinessDay } from '../../shared/domain/calendar.ts';
import { seededRandom } from './figure.ts';

/**
 * Books full of sales, for figures about reading a great deal of them: written straight into the tables, row by row as
 * the engine would have written cash sales of five lines, because ringing a million lines takes an hour. Totals of
 * accounts are added up afterwards. The journal rows carry no digests, so such books do not verify.
 */

const LINES_OF_A_SALE = 5;
const DAYS = 30;
const PRICE_RUPIAH = 18_000;
const COMMISSION_RUPIAH = 2_700;

export interface SoldProduct {
  readonly product: number;
  readonly vendor: number;
}

interface Place {
  readonly drawer: number;
  readonly shift: number;
  /** The last business day; the sales lie on the thirty days up to it. */
  readonly day: BusinessDay;
}

/** Adds sales until the books hold so many lines. The same seed sells the same. */
export function fillUpTo(
  { engine }: RunningEngine,
  products: readonly SoldProduct[],
  lines: number,
  place: Place,
): void {
  const { books } = engine;
  const triggers = books
    .prepare(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('transfer', 'account')",
    )
    .all() as { name: string; sql: string }[];
  for (const { name } of triggers) books.exec(`DROP TRIGGER "${name}"`);
  books.pragma('synchronous = OFF');
  books.pragma('foreign_keys = OFF');
  const before = lastOf(books, 'transfer', 'id');
  let missing = lines - (books.prepare('SELECT count(*) FROM sale_line').pluck().get() as number);
  const write = saleWriter(books, products, place, engine.now());
  while (missing > 0) {
    books.exec('BEGIN');
    for (let sale = 0; sale < 5_000 && missing > 0; sale += 1) {
      write(missing / lines);
      missing -= LINES_OF_A_SALE;
    }
    books.exec('COMMIT');
    books.pragma('wal_checkpoint(TRUNCATE)');
  }
  addUpTotals(books, before);
  for (const { sql } of triggers) books.exec(sql);
  books.pragma('foreign_keys = ON');
  books.pragma('synchronous = FULL');
  books.pragma('wal_checkpoint(TRUNCATE)');
  engine.journal.forget();
  engine.sql.forget();
  engine.ledger.forget();
}

function lastOf(books: Books, table: string, column: string): number {
  return books.prepare(`SELECT coalesce(max(${column}), 0) FROM ${table}`).pluck().get() as number;
}

/** Writes one sale; `leftShare` says how far the end is, and so which of the thirty days it is on. */
function saleWriter(books: Books, products: readonly SoldProduct[], place: Place, at: number) {
  const random = seededRandom(20_261_121 + lastOf(books, 'journal', 'seq'));
  const account = accountFinder(books);
  const cash = account(0, 'cash', String(place.drawer));
  const clearing = account(0, 'clearing', '');
  const commission = account(0, 'commission', '');
  const accounts = products.map(({ product, vendor }) => ({
    product,
    share: account(0, 'vendor', String(vendor)),
    sold: account(product, 'sold', ''),
    shelf: account(product, 'shelf', ''),
  }));
  const statements = {
    journal:
      books.prepare(`INSERT INTO journal (seq, id, name, actor, device, at, day, contract, fingerprint, input,
      outcome, effects, prev, hash) VALUES (?, ?, 'sale.complete', 1, 'bench', ?, ?, 1, x'00', ?, ?, ?, x'00', x'00')`),
    sale: books.prepare(`INSERT INTO sale (seq, number, drawer, day, counter, shift, gross, net, rounding, cash_due,
      change) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0)`),
    line: books.prepare(`INSERT INTO sale_line (seq, line, product, qty, price, gross, net, commission, share, agreement,
      model, rate_bps) VALUES (?, ?, ?, 1000, ?, ?, ?, ?, ?, 1, 'percent', 1500)`),
    tender: books.prepare("INSERT INTO sale_tender (seq, n, kind, amount) VALUES (?, 1, 'cash', ?)"),
    transfer: books.prepare('INSERT INTO transfer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  };
  const effects = Buffer.alloc(16 * 23);
  const input = JSON.stringify({ lines: 'x'.repeat(400) });
  let seq = lastOf(books, 'journal', 'seq');
  let id = lastOf(books, 'transfer', 'id');
  let counter = lastOf(books, 'sale', 'counter');
  const total = LINES_OF_A_SALE * PRICE_RUPIAH;

  return (leftShare: number): void => {
    const day = addDays(place.day, -Math.min(DAYS - 1, Math.floor(leftShare * DAYS)));
    seq += 1;
    counter += 1;
    const number = `K1-${day}-${counter}`;
    statements.journal.run(seq, `bench-${seq}`, at, day, input, '{"ok":{}}', effects);
    statements.sale.run(seq, number, place.drawer, day, counter, place.shift, total, total, total);
    statements.tender.run(seq, total);
    const post = (
      ledger: number,
      debit: number,
      credit: number,
      amount: number,
      why: string,
      line: number | null,
    ) => {
      id += 1;
      statements.transfer.run(id, seq, day, ledger, debit, credit, amount, why, line);
    };
    for (let line = 1; line <= LINES_OF_A_SALE; line += 1) {
      const sold = accounts[Math.floor(random() * accounts.length)] as (typeof accounts)[number];
      const share = PRICE_RUPIAH - COMMISSION_RUPIAH;
      const net = [PRICE_RUPIAH, PRICE_RUPIAH, PRICE_RUPIAH, COMMISSION_RUPIAH, share];
      statements.line.run(seq, line, sold.product, ...net);
      post(0, clearing, sold.share, share, 'sale.share', line);
      post(0, clearing, commission, COMMISSION_RUPIAH, 'sale.commission', line);
      post(sold.product, sold.sold, sold.shelf, 1000, 'sale.goods', line);
    }
    post(0, cash, clearing, total, 'sale.cash', null);
  };
}

/** The number of an account, opened when it is not there. */
function accountFinder(books: Books) {
  const find = books.prepare('SELECT id FROM account WHERE ledger = ? AND code = ? AND owner = ?').pluck();
  const open = books.prepare(
    'INSERT INTO account (id, seq, ledger, code, owner, floor) VALUES (?, 1, ?, ?, ?, 0)',
  );
  return (ledger: number, code: string, owner: string): number => {
    const found = find.get(ledger, code, owner) as number | undefined;
    if (found !== undefined) return found;
    const id = lastOf(books, 'account', 'id') + 1;
    open.run(id, ledger, code, owner);
    return id;
  };
}

function addUpTotals(books: Books, before: number): void {
  for (const [side, total] of [
    ['debit', 'debits'],
    ['credit', 'credits'],
  ] as const) {
    books
      .prepare(
        `UPDATE account SET ${total} = ${total} + moved.amount FROM (
           SELECT ${side} AS account, sum(amount) AS amount FROM transfer WHERE id > ? GROUP BY ${side}) AS moved
         WHERE account.id = moved.account`,
      )
      .run(before);
  }
}
