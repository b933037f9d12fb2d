/**
 * Proves that the independent rules hold on a shop that has lived through everything, and that they bite: in a copy
 * without triggers every figure of every document is given another value, rows are removed, transfers are added; at
 * least one rule names each, and none of the rules is without something that breaks it. Nothing is drawn at random, so
 * there is no seed. SOAK=1 tries every row.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { brokenRules, ruleNames } from '../support/independent-books.ts';
import { openIndependentShop } from '../support/independent-shop.ts';
import { type Cell, chainedTables, openTampered, type Row, type TamperedCopy } from '../support/tampering.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

/** No document of money or goods: people, settings, what is only shown, printed or read by a person. */
const SILENT_TABLES: readonly string[] = [
  'journal',
  ...[
    'user',
    'user_change',
    'user_pin',
    'operator',
    'center',
    'printer',
    'print_wish',
    'import',
    'barcode',
    'quick_keys',
  ],
  ...[
    'vendor',
    'vendor_group',
    'vendor_person',
    'vendor_version',
    'product',
    'product_version',
    'count_request',
  ],
];

/** Columns that no sum can know, with why. */
const SILENT_COLUMNS: Readonly<Record<string, string>> = {
  'account.seq': 'when an account was opened moves nothing; the chain knows it',
  'account.floor': 'rules ask the code of the account',
  'agreement.seq': 'only that it came before its lines',
  'agreement.decree': 'words',
  'agreement.discount_bearer': 'a line stores what each of them bore',
  'buyer_payment.refund': 'another refund that owes as much would do',
  'batch.expires': 'which batch is taken first is asked of the engine alone',
  'drawer.seq': 'a drawer moves nothing by being made',
  'drawer.name': 'words',
  'dispute_end.seq': 'a command posts nothing by closing one',
  'hold_release.seq': 'what is held is judged on the day',
  'intake.note': 'words',
  'label_print.copies': 'how many hang on the goods moves nothing',
  'goods_return.note': 'words',
  'stock_count.note': 'words',
  'write_off.note': 'words',
  'payout_confirmation.seq': 'only that it came after its payout',
  'price.seq': 'only that it came before its lines',
  'promotion.seq': 'only that it came before its lines',
  'promotion.name': 'words',
  'promotion.from_day': 'the days of one run to both sides of every sale',
  'promotion.to_day': 'the days of one run to both sides of every sale',
  'promotion_end.seq': 'the ended one has no lines',
  'recurring_fee.seq': 'only that it came before what was posted',
  'recurring_fee.cycle': 'when one falls due is the calendar’s',
  'recurring_fee_end.seq': 'the ended one never fell due',
  'recurring_fee_end.fee': 'the ended one never fell due',
  'recurring_fee_end.until_day': 'the ended one never fell due',
  'run_stop.seq': 'the stopped one did nothing',
  'sale.visit': 'words',
  'sale_tender.reference': 'words',
  'settlement_cancel.seq': 'only that it came after its draft',
  'ticket.basket': 'a ticket moves nothing; what is sold on it stands in the sale',
  'ticket.drawer': 'where it was made; any till recalls it',
  'ticket.name': 'words',
  'ticket.payload': 'a code for a screen',
  'ticket_seen.reference': 'words',
  'unresolved_line.code': 'words',
  'unresolved_line.name': 'words',
  'unresolved_line.vendor': 'a guess until it is resolved',
  'fee_charge.name': 'words',
};

/** Figures in rupiah and thousandths: changed in any row, not only in some, they are found. */
const FIGURES: readonly string[] = [
  ...[
    'amount',
    'gross',
    'net',
    'qty',
    'commission',
    'share',
    'rounding',
    'cash_due',
    'change',
    'sale_discount',
  ],
  ...[
    'discount_shared',
    'discount_center',
    'discount_vendor',
    'cash',
    'part',
    'paid',
    'cost',
    'unit_cost',
    'total',
  ],
  ...[
    'repaid_qty',
    'repaid',
    'lost',
    'surplus',
    'book',
    'counted',
    'expected',
    'difference',
    'float',
    'value',
    'pieces',
  ],
  ...[
    'credit',
    'fee',
    'opening',
    'movement',
    'closing',
    'fees',
    'held',
    'disputed',
    'rest',
    'debits',
    'credits',
  ],
];
/** What is agreed or asked for and not moved yet may stand there without a document that knows it. */
const MAY_BE_UNUSED = ['agreement', 'price', 'promotion', 'recurring_fee', 'ticket'];

const soak = process.env.SOAK === '1';
const ROWS = soak ? Number.POSITIVE_INFINITY : 2;

