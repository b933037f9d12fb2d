/**
 * Proves on books that program 0.1.0 wrote that migrating them loses nothing (every old row is there with its old
 * values, foreign keys are whole, history is guarded again), that every old command still means the same (the journal
 * replays to equal rows), and that the shop goes on with them: old PINs, sealed data, open settlements, a sale.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LATEST_VERSION, versionOf } from '../../main/engine/store/migrate.ts';
import { historyTableNames } from '../../main/engine/store/tables.ts';
import { verifyBooks, verifyCopy } from '../../main/engine/verify/verify.ts';
import { personReveal } from '../../shared/contract/people.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementGet, settlementPay } from '../../shared/contract/settlement.ts';
import { shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { vendorGet, vendorStatement } from '../../shared/contract/vendor.ts';
import { AFTER_BOOKS_V20, BOOKS_V20, folderOfBooksV20 } from '../support/books-v20.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine, PERSON } from '../support/full-shop.ts';
import { PINS, signIn } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

type Row = Record<string, unknown>;
/** Tables whose rows may change when the program starts: not history. */
const LIVING = ['session', 'throttle', 'approval', 'print_job', 'backup_log'];

let dir: string;
let before: Map<string, Row[]>;
let engine: TestEngine;

beforeEach(async () => {
  dir = folderOfBooksV20();
  const old = new Database(join(dir, 'titipan.db'), { readonly: true });
  expect(versionOf(old)).toBe(20);
  before = rowsOf(old);
  old.close();
  let now = AFTER_BOOKS_V20;
  engine = await startEngine({
    dir,
    now: () => {
      now += 1000;
      return now;
    },
  });
});
afterEach(() => engine?.stop());

/** In the order of their keys, as SQLite keeps them. */
function rowsOf(books: Database.Database): Map<string, Row[]> {
  const tables = books
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    .pluck()
    .all() as string[];
  return new Map(tables.map((table) => [table, books.prepare(`SELECT * FROM "${table}"`).all() as Row[]]));
}

it('keeps every row with every value, adds only empty columns, and is guarded again', () => {
  const { books } = engine.engine;
  expect(versionOf(books)).toBe(LATEST_VERSION);
  const after = rowsOf(books);
  let compared = 0;
  for (const [table, rows] of before) {
    if (LIVING.includes(table)) continue;
    const known = after.get(table) as Row[];
    expect(known.length, table).toBe(rows.length);
    // Without what SQLite derives from other columns.
    const stored = (books.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name);
    for (const [index, row] of rows.entries()) {
      const further = stored.filter((column) => !(column in row));
      const empty = Object.fromEntries(further.map((column) => [column, null]));
      const found = Object.entries(known[index] as Row).filter(([column]) => stored.includes(column));
      expect(Object.fromEntries(found), table).toEqual({ ...row, ...empty });
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(200);
  for (const table of ['agreement', 'payout', 'sale', 'sale_line', 'settlement_approval', 'journal'])
    expect(before.get(table)?.length, table).toBeGreaterThan(1);

  // A document is still known by its number.
  expect(books.prepare('SELECT id FROM settlement ORDER BY seq').pluck().all()).toEqual([25, 36, 42, 43]);

  expect(books.pragma('foreign_key_check')).toEqual([]);
  expect(books.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(verifyBooks(books).problems).toEqual([]);
  for (const table of historyTableNames.filter((name) => (after.get(name)?.length ?? 0) > 0)) {
    expect(() => books.exec(`UPDATE "${table}" SET seq = seq`), table).toThrow('history is append-only');
    expect(() => books.exec(`DELETE FROM "${table}"`), table).toThrow('history is append-only');
  }
  // What was made anew still points where it pointed, and is pointed at.
  expect(() =>
    books.exec(
      "INSERT INTO agreement (id, seq, vendor, from_day, model) VALUES (99, 1, 99, '2027-01-01', 'none')",
    ),
  ).toThrow('FOREIGN KEY');
  expect(() =>
    books.exec(
      `INSERT INTO sale_line (seq, line, product, qty, price, gross, net, commission, share, agreement, model)
       VALUES (1, 1, 1, 1, 1, 1, 1, 1, 1, 99, 'none')`,
    ),
  ).toThrow('FOREIGN KEY');
});

it('has left the books as they were in a backup', () => {
  const [backup, ...more] = readdirSync(join(dir, 'backups'));
  expect(more).toEqual([]);
  const file = join(dir, 'backups', backup as string);
  expect(verifyCopy(file).problems).toEqual([]);
  const copy = new Database(file, { readonly: true });
  expect(versionOf(copy)).toBe(20);
  const saved = rowsOf(copy);
  for (const [table, rows] of before)
    if (!LIVING.includes(table)) expect(saved.get(table), table).toEqual(rows);
  copy.close();
});

it('replays every old command through the handlers of today to equal rows', () => expectWholeBooks(engine));

it('goes on: old PINs and seals open, what was approved is paid, what was a draft is approved, goods are sold', async () => {
  const { vendor, netVendor, product, drawer, shift, draftSettlement, approvedSettlement } = BOOKS_V20;
  const admin = engine.client('office');
  const cashier = engine.client('till');
  await signIn(admin, 'ratna', PINS.admin);
  await signIn(cashier, 'siti', PINS.cashier);
  const opened = await admin.must(personReveal, {
    vendor: netVendor,
    field: 'nik',
    reason: 'diminta penitip',
  });
  expect(opened.text).toBe(PERSON.nik);
  expect(await admin.must(vendorGet, { vendor })).toMatchObject({
    terms: { model: 'percent', rateBps: 1250 },
    termsLevel: 'vendor',
    termsFrom: '2026-11-22',
    active: true,
    group: null,
    cycle: null,
  });

  expect(await admin.must(settlementGet, { settlement: approvedSettlement })).toMatchObject({
    state: 'approved',
  });
  expect(await admin.must(settlementPay, { settlement: approvedSettlement })).toMatchObject({
    paidRupiah: 50_000,
    restRupiah: 0,
  });
  const draft = await admin.must(settlementGet, { settlement: draftSettlement });
  expect(draft).toMatchObject({ state: 'draft', closingRupiah: 46_326 });
  await admin.must(settlementApprove, { settlement: draftSettlement, amountRupiah: 46_300 });
  expect(await admin.must(settlementPay, { settlement: draftSettlement })).toMatchObject({
    paidRupiah: 46_300,
  });

  const sale = (open: number) => oneLine(open, product, 2, 18_500);
  expect(await cashier.ask(saleComplete, sale(shift))).toMatchObject({ name: 'shift-too-long' });
  const { expectedRupiah } = await admin.must(shiftClose, { shift, countedRupiah: 204_500 });
  expect(expectedRupiah).toBe(204_500);
  const again = await cashier.must(shiftOpen, { drawer, floatRupiah: 50_000 });
  const balance = async () => (await admin.must(vendorGet, { vendor })).balanceRupiah;
  expect(await balance()).toBe(26);
  await cashier.must(saleComplete, sale(again.shift));
  // 12,5 % of 37.000 is the center's.
  expect(await balance()).toBe(26 + 37_000 - 4_625);
  const { closingRupiah } = await admin.must(vendorStatement, { vendor });
  expect(closingRupiah).toBe(await balance());
  await expectWholeBooks(engine);
});
