/**
 * Proves that a run survives whatever happens to its engine: killed by SIGKILL at random moments of three runs over 200
 * vendors it goes on at the next start, and in the end every vendor is prepared, approved and paid exactly once, by
 * parts that follow one another without a gap. Stopped in the middle it ends at once and goes on later. A full disk or
 * a clock in doubt makes it wait, and it goes on by itself.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { partCommandId } from '../../main/engine/runs.ts';
import { liveRun } from '../../main/engine/store/runs.ts';
import { clockConfirm } from '../../shared/contract/center.ts';
import { authSignIn } from '../../shared/contract/people.ts';
import { runGet, runStart } from '../../shared/contract/run.ts';
import { vendorCreate } from '../../shared/contract/vendor.ts';
import { adjustmentPost } from '../../shared/contract/vendor-money.ts';
import { startEngine, type TestEngine, temporaryFolder } from '../support/engine.ts';
import { endOfRun } from '../support/full-shop-runs.ts';
import { brokenSettlements } from '../support/independent-settlements.ts';
import type { RunOrders } from '../support/running-child.ts';
import { seed } from '../support/seed.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';
import { owed } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

const CHILD = fileURLToPath(new URL('../support/running-child.ts', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url));
const VENDORS = 200;
/** The life after so many kills is left to live until all is done. */
const MOST_KILLS = process.env.SOAK === '1' ? 500 : 60;
const DAY_MS = 24 * 60 * 60 * 1000;

let running: TestEngine | undefined;
let disk: SmallDisk | undefined;
let child: Child | undefined;

afterEach(async () => {
  child?.kill('SIGKILL');
  await running?.stop().catch(() => undefined);
  disk?.unmount();
  [running, disk, child] = [undefined, undefined, undefined];
});

/** Vendors with a bank account each, who are owed 1.000, 2.000, 3.000 …; written without waiting for the disk. */
async function owedVendors({ manager }: Shop, engine: TestEngine, count: number): Promise<void> {
  const { books } = engine.engine;
  books.pragma('synchronous = OFF');
  for (let n = 1; n <= count; n += 1) {
    const person = { bankCode: '014', bankAccount: `00${n}` };
    const { vendor } = await manager.must(vendorCreate, { code: `R${n}`, name: `Penitip ${n}`, person });
    await manager.must(adjustmentPost, { vendor, amountRupiah: n * 1000, memo: 'saldo awal' });
  }
  books.pragma('synchronous = FULL');
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** A life of the engine; it is killed so long after it has said so many lines, or lives until all is done. */
async function live(orders: RunOrders, kill: { lines: number; afterMs: number } | undefined) {
  const env = { ...process.env, NODE_COMPILE_CACHE: CACHE };
  const started: Child = spawn(process.execPath, [CHILD], { stdio: ['pipe', 'pipe', 'inherit'], env });
  child = started;
  started.stdin.on('error', () => undefined);
  const ended = once(started, 'close') as Promise<[number | null, string | null]>;
  let text = '';
  let killing: NodeJS.Timeout | undefined;
  started.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const lines = text.split('\n').length - 1;
    // The first line says that its code is loaded.
    if (!kill || killing || lines <= kill.lines) return;
    killing = setTimeout(() => started.kill('SIGKILL'), kill.afterMs);
  });
  started.stdin.end(JSON.stringify(orders));
  const [code, signal] = await ended;
  clearTimeout(killing);
  return { code, signal, lines: text.trim().split('\n') };
}

const kill = fc.record({ lines: fc.integer({ min: 0, max: 3 }), afterMs: fc.integer({ min: 0, max: 12 }) });

