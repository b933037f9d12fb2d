import { hash } from 'node:crypto';
import type { Statements } from './store/statements.ts';
import { type HistoryRow, type HistoryTableName, type HistoryValue, historyTables } from './store/tables.ts';

/** Bytes of one row's digest in a journal row's effects: SHA-256 cut to 128 bits. */
export const ROW_DIGEST_BYTES = 16;

/** One history row that a command wrote, as the effects digest sees it. */
export interface Effect {
  readonly table: HistoryTableName;
  readonly key: readonly HistoryValue[];
  readonly digest: Buffer;
}

interface TablePlan {
  readonly sql: string;
  readonly columns: readonly string[];
  readonly keyLength: number;
}

const plans = new Map<HistoryTableName, TablePlan>(
  Object.entries(historyTables).map(([name, { columns, keyLength }]) => [
    name as HistoryTableName,
    {
      sql: `INSERT INTO "${name}" (${columns.map((column) => `"${column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      columns,
      keyLength,
    },
  ]),
);

export function planOf(table: HistoryTableName): TablePlan {
  const plan = plans.get(table);
  if (!plan) throw new Error(`${table} is no history table`);
  return plan;
}

/** The row's digest over table name and values in declared order. Trailing nulls are left out: see tables.ts. */
export function rowDigest(table: HistoryTableName, values: readonly HistoryValue[]): Buffer {
  let length = values.length;
  while (length > 0 && values[length - 1] === null) length -= 1;
  const text = `${table}${JSON.stringify(length === values.length ? values : values.slice(0, length))}`;
  // SQLite would keep half of a surrogate pair as another character, and the row would never verify again.
  if (text.includes('\\ud') && values.some((value) => /\p{Surrogate}/u.test(String(value)))) {
    throw new Error(`rule broken: a text for ${table} is not well formed`);
  }
  return hash('sha256', text, 'buffer').subarray(0, ROW_DIGEST_BYTES);
}

/** Table names and keys in byte order, numbers by size: the order is part of the journal's format. */
export function compareEffects(left: Effect, right: Effect): number {
  if (left.table !== right.table) return left.table < right.table ? -1 : 1;
  for (let index = 0; index < left.key.length; index += 1) {
    const a = left.key[index] as string | number;
    const b = right.key[index] as string | number;
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

/** Writes history rows of one command and remembers what it wrote. */
export interface HistoryWriter {
  insert<Name extends HistoryTableName>(table: Name, row: HistoryRow<Name>): void;
  /** The effects column: row digests in table and key order. */
  effects(): Buffer;
}

export function historyWriter(statements: Statements): HistoryWriter {
  const effects: Effect[] = [];
  return {
    insert(table, row) {
      const plan = planOf(table);
      const values = plan.columns.map((column) => (row as Record<string, HistoryValue>)[column] ?? null);
      statements.run(plan.sql, ...values);
      statements.wrote(table);
      effects.push({ table, key: values.slice(0, plan.keyLength), digest: rowDigest(table, values) });
    },
    effects: () => Buffer.concat(effects.sort(compareEffects).map((effect) => effect.digest)),
  };
}
