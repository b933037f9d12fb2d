/**
 * Proves that an acknowledged command survives the death of its process: a real till process sells and prints each
 * answer, and is killed by SIGKILL at random moments, also while it opens the books. Its next life sends again what
 * was never answered and asks for what was. In the end every answered sale is in the books exactly once with the
 * answer it got, none is there that nobody sent, and the books verify. 200 kills; KILLS=2000 or SOAK=1 for more.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyBooks } from '../../main/engine/backup/take.ts';
import { openCopy } from '../../main/engine/store/open.ts';
import { verifyCopy } from '../../main/engine/verify/verify.ts';
import { authSignIn } from '../../shared/contract/people.ts';
import { startEngine, temporaryFolder } from '../support/engine.ts';
import { seed } from '../support/seed.ts';
import type { Orders } from '../support/selling-child.ts';
import { openShop, PINS } from '../support/shop.ts';

const KILLS = Number(process.env.KILLS || (process.env.SOAK === '1' ? 2000 : 200));
/**
 * A kill comes so long after the till has said so many lines, of which a sale has two: on any machine some kills hit
 * the opening of the books (no lines yet), most a sale, and lives have several sales.
 */
const kill = fc.oneof(
  { weight: 1, arbitrary: fc.record({ lines: fc.constant(0), afterMs: fc.integer({ min: 0, max: 100 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      lines: fc.integer({ min: 1, max: 14 }),
      afterMs: fc.integer({ min: 0, max: 15 }),
    }),
  },
);
const CHILD = fileURLToPath(new URL('../support/selling-child.ts', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url));

let dir: string;
let shop: { session: string; shift: number; product: number };
let salesBefore: number;

beforeAll(async () => {
  dir = temporaryFolder('titipan-kill');
  const engine = await startEngine({ dir });
  const { shift, product, cashier } = await openShop(engine);
  const { token } = await cashier.must(authSignIn, { username: 'siti', pin: PINS.cashier });
  shop = { session: token, shift, product };
  salesBefore = engine.engine.journal.head().seq;
  await engine.stop();
});

let waiting: ReturnType<typeof readyChild> | undefined;

afterAll(() => {
  waiting?.child.kill('SIGKILL');
  rmSync(dir, { recursive: true });
});

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** A till that has loaded its code and waits for its orders, so that a kill hits its work and not the loading. */
function readyChild() {
  const child: Child = spawn(process.execPath, [CHILD], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: CACHE },
  });
  const lines: string[] = [];
  const waiters: { count: number; resolve: () => void }[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    tellWaiters();
  });
  function tellWaiters(): void {
    for (const { count, resolve } of waiters) if (lines.length >= count) resolve();
  }
  function saidLines(count: number): Promise<void> {
    return new Promise((resolve) => {
      waiters.push({ count, resolve });
      tellWaiters();
    });
  }
  // A killed child no longer reads.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  return { child, lines, ended, saidLines };
}

interface Told {
  answers: Map<string, string>;
  known: Map<string, string>;
  unanswered: { id: string; pieces: number } | undefined;
}

function readLines(lines: readonly string[], before: Told['unanswered']): Told {
  const told: Told = { answers: new Map(), known: new Map(), unanswered: before };
  for (const line of lines) {
    const [what, id = '', ...rest] = line.split(' ');
    const text = rest.join(' ');
    if (what === 'S') told.unanswered = { id, pieces: Number(text) };
    if (what === 'K') told.known.set(id, text);
    if (what === 'A') {
      told.answers.set(id, text);
      told.unanswered = undefined;
    }
  }
  return told;
}

function valueIn(answer: string | undefined): unknown {
  return (JSON.parse(answer ?? 'null') as { outcome?: string; value?: unknown } | null)?.value;
}

it(`loses and doubles nothing over ${KILLS} kills`, { timeout: 60_000 + KILLS * 3_000 }, async () => {
  const kills = fc.sample(kill, { seed, numRuns: KILLS });
  const answers = new Map<string, string>();
  let unanswered: Told['unanswered'];
  let lately: string[] = [];
  let resent = 0;
  waiting = readyChild();

  for (const next of [...kills, undefined]) {
    const { child, ended, ...till }: ReturnType<typeof readyChild> = waiting;
    await till.saidLines(1);
    const orders: Orders = { dir, ...shop, unanswered, answered: lately, sales: next ? undefined : 5 };
    child.stdin.end(JSON.stringify(orders));
    if (next) {
      waiting = readyChild();
      // A till that cannot even open its books ends before it sells, and fails below.
      await Promise.race([till.saidLines(1 + next.lines), ended]);
      await new Promise((resolve) => setTimeout(resolve, next.afterMs));
      child.kill('SIGKILL');
    }
    expect(await ended).toEqual(next ? [null, 'SIGKILL'] : [0, null]);
    const told = readLines(till.lines, unanswered);
    if (unanswered && told.answers.has(unanswered.id)) resent += 1;
    for (const [id, outcome] of told.known) {
      expect(JSON.parse(outcome), id).toEqual({
        known: true,
        outcome: 'ok',
        value: valueIn(answers.get(id)),
      });
    }
    for (const [id, answer] of told.answers) {
      expect(JSON.parse(answer), id).toMatchObject({ outcome: 'ok' });
      answers.set(id, answer);
    }
    ({ unanswered } = told);
    // What was answered this time is asked for in the next life; a life too short to ask leaves it to the end.
    if (told.answers.size > 0) lately = [...told.answers.keys()].slice(-20);
  }

  expect(unanswered).toBeUndefined();
  const { sales, journal, problems } = await finalBooks();
  console.log(`${KILLS} kills: ${answers.size} sales answered, ${resent} of them sent again after a kill`);
  expect(problems).toEqual([]);
  expect(journal).toHaveLength(answers.size);
  expect(sales).toBe(answers.size);
  for (const { id, outcome } of journal) {
    expect((JSON.parse(outcome) as { ok: unknown }).ok, id).toEqual(valueIn(answers.get(id)));
  }
  // Kills that all came before the first sale or between two of them would prove little.
  expect(answers.size).toBeGreaterThan(KILLS);
  expect(resent).toBeGreaterThan(0);
});

/** The books after the last life, read and verified by nobody who had a part in writing them. */
async function finalBooks() {
  const engine = await startEngine({ dir });
  const file = join(dir, 'copy.db');
  await copyBooks(engine.engine.books, file);
  await engine.stop();
  const { problems } = verifyCopy(file);
  const copy = openCopy(file);
  const journal = copy.prepare('SELECT id, outcome FROM journal WHERE seq > ?').all(salesBefore) as {
    id: string;
    outcome: string;
  }[];
  const sales = copy.prepare('SELECT count(*) FROM sale').pluck().get() as number;
  copy.close();
  return { problems, journal, sales };
}
