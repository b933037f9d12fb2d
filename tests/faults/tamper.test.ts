/**
 * Proves that history cannot be edited unseen: with the triggers dropped, every column of the journal and of
 * every history table is given another value in every row, of long tables in some six (the first row of each table
 * all the values we can think of; every row, and all of them, with SOAK=1), rows of theirs are removed, added and swapped,
 * tables are emptied; each time the verification must name the table and the key. Nothing is drawn at random, so there
 * is no seed.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { openFullShop } from '../support/full-shop.ts';
import {
  type Cell,
  chainedTables,
  names,
  openTampered,
  otherValues,
  type Row,
  type TamperedCopy,
} from '../support/tampering.ts';

const soak = process.env.SOAK === '1';
/** Of a longer table every second row, or third, and so on: the rows of a table are all read by the same few lines. */
const MOST_ROWS = 6;

function tried(rows: readonly Row[]): Row[] {
  const stride = soak ? 1 : Math.ceil(rows.length / MOST_ROWS);
  return rows.filter((_, index) => index % stride === 0 || index === rows.length - 1);
}

let engine: TestEngine;
let copy: TamperedCopy;

beforeAll(async () => {
  engine = await startEngine();
  await openFullShop(engine);
  copy = openTampered(engine.engine.books);
});

afterAll(async () => {
  copy.db.close();
  await engine.stop();
});

it('has rows in every table, and they verify before anything is changed', () => {
  for (const { table } of chainedTables) expect(copy.rows(table), table).not.toEqual([]);
  expect(verifyBooks(engine.engine.books).problems).toEqual([]);
  // The copy without triggers is told apart by just that, and by nothing else yet.
  expect(copy.problemsAfter(() => undefined)).toEqual([
    expect.stringMatching(/^schema: not as the program made it: trigger /),
  ]);
});

it.each(chainedTables)('finds every changed value of $table', ({ table, keyLength }) => {
  const counts = { found: 0, refused: 0 };
  const missed: string[] = [];
  const rows = copy.rows(table);
  for (const row of tried(rows)) {
    const thorough = soak || row === rows[0];
    for (const [column, name] of copy.columns(table).entries()) {
      let others = 0;
      for (const value of otherValues(row[column] as Cell)) {
        if (others > 0 && !thorough) break;
        const problems = copy.problemsAfter(() => copy.update(table, row, column, value));
        if (problems === undefined) {
          counts.refused += 1;
          continue;
        }
        others += 1;
        if (isNamed(problems, table, row, { column, value, keyLength })) counts.found += 1;
        else missed.push(`${table} ${row[0]}.${name} = ${String(value)}: ${problems.join(' | ')}`);
      }
      expect(others, `${table}.${name} took no other value`).toBeGreaterThan(0);
    }
  }
  console.log(`${table}: ${counts.found} changes named, ${counts.refused} refused by SQLite`);
  expect(missed).toEqual([]);
  expect(counts.found).toBeGreaterThan(0);
});

/** A row whose key was changed is found under the key it has now. */
function isNamed(
  problems: readonly string[],
  table: string,
  row: Row,
  changed: { column: number; value: Cell; keyLength: number },
): boolean {
  const key = row.slice(0, changed.keyLength);
  if (changed.column < changed.keyLength) key[changed.column] = changed.value;
  return names(problems, table, key);
}

it('finds every removed row by its command', () => {
  let count = 0;
  for (const { table } of chainedTables) {
    const seqColumn = copy.columns(table).indexOf('seq');
    for (const row of tried(copy.rows(table))) {
      const problems = copy.problemsAfter(() => copy.remove(table, row)) ?? [];
      const seq = row[seqColumn];
      const sentence =
        table === 'journal'
          ? new RegExp(
              `^(journal: row ${seq} is missing|\\S+ \\S+: belongs to no journal row \\(seq ${seq}\\))`,
            )
          : new RegExp(`^journal ${seq} \\(.+\\): 1 of the rows it wrote are gone`);
      expect(
        problems.some((problem) => sentence.test(problem)),
        `${table} ${row[0]}: ${problems.join(' | ')}`,
      ).toBe(true);
      count += 1;
    }
  }
  console.log(`${count} removed rows found`);
});