let engine: TestEngine;
let copy: TamperedCopy;
const broke = new Map(ruleNames.map((name) => [name, 0]));
const documents = chainedTables.filter(({ table }) => !SILENT_TABLES.includes(table));

beforeAll(async () => {
  engine = await startEngine();
  await openIndependentShop(engine);
  copy = openTampered(engine.engine.books);
});

afterAll(async () => {
  copy.db.close();
  await engine.stop();
});

/** The rules that a change breaks; undefined when SQLite itself refuses it. The change is taken back. */
function brokenBy(change: () => void): string[] | undefined {
  copy.db.exec('BEGIN');
  try {
    change();
    const names = brokenRules(copy.db).map((sentence) => sentence.slice(0, sentence.indexOf(': ')));
    for (const name of names) broke.set(name, (broke.get(name) ?? 0) + 1);
    return names;
  } catch (error) {
    if (/CONSTRAINT|MISMATCH/.test((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  } finally {
    copy.db.exec('ROLLBACK');
  }
}

/** Some of the rows that hold a value in a column: the first ones and the last. */
function rowsWith(table: string, column: number): Row[] {
  const rows = copy.rows(table).filter((row) => row[column] !== null);
  return rows.filter((_, index) => index < ROWS || index === rows.length - 1);
}

function another(value: Cell): Cell {
  return typeof value === 'number' ? value + 1 : `${String(value)}x`;
}

it('holds on a shop that has lived through everything, which verifies and replays, in no time', async () => {
  await expectWholeBooks(engine);
  const before = performance.now();
  expect(brokenRules(engine.engine.books)).toEqual([]);
  const took = performance.now() - before;
  console.log(
    `${ruleNames.length} rules over ${copy.rows('journal').length} commands in ${took.toFixed(1)} ms`,
  );
  // Read from memory, the copy without its triggers holds as well: what a plant breaks, the plant broke.
  expect(brokenRules(copy.db)).toEqual([]);
});

it.each(documents)('knows every figure of $table', ({ table }) => {
  const unknown: string[] = [];
  for (const [column, name] of copy.columns(table).entries()) {
    const where = `${table}.${name}`;
    if (where in SILENT_COLUMNS || name === 'memo') continue;
    const everyRow = FIGURES.includes(name) && !MAY_BE_UNUSED.includes(table);
    const rows = everyRow ? rowsWith(table, column) : copy.rows(table).filter((row) => row[column] !== null);
    const found = (row: Row) => {
      const names = brokenBy(() => copy.update(table, row, column, another(row[column] as Cell)));
      return names === undefined || names.length > 0;
    };
    const known = everyRow ? rows.every(found) : rows.length === 0 || rows.some(found);
    if (!known) unknown.push(where);
  }
  expect(unknown).toEqual([]);
});

/** Rows that say when something ended, was seen, handed over or counted out: without them the rest is as it was. */
const MAY_BE_GONE: readonly string[] = [
  ...['hold_release', 'promotion_end', 'recurring_fee_end', 'dispute_end', 'run_stop', 'payout_confirmation'],
  'cash_count',
];

it.each(documents.filter(({ table }) => !MAY_BE_GONE.includes(table)))(
  'misses a removed row of $table',
  ({ table }) => {
    const isMissed = (row: Row) => brokenBy(() => copy.remove(table, row))?.length !== 0;
    const rows = copy.rows(table);
    // What is agreed, asked for, parked or counted may have come to nothing; something has come of one of them at least.
    const others = ['dispute', 'settlement', 'drawer', 'stock_count_line', 'ticket_end', 'ticket_seen'];
    const some = [...MAY_BE_UNUSED, ...others].includes(table);
    expect(some ? rows.some(isMissed) : rows.slice(0, ROWS).every(isMissed)).toBe(true);
  },
);

it.each([
  ['a period of a fee is posted once', "DELETE FROM reversal WHERE name = 'settlement.pay'"],
  [
    'each of the six models shares a line as it says',
    "UPDATE sale_line SET commission = commission + 1, share = share - 1 WHERE model = 'margin'",
  ],
  [
    'a discount on a sale is spread by largest remainder over what is left of its lines',
    `UPDATE sale_line SET sale_discount = sale_discount + iif(line = 1, 1, -1), net = net + iif(line = 1, -1, 1)
     WHERE sale_discount > 1 AND line < 3`,
  ],
  [
    'a returned line is the step from what was back before, and never more than was sold',
    "UPDATE refund_line SET commission = commission - 1, share = share + 1 WHERE reason = 'vendor-fault'",
  ],
  [
    'a refund is split by largest remainder over what is unreturned of each tender',
    "UPDATE refund_tender SET part = part + iif(kind = 'qris', 1, -1) WHERE kind IN ('qris', 'debit')",
  ],
  [
    'own goods go back for what their batch cost, step by step',
    'UPDATE goods_part SET cost = cost + iif(seq % 2 = 0, 1, -1) WHERE cost IS NOT NULL',
  ],
  [
    "lost goods are worth the vendor's share of their price, and the center credits the part it bears",
    'UPDATE write_off_line SET credit = 0 WHERE credit > 0',
  ],
  ['a shift expects float', 'UPDATE shift_close SET expected = expected + 1, difference = difference - 1'],
  [
    'a payment is matched at most once, for what it was',
    "DELETE FROM reversal WHERE name = 'clearing.match'",
  ],
  ['receipts count without a gap', 'UPDATE sale SET counter = counter + 1000 WHERE counter = 2'],
])('names what was planted: %s', (rule, sql) => {
  expect(brokenBy(() => copy.db.exec(sql))).toContainEqual(expect.stringContaining(rule));
});

it('finds every document that posted nothing: a row like another, by another command', () => {
  const unfound: string[] = [];
  for (const { table, keyLength } of documents) {
    const columns = copy.columns(table);
    if (!columns.includes('number') || keyLength !== 1) continue;
    const row = [...(copy.rows(table)[0] as Row)];
    // A command that makes no document of its own.
    row[0] = copy.db
      .prepare("SELECT seq FROM journal WHERE name = 'drawer.create' LIMIT 1")
      .pluck()
      .get() as number;
    row[columns.indexOf('number')] = 'XX-000000-000000';
    for (const unique of ['shift', 'document']) {
      if (columns.includes(unique)) row[columns.indexOf(unique)] = row[0];
    }
    if (brokenBy(() => copy.insert(table, row))?.length === 0) unfound.push(table);
  }
  expect(unfound).toEqual([]);
});

it('finds a transfer more, one less, and one between other accounts', () => {
  const total = (id: number, side: 'debits' | 'credits', amount: number) =>
    copy.db.prepare(`UPDATE account SET ${side} = ${side} + ? WHERE id = ?`).run(amount, id);
  const accounts = copy.db.prepare('SELECT id FROM account WHERE ledger = 0').pluck().all() as number[];
  const add = (seq: number, debit: number, credit: number, amount: number) => {
    const day = copy.db.prepare('SELECT day FROM journal WHERE seq = ?').pluck().get(seq) as string;
    const sql = `INSERT INTO transfer SELECT max(id) + 1, ?, ?, 0, ?, ?, ?, 'adjustment.posted', NULL FROM transfer`;
    copy.db.prepare(sql).run(seq, day, debit, credit, amount);
    total(debit, 'debits', amount);
    total(credit, 'credits', amount);
  };
  const last = copy.rows('journal').length;
  for (const [index, credit] of accounts.slice(1).entries()) {
    const debit = accounts[index] as number;
    const names = brokenBy(() => add(index % 2 === 0 ? 1 : last, debit, credit, 1_000));
    expect(names, `${debit} to ${credit}`).not.toEqual([]);
  }
  type Transfer = { id: number; ledger: number; debit: number; credit: number; amount: number };
  const transfers = copy.db.prepare('SELECT * FROM transfer').all() as Transfer[];
  for (const { id, ledger, debit, credit, amount } of soak
    ? transfers
    : transfers.filter(({ id }) => id % 9 === 0)) {
    const without = brokenBy(() => {
      copy.db.prepare('DELETE FROM transfer WHERE id = ?').run(id);
      total(debit, 'debits', -amount);
      total(credit, 'credits', -amount);
    });
    expect(without, `without transfer ${id}`).not.toEqual([]);
    const others = 'SELECT id FROM account WHERE ledger = ? AND id NOT IN (?, ?) LIMIT 1';
    const other = copy.db.prepare(others).pluck().get(ledger, debit, credit) as number;
    const elsewhere = brokenBy(() => {
      copy.db.prepare('UPDATE transfer SET credit = ? WHERE id = ?').run(other, id);
      total(other, 'credits', amount);
      total(credit, 'credits', -amount);
    });
    expect(elsewhere, `transfer ${id} to ${other}`).not.toEqual([]);
  }
});

it('has no rule that nothing breaks', () => {
  console.log([...broke].map(([name, count]) => `${count} ${name}`).join('\n'));
  expect([...broke].filter(([, count]) => count === 0).map(([name]) => name)).toEqual([]);
});
