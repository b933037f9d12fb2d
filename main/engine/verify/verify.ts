import type { Statement } from 'better-sqlite3';
import { chart, floors } from '../../../shared/domain/chart.ts';
import { planOf, ROW_DIGEST_BYTES, rowDigest } from '../history.ts';
import { CHAIN_START, type JournalRow, journalHash } from '../journal.ts';
import { type Books, isSqliteError, openCopy } from '../store/open.ts';
import { type HistoryTableName, type HistoryValue, historyTableNames } from '../store/tables.ts';
import { verifyDerived } from './derived.ts';
import { verifySchema } from './schema.ts';

/** What a verification found. No problems: every stored value of history is as it was written. */
export interface Verified {
  /** Newest journal row, and its hash in base64: to compare with a printed one or with an earlier backup. */
  readonly seq: number;
  readonly head: string;
  readonly transfers: number;
  /** One sentence each, naming table and key. */
  readonly problems: readonly string[];
  /** How many there are in all; `problems` holds at most the first hundred. */
  readonly problemCount: number;
}

const MOST_PROBLEMS = 100;

/** Verifies a whole copy of the books: SQLite's own structure, chain, digests, totals, floors and trial balance. */
export function verifyCopy(file: string): Verified {
  const copy = openCopy(file);
  try {
    return verifyBooks(copy);
  } finally {
    copy.close();
  }
}

export function verifyBooks(books: Books): Verified {
  const problems = problemList();
  part(problems, () => verifyFile(books, problems));
  part(problems, () => verifySchema(books, problems.add));
  const head = part(problems, () => verifyChain(books, problems, 0)) ?? { seq: 0, hash: CHAIN_START };
  part(problems, () => verifyAccounts(books, problems));
  part(problems, () => verifyEnd(books, head.seq, problems));
  part(problems, () => verifyDerived(books, problems.add));
  const transfers = part(
    problems,
    () => books.prepare('SELECT count(*) FROM transfer').pluck().get() as number,
  );
  return {
    seq: head.seq,
    head: head.hash.toString('base64'),
    transfers: transfers ?? 0,
    ...problems.found(),
  };
}

/**
 * A page so damaged that SQLite cannot read on, or a value of a type that was never written there, is a problem like
 * another, and the other parts are still looked at.
 */
