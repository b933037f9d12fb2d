import type { Database } from 'better-sqlite3';

/**
 * Slows the guessing of PINs, per user and per device: the first 4 wrong ones are free, then each makes the next
 * wait longer: 2, 4, 8 … at most 300 seconds. Nobody is ever locked out for good. A guess is counted before it is
 * checked, so that neither many at once nor a killed program give guesses for nothing; a right one is taken back.
 * In quiet time a count sinks by 1 every 300 seconds: it is no faster for a guesser than waiting, and a till where
 * many people mistype now and then over the months is not slowed for it.
 */

export const FREE_WRONG_GUESSES = 4;
export const LONGEST_WAIT_MS = 300 * 1000;
/** 2 s doubled up to the longest wait; counting further would only lengthen the way back. */
const MAX_COUNT = FREE_WRONG_GUESSES + Math.ceil(Math.log2(LONGEST_WAIT_MS / 1000));
const SINK_STEP_MS = LONGEST_WAIT_MS;

export interface Guesser {
  /** Absent for a name that no user has: then only the device is slowed. */
  readonly user?: number | undefined;
  readonly device: string;
}

interface Row {
  wrong: number;
  last_wrong_at: number;
}

type Place = readonly [scope: 'user' | 'device', subject: string];

/** How long after the last of `wrong` wrong guesses the next is allowed, in ms. */
export function waitAfterWrongMs(wrong: number): number {
  if (wrong <= FREE_WRONG_GUESSES) return 0;
  return Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (wrong - FREE_WRONG_GUESSES));
}

/** How long `guesser` still has to wait at the moment `at`, in ms; 0 when a guess is allowed. Changes nothing. */
export function throttleWaitMs(db: Database, guesser: Guesser, at: number): number {
  return Math.max(...placesOf(guesser).map((place) => remainingMs(rowAt(db, place), at)));
}

/**
 * Asks for one guess. 0: it is allowed and has been counted as wrong; say `guessWasRight` or `guessWasNotMade`
 * if so. More than 0: not allowed and not counted, come back after so many ms.
 */
export function takeGuess(db: Database, guesser: Guesser, at: number): number {
  return db.transaction(() => {
    const places = placesOf(guesser);
    for (const place of places) bringBackFromFuture(db, place, at);
    const waitMs = throttleWaitMs(db, guesser, at);
    if (waitMs > 0) return waitMs;
    for (const place of places) count(db, place, at);
    db.prepare('DELETE FROM throttle WHERE last_wrong_at <= ?').run(at - MAX_COUNT * SINK_STEP_MS);
    return 0;
  })();
}

/**
 * The guess just taken was right: the user's count starts anew, the device's loses this one guess only. Were the
 * device's cleared as well, a guesser with a PIN of his own could sign in between his guesses at another's.
 */
export function guessWasRight(db: Database, guesser: Guesser): void {
  db.transaction(() => {
    if (guesser.user !== undefined) {
      db.prepare("DELETE FROM throttle WHERE scope = 'user' AND subject = ?").run(String(guesser.user));
    }
    takeBack(db, ['device', guesser.device]);
  })();
}

/** The guess just taken was never checked (too many were waiting): it is not counted against anybody. */
export function guessWasNotMade(db: Database, guesser: Guesser): void {
  db.transaction(() => {
    for (const place of placesOf(guesser)) takeBack(db, place);
  })();
}

function placesOf(guesser: Guesser): Place[] {
  const device: Place = ['device', guesser.device];
  return guesser.user === undefined ? [device] : [device, ['user', String(guesser.user)]];
}

function rowAt(db: Database, place: Place): Row | undefined {
  return db
    .prepare('SELECT wrong, last_wrong_at FROM throttle WHERE scope = ? AND subject = ?')
    .get(...place) as Row | undefined;
}

function remainingMs(row: Row | undefined, at: number): number {
  if (row === undefined) return 0;
  const waitMs = waitAfterWrongMs(row.wrong);
  return Math.min(waitMs, Math.max(0, row.last_wrong_at + waitMs - at));
}

/** After the clock was set back a wait would last until the old moment comes again; it starts from now instead. */
function bringBackFromFuture(db: Database, [scope, subject]: Place, at: number): void {
  db.prepare(
    'UPDATE throttle SET last_wrong_at = ? WHERE scope = ? AND subject = ? AND last_wrong_at > ?',
  ).run(at, scope, subject, at);
}

function count(db: Database, place: Place, at: number): void {
  const before = rowAt(db, place) ?? { wrong: 0, last_wrong_at: 0 };
  const sunk = Math.floor((at - before.last_wrong_at) / SINK_STEP_MS);
  const wrong = Math.min(MAX_COUNT, Math.max(0, before.wrong - sunk) + 1);
  db.prepare(
    `INSERT INTO throttle (scope, subject, wrong, last_wrong_at, before_wrong, before_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (scope, subject) DO UPDATE SET wrong = excluded.wrong, last_wrong_at = excluded.last_wrong_at,
       before_wrong = excluded.before_wrong, before_at = excluded.before_at`,
  ).run(...place, wrong, at, before.wrong, before.last_wrong_at);
}

/**
 * Puts the count back to where it was before the last guess, moment included: with the moment of the right guess it
 * would go on making people wait, and with any other it would sink once more for time that is already counted.
 */
function takeBack(db: Database, place: Place): void {
  db.prepare(
    'UPDATE throttle SET wrong = before_wrong, last_wrong_at = before_at WHERE scope = ? AND subject = ?',
  ).run(...place);
}