it('goes on after every kill, and settles each vendor once', async () => {
  const dir = temporaryFolder('titipan-runs');
  running = await startEngine({ dir });
  const shop = await openShop(running);
  await owedVendors(shop, running, VENDORS);
  const tokens = {
    approve: (await shop.admin.must(authSignIn, { username: 'ratna', pin: PINS.admin })).token,
    'pay-bank': (await shop.manager.must(authSignIn, { username: 'budi', pin: PINS.manager })).token,
  };
  await shop.manager.must(runStart, { kind: 'prepare' });
  await running.stop();

  const lives = fc.sample(kill, { seed, numRuns: MOST_KILLS });
  let kills = 0;
  for (let isDone = false; !isDone; ) {
    const ended = await live({ dir, sessions: tokens }, lives[kills]);
    isDone = ended.lines.includes('D');
    if (!isDone) expect([ended.code, ended.signal]).toEqual([null, 'SIGKILL']);
    kills += isDone ? 0 : 1;
  }

  running = await startEngine({ dir });
  const { books } = running.engine;
  const rows = (sql: string) => books.prepare(sql).raw().all() as unknown[][];
  const total = (1000 * VENDORS * (VENDORS + 1)) / 2;
  expect(
    rows('SELECT kind, sum(done), sum(amount) FROM run JOIN run_part ON run = run.seq GROUP BY kind'),
  ).toEqual([
    ['approve', VENDORS, total],
    ['pay-bank', VENDORS, total],
    ['prepare', VENDORS, total],
  ]);
  const once = 'count(*), count(DISTINCT vendor)';
  expect(rows(`SELECT ${once} FROM settlement`)).toEqual([[VENDORS, VENDORS]]);
  expect(rows(`SELECT state, ${once} FROM settlement_now GROUP BY state`)).toEqual([
    ['paid', VENDORS, VENDORS],
  ]);
  expect([owed(running, 'bank'), owed(running, 'clearing')]).toEqual([total, 0]);
  expect(rows("SELECT sum(credits - debits) FROM account WHERE code IN ('vendor', 'payout-due')")).toEqual([
    [0],
  ]);
  // Each part is one command under its own id, and none is missing between two others.
  const parts =
    rows(`SELECT run, part, journal.id, began.id, began.at, journal.actor = began.actor, journal.device
    FROM run_part JOIN journal ON journal.seq = run_part.seq JOIN journal AS began ON began.seq = run ORDER BY 1, 2`);
  let [run, last] = [0, 0];
  for (const [ofRun, part, id, beganId, at, isSamePerson, device] of parts as [
    number,
    number,
    string,
    string,
    number,
    1,
    string,
  ][]) {
    last = ofRun === run ? last + 1 : 1;
    run = ofRun;
    expect([part, id, isSamePerson, device]).toEqual([
      last,
      partCommandId({ id: beganId, at }, part),
      1,
      'engine',
    ]);
  }
  expect(rows("SELECT count(*) FROM journal WHERE name = 'run.part'")).toEqual([[parts.length]]);
  expect(brokenSettlements(books)).toEqual([]);
  await expectWholeBooks(running);
  expect(kills).toBeGreaterThan(5);
  console.log(`3 runs over ${VENDORS} vendors in ${parts.length} parts, ${kills} kills`);
});

it('begins no further part once the engine is told to stop, and goes on at the next start', async () => {
  const dir = temporaryFolder('titipan-runs');
  running = await startEngine({ dir });
  const shop = await openShop(running);
  await owedVendors(shop, running, 120);
  const { run } = await shop.manager.must(runStart, { kind: 'prepare' });
  await new Promise((resolve) => setImmediate(resolve));
  const before = performance.now();
  await running.stop();
  expect(performance.now() - before).toBeLessThan(2_000);
  running = await startEngine({ dir });
  const stoppedAt = liveRun(running.engine.sql);
  expect(stoppedAt).toMatchObject({ seq: run, part: 1 });
  const manager = running.client('office');
  await signIn(manager, 'budi', PINS.manager);
  expect(await endOfRun(manager, run)).toMatchObject({ state: 'done', done: 120, skipped: 1 });
  await expectWholeBooks(running);
});

it('waits for the clock to be believed, and is gone on with when it is', async () => {
  let now = Date.UTC(2026, 10, 21, 3);
  running = await startEngine({ now: () => now });
  const shop = await openShop(running);
  await owedVendors(shop, running, 30);
  const { run } = await shop.manager.must(runStart, { kind: 'prepare' });
  now += 4 * DAY_MS;
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(liveRun(running.engine.sql)).toMatchObject({ seq: run, part: 0 });
  await signIn(shop.manager, 'budi', PINS.manager);
  await shop.manager.must(clockConfirm, {});
  const deadline = Date.now() + 10_000;
  while (liveRun(running.engine.sql) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await shop.manager.must(runGet, { run })).toMatchObject({ state: 'done', done: 30 });
  await expectWholeBooks(running);
});

it('waits while the disk is full, and goes on when there is room', async (context) => {
  disk = mountSmallDisk(16 * 1024 * 1024);
  if (!disk) return context.skip('no mount');
  const log: string[] = [];
  const logTo = { write: (line: string) => void log.push(line) };
  running = await startEngine({ dir: join(disk.path, 'shop'), logTo });
  const shop = await openShop(running);
  await owedVendors(shop, running, 120);
  running.engine.books.pragma('wal_checkpoint(TRUNCATE)');
  const { run } = await shop.manager.must(runStart, { kind: 'prepare' });
  disk.fill(0);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(liveRun(running.engine.sql)).toMatchObject({ seq: run, part: 0 });
  // One try, told once; the next one comes after a second.
  expect(log.filter((line) => line.includes('"no":"disk-full"'))).toHaveLength(1);
  disk.empty();
  const deadline = Date.now() + 20_000;
  while (liveRun(running.engine.sql) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await shop.manager.must(runGet, { run })).toMatchObject({ state: 'done', done: 120, skipped: 1 });
  await expectWholeBooks(running);
});