function part<Result>(problems: Problems, look: () => Result): Result | undefined {
  try {
    return look();
  } catch (error) {
    if (!isSqliteError(error, 'SQLITE_') && !(error instanceof TypeError)) throw error;
    problems.add(`file: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function verifyFile(books: Books, problems: Problems): void {
  const rows = prepared(books, 'PRAGMA integrity_check(20)').all() as { integrity_check: string }[];
  for (const row of rows) {
    if (row.integrity_check !== 'ok') problems.add(`file: ${row.integrity_check}`);
  }
}

/**
 * The newest `count` journal rows with what they wrote, and the tables and triggers themselves; undefined when all is
 * well. Quick enough for every start.
 */
export function verifyTail(books: Books, count: number): string | undefined {
  const problems = problemList();
  part(problems, () => verifySchema(books, problems.add));
  part(problems, () => {
    const last = books.prepare('SELECT coalesce(max(seq), 0) FROM journal').pluck().get() as number;
    verifyChain(books, problems, Math.max(0, last - count));
  });
  return problems.found().problems[0];
}

interface Problems {
  add(sentence: string): void;
  found(): { problems: string[]; problemCount: number };
}

function problemList(): Problems {
  const problems: string[] = [];
  let count = 0;
  return {
    add(sentence) {
      count += 1;
      if (problems.length < MOST_PROBLEMS) problems.push(sentence);
    },
    found: () => ({ problems, problemCount: count }),
  };
}

/** Walks the journal and, beside it, every history table in the order of `seq`. */
function verifyChain(books: Books, problems: Problems, after: number): { seq: number; hash: Buffer } {
  const readers: HistoryReader[] = [];
  try {
    for (const table of historyTableNames) readers.push(historyReader(books, table, after));
    return walkChain(books, readers, problems, after);
  } finally {
    // A walk that broke off at a damaged page leaves readers in mid-table, and SQLite then would not close.
    for (const reader of readers) reader.close();
  }
}

function walkChain(
  books: Books,
  readers: readonly HistoryReader[],
  problems: Problems,
  after: number,
): { seq: number; hash: Buffer } {
  const start = books.prepare('SELECT seq, hash FROM journal WHERE seq = ?').get(after) as
    | { seq: number; hash: Buffer }
    | undefined;
  let head = start ?? { seq: after, hash: CHAIN_START };
  reportStrays(readers, problems, 0);
  const journal = prepared(books, 'SELECT * FROM journal WHERE seq >= ? ORDER BY seq');
  const rows = journal.iterate(firstAfter(after));
  for (const row of rows as IterableIterator<JournalRow>) {
    if (row.seq < 1) {
      problems.add(`journal ${row.seq}: was never written, the first row is 1`);
      continue;
    }
    if (row.seq !== head.seq + 1)
      problems.add(`journal: row ${head.seq + 1} is missing before row ${row.seq}`);
    if (!row.prev.equals(head.hash)) problems.add(`journal ${row.seq}: does not continue row ${head.seq}`);
    if (!journalHash(row).equals(row.hash)) problems.add(`journal ${row.seq}: a value was changed`);
    verifyEffects(row, readers, problems);
    head = { seq: row.seq, hash: row.hash };
  }
  reportStrays(readers, problems, Number.POSITIVE_INFINITY);
  return head;
}

function reportStrays(readers: readonly HistoryReader[], problems: Problems, upTo: number): void {
  for (const stray of readers.flatMap((reader) => reader.takeUpTo(upTo))) {
    problems.add(`${stray.name}: belongs to no journal row (seq ${stray.seq})`);
  }
}

function verifyEffects(row: JournalRow, readers: readonly HistoryReader[], problems: Problems): void {
  const expected = new Map<string, number>();
  for (let offset = 0; offset < row.effects.length; offset += ROW_DIGEST_BYTES) {
    const digest = row.effects.toString('base64', offset, offset + ROW_DIGEST_BYTES);
    expected.set(digest, (expected.get(digest) ?? 0) + 1);
  }
  let foreign = 0;
  for (const reader of readers) {
    for (const found of reader.takeUpTo(row.seq)) {
      const left = expected.get(found.digest) ?? 0;
      if (found.seq === row.seq && left > 0) expected.set(found.digest, left - 1);
      else {
        foreign += 1;
        problems.add(`${found.name}: is not as command ${row.seq} (${row.name}) wrote it`);
      }
    }
  }
  const missing = [...expected.values()].reduce((sum, count) => sum + count, 0);
  if (missing > foreign) {
    problems.add(`journal ${row.seq} (${row.name}): ${missing - foreign} of the rows it wrote are gone`);
  }
}

const statements = new WeakMap<Books, Map<string, Statement>>();

/**
 * A statement of this connection, prepared once. Whoever verifies the same books again and again would otherwise pile
 * up the large ones: they are let go of only when the program comes to rest between two calls.
 */
function prepared(books: Books, sql: string): Statement {
  const known = statements.get(books) ?? new Map<string, Statement>();
  statements.set(books, known);
  const statement = known.get(sql) ?? books.prepare(sql);
  known.set(sql, statement);
  return statement;
}

interface HistoryReader {
  /** Rows not taken yet whose seq is not above the given one. */
  takeUpTo(seq: number): { seq: number; name: string; digest: string }[];
  close(): void;
}

/** Where reading begins. From the start also means what lies before row 1, where no command ever wrote anything. */
function firstAfter(after: number): bigint {
  return after === 0 ? -(2n ** 63n) : BigInt(after + 1);
}

/**
 * Reads one history table in the order of seq and key, digesting each row anew from its stored values. A copy of
 * older books has no column that came later; it reads as the null that it will be.
 */
function historyReader(books: Books, table: HistoryTableName, after: number): HistoryReader {
  const { columns, keyLength } = planOf(table);
  const key = columns.slice(0, keyLength).map((column) => `"${column}"`);
  const seqColumn = columns.indexOf('seq');
  const there = new Set(prepared(books, 'SELECT name FROM pragma_table_info(?)').pluck().all(table));
  if (there.size === 0) return { close: () => undefined, takeUpTo: () => [] };
  const read = columns.map((column) => (there.has(column) ? `"${column}"` : `NULL AS "${column}"`));
  const hasId = after > 0 && columns[0] === 'id';
  const where = hasId ? 'id > ? AND seq >= ?' : 'seq >= ?';
  const sql = `SELECT ${read.join(', ')} FROM "${table}" WHERE ${where} ORDER BY seq, ${key.join(', ')}`;
  const from = hasId ? [lastIdUpTo(books, table, after)] : [];
  const rows = prepared(books, sql)
    .raw()
    .iterate(...from, firstAfter(after)) as IterableIterator<HistoryValue[]>;
  let next = rows.next();
  return {
    close: () => void rows.return?.(),
    takeUpTo(seq) {
      const taken: { seq: number; name: string; digest: string }[] = [];
      while (!next.done && (next.value[seqColumn] as number) <= seq) {
        const values = next.value;
        taken.push({
          seq: values[seqColumn] as number,
          name: `${table} ${values.slice(0, keyLength).join('/')}`,
          digest: rowDigest(table, values).toString('base64'),
        });
        next = rows.next();
      }
      return taken;
    },
  };
}

/** Ids rise with seq, so the newest rows are found from the end: a start must not read a million transfers. */
function lastIdUpTo(books: Books, table: HistoryTableName, after: number): number {
  const sql = `SELECT id FROM "${table}" WHERE seq <= ? ORDER BY id DESC LIMIT 1`;
  return (prepared(books, sql).pluck().get(after) as number | undefined) ?? 0;
}

interface AccountRow {
  id: number;
  ledger: number;
  code: string;
  owner: string;
  floor: number;
  debits: number;
  credits: number;
  debited: number;
  credited: number;
}

/** Commands cut off at the end leave a chain without a flaw; the log of backups remembers how far it once went. */
function verifyEnd(books: Books, last: number, problems: Problems): void {
  // Books from before the log of backups have none; their schema was checked for what it should hold.
  if (!books.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'backup_log'").get()) return;
  const once = books.prepare('SELECT max(seq) FROM backup_log WHERE ok = 1').pluck().get() as number | null;
  if (once !== null && once > last)
    problems.add(`journal: ends at row ${last}, a backup was made at row ${once}`);
}

/** Running totals against the transfers they are the sums of, floors, and that each ledger balances. */
function verifyAccounts(books: Books, problems: Problems): void {
  const accounts = prepared(
    books,
    `SELECT account.*, coalesce(debit.amount, 0) AS debited, coalesce(credit.amount, 0) AS credited FROM account
     LEFT JOIN (SELECT debit AS id, sum(amount) AS amount FROM transfer GROUP BY debit) AS debit ON debit.id = account.id
     LEFT JOIN (SELECT credit AS id, sum(amount) AS amount FROM transfer GROUP BY credit) AS credit ON credit.id = account.id`,
  );
  const balances = new Map<number, number>();
  for (const row of accounts.iterate() as IterableIterator<AccountRow>) {
    const name = `account ${row.id} (${row.code} ${row.owner})`;
    if (row.debits !== row.debited || row.credits !== row.credited) {
      problems.add(`${name}: its totals are not the sum of its transfers`);
    }
    const kind = (chart as Record<string, { floor: string } | undefined>)[row.code];
    if (!kind) problems.add(`${name}: is not in the chart of accounts`);
    else if (floors[row.floor] !== kind.floor) problems.add(`${name}: has another floor than the chart`);
    if (row.code === 'clearing' && row.debits !== row.credits) problems.add(`${name}: is not empty`);
    balances.set(row.ledger, (balances.get(row.ledger) ?? 0) + row.debited - row.credited);
  }
  for (const [ledger, balance] of balances) {
    if (balance !== 0) problems.add(`ledger ${ledger}: debits and credits differ by ${balance}`);
  }
}
