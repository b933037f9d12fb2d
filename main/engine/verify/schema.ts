import Database from 'better-sqlite3';
import { migrations, versionOf } from '../store/migrate.ts';
import type { Books } from '../store/open.ts';
import { derivedTables } from '../store/tables.ts';

/**
 * The tables, indexes and triggers themselves: whoever takes away an append-only trigger or a floor changes nothing
 * yet, but everything after it is unguarded, and a changed total trigger makes every later figure wrong.
 */
export function verifySchema(books: Books, report: (problem: string) => void): void {
  const version = versionOf(books);
  const expected = schemaOf(version);
  if (!expected) {
    report(`schema: version ${version} was never released`);
    return;
  }
  const found = readSchema(books);
  const strange = [
    ...[...expected].filter(([name, sql]) => found.get(name) !== sql).map(([name]) => name),
    ...[...found.keys()].filter((name) => !expected.has(name)),
  ];
  if (strange.length === 0) return;
  const shown = strange.slice(0, MOST_NAMED).join(', ');
  const more = strange.length > MOST_NAMED ? ` and ${strange.length - MOST_NAMED} more` : '';
  report(`schema: not as the program made it: ${shown}${more}`);
}

const MOST_NAMED = 5;
const known = new Map<number, ReadonlyMap<string, string>>();

/** What the migrations up to a version make of an empty file; undefined when there is no such version. */
function schemaOf(version: number): ReadonlyMap<string, string> | undefined {
  if (!migrations.some((migration) => migration.version === version)) return undefined;
  const cached = known.get(version);
  if (cached) return cached;
  const empty = new Database(':memory:');
  for (const migration of migrations) if (migration.version <= version) empty.exec(migration.sql);
  const schema = readSchema(empty);
  empty.close();
  known.set(version, schema);
  return schema;
}

/**
 * SQLite's own statistics are no part of the program's schema; white space in a definition means nothing. The tables
 * that SQLite keeps for a derived one have to be there, but how they look is up to its version.
 */
function readSchema(books: Books): Map<string, string> {
  const rows = books
    .prepare(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'",
    )
    .raw()
    .all() as [string, string, string, string | null][];
  return new Map(
    rows.map(([type, name, table, sql]) => [
      `${type} ${name}`,
      isShadow(name) ? table : `${table} ${(sql ?? '').replace(/\s+/g, ' ')}`,
    ]),
  );
}

function isShadow(name: string): boolean {
  return derivedTables.some(
    (derived) => name.startsWith(`${derived}_`) && SHADOWS.has(name.slice(derived.length)),
  );
}

/** What FTS5 names the tables of an index. */
const SHADOWS = new Set(['_config', '_content', '_data', '_docsize', '_idx']);
