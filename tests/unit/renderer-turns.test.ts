/**
 * Proves that lines come in the order of scans however late and in whatever order the answers come, that keys pressed
 * meanwhile wait for them, that an unknown code stops the keys but not the scans, and that a dialog holds all of it.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTurns, SLOW_MS, type Turns } from '../../renderer/features/sell/turns.ts';
import { PROPERTY_TIMEOUT_MS, seeded } from '../support/seed.ts';

let held: boolean;
let slow: number[];
let done: string[];
let turns: Turns;

beforeEach(() => {
  vi.useFakeTimers();
  held = false;
  slow = [];
  done = [];
  turns = createTurns(
    () => held,
    (awaited) => slow.push(awaited),
  );
});
afterEach(() => {
  vi.useRealTimers();
});

/** A question that is answered when the test says so. */
function question(name: string, use: () => void = () => {}): () => Promise<void> {
  let answer: (value: string) => void = () => {};
  turns.ask(
    () =>
      new Promise<string>((resolve) => {
        answer = resolve;
      }),
    (value) => {
      done.push(value);
      use();
    },
  );
  return async () => {
    answer(name);
    await vi.advanceTimersByTimeAsync(0);
  };
}

const key = (name: string) => turns.key(() => done.push(name));

it('a key pressed while nothing is awaited acts at once', () => {
  key('F8');
  expect(done).toEqual(['F8']);
  expect(turns.waiting()).toBe(false);
});

it('whoever scans and pays in one go pays for the last piece', async () => {
  const answer = question('scan');
  key('F8');
  expect(done).toEqual([]);
  expect(turns.waiting()).toBe(true);
  await answer();
  expect(done).toEqual(['scan', 'F8']);
});

it('answers are used in the order of asking, keys between them in theirs, whatever comes first', {
  timeout: PROPERTY_TIMEOUT_MS,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }).chain((kinds) =>
        fc.record({
          kinds: fc.constant(kinds),
          order: fc.shuffledSubarray([...kinds.keys()], { minLength: kinds.length }),
        }),
      ),
      async ({ kinds, order }) => {
        done = [];
        turns = createTurns(
          () => false,
          () => {},
        );
        const answers = kinds.map((isScan, index) => (isScan ? question(String(index)) : key(String(index))));
        for (const index of order) await answers[index]?.();
        expect(done).toEqual(kinds.map((_, index) => String(index)));
        expect(turns.waiting()).toBe(false);
      },
    ),
    { ...seeded(), numRuns: Math.min(seeded().numRuns ?? 500, 500) },
  );
});

it('an unknown code drops the keys behind it and keeps the scans', async () => {
  const first = question('unknown', () => turns.forgetKeys());
  const second = question('scan');
  key('F8');
  await second();
  await first();
  expect(done).toEqual(['unknown', 'scan']);
});

it('an open dialog holds what comes after it, and nothing is lost', async () => {
  const first = question('opens a dialog', () => {
    held = true;
  });
  const second = question('scan');
  await first();
  await second();
  expect(done).toEqual(['opens a dialog']);
  held = false;
  turns.resume();
  expect(done).toEqual(['opens a dialog', 'scan']);
});

it('a question that breaks lets the others go on, and its error is not swallowed', async () => {
  const broken = new Error('broken');
  const heard: unknown[] = [];
  const hear = (error: unknown) => heard.push(error);
  process.on('unhandledRejection', hear);
  const others = process.listeners('unhandledRejection').filter((listener) => listener !== hear);
  for (const listener of others) process.off('unhandledRejection', listener);
  turns.ask(
    () => Promise.reject(broken),
    () => done.push('never'),
  );
  key('F8');
  await vi.advanceTimersByTimeAsync(0);
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off('unhandledRejection', hear);
  for (const listener of others) process.on('unhandledRejection', listener);
  expect(done).toEqual(['F8']);
  expect(heard).toEqual([broken]);
});

it('tells how many answers are awaited once they are late, and when they are there', async () => {
  const first = question('a');
  const second = question('b');
  await vi.advanceTimersByTimeAsync(SLOW_MS - 1);
  expect(slow).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(slow).toEqual([2]);
  const third = question('c');
  expect(slow).toEqual([2, 3]);
  await second();
  expect(slow).toEqual([2, 3, 2]);
  await first();
  await third();
  expect(slow.at(-1)).toBe(0);
  const quick = question('d');
  await quick();
  await vi.advanceTimersByTimeAsync(SLOW_MS * 2);
  expect(slow.filter((awaited) => awaited === 0)).toHaveLength(1);
  expect(done).toEqual(['a', 'b', 'c', 'd']);
});
