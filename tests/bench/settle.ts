import { rmSync } from 'node:fs';
import { liveRun } from '../../main/engine/store/runs.ts';
import { centerChange } from '../../shared/contract/center.ts';
import { runGet, runStart } from '../../shared/contract/run.ts';
import { temporaryFolder } from '../support/engine.ts';
import { type Figure, figure, percentile } from './figure.ts';
import { type ManyVendors, openManyVendors } from './many-vendors.ts';
import { fillUpTo } from './sold-lines.ts';

const SIZES = [100_000, 1_000_000];
const SAMPLES = 7;

/** One reading of every line with whose it is: what a shop without settlements would ask to know what it owes. */
const GROUP_BY = `SELECT product.vendor, sum(sale_line.share) FROM sale_line
  JOIN product ON product.id = sale_line.product GROUP BY product.vendor`;
/**
 * The same sums from the vendors' accounts, in the order of an index that holds all they need: what a settlement reads,
 * and so the stricter floor of the two.
 */
const GROUP_BY_ACCOUNT = `SELECT account.owner, sum(transfer.amount) FROM account
  JOIN transfer ON transfer.credit = account.id
  WHERE account.ledger = 0 AND account.code = 'vendor' GROUP BY account.id`;

/**
 * Settles 500 vendors by `run.start` and its parts, until the last one is on disk, beside one GROUP BY over the same
 * lines. The run and its floors take turns; what a run wrote is taken out again before the next one.
 */
export async function settleFigures(sizes: readonly number[] = SIZES): Promise<Figure[]> {
  const dir = temporaryFolder('titipan-bench');
  const shop = await openManyVendors(dir);
  const figures: Figure[] = [];
  const perLine: number[] = [];
  try {
    for (const lines of sizes) {
      fillUpTo(shop.running, shop.products, lines, shop.place);
      const { run, floor, accounts } = await measure(shop, lines);
      const p50 = percentile(run, 0.5);
      figures.push(
        figure(`settle 500 vendors, ${lines} lines`, p50, 'ms', percentile(floor, 0.5), 3),
        figure(`… beside the sums of their accounts`, p50, 'ms', percentile(accounts, 0.5), 3),
      );
      perLine.push((p50 / lines) * 1000);
    }
    figures.push(await approveFigure(shop));
  } finally {
    await shop.running.stop();
    rmSync(dir, { recursive: true, force: true });
  }
  const [smallest, largest] = [perLine[0] as number, perLine.at(-1) as number];
  if (sizes.length > 1)
    figures.push(figure('settle growth of the time per 1000 lines', largest, 'ms', smallest, 1.15));
  return figures;
}

async function measure(shop: ManyVendors, lines: number) {
  const { engine } = shop.running;
  const [floorStatement, accountStatement] = [GROUP_BY, GROUP_BY_ACCOUNT].map((sql) =>
    engine.books.prepare(sql),
  );
  const times = { run: [] as number[], floor: [] as number[], accounts: [] as number[] };
  for (let sample = -1; sample < SAMPLES; sample += 1) {
    const before = performance.now();
    await runToEnd(shop, lines);
    const between = performance.now();
    const sums = floorStatement?.all() as unknown[];
    const later = performance.now();
    accountStatement?.all();
    const after = performance.now();
    if (sums.length !== shop.vendors) throw new Error(`${sums.length} vendors sold anything`);
    // The first one warms up all three.
    if (sample >= 0) {
      times.run.push(between - before);
      times.floor.push(later - between);
      times.accounts.push(after - later);
    }
    takeOut(shop);
  }
  return times;
}

/** Approves what one more run prepares: once, because what an approval posts is not taken out again. Only told. */
async function approveFigure(shop: ManyVendors): Promise<Figure> {
  shop.call(centerChange, { twoPersonSettlement: false });
  const { run } = shop.call(runStart, { kind: 'prepare' });
  await ended(shop);
  const before = performance.now();
  const approving = shop.call(runStart, { kind: 'approve', of: run });
  await ended(shop);
  const tookMs = performance.now() - before;
  const { done } = shop.call(runGet, { run: approving.run });
  if (done !== shop.vendors) throw new Error(`${done} settlements were approved`);
  return figure(`approve ${done} settlements`, tookMs, 'ms', null, null);
}

async function ended({ running: { engine } }: ManyVendors): Promise<void> {
  while (liveRun(engine.sql)) await new Promise((resolve) => setImmediate(resolve));
}

async function runToEnd(shop: ManyVendors, lines: number): Promise<void> {
  const { run } = shop.call(runStart, { kind: 'prepare' });
  await ended(shop);
  const { state, done, amountRupiah } = shop.call(runGet, { run });
  const right = state === 'done' && done === shop.vendors && amountRupiah >= lines * 15_300;
  if (!right) throw new Error(`the run is ${state} with ${done} settlements of ${amountRupiah} rupiah`);
}

/** Everything that a run wrote, so that the next one finds the same books. */
export function takeOut({ running: { engine } }: ManyVendors): void {
  const { books } = engine;
  for (const table of ['settlement_exception', 'settlement', 'run_part', 'run']) {
    const trigger = books
      .prepare('SELECT sql FROM sqlite_schema WHERE name = ?')
      .pluck()
      .get(`${table}_no_delete`) as string;
    books.exec(`DROP TRIGGER ${table}_no_delete; DELETE FROM ${table}; ${trigger}`);
  }
  books.pragma('wal_checkpoint(TRUNCATE)');
}