it('finds every added row, whichever command it claims to come from', () => {
  let count = 0;
  const head = copy.rows('journal').length;
  for (const { table, keyLength } of chainedTables) {
    const columns = copy.columns(table);
    const [pattern = []] = copy.rows(table);
    for (const seq of [1, head, head + 1, head + 1000, 0, -1]) {
      const row = pattern.map((value, column) => (column < keyLength ? strange(value) : value));
      row[columns.indexOf('seq')] = seq;
      // Unique columns would refuse a second row of the same number or code.
      for (const name of copy.uniqueColumns(table)) {
        const column = columns.indexOf(name);
        if (column >= keyLength && name !== 'seq') row[column] = strange(row[column] as Cell);
      }
      if (table === 'journal') row[1] = '00000000-0000-7000-8000-000000000000';
      const problems = copy.problemsAfter(() => copy.insert(table, row));
      // A table whose key is the command's number has one row of it already.
      if (problems === undefined) expect([1, head], `${table} ${seq}`).toContain(seq);
      else {
        expect(
          names(problems, table, row.slice(0, keyLength)),
          `${table} ${seq}: ${problems.join(' | ')}`,
        ).toBe(true);
        count += 1;
      }
    }
  }
  console.log(`${count} added rows found`);
  expect(count).toBeGreaterThan(100);
});

function strange(value: Cell): Cell {
  return typeof value === 'number' ? value + 7000 : `${value}-7`;
}

it('finds two rows that changed places', () => {
  let count = 0;
  for (const { table, keyLength } of chainedTables) {
    const rows = copy.rows(table);
    for (const first of tried(rows)) {
      const second = rows[rows.indexOf(first) + 1];
      if (!second) continue;
      const swapped = [
        [...first.slice(0, keyLength), ...second.slice(keyLength)],
        [...second.slice(0, keyLength), ...first.slice(keyLength)],
      ];
      if (JSON.stringify(swapped) === JSON.stringify([first, second])) continue;
      const problems = copy.problemsAfter(() => {
        for (const row of [first, second]) copy.remove(table, row);
        for (const row of swapped) copy.insert(table, row);
      });
      for (const row of swapped) {
        expect(
          names(problems ?? [], table, row.slice(0, keyLength)),
          `${table} ${row[0]}: ${problems?.join(' | ')}`,
        ).toBe(true);
      }
      count += 1;
    }
  }
  console.log(`${count} pairs of rows found`);
  expect(count).toBeGreaterThan(100);
});

it('finds an emptied table by every command that wrote to it', () => {
  for (const { table } of chainedTables.slice(1)) {
    const seqs = new Set(copy.rows(table).map((row) => row[copy.columns(table).indexOf('seq')]));
    const problems = copy.problemsAfter(() => copy.db.exec(`DELETE FROM "${table}"`)) ?? [];
    for (const seq of seqs) {
      expect(
        problems.some((problem) => problem.startsWith(`journal ${seq} (`)),
        `${table}, command ${seq}`,
      ).toBe(true);
    }
  }
  const problems = copy.problemsAfter(() => copy.db.exec('DELETE FROM journal')) ?? [];
  // As many as a list of problems holds, all but the one of the missing triggers.
  const strays = problems.filter((problem) => problem.includes('belongs to no journal row'));
  expect(strays).toHaveLength(problems.length - 1);
  expect(strays.length).toBeGreaterThan(50);
});

it('cannot tell by itself that the end was cut off whole, but the hash of the head can', () => {
  const before = verifyBooks(copy.db);
  copy.db.exec('BEGIN');
  const last = copy.rows('journal').length;
  for (const { table } of chainedTables) {
    if (table !== 'account') copy.db.prepare(`DELETE FROM "${table}" WHERE seq = ?`).run(last);
  }
  copy.db.exec(`UPDATE account SET
    debits = (SELECT coalesce(sum(amount), 0) FROM transfer WHERE debit = account.id),
    credits = (SELECT coalesce(sum(amount), 0) FROM transfer WHERE credit = account.id)`);
  const after = verifyBooks(copy.db);
  copy.db.exec('ROLLBACK');
  expect(after.problems).toEqual(before.problems);
  expect(after.seq).toBe(before.seq - 1);
  expect(after.head).not.toBe(before.head);
});
