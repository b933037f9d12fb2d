/**
 * Proves that migrating is all or nothing (children are killed with SIGKILL at seeded moments on the way), that books
 * of an earlier version are backed up before and upgraded, that books from the future are refused untouched, and that
 * a copy of older books, which lacks a later column, still verifies.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { LATEST_VERSION, versionOf } from '../../main/engine/store/migrate.ts';
import { openBooks } from '../../main/engine/store/open.ts';
import { verifyBooks, verifyCopy } from '../../main/engine/verify/verify.ts';
import { AFTER_BOOKS_V20, folderOfBooksV20 } from '../support/books-v20.ts';
import { startEngine, temporaryFolder } from '../support/engine.ts';
import { seed } from '../support/seed.ts';
import { openShop } from '../support/shop.ts';
import { seededRandom } from '../unit/seal-support.ts';
import { SLOW_VERSION } from './slow-step.ts';

const KILLS = process.env.SOAK === '1' ? 100 : 30;

async function stoppedShop(): Promise<string> {
  const engine = await startEngine();
  await openShop(engine);
  await engine.stop();
  return engine.dir;
}

it(`leaves old or new books behind after each of ${KILLS} kills in mid-migration`, async () => {
  const old = join(folderOfBooksV20(), 'titipan.db');
  const random = seededRandom();
  const durationMs = await migrateAndKill(copyOf(old), undefined);
  const counts = { old: 0, new: 0 };
  for (let kill = 0; kill < KILLS; kill += 1) {
    const file = copyOf(old);
    await migrateAndKill(file, kill === 0 ? 0 : random() * durationMs * 1.5);
    const books = openBooks(file);
    const isNew = versionOf(books) === SLOW_VERSION;
    counts[isNew ? 'new' : 'old'] += 1;
    expect([20, SLOW_VERSION], `SEED=${seed}`).toContain(versionOf(books));
    // Of the first step that was pending and of the last.
    const made = books
      .prepare("SELECT name FROM sqlite_schema WHERE name IN ('reversal', 'slow', 'slow_name') ORDER BY name")
      .pluck()
      .all();
    expect(made).toEqual(isNew ? ['reversal', 'slow', 'slow_name'] : []);
    const columns = ['vendor', 'product', 'agreement'].flatMap((table) =>
      (books.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name),
    );
    for (const column of ['nickname', 'shelf_label', 'per_unit'])
      expect(columns.includes(column), column).toBe(isNew);
    expect(books.pragma('foreign_key_check')).toEqual([]);
    // History is whole either way; the program of today only does not know the version of tomorrow.
    const problems = verifyBooks(books).problems.filter((problem) => !problem.startsWith('schema:'));
    expect(problems).toEqual([]);
    books.close();
  }
  expect(counts.old).toBeGreaterThan(0);
  console.log(`SEED=${seed} kills: ${counts.old} left old books, ${counts.new} new ones`);
});

function copyOf(file: string): string {
  const copy = join(temporaryFolder('titipan-migrate'), 'titipan.db');
  copyFileSync(file, copy);
  return copy;
}

/** Answers how long the migration took, or after how many milliseconds it was killed. */
async function migrateAndKill(file: string, afterMs: number | undefined): Promise<number> {
  const child = fork(join(import.meta.dirname, 'migrate-child.ts'), [file], { execArgv: [] });
  const ended = once(child, 'exit');
  await once(child, 'message');
  const begun = performance.now();
  const done = once(child, 'message').then(() => performance.now() - begun);
  if (afterMs === undefined) {
    const durationMs = await done;
    await ended;
    return durationMs;
  }
  await Promise.race([sleep(afterMs), ended]);
  child.kill('SIGKILL');
  await ended;
  return afterMs;
}

it('backs books of an earlier version up, upgrades them and serves', async () => {
  const dir = folderOfVersion10();
  const engine = await startEngine({ dir, now: () => AFTER_BOOKS_V20 });
  expect(versionOf(engine.engine.books)).toBe(LATEST_VERSION);
  expect(verifyBooks(engine.engine.books).problems).toEqual([]);
  const [backup, ...more] = readdirSync(join(dir, 'backups'));
  expect(more).toEqual([]);
  const file = new Database(join(dir, 'backups', backup as string), { readonly: true });
  expect(versionOf(file)).toBe(10);
  expect(verifyBooks(file).problems).toEqual([]);
  file.close();
  await engine.stop();
});

it('does not upgrade books that do not verify', async () => {
  const dir = folderOfVersion10(
    "DROP TRIGGER vendor_no_update; UPDATE vendor SET name = 'Lain' WHERE id = 1;",
  );
  const before = readFileSync(join(dir, 'titipan.db'));
  await expect(startEngine({ dir })).rejects.toMatchObject({ code: 'backup-before-migration-failed' });
  expect(readFileSync(join(dir, 'titipan.db')).equals(before)).toBe(true);
});

/** Books of the program of 0.1.0 without the operations tables: what they looked like before the second migration. */
function folderOfVersion10(more = ''): string {
  const dir = folderOfBooksV20();
  const file = new Database(join(dir, 'titipan.db'));
  const operations = [
    'key_name',
    'session',
    'throttle',
    'approval',
    'person_key',
    'backup_log',
    'reveal_log',
    'print_job',
  ];
  file.exec(operations.map((table) => `DROP TABLE ${table};`).join(''));
  file.exec(more);
  file.pragma('user_version = 10');
  file.close();
  return dir;
}

it('refuses books from the future and leaves every byte of them', async () => {
  const dir = await stoppedShop();
  const file = new Database(join(dir, 'titipan.db'));
  file.pragma(`user_version = ${LATEST_VERSION + 10}`);
  file.close();
  const before = readFileSync(join(dir, 'titipan.db'));
  await expect(startEngine({ dir })).rejects.toMatchObject({
    code: 'books-from-the-future',
    message: expect.stringContaining('newer Titipan'),
  });
  expect(readFileSync(join(dir, 'titipan.db')).equals(before)).toBe(true);
  expect(readdirSync(dir)).not.toContain('backups');
});

it('verifies a copy that was made before a column came', async () => {
  const dir = await stoppedShop();
  const file = join(dir, 'titipan.db');
  const books = new Database(file);
  books.exec('ALTER TABLE center DROP COLUMN cashier_discount_bps; ALTER TABLE price DROP COLUMN cost;');
  books.close();
  const { problems } = verifyCopy(file);
  expect(problems).toEqual([expect.stringMatching(/^schema: .*table center, table price$/)]);
});
