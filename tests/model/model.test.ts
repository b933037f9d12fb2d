/**
 * Proves that money and goods are where a second bookkeeper says, whatever a shop does: random histories go through the
 * real engine on disk and through model.ts, which shares no code with it, and after every command every account of both
 * is compared. After each history the books are added up a third time in SQL and verify, and some are replayed. Every
 * command and every "no" of the contract is reached and counted. A history that fails shrinks to few steps; SEED= gives
 * it again, CASES= says how many, SOAK=1 makes 10.000 of 50.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { brokenRules } from '../support/independent-books.ts';
import { PROPERTY_TIMEOUT_MS, seed } from '../support/seed.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { Dice } from './dice.ts';
import { takeStep } from './steps.ts';
import { counts } from './two-books.ts';
import { copyOf, openWorld, type World } from './world.ts';

const isSoak = process.env.SOAK === '1';
const HISTORIES = Number(process.env.CASES || (isSoak ? 10_000 : 300));
const STEPS = isSoak ? 50 : 30;
/** One history in so many is replayed as well. */
const REPLAYED = 15;
const SHRINK_MS = 90_000;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => {
  const table = (map: Map<string, number>) =>
    [...map]
      .sort()
      .map(([name, times]) => `${name} ${times}`)
      .join(', ');
  console.log(`SEED=${seed} done: ${table(counts.done)}\nsaid: ${table(counts.said)}`);
});

let histories = 0;

async function live(steps: readonly (readonly number[] | null)[]): Promise<void> {
  const { books, close } = await copyOf(world);
  try {
    for (const faces of steps) if (faces) await takeStep({ books, dice: new Dice(faces) });
    await books.runsEnded();
    expect(brokenRules(books.engine.engine.books)).toEqual([]);
    histories += 1;
    if (histories % REPLAYED === 0) await expectWholeBooks(books.engine);
    else expect(verifyBooks(books.engine.engine.books).problems).toEqual([]);
  } finally {
    await close();
  }
}

/** A step is a row of numbers; null is a step that shrinking has taken out. */
const step = fc.option(fc.array(fc.nat(999_983), { minLength: 24, maxLength: 24 }), {
  nil: null,
  freq: 1_000_000,
});

it(`agrees with the model through ${HISTORIES} histories of ${STEPS} steps`, {
  timeout: PROPERTY_TIMEOUT_MS,
}, async () => {
  const started = performance.now();
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), live), {
    seed,
    numRuns: HISTORIES,
    interruptAfterTimeLimit: isSoak ? PROPERTY_TIMEOUT_MS : 10 * SHRINK_MS,
    verbose: 1,
  });
  console.log(`${HISTORIES} histories in ${Math.round((performance.now() - started) / 1000)} s`);
});
