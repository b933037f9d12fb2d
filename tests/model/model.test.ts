/**
 * Proves that money and goods are where a second bookkeeper says, whatever a shop does: random histories go through the
 * real engine on disk and through model.ts, which shares no code with it, and after every command every account of both
 * is compared. After each history the books are added up a third time in SQL and verify, and some are replayed. Every
 * command and every "no" of the contract is reached and counted. A history that fails shrinks to few steps; SEED= gives
 * it again, CASES= says how many, SOAK=1 makes 10.000 of 50.
 */
import { readFileSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { contract } from '../../shared/contract/index.ts';
import { rejectionNames } from '../../shared/contract/rejections.ts';
import { brokenRules } from '../support/independent-books.ts';
import { seed } from '../support/seed.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { Dice } from './dice.ts';
import { lookAround } from './look-around.ts';
import { provocations } from './provocations.ts';
import { takeStep } from './steps.ts';
import { counts } from './two-books.ts';
import { copyOf, openWorld, type World } from './world.ts';

const isSoak = process.env.SOAK === '1';
const HISTORIES = Number(process.env.CASES || (isSoak ? 10_000 : 300));
const STEPS = isSoak ? 50 : 30;
/** One history in so many is replayed as well. */
const REPLAYED = 15;
/** After so long a failing history is told as far as it has shrunk. */
const LONGEST_MS = isSoak ? 6 * 3_600_000 : 10 * 60_000;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => rmSync(world.dir, { recursive: true, force: true }));

/** All that the model is made of besides itself: its sums, the shape of its data (types alone), and exact rounding. */
const MODEL_PARTS = ['./arithmetic.ts', './data.ts', '../support/exact.ts'];

let histories = 0;

/** No till sends these: a step that is told so would prove nothing. */
const NEVER_SAID = / (bad-input|no-session|unknown-name|setup-needed)$/;

async function live(steps: readonly (readonly number[] | null)[]): Promise<void> {
  const { books, close } = await copyOf(world);
  try {
    for (const faces of steps) if (faces) await takeStep({ books, dice: new Dice(faces) });
    await books.runsEnded();
    expect(books.log.filter((line) => NEVER_SAID.test(line))).toEqual([]);
    await lookAround(books);
    expect(brokenRules(books.engine.engine.books)).toEqual([]);
    histories += 1;
    if (histories % REPLAYED === 0) await expectWholeBooks(books.engine);
    else expect(verifyBooks(books.engine.engine.books).problems).toEqual([]);
  } catch (error) {
    // Of a history that shrinks this is told of the last, the shortest.
    throw new Error(`${error instanceof Error ? error.message : error}\nafter\n${books.log.join('\n')}`);
  } finally {
    await close();
  }
}

/** A step is a row of numbers; null is a step that shrinking has taken out. */
const faces = fc.noBias(fc.array(fc.nat(999_983), { minLength: 24, maxLength: 24 }));
const step = fc.option(faces, { nil: null, freq: 1_000_000 });

it(`agrees with the model through ${HISTORIES} histories of ${STEPS} steps`, {
  timeout: LONGEST_MS + 60_000,
}, async () => {
  const started = performance.now();
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), live), {
    seed,
    numRuns: HISTORIES,
    interruptAfterTimeLimit: LONGEST_MS,
  });
  console.log(
    `SEED=${seed} ${histories} histories of ${STEPS} steps in ${Math.round((performance.now() - started) / 1000)} s`,
  );
});

it('is told every "no" by name, in a situation that is one', { timeout: 120_000 }, async () => {
  const { books, close } = await copyOf(world);
  try {
    for (const [name, provoke] of provocations) {
      const answer = await provoke(books);
      expect(answer, name).toMatchObject({ outcome: 'rejected', name });
    }
    await books.runsEnded();
    expect(brokenRules(books.engine.engine.books)).toEqual([]);
    await expectWholeBooks(books.engine);
  } finally {
    await close();
  }
});

/** So few histories are for finding a failure again; luck may leave a command out of them. */
const ENOUGH_HISTORIES = 100;

it('has done every command and said every "no" of the contract', () => {
  const commands = [...contract.values()].filter(({ kind }) => kind === 'command').map(({ name }) => name);
  console.log(`done\n${table(commands, counts.done)}\nsaid\n${table(rejectionNames, counts.said)}`);
  const missing = (names: readonly string[], map: Map<string, number>) =>
    names.filter((name) => !map.has(name));
  expect(missing(rejectionNames, counts.said)).toEqual([]);
  if (histories >= ENOUGH_HISTORIES) expect(missing(commands, counts.done)).toEqual([]);
});

function table(names: readonly string[], map: Map<string, number>): string {
  const rows = [...names].sort().map((name) => `${String(map.get(name) ?? 0).padStart(7)}  ${name}`);
  return rows.join('\n');
}

it('has a model of at most 200 lines that shares no code with the program', () => {
  const model = new URL('./model.ts', import.meta.url);
  for (const file of [model, ...MODEL_PARTS.map((name) => new URL(name, import.meta.url))]) {
    const imported = [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)];
    for (const [, from] of imported) expect(MODEL_PARTS, `${file.pathname} imports ${from}`).toContain(from);
  }
  expect(readFileSync(model, 'utf8').split('\n').length - 1).toBeLessThanOrEqual(200);
});
