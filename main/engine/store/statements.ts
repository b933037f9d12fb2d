import type { Statement } from 'better-sqlite3';
import type { Books } from './open.ts';

/** A value of a column, and what a statement can be given. */
export type Value = string | number | null | Buffer;

/** Runs SQL by its text; each text is prepared once for the life of the connection. */
export interface Statements {
  one<Row>(sql: string, ...values: Value[]): Row | undefined;
  all<Row>(sql: string, ...values: Value[]): Row[];
  /** The first column of the first row. */
  value<Column extends Value>(sql: string, ...values: Value[]): Column | undefined;
  run(sql: string, ...values: Value[]): number;
}

/** Bounds the number of prepared statements; the program has a few hundred texts, all of them constants. */
const MAX_STATEMENTS = 1000;

export function statementsOf(books: Books): Statements {
  const prepared = new Map<string, Statement<Value[]>>();
  const plucked = new Map<string, Statement<Value[]>>();

  function prepare(sql: string, kept: Map<string, Statement<Value[]>>, pluck: boolean): Statement<Value[]> {
    let statement = kept.get(sql);
    if (!statement) {
      if (kept.size >= MAX_STATEMENTS)
        throw new Error(`more than ${MAX_STATEMENTS} SQL texts: one is not a constant`);
      statement = books.prepare<Value[]>(sql);
      if (pluck) statement.pluck();
      kept.set(sql, statement);
    }
    return statement;
  }

  return {
    one: <Row>(sql: string, ...values: Value[]) =>
      prepare(sql, prepared, false).get(...values) as Row | undefined,
    all: <Row>(sql: string, ...values: Value[]) => prepare(sql, prepared, false).all(...values) as Row[],
    value: <Column>(sql: string, ...values: Value[]) =>
      prepare(sql, plucked, true).get(...values) as Column | undefined,
    run: (sql, ...values) => prepare(sql, prepared, false).run(...values).changes,
  };
}
