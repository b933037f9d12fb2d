/**
 * Proves that the running program itself cannot edit history (UPDATE, DELETE, REPLACE and UPSERT are refused on every
 * history table), that a start refuses books whose newest rows or whose triggers were changed, and that a changed
 * register of personal fields, which stands outside the chain, is found by a replay.
 */
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { copyBooks } from '../../main/engine/backup/take.ts';
import { openBlobs } from '../../main/engine/blobs/store.ts';
import { replay } from '../../main/engine/replay.ts';
import { startEngine, type TestEngine, temporaryFolder } from '../support/engine.ts';
import { openFullShop } from '../support/full-shop.ts';
import { type Cell, chainedTables, otherValues } from '../support/tampering.ts';

async function fullShop(): Promise<TestEngine> {
  const engine = await startEngine();
  await openFullShop(engine);
  return engine;
}

it('refuses to change, remove or replace a row of history through the live connection', async () => {
  const { engine, stop } = await fullShop();
  let refused = 0;
  for (const { table, keyLength } of chainedTables) {
    const columns = (engine.books.pragma(`table_info("${table}")`) as { name: string }[]).map(
      ({ name }) => name,
    );
    // Without the columns that SQLite makes of the others.
    const names = columns.map((name) => `"${name}"`);
    const row = engine.books.prepare(`SELECT ${names} FROM "${table}" LIMIT 1`).raw().get() as Cell[];
    const places = row.map(() => '?').join(', ');
    const into = `INTO "${table}" (${names}) VALUES (${places})`;
    const key = names.slice(0, keyLength);
    const own = columns.filter((name) => table !== 'account' || !['debits', 'credits'].includes(name));
    const attempts: [sql: string, ...values: Cell[]][] = [
      ...own.map((name): [string] => [`UPDATE "${table}" SET "${name}" = "${name}"`]),
      [`DELETE FROM "${table}"`],
      [`INSERT OR REPLACE ${into}`, ...row],
      [`REPLACE ${into}`, ...row],
      [
        `INSERT ${into} ON CONFLICT (${key}) DO UPDATE SET "${own.at(-1)}" = excluded."${own.at(-1)}"`,
        ...row,
      ],
    ];
    const before = engine.books.prepare(`SELECT * FROM "${table}"`).raw().all();
    for (const [sql, ...values] of attempts) {
      expect(() => engine.books.prepare(sql).run(...values), sql).toThrow('history is append-only');
      refused += 1;
    }
    expect(engine.books.prepare(`SELECT * FROM "${table}"`).raw().all()).toEqual(before);
  }
  console.log(`${refused} statements refused on ${chainedTables.length} tables`);
  await stop();
});

it.each([
  [
    'sale',
    'UPDATE sale SET net = net + 1 WHERE seq = (SELECT max(seq) FROM sale)',
    'SELECT max(seq) FROM sale',
  ],
  [
    'transfer',
    'UPDATE transfer SET amount = amount + 1 WHERE id = (SELECT max(id) FROM transfer)',
    'SELECT max(id) FROM transfer',
  ],
  [
    'journal',
    "UPDATE journal SET outcome = outcome || ' ' WHERE seq = (SELECT max(seq) FROM journal)",
    'SELECT max(seq) FROM journal',
  ],
  [
    'price',
    `INSERT INTO price (id, seq, product, at, price)
     SELECT 7000, (SELECT max(seq) FROM journal), product, at, 1 FROM price WHERE id = 1`,
    'SELECT 7000',
  ],
  ['trigger', 'DROP TRIGGER transfer_totals', "SELECT 'transfer_totals'"],
])('does not start on books in which one %s was changed', async (what, sql, key) => {
  const engine = await fullShop();
  await engine.stop();
  const file = new Database(join(engine.dir, 'titipan.db'));
  const triggers = file.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  if (!sql.startsWith('DROP')) for (const { name } of triggers) file.exec(`DROP TRIGGER "${name}"`);
  const named = file.prepare(key).pluck().get() as number | string;
  file.exec(sql);
  // Put back, so that it is the value and not the missing trigger that is found.
  if (!sql.startsWith('DROP')) for (const trigger of triggers) file.exec(trigger.sql);
  file.close();
  await expect(startEngine({ dir: engine.dir })).rejects.toMatchObject({
    code: 'books-damaged',
    message: expect.stringMatching(new RegExp(`${what} ${named}\\b`)),
  });
});

it('finds a changed, added or removed personal field by replaying the journal', async () => {
  const { engine, dir, stop } = await fullShop();
  const folder = temporaryFolder();
  const copy = join(folder, 'copy.db');
  await copyBooks(engine.books, copy);
  await stop();
  cpSync(join(dir, 'blobs'), join(folder, 'blobs'), { recursive: true });
  const blob = openBlobs(folder).read;
  const first = replay(copy, join(folder, 'fresh.db'), blob);
  expect(first.differences).toEqual([]);
  expect(first.rows.person_field).toBeGreaterThan(5);

  const source = new Database(copy, { readonly: true });
  const row = source.prepare("SELECT * FROM person_field WHERE field = 'nik'").raw().get() as Cell[];
  const columns = (source.pragma('table_info(person_field)') as { name: string }[]).map(({ name }) => name);
  source.close();
  let count = 0;
  const changes: [string, ...Cell[]][] = [
    ["DELETE FROM person_field WHERE field = 'nik'"],
    ["INSERT INTO person_field SELECT person, 'x', sealed, last4, idx FROM person_field WHERE field = 'nik'"],
  ];
  for (const [column, name] of columns.entries()) {
    const value = otherValues(row[column] as Cell)[0] as Cell;
    changes.push([`UPDATE person_field SET "${name}" = ? WHERE field = 'nik'`, value]);
  }
  for (const [sql, ...values] of changes) {
    const changed = join(folder, `changed-${count}.db`);
    copyFileSync(copy, changed);
    const file = new Database(changed);
    file.prepare(sql).run(...values);
    file.close();
    const { equal, differences } = replay(changed, join(folder, `fresh-${count}.db`), blob);
    expect(equal, sql).toBe(false);
    expect(differences.join(), sql).toMatch(/person_field \S+: differs/);
    count += 1;
  }
  console.log(`${count} changed registers found by replay`);
});
