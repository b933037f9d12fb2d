import type { Database, Statement } from 'better-sqlite3';
import { isSqliteError } from '../store/open.ts';
import { newToken, sha256, tokenHash } from './token.ts';

/**
 * Who is signed in, on which device. A session ends after 12 hours without use, 7 days after sign-in, when it or its
 * user is signed out (disabled, or given another PIN), and at the next call of a user who is found disabled. Moments
 * are given by the caller.
 */

export const SESSION_IDLE_LIMIT_MS = 12 * 60 * 60 * 1000;
export const SESSION_ABSOLUTE_LIMIT_MS = 7 * 24 * 60 * 60 * 1000;
/** `last_seen_at` is written at most this often: a till that sells all day should not write for every read. */
const SEEN_STEP_MS = 60 * 1000;
/** A session from further in the future than this was made under a wrong clock, and could otherwise outlive its limits. */
const CLOCK_SLACK_MS = 10 * 60 * 1000;
const MAX_SESSIONS_OF_A_USER = 32;

export interface Session {
  readonly user: number;
  readonly device: string;
  readonly createdAt: number;
  /** The moment of its absolute end; it ends earlier when it is not used. */
  readonly expiresAt: number;
}

interface Row {
  user: number;
  device: string;
  created_at: number;
  last_seen_at: number;
}

/** Looked up on every call, so they are prepared once for each connection. */
const prepared = new WeakMap<
  Database,
  { find: Statement<[Buffer], Row>; seen: Statement<[number, Buffer]> }
>();

function statements(db: Database) {
  const known = prepared.get(db);
  if (known !== undefined) return known;
  const made = {
    find: db.prepare<[Buffer], Row>(
      'SELECT user, device, created_at, last_seen_at FROM session WHERE token_hash = ?',
    ),
    seen: db.prepare<[number, Buffer]>('UPDATE session SET last_seen_at = ? WHERE token_hash = ?'),
  };
  prepared.set(db, made);
  return made;
}

/**
 * Signs `user` in on `device` and answers the token, which is kept nowhere else. Sessions past their limits are
 * tidied away, and a user's oldest beyond 32 end.
 */
export function startSession(
  db: Database,
  { user, device, at }: { user: number; device: string; at: number },
): { token: string; session: Session } {
  const token = newToken();
  db.transaction(() => {
    db.prepare('DELETE FROM session WHERE created_at <= ? OR last_seen_at <= ? OR created_at > ?').run(
      at - SESSION_ABSOLUTE_LIMIT_MS,
      at - SESSION_IDLE_LIMIT_MS,
      at + CLOCK_SLACK_MS,
    );
    db.prepare(
      `DELETE FROM session WHERE token_hash IN
         (SELECT token_hash FROM session WHERE user = ? ORDER BY created_at DESC LIMIT -1 OFFSET ?)`,
    ).run(user, MAX_SESSIONS_OF_A_USER - 1);
    db.prepare(
      'INSERT INTO session (token_hash, user, device, created_at, last_seen_at) VALUES (?, ?, ?, ?, ?)',
    ).run(sha256(token), user, device, at, at);
  })();
  return { token, session: { user, device, createdAt: at, expiresAt: at + SESSION_ABSOLUTE_LIMIT_MS } };
}

/**
 * The session of `token` at the moment `at`, or undefined when there is none that still lives. A user for whom
 * `isActive` says no loses all sessions here.
 */
export function findSession(
  db: Database,
  token: string,
  { at, isActive }: { at: number; isActive: (user: number) => boolean },
): Session | undefined {
  const hash = tokenHash(token);
  const row = hash && statements(db).find.get(hash);
  if (hash === undefined || row === undefined) return undefined;
  if (isOver(row, at)) {
    endSession(db, token);
    return undefined;
  }
  if (!isActive(row.user)) {
    endSessionsOf(db, row.user);
    return undefined;
  }
  // Also when the clock went back, so that a moment in the future does not stretch the idle limit.
  if (Math.abs(at - row.last_seen_at) >= SEEN_STEP_MS) noteSeen(db, hash, at);
  return {
    user: row.user,
    device: row.device,
    createdAt: row.created_at,
    expiresAt: row.created_at + SESSION_ABSOLUTE_LIMIT_MS,
  };
}

/** On a full disk people still want to look things up; the session only ends a little earlier for it. */
function noteSeen(db: Database, hash: Buffer, at: number): void {
  try {
    statements(db).seen.run(at, hash);
  } catch (error) {
    if (!isSqliteError(error, 'SQLITE_FULL') && !isSqliteError(error, 'SQLITE_IOERR')) throw error;
  }
}

function isOver(row: Row, at: number): boolean {
  return (
    at - row.last_seen_at >= SESSION_IDLE_LIMIT_MS ||
    at - row.created_at >= SESSION_ABSOLUTE_LIMIT_MS ||
    row.created_at - at > CLOCK_SLACK_MS
  );
}

/** Signs one session out. True when it was there. */
export function endSession(db: Database, token: string): boolean {
  const hash = tokenHash(token);
  if (hash === undefined) return false;
  return db.prepare('DELETE FROM session WHERE token_hash = ?').run(hash).changes === 1;
}

/** Signs a user out everywhere but on one device, if any is named. Answers how many sessions ended. */
export function endSessionsOf(db: Database, user: number, butDevice?: string): number {
  return db.prepare('DELETE FROM session WHERE user = ? AND device IS NOT ?').run(user, butDevice ?? null)
    .changes;
}
