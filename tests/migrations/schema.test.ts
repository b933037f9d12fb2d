/**
 * Proves that the declared columns of each history table are the real table's columns in the same order, which the
 * digests depend on, that each is guarded against change, and that the pragmas the promises rest on hold.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  derivedTables,
  historyTableNames,
  historyTables,
  registerTables,
} from '../../main/engine/store/tables.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

/** Running totals are kept by the transfer's trigger, and are checked against the transfers instead of digested. */
const TOTALS = ['debits', 'credits'];
/** Never part of the books: short transactions of their own, no money, no goods, no replay. */
const OPERATIONS = [
  'key_name',
  'session',
  'throttle',
  'approval',
  'person_key',
  'backup_log',
  'reveal_log',
  'print_job',
];

it.each(historyTableNames)('%s has the declared columns in the declared order', (table) => {
  const info = engine.engine.books.pragma(`table_info("${table}")`) as {
    name: string;
    type: string;
    pk: number;
  }[];
  const real = info.map(({ name }) => name);
  const declared: readonly string[] = historyTables[table].columns;
  expect(real).toEqual(table === 'account' ? [...declared, ...TOTALS] : declared);
  expect(declared).toContain('seq');
  // The declared key is the table's own: two rows can never share it.
  const key = info.filter(({ pk }) => pk > 0).sort((left, right) => left.pk - right.pk);
  expect(key.map(({ name }) => name)).toEqual(declared.slice(0, historyTables[table].keyLength));
  for (const { type } of info) expect(['INTEGER', 'TEXT']).toContain(type);
});

it('knows every table as history, register, operations or derived, and guards all history', () => {
  const { books } = engine.engine;
  const list =
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND type = ?";
  const tablesOf = (type: string) => books.prepare(list).pluck().all(type).sort() as string[];
  const known = ['journal', ...historyTableNames, ...registerTables, ...OPERATIONS];
  expect(tablesOf('table')).toEqual(known.sort());
  // What is derived is virtual, and SQLite's own tables for it belong to nothing else.
  expect(tablesOf('virtual')).toEqual([...derivedTables].sort());
  for (const shadow of tablesOf('shadow'))
    expect(
      derivedTables.some((derived) => shadow.startsWith(`${derived}_`)),
      shadow,
    ).toBe(true);
  const strict = books
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 1")
    .pluck();
  expect(strict.all().sort()).toEqual(known.sort());
  const triggers = books.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  for (const table of ['journal', ...historyTableNames]) {
    expect(triggers).toContain(`${table}_no_update`);
    expect(triggers).toContain(`${table}_no_delete`);
  }
});

it.each([
  ['locking_mode', 'exclusive'],
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['foreign_keys', 1],
  ['recursive_triggers', 1],
  ['secure_delete', 1],
  ['trusted_schema', 0],
  ['cell_size_check', 1],
  ['temp_store', 2],
  ['wal_autocheckpoint', 0],
])('runs with %s = %s', (name, value) => {
  expect(engine.engine.books.pragma(name, { simple: true })).toBe(value);
});

it('runs on a SQLite without the known bug of write-ahead logs', () => {
  const version = engine.engine.books.prepare('SELECT sqlite_version()').pluck().get() as string;
  expect(version.localeCompare('3.51.3', 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
  expect(Number(process.versions.napi)).toBeGreaterThanOrEqual(10);
});
