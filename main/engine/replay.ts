import { contract } from '../../shared/contract/index.ts';
import type { BusinessDay } from '../../shared/domain/calendar.ts';
import { apply, type Core } from './apply.ts';
import { handlers } from './handlers/index.ts';
import { createJournal, type JournalRow } from './journal.ts';
import { createLedger } from './ledger.ts';
import { migrate } from './store/migrate.ts';
import { type Books, openBooks, openCopy } from './store/open.ts';
import { statementsOf } from './store/statements.ts';
import { historyTableNames, historyTables, registerTables } from './store/tables.ts';

/** What a replay found. Equal: the same commands give the same rows, outcomes and digests again. */
export interface Replayed {
  readonly commands: number;
  readonly equal: boolean;
  /** Rows compared, table by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** One sentence each, naming command or table and key; at most a hundred. */
  readonly differences: readonly string[];
}

const MOST_DIFFERENCES = 100;

/**
 * Feeds every journal row of a copy into empty books: handlers see exactly the columns they saw then, and sign-in,
 * roles, limits and printing are left out. Then compares outcome and effects of each command, and every row of the
 * books. `into` is a file that does not exist yet.
 */
export function replay(copyFile: string, into: string, blob: Core['blob']): Replayed {
  const copy = openCopy(copyFile);
  const fresh = openBooks(into);
  try {
    migrate(fresh);
    const differences: string[] = [];
    const note = (sentence: string) => {
      if (differences.length < MOST_DIFFERENCES) differences.push(sentence);
    };
    const commands = runAgain(copy, fresh, blob, note);
    const rows: Record<string, number> = {};
    for (const table of ['journal', ...historyTableNames, ...registerTables])
      rows[table] = compareTable(copy, fresh, table, note);
    return { commands, equal: differences.length === 0, rows, differences };
  } finally {
    copy.close();
    fresh.close();
  }
}

function runAgain(copy: Books, fresh: Books, blob: Core['blob'], note: (sentence: string) => void): number {
  const sql = statementsOf(fresh);
  const core: Core = {
    books: fresh,
    sql,
    ledger: createLedger(sql),
    journal: createJournal(sql),
    handlers,
    blob,
  };
  let commands = 0;
  const rows = copy.prepare('SELECT * FROM journal ORDER BY seq').iterate() as IterableIterator<JournalRow>;
  for (const row of rows) {
    commands += 1;
    sql.run('BEGIN IMMEDIATE');
    try {
      const again = applyRow(core, row);
      const isSaidAgain = saysAgain(row.outcome, again.outcome);
      if (!isSaidAgain) note(`journal ${row.seq} (${row.name}): another outcome`);
      if (!again.effects.equals(row.effects)) note(`journal ${row.seq} (${row.name}): other effects`);
      const { prev: _prev, hash: _hash, ...columns } = row;
      const outcome = isSaidAgain ? row.outcome : again.outcome;
      core.journal.append({ ...columns, outcome, effects: again.effects });
      sql.run('COMMIT');
    } catch (error) {
      if (fresh.inTransaction) sql.run('ROLLBACK');
      note(`journal ${row.seq} (${row.name}): ${error instanceof Error ? error.message : String(error)}`);
      // What follows would only repeat that this command is missing.
      return commands;
    }
  }
  return commands;
}

/**
 * Whether an answer of today says what was answered then. It may say more: answers grow with the program, while what
 * stands in the journal stays as it was given.
 */
function saysAgain(then: string, now: string): boolean {
  return then === now || holds(JSON.parse(now), JSON.parse(then));
}

function holds(now: unknown, then: unknown): boolean {
  if (then === null || now === null || typeof then !== 'object' || typeof now !== 'object')
    return now === then;
  if (Array.isArray(then)) {
    return Array.isArray(now) && now.length === then.length && then.every((part, n) => holds(now[n], part));
  }
  return Object.entries(then).every(([key, part]) => holds((now as Record<string, unknown>)[key], part));
}

function applyRow(core: Core, row: JournalRow): { outcome: string; effects: Buffer } {
  const entry = contract.get(row.name);
  if (entry?.kind !== 'command') throw new Error('no such command');
  const stored = JSON.parse(row.input) as unknown;
  const input = row.contract === entry.version ? stored : upcast(entry, stored, row.contract);
  const { seq, id, actor, approver, device, at } = row;
  const day = row.day as BusinessDay;
  const facts = { seq, id, actor, approver, device, at, day, contract: row.contract };
  const applied = apply(core, entry, facts, input);
  return { outcome: JSON.stringify(applied.outcome), effects: applied.effects };
}

function upcast(
  entry: { upcast?: (input: unknown, version: number) => unknown },
  input: unknown,
  version: number,
) {
  if (!entry.upcast) throw new Error(`no upcaster for version ${version}`);
  return entry.upcast(input, version);
}

/** Compares two tables row by row in the order of their keys; answers how many rows the copy has. */
function compareTable(copy: Books, fresh: Books, table: string, note: (sentence: string) => void): number {
  const keyLength = table in historyTables ? historyTables[table as keyof typeof historyTables].keyLength : 1;
  const order =
    table === 'person_field'
      ? 'person, field'
      : Array.from({ length: keyLength }, (_, n) => n + 1).join(', ');
  const sql = `SELECT * FROM "${table}" ORDER BY ${order}`;
  const left = copy.prepare(sql).raw().iterate() as IterableIterator<unknown[]>;
  const right = fresh.prepare(sql).raw().iterate() as IterableIterator<unknown[]>;
  let count = 0;
  for (;;) {
    const a = left.next();
    const b = right.next();
    if (a.done && b.done) return count;
    if (!a.done) count += 1;
    if (a.done !== b.done || textOf(a.value) !== textOf(b.value)) {
      const key = ((a.done ? b.value : a.value) as unknown[]).slice(0, keyLength).join('/');
      note(`${table} ${key}: differs`);
      left.return?.();
      right.return?.();
      return count;
    }
  }
}

function textOf(row: unknown[]): string {
  return JSON.stringify(row, (_key, value) => (Buffer.isBuffer(value) ? value.toString('base64') : value));
}
