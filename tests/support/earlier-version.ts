import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, migrations } from '../../main/engine/store/migrate.ts';
import { openBooks } from '../../main/engine/store/open.ts';

/**
 * Writes the books of a stopped engine anew as a program of an earlier version would have left them: its schema, the
 * same rows in the columns it knew. Only for versions without derived tables, below 40. The caller makes sure that no
 * later column holds anything; `verify` says so where one does.
 */
export function writeAsVersion(dir: string, version: number): void {
  const file = join(dir, 'titipan.db');
  const older = join(dir, 'earlier.db');
  const books = openBooks(older);
  migrate(
    books,
    migrations.filter((migration) => migration.version <= version),
  );
  const made = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
  const triggers = books.prepare(made).all() as { name: string; sql: string }[];
  for (const { name } of triggers) books.exec(`DROP TRIGGER "${name}"`);
  books.pragma('foreign_keys = OFF');
  books.prepare('ATTACH ? AS now').run(file);
  const tables = books
    .prepare(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .pluck()
    .all() as string[];
  for (const table of tables) {
    const columns = (books.pragma(`main.table_info("${table}")`) as { name: string }[]).map(
      ({ name }) => `"${name}"`,
    );
    books.exec(`INSERT INTO main."${table}" (${columns}) SELECT ${columns} FROM now."${table}"`);
  }
  books.exec('DETACH now');
  for (const { sql } of triggers) books.exec(sql);
  books.pragma('wal_checkpoint(TRUNCATE)');
  books.close();
  renameSync(older, file);
}
