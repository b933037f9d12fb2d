/**
 * Proves on books that the program of version 40 wrote that migrating them loses nothing, that commands which print a
 * slip today print none when they are replayed as they were given then, beside a printer, and that the shop goes on:
 * the printer of then prints as it did, slips come out, a ticket of then is recalled by its code.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LATEST_VERSION, versionOf } from '../../main/engine/store/migrate.ts';
import { historyTableNames } from '../../main/engine/store/tables.ts';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { documentReprint } from '../../shared/contract/printing.ts';
import { refundComplete } from '../../shared/contract/refund.ts';
import { saleRecall, ticketByCode } from '../../shared/contract/sale.ts';
import { cashIn, drawerList } from '../../shared/contract/shift.ts';
import { AFTER_BOOKS_V40, BOOKS_V40, folderOfBooksV40 } from '../support/books-v40.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { PINS, signIn } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

type Row = Record<string, unknown>;

let dir: string;
let engine: TestEngine;

beforeEach(async () => {
  dir = folderOfBooksV40();
  let now = AFTER_BOOKS_V40;
  engine = await startEngine({
    dir,
    now: () => {
      now += 1000;
      return now;
    },
  });
});
afterEach(() => engine?.stop());

it('keeps every row with every value, and adds only empty columns', () => {
  const { books } = engine.engine;
  const old = new Database(join(folderOfBooksV40(), 'titipan.db'), { readonly: true });
  expect([versionOf(old), versionOf(books)]).toEqual([40, LATEST_VERSION]);
  const known = old.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  let compared = 0;
  for (const table of ['journal', ...historyTableNames].filter((name) => known.includes(name))) {
    const before = old.prepare(`SELECT * FROM "${table}"`).all() as Row[];
    const after = books.prepare(`SELECT * FROM "${table}"`).all() as Row[];
    expect(after.length, table).toBe(before.length);
    for (const [index, row] of after.entries()) {
      expect(row, table).toMatchObject(before[index] as Row);
      const added = Object.keys(row).filter((column) => !(column in (before[index] as Row)));
      for (const column of added) expect(row[column], `${table}.${column}`).toBeNull();
    }
    compared += after.length;
  }
  old.close();
  expect(compared).toBeGreaterThan(700);
  expect(verifyBooks(books).problems).toEqual([]);
});

/** The commands that print a slip since their second version, by whether a wish to print goes with them. */
const WISHES = `SELECT name, contract, print_wish.kind FROM journal LEFT JOIN print_wish USING (seq)
  WHERE name IN ('refund.complete', 'sale.void', 'cash.in', 'cash.out', 'cash.drop')
    AND outcome LIKE '{"ok"%'`;

it('prints nothing more of what was done then, in its books and in their replay', async () => {
  const rows = engine.engine.books.prepare(WISHES).all() as Row[];
  expect(new Set(rows.map(({ name }) => name)).size).toBe(5);
  for (const row of rows) expect(row).toMatchObject({ contract: 1, kind: null });
  await expectWholeBooks(engine);
});

it('goes on: the printer is what it was, slips come out, what was done then is printed once more', async () => {
  const { drawer, shift, sale, refund, ticket, ticketCode } = BOOKS_V40;
  const cashier = engine.client('till');
  await signIn(cashier, 'siti', PINS.cashier);
  const { drawers } = await cashier.must(drawerList, {});
  expect(drawers.find((one) => one.drawer === drawer)?.printer).toMatchObject({
    address: { kind: 'file' },
    paperMm: 58,
    profile: 'simple58',
    columns: 32,
    answersStatus: false,
    custom: null,
    kick: true,
    fallback: null,
  });
  const line = { line: 1, qty: 1_000, reason: 'resaleable' as const };
  await cashier.must(refundComplete, { shift, sale, lines: [line] });
  await cashier.must(cashIn, { shift, amountRupiah: 1_000, kind: 'bank', memo: 'uang kecil' });
  expect(await cashier.must(documentReprint, { document: refund, drawer })).toEqual({ kind: 'refund-slip' });
  const newest = 'SELECT kind, drawer, document FROM print_wish ORDER BY seq DESC LIMIT 3';
  expect(engine.engine.books.prepare(newest).all()).toEqual([
    { kind: 'refund-slip', drawer, document: refund },
    { kind: 'cash-slip', drawer, document: null },
    { kind: 'refund-slip', drawer, document: null },
  ]);
  expect(await cashier.must(ticketByCode, { code: ticketCode })).toEqual({ ticket });
  expect(await cashier.must(saleRecall, { ticket })).toMatchObject({ name: 'Bu Tini' });
  await expectWholeBooks(engine);
});
