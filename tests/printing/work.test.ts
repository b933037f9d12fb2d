/**
 * Proves that a wake of the queue is the same work however many jobs were printed, failed or wait: no statement looks
 * at more rows than it needs, and no more statements are run. So fifty receipts for a printer that never answers do not
 * make a sale wait.
 */
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { JOB_STATEMENTS } from '../../main/engine/printing/jobs.ts';
import type { Send } from '../../main/engine/printing/printer.ts';
import { Room } from './room.ts';
import { rest, scratchFolder, until } from './setup.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

/** Rows that are over, and rows of each state that is not, a hundred printers wide at most. */
function fill(db: Database.Database, rows: { printed: number; open: number; printers: number }): void {
  const { printed, open, printers } = rows;
  const insert = db.prepare(
    `INSERT INTO print_job (wish_seq, wish_n, printer, state, attempts, not_before, not_after, problem, updated_at)
     VALUES (?, 1, ?, ?, 1, 0, ?, ?, 0)`,
  );
  const FAR = 9_000_000_000_000;
  db.transaction(() => {
    for (let seq = 1; seq <= printed; seq += 1) {
      insert.run(seq, 1 + (seq % printers), seq % 10 === 0 ? 'dismissed' : 'sent', 0, null);
    }
    const states = ['failed', 'failed', 'unconfirmed', 'queued', 'retry'];
    for (let seq = printed + 1; seq <= printed + open; seq += 1) {
      insert.run(seq, 1 + (seq % printers), states[seq % states.length], FAR, null);
    }
  })();
}

it('every statement finds its rows by an index, with nothing to sort, among 100.000', () => {
  const room = new Room(folder.path);
  fill(room.db, { printed: 99_000, open: 1_000, printers: 2 });
  for (const [name, sql] of Object.entries(JOB_STATEMENTS)) {
    if (name === 'insert') continue;
    const plan = room.db.prepare(`EXPLAIN QUERY PLAN ${sql.replace(/\+?[?@]\w*/g, '+1')}`).all();
    expect(plan, name).toEqual([{ ...(plan[0] as object), detail: expect.stringMatching(FEW_ROWS) }]);
  }
  room.db.close();
});
/** By a key, or along an index of which the first row is enough or which holds just what is under way. */
const FEW_ROWS =
  /^(SEARCH print_job USING (COVERING )?INDEX \w+ \(|SCAN print_job USING (COVERING )?INDEX print_job_(late|sending)$)/;

it.each([
  { open: 30, printed: 100 },
  { open: 1_000, printed: 20_000 },
])('a wake with $open open jobs runs as few statements as with one', async (rows) => {
  const few = await statementsOfWake({ open: 10, printed: 1 });
  expect(await statementsOfWake(rows)).toEqual(few);
});

/** What a sale's wake runs while the printer at which everything waits does not answer, and how often screens are told. */
async function statementsOfWake(rows: { open: number; printed: number }): Promise<unknown> {
  const room = new Room(folder.path);
  fill(room.db, { ...rows, printers: 1 });
  room.db.close();
  const statements = new Map<string, number>();
  room.db = new Database(room.path, {
    verbose: (text) => {
      const name = String(text).replace(/[\d.]+/g, '0');
      statements.set(name, (statements.get(name) ?? 0) + 1);
    },
  });
  let tries = 0;
  const send: Send = async () => {
    tries += 1;
    return { outcome: 'failed', problem: 'no-answer' };
  };
  room.addresses.set(1, { via: 'tcp', host: '127.0.0.1', port: 9, closesAfterJob: true });
  let told = 0;
  const limits = { retryWaitsMs: [30_000] };
  const queue = room.open({ send, limits, onChange: () => (told += 1) });
  queue.wake();
  await until(() => tries === 1, 'the first try');
  await rest(20);
  statements.clear();
  told = 0;
  room.add(1_000_000);
  queue.wake();
  await until(() => tries === 2, 'a try because of a new wish');
  await rest(20);
  queue.wake();
  await rest(20);
  await room.close();
  return { tries, told, statements: [...statements].sort() };
}
