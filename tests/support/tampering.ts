/**
 * Changing stored values as somebody would who has the file and a database tool: triggers dropped, checks switched
 * off. Every change is tried inside a transaction that is rolled back, so that thousands of them share one copy.
 */
import Database from 'better-sqlite3';
import type { Books } from '../../main/engine/store/open.ts';
import { historyTableNames, historyTables } from '../../main/engine/store/tables.ts';
import { verifyBooks } from '../../main/engine/verify/verify.ts';

export type Cell = string | number | null | Buffer;
export type Row = Cell[];

/** The journal and every history table, each with the columns that are its key. */
export const chainedTables: readonly { table: string; keyLength: number }[] = [
  { table: 'journal', keyLength: 1 },
  ...historyTableNames.map((table) => ({ table, keyLength: historyTables[table].keyLength })),
];

export interface TamperedCopy {
  readonly db: Books;
  /** Those that are stored; what SQLite makes of them itself is left out. */
  columns(table: string): string[];
  /** Columns of which no two rows may hold the same. */
  uniqueColumns(table: string): string[];
  rows(table: string): Row[];
  /** Makes the change, verifies, takes the change back. Undefined when SQLite itself refuses such a value. */
  problemsAfter(change: () => void): readonly string[] | undefined;
  update(table: string, row: Row, column: number, value: Cell): void;
  insert(table: string, row: Row): void;
  remove(table: string, row: Row): void;
}

/** A copy in memory that lets everything through that SQLite's own types let through. */
export function openTampered(books: Books): TamperedCopy {
  const bytes = books.serialize();
  // Memory has no write-ahead log: the header must not promise one.
  bytes.fill(1, 18, 20);
  const db = new Database(bytes);
  for (const name of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()) {
    db.exec(`DROP TRIGGER "${name}"`);
  }
  db.pragma('foreign_keys = OFF');
  db.pragma('ignore_check_constraints = ON');
  const keyLengths = new Map(chainedTables.map(({ table, keyLength }) => [table, keyLength]));

  function columns(table: string): string[] {
    return (db.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name);
  }

  function listed(table: string): string {
    return columns(table)
      .map((name) => `"${name}"`)
      .join(', ');
  }

  function uniqueColumns(table: string): string[] {
    const indexes = db.pragma(`index_list("${table}")`) as { name: string; unique: 0 | 1 }[];
    const unique = indexes.filter((index) => index.unique === 1);
    return unique.flatMap(({ name }) =>
      (db.pragma(`index_info("${name}")`) as { name: string | null }[]).flatMap(
        (column) => column.name ?? [],
      ),
    );
  }

  function where(table: string): string {
    return columns(table)
      .slice(0, keyLengths.get(table))
      .map((name) => `"${name}" IS ?`)
      .join(' AND ');
  }

  const keyOf = (table: string, row: Row) => row.slice(0, keyLengths.get(table));

  return {
    db,
    columns,
    uniqueColumns,
    rows: (table) =>
      db
        .prepare(`SELECT ${listed(table)} FROM "${table}" ORDER BY 1, 2`)
        .raw()
        .all() as Row[],
    problemsAfter(change) {
      db.exec('BEGIN');
      try {
        change();
        return verifyBooks(db).problems;
      } catch (error) {
        const refused = error instanceof Database.SqliteError && /CONSTRAINT|MISMATCH/.test(error.code);
        if (!refused) throw error;
        return undefined;
      } finally {
        db.exec('ROLLBACK');
      }
    },
    update(table, row, column, value) {
      const sql = `UPDATE "${table}" SET "${columns(table)[column]}" = ? WHERE ${where(table)}`;
      const { changes } = db.prepare(sql).run(value, ...keyOf(table, row));
      if (changes !== 1) throw new Error(`${changes} rows of ${table} changed`);
    },
    insert(table, row) {
      db.prepare(`INSERT INTO "${table}" (${listed(table)}) VALUES (${row.map(() => '?').join(', ')})`).run(
        ...row,
      );
    },
    remove(table, row) {
      const { changes } = db
        .prepare(`DELETE FROM "${table}" WHERE ${where(table)}`)
        .run(...keyOf(table, row));
      if (changes !== 1) throw new Error(`${changes} rows of ${table} removed`);
    },
  };
}

/** Other values that a cell could be made to hold; SQLite refuses some of them, which is as good. */
export function otherValues(value: Cell): Cell[] {
  if (value === null) return [0, 1, '', 'x'];
  if (typeof value === 'number') {
    return [...new Set([value + 1, value - 1, -value, 0, value * 10, null])].filter(
      (other) => other !== value,
    );
  }
  if (typeof value === 'string') {
    const middle = Math.floor(value.length / 2);
    const neighbour = String.fromCodePoint((value.codePointAt(middle) ?? 96) + 1);
    const others = [
      `${value}x`,
      value.slice(0, -1),
      value.slice(0, middle) + neighbour + value.slice(middle + 1),
      ` ${value}`,
      value.toUpperCase(),
      '',
      null,
    ];
    return [...new Set(others)].filter((other) => other !== value);
  }
  const others = [0, Math.floor(value.length / 2), value.length - 1]
    .filter((at) => at >= 0 && at < value.length)
    .map((at) => {
      const flipped = Buffer.from(value);
      flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
      return flipped;
    });
  return [...others, Buffer.concat([value, Buffer.alloc(1)]), value.subarray(0, -1), null].filter(
    (other) => other === null || !other.equals(value),
  );
}

/** True when a sentence names exactly this row: `sale_line 12/1: …`, `account 3 (cash 1): …`. */
export function names(problems: readonly string[], table: string, key: readonly Cell[]): boolean {
  const name = `${table} ${key.join('/')}`;
  return problems.some((problem) => problem.startsWith(`${name}:`) || problem.startsWith(`${name} (`));
}
