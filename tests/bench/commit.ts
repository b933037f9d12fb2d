import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Statement } from 'better-sqlite3';
import { type Books, openBooks } from '../../main/engine/store/open.ts';
import { historyTableNames } from '../../main/engine/store/tables.ts';
import { temporaryFolder } from '../support/engine.ts';
import { type Figure, figure, percentile } from './figure.ts';
import { type BenchShop, openBenchShop } from './shop.ts';

const SIZES = [10_000, 1_000_000];
const SAMPLES = 2_000;
/** Both files are checkpointed between blocks and outside the clock, as the engine does it in idle time. */
const BLOCK = 100;

/**
 * A cash sale of five lines through the door, beside one transaction that inserts the very same rows by prepared
 * statements: same schema and indexes, same pragmas, no rules and no triggers. Both files have the same size, and
 * sale and floor take turns, so that whatever else the machine does hits both alike.
 */
export async function commitFigures(sizes: readonly number[] = SIZES): Promise<Figure[]> {
  const dir = temporaryFolder('titipan-bench');
  const figures: Figure[] = [];
  const ratios: number[] = [];
  // The clock stands still for the books: a run that takes an hour must not run into the shift's 20 hours.
  const startedAt = Date.now();
  const shop = await openBenchShop(dir, { now: () => startedAt });
  try {
    for (const size of sizes) {
      fillUpTo(shop, size);
      const floorFile = join(dir, 'floor.db');
      rmSync(floorFile, { force: true });
      await shop.running.engine.books.backup(floorFile);
      const measured = measure(shop, openFloor(floorFile));
      const p50 = figure(`commit p50 at ${size} transfers`, measured.sale.p50, 'ms', measured.floor.p50, 2.0);
      const p99 = figure(`commit p99 at ${size} transfers`, measured.sale.p99, 'ms', measured.floor.p99, 1.5);
      figures.push(p50, p99);
      ratios.push(p50.ratio as number);
    }
  } finally {
    await shop.running.stop();
    rmSync(dir, { recursive: true, force: true });
  }
  const [smallest, largest] = [ratios[0] as number, ratios.at(-1) as number];
  if (sizes.length > 1) figures.push(figure('commit growth of the ratio', largest, '×', smallest, 1.15));
  return figures;
}

/** Rings real sales without waiting for the disk until the books hold so many transfers. */
function fillUpTo(shop: BenchShop, transfers: number): void {
  const { books } = shop.running.engine;
  books.pragma('synchronous = OFF');
  let rung = 0;
  while (shop.transfers() < transfers) {
    shop.ring(shop.basket());
    rung += 1;
    if (rung % 5_000 === 0) books.pragma('wal_checkpoint(TRUNCATE)');
  }
  books.pragma('synchronous = FULL');
  books.pragma('wal_checkpoint(TRUNCATE)');
}

interface Floor {
  readonly books: Books;
  insert(rows: readonly [statement: Statement, values: unknown[]][]): void;
  statementFor(table: string): Statement;
}

function openFloor(file: string): Floor {
  const books = openBooks(file);
  for (const name of books.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all()) {
    books.exec(`DROP TRIGGER "${name}"`);
  }
  const begin = books.prepare('BEGIN IMMEDIATE');
  const commit = books.prepare('COMMIT');
  const kept = new Map<string, Statement>();
  return {
    books,
    statementFor(table) {
      const known = kept.get(table);
      if (known) return known;
      const columns = books.pragma(`table_info("${table}")`) as unknown[];
      const made = books.prepare(`INSERT INTO "${table}" VALUES (${columns.map(() => '?').join(', ')})`);
      kept.set(table, made);
      return made;
    },
    insert(rows) {
      begin.run();
      for (const [statement, values] of rows) statement.run(...values);
      commit.run();
    },
  };
}

interface Times {
  readonly p50: number;
  readonly p99: number;
}

function measure(shop: BenchShop, floor: Floor): { sale: Times; floor: Times } {
  const { books } = shop.running.engine;
  const saleMs: number[] = [];
  const floorMs: number[] = [];
  for (let sample = -BLOCK; sample < SAMPLES; sample += 1) {
    const basket = shop.basket();
    const before = performance.now();
    const seq = shop.ring(basket);
    const between = performance.now();
    const rows = rowsOf(books, floor, seq);
    const floorStart = performance.now();
    floor.insert(rows);
    const after = performance.now();
    // The first block warms up both.
    if (sample >= 0) {
      saleMs.push(between - before);
      floorMs.push(after - floorStart);
    }
    if (sample % BLOCK === 0) {
      books.pragma('wal_checkpoint(TRUNCATE)');
      floor.books.pragma('wal_checkpoint(TRUNCATE)');
    }
  }
  floor.books.close();
  const times = (samples: number[]): Times => ({
    p50: percentile(samples, 0.5),
    p99: percentile(samples, 0.99),
  });
  return { sale: times(saleMs), floor: times(floorMs) };
}

/** Every row that the sale wrote, with the floor's statement for its table. */
function rowsOf(books: Books, floor: Floor, seq: number): [Statement, unknown[]][] {
  const rows: [Statement, unknown[]][] = [];
  for (const table of ['journal', ...historyTableNames]) {
    for (const values of kept(books, table).all(seq) as unknown[][])
      rows.push([floor.statementFor(table), values]);
  }
  return rows;
}

const statements = new Map<string, Statement>();

function kept(books: Books, table: string): Statement {
  const known = statements.get(table);
  if (known?.database === books) return known;
  // By key where the key begins with seq; transfers are the last ones, so they are found from the end.
  const made = books
    .prepare(
      table === 'transfer'
        ? 'SELECT * FROM transfer WHERE id > (SELECT max(id) FROM transfer) - 60 AND seq = ?'
        : `SELECT * FROM "${table}" WHERE seq = ?`,
    )
    .raw();
  statements.set(table, made);
  return made;
}
