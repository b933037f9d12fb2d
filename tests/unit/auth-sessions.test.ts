/**
 * Proves when a session lives and when it is over: limits to the millisecond, sign-out, a disabled user, a wrong
 * clock, and that what lies in the database signs nobody in. Real SQLite on disk, reopened in between.
 */
import type { Database } from 'better-sqlite3';
import { expect, it } from 'vitest';
import {
  endSession,
  endSessionsOf,
  findSession,
  SESSION_ABSOLUTE_LIMIT_MS,
  SESSION_IDLE_LIMIT_MS,
  startSession,
} from '../../main/engine/auth/sessions.ts';
import { inFolder, openDatabase } from './seal-support.ts';

const START = Date.UTC(2025, 10, 21, 3);
const MINUTE_MS = 60_000;
const everybody = () => true;

function withDatabase(work: (db: Database, dir: string) => void): Promise<void> {
  return inFolder((dir) => {
    const db = openDatabase(dir);
    work(db, dir);
    db.close();
  });
}

function lives(db: Database, token: string, at: number): boolean {
  return findSession(db, token, { at, isActive: everybody }) !== undefined;
}

it('is found by its token alone, on disk, after a restart', () =>
  withDatabase((db, dir) => {
    const { token, session } = startSession(db, { user: 7, device: 'till 1', at: START });
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(session).toEqual({
      user: 7,
      device: 'till 1',
      createdAt: START,
      expiresAt: START + SESSION_ABSOLUTE_LIMIT_MS,
    });
    db.close();
    const again = openDatabase(dir);
    expect(findSession(again, token, { at: START + 1, isActive: everybody })).toEqual(session);
    const other = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    for (const wrong of ['', other, `${token}A`, token.slice(1), 'é'.repeat(43), 'x'.repeat(100_000)]) {
      expect(lives(again, wrong, START + 1)).toBe(false);
    }
    const { token_hash } = again.prepare('SELECT token_hash FROM session').get() as { token_hash: Buffer };
    expect(lives(again, token_hash.toString('base64url'), START + 1)).toBe(false);
    again.close();
  }));

it('ends after 12 hours without use, not a millisecond sooner', () =>
  withDatabase((db) => {
    const { token } = startSession(db, { user: 7, device: 'till 1', at: START });
    const used = START + SESSION_IDLE_LIMIT_MS - 1;
    expect(lives(db, token, used)).toBe(true);
    expect(lives(db, token, used + SESSION_IDLE_LIMIT_MS - 1)).toBe(true);
    expect(lives(db, token, used + 2 * SESSION_IDLE_LIMIT_MS - 1)).toBe(false);
    // It is gone for good, also for a clock set back.
    expect(lives(db, token, used)).toBe(false);
  }));

it('ends after 7 days of use', () =>
  withDatabase((db) => {
    const { token } = startSession(db, { user: 7, device: 'till 1', at: START });
    const end = START + SESSION_ABSOLUTE_LIMIT_MS;
    for (let at = START; at < end; at += SESSION_IDLE_LIMIT_MS / 2) expect(lives(db, token, at)).toBe(true);
    expect(lives(db, token, end - 1)).toBe(true);
    expect(lives(db, token, end)).toBe(false);
  }));

it('writes its last use at most once a minute', () =>
  withDatabase((db) => {
    const { token } = startSession(db, { user: 7, device: 'till 1', at: START });
    const written = () => (db.prepare('SELECT total_changes() AS n').get() as { n: number }).n;
    const before = written();
    for (let at = START; at < START + MINUTE_MS; at += 1000) lives(db, token, at);
    expect(written() - before).toBe(0);
    for (let at = START; at < START + 10 * MINUTE_MS; at += 1000) lives(db, token, at);
    expect(written() - before).toBe(9);
  }));

it('is not stretched by a clock that was ahead', () =>
  withDatabase((db) => {
    const year = 365 * 24 * 60 * MINUTE_MS;
    const ahead = startSession(db, { user: 7, device: 'till 1', at: START + year });
    expect(lives(db, ahead.token, START)).toBe(false);
    const { token } = startSession(db, { user: 7, device: 'till 1', at: START });
    expect(lives(db, token, START + 5 * MINUTE_MS)).toBe(true);
    expect(lives(db, token, START - 5 * MINUTE_MS)).toBe(true);
    // The later use is not remembered any more.
    expect(lives(db, token, START - 5 * MINUTE_MS + SESSION_IDLE_LIMIT_MS)).toBe(false);
  }));

it('ends by signing out: one, or all of a user', () =>
  withDatabase((db) => {
    const mine = ['till 1', 'till 2', 'office'].map((device) =>
      startSession(db, { user: 7, device, at: START }),
    );
    const hers = startSession(db, { user: 8, device: 'till 1', at: START });
    const alive = () => mine.map(({ token }) => lives(db, token, START));
    expect(endSession(db, mine[0]?.token ?? '')).toBe(true);
    expect(endSession(db, mine[0]?.token ?? '')).toBe(false);
    expect(endSession(db, 'nonsense')).toBe(false);
    expect(alive()).toEqual([false, true, true]);
    expect(endSessionsOf(db, 7)).toBe(2);
    expect(alive()).toEqual([false, false, false]);
    expect(lives(db, hers.token, START)).toBe(true);
  }));

it('of a disabled user is cut at the next call, everywhere, and stays cut', () =>
  withDatabase((db) => {
    const first = startSession(db, { user: 7, device: 'till 1', at: START });
    const second = startSession(db, { user: 7, device: 'till 2', at: START });
    const hers = startSession(db, { user: 8, device: 'till 3', at: START });
    expect(findSession(db, first.token, { at: START, isActive: (user) => user !== 7 })).toBeUndefined();
    expect([first, second, hers].map(({ token }) => lives(db, token, START))).toEqual([false, false, true]);
  }));

it('keeps a user to 32 and tidies away what is over', () =>
  withDatabase((db) => {
    const count = () => (db.prepare('SELECT count(*) AS n FROM session').get() as { n: number }).n;
    const tokens = Array.from({ length: 40 }, (_, number) =>
      startSession(db, { user: 7, device: 'till 1', at: START + number }),
    );
    expect(count()).toBe(32);
    expect(tokens.map(({ token }) => lives(db, token, START + 40)).indexOf(true)).toBe(8);
    startSession(db, { user: 8, device: 'till 1', at: START + SESSION_ABSOLUTE_LIMIT_MS });
    expect(count()).toBe(1);
  }));
