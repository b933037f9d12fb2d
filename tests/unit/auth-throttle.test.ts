/**
 * Proves how guessing is slowed: the exact waits, per user and per device, over restarts and clock changes; that a
 * right PIN ends the waiting, and that no clever order of guesses gets more than 300-second steps in the long run.
 */
import type { Database } from 'better-sqlite3';
import { expect, it } from 'vitest';
import {
  type Guesser,
  guessWasNotMade,
  guessWasRight,
  LONGEST_WAIT_MS,
  takeGuess,
  throttleWaitMs,
  waitAfterWrongMs,
} from '../../main/engine/auth/throttle.ts';
import { inFolder, openDatabase, seededRandom } from './seal-support.ts';

const START = Date.UTC(2025, 10, 21, 3);
const HOUR_MS = 3_600_000;
const SITI: Guesser = { user: 7, device: 'till 1' };

function withDatabase(work: (db: Database, dir: string) => void): Promise<void> {
  return inFolder((dir) => {
    const db = openDatabase(dir);
    work(db, dir);
    db.close();
  });
}

/** Guesses wrongly at once whenever it is allowed; answers the waits between. */
function guessWrongly(
  db: Database,
  guesser: Guesser,
  times: number,
  start = START,
): { waits: number[]; at: number } {
  const waits: number[] = [];
  let at = start;
  for (let number = 0; number < times; number += 1) {
    const waitMs = takeGuess(db, guesser, at);
    if (waitMs > 0) {
      expect(takeGuess(db, guesser, at + waitMs - 1)).toBe(1);
      at += waitMs;
      expect(takeGuess(db, guesser, at)).toBe(0);
    }
    waits.push(waitMs);
  }
  return { waits, at };
}

it('lets 4 wrong guesses go free, then waits 2, 4, 8 … 300 seconds, and never longer', () =>
  withDatabase((db) => {
    const { waits } = guessWrongly(db, SITI, 18);
    const seconds = [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300, 300];
    expect(waits).toEqual(seconds.map((wait) => wait * 1000));
    expect(waitAfterWrongMs(4)).toBe(0);
    expect(waitAfterWrongMs(5)).toBe(2000);
    expect(waitAfterWrongMs(1000)).toBe(LONGEST_WAIT_MS);
  }));

it('follows the user to another device, and the device to another user, also one that does not exist', () =>
  withDatabase((db) => {
    guessWrongly(db, SITI, 5);
    expect(throttleWaitMs(db, SITI, START)).toBe(2000);
    expect(throttleWaitMs(db, { user: 7, device: 'till 2' }, START)).toBe(2000);
    expect(throttleWaitMs(db, { user: 8, device: 'till 1' }, START)).toBe(2000);
    expect(throttleWaitMs(db, { device: 'till 1' }, START)).toBe(2000);
    expect(throttleWaitMs(db, { user: 8, device: 'till 2' }, START)).toBe(0);
    const nobody = { device: 'till 3' };
    expect(guessWrongly(db, nobody, 6).waits.at(-1)).toBe(2000);
  }));

it('does not count a guess that had to wait, and remembers over a restart', () =>
  withDatabase((db, dir) => {
    const { at } = guessWrongly(db, SITI, 9);
    expect(takeGuess(db, SITI, at)).toBe(32_000);
    for (let number = 0; number < 50; number += 1) takeGuess(db, SITI, at + number);
    db.close();
    const again = openDatabase(dir);
    expect(takeGuess(again, SITI, at + 12_000)).toBe(20_000);
    again.close();
  }));

it('counts before it checks: of many guesses at once only the free ones go through', () =>
  withDatabase((db) => {
    const answers = Array.from({ length: 20 }, () => takeGuess(db, SITI, START));
    expect(answers.filter((waitMs) => waitMs === 0)).toHaveLength(5);
  }));

