import type { Statement } from 'better-sqlite3';
import type { Books } from './open.ts';
import type { HistoryTableName } from './tables.ts';

/** A value of a column, and what a statement can be given. */
export type Value = string | number | null | Buffer;

/** Runs SQL by its text; each text is prepared once for the life of the connection. */
export interface Statements {
  one<Row>(sql: string, ...values: Value[]): Row | undefined;
  all<Row>(sql: string, ...values: Value[]): Row[];
  /** The first column of the first row. */
  value<Column extends Value>(sql: string, ...values: Value[]): Column | undefined;
  run(sql: string, ...values: Value[]): number;
  /**
   * As `one`, remembered until a row is written into one of `tables`: for what a sale asks every time and what seldom
   * changes. One connection writes, so nobody else can change it. The row is frozen.
   */
  kept<Row>(
    tables: readonly HistoryTableName[],
    sql: string,
    ...values: (string | number)[]
  ): Row | undefined;
  /** A row was written into this table: what was remembered of it is asked again. */
  wrote(table: HistoryTableName): void;
  /** A command was taken back: nothing that was remembered meanwhile is true any more. */
  forget(): void;
}

/** Bounds the number of prepared statements; the program has a few hundred texts, all of them constants. */
const MAX_STATEMENTS = 1000;
/** Answers remembered of one question; past that it begins anew. */
const MAX_KEPT = 100_000;

export function statementsOf(books: Books): Statements {
  const prepared = new Map<string, Statement<Value[]>>();
  const plucked = new Map<string, Statement<Value[]>>();

  /**
   * A plus before each parameter. SQLite takes the value of a bare one into account when it plans an order or a limit,
   * and so compiles such a statement anew at every run, which takes ten times as long as running it
   * (https://sqlite.org/c3ref/prepare.html, last paragraph). No SQL text of the program holds a question mark in quotes.
   */
  function prepare(sql: string, kept: Map<string, Statement<Value[]>>, pluck: boolean): Statement<Value[]> {
    let statement = kept.get(sql);
    if (!statement) {
      if (kept.size >= MAX_STATEMENTS)
        throw new Error(`more than ${MAX_STATEMENTS} SQL texts: one is not a constant`);
      statement = books.prepare<Value[]>(sql.replaceAll('?', '+?'));
      if (pluck) statement.pluck();
      kept.set(sql, statement);
    }
    return statement;
  }

  const answers = new Map<string, Map<string | number, unknown>>();
  const questionsOf = new Map<HistoryTableName, Set<string>>();

  function answersTo(sql: string, tables: readonly HistoryTableName[]): Map<string | number, unknown> {
    const known = answers.get(sql);
    if (known) return known;
    const made = new Map<string | number, unknown>();
    answers.set(sql, made);
    for (const table of tables) questionsOf.set(table, (questionsOf.get(table) ?? new Set()).add(sql));
    return made;
  }

  return {
    kept<Row>(tables: readonly HistoryTableName[], sql: string, ...values: (string | number)[]) {
      const remembered = answersTo(sql, tables);
      const key = values.length === 1 ? (values[0] as string | number) : values.join('/');
      if (remembered.has(key)) return remembered.get(key) as Row | undefined;
      const row = Object.freeze(prepare(sql, prepared, false).get(...values)) as Row | undefined;
      if (remembered.size >= MAX_KEPT) remembered.clear();
      remembered.set(key, row);
      return row;
    },
    wrote(table) {
      for (const sql of questionsOf.get(table) ?? []) answers.get(sql)?.clear();
    },
    forget() {
      for (const remembered of answers.values()) remembered.clear();
    },
    one: <Row>(sql: string, ...values: Value[]) =>
      prepare(sql, prepared, false).get(...values) as Row | undefined,
    all: <Row>(sql: string, ...values: Value[]) => prepare(sql, prepared, false).all(...values) as Row[],
    value: <Column>(sql: string, ...values: Value[]) =>
      prepare(sql, plucked, true).get(...values) as Column | undefined,
    run: (sql, ...values) => prepare(sql, prepared, false).run(...values).changes,
  };
}