it('a right guess clears the user, and leaves the device exactly as it was before', () =>
  withDatabase((db) => {
    const { at } = guessWrongly(db, SITI, 8);
    const allowed = at + 16_000;
    expect(takeGuess(db, SITI, allowed)).toBe(0);
    guessWasRight(db, SITI);
    expect(throttleWaitMs(db, SITI, allowed)).toBe(0);
    expect(throttleWaitMs(db, { user: 7, device: 'till 2' }, allowed)).toBe(0);
    // The user starts from nothing elsewhere …
    expect(guessWrongly(db, { user: 7, device: 'till 2' }, 5, allowed).waits).toEqual([0, 0, 0, 0, 0]);
    // … the device goes on where it was: the ninth wrong guess makes it wait 32 seconds.
    expect(takeGuess(db, { user: 8, device: 'till 1' }, allowed)).toBe(0);
    expect(throttleWaitMs(db, { user: 8, device: 'till 1' }, allowed)).toBe(32_000);
  }));

it('a guess that was not made counts for nobody', () =>
  withDatabase((db) => {
    for (let number = 0; number < 30; number += 1) {
      expect(takeGuess(db, SITI, START + number)).toBe(0);
      guessWasNotMade(db, SITI);
    }
    expect(guessWrongly(db, SITI, 5, START + 30).waits).toEqual([0, 0, 0, 0, 0]);
  }));

it('forgets in quiet time, one count in 300 seconds, and then the row', () =>
  withDatabase((db) => {
    const { at } = guessWrongly(db, SITI, 8);
    const later = at + 3 * 300_000;
    expect(takeGuess(db, SITI, later)).toBe(0);
    expect(throttleWaitMs(db, SITI, later)).toBe(waitAfterWrongMs(6));
    takeGuess(db, { user: 9, device: 'till 9' }, later + 2 * HOUR_MS);
    expect(db.prepare('SELECT count(*) FROM throttle').pluck().get()).toBe(2);
  }));

it('is never permanent, whatever the clock does', () =>
  withDatabase((db) => {
    const year = 365 * 24 * HOUR_MS;
    guessWrongly(db, SITI, 15, START + year);
    expect(throttleWaitMs(db, SITI, START)).toBe(LONGEST_WAIT_MS);
    expect(takeGuess(db, SITI, START)).toBe(LONGEST_WAIT_MS);
    expect(takeGuess(db, SITI, START + LONGEST_WAIT_MS)).toBe(0);
  }));

it('gives a guesser no more than one guess in 300 seconds in the long run, however he mixes in a PIN of his own', () =>
  withDatabase((db) => {
    db.pragma('synchronous = OFF');
    const random = seededRandom();
    const day = 24 * HOUR_MS;
    let guesses = 0;
    const free = 4 + Math.ceil(Math.log2(300));
    const most = day / 300_000 + free + 1;
    // Bounded by its own figure, so that a throttle that lets everything through fails at once.
    for (let at = START; at < START + day && guesses <= most; ) {
      // The victim's name on one device, and in between any number of right sign-ins with his own.
      const own: Guesser = { user: 66, device: 'till 1' };
      if (random() < 0.5 && takeGuess(db, own, at) === 0) guessWasRight(db, own);
      const waitMs = takeGuess(db, SITI, at);
      if (waitMs === 0) guesses += 1;
      at += waitMs === 0 ? 1 : Math.ceil(waitMs * (random() < 0.5 ? 1 : random() * 2));
    }
    expect(guesses).toBeLessThanOrEqual(most);
    expect(guesses).toBeGreaterThan(100);
  }));

it('own sign-ins do not wash a device clean', () =>
  withDatabase((db) => {
    db.pragma('synchronous = OFF');
    const own: Guesser = { user: 66, device: 'till 1' };
    let at = guessWrongly(db, { device: 'till 1' }, 13).at + LONGEST_WAIT_MS;
    for (let number = 0; number < 200; number += 1) {
      at += 1;
      expect(takeGuess(db, own, at)).toBe(0);
      guessWasRight(db, own);
    }
    expect(takeGuess(db, { device: 'till 1' }, at)).toBe(0);
    expect(throttleWaitMs(db, { device: 'till 1' }, at)).toBe(LONGEST_WAIT_MS);
  }));
