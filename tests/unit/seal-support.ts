/** What the tests of keys, seals, sessions and PINs share: a folder, a database as the engine opens it, a seed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../main/engine/store/migrate.ts';
import { type Books, openBooks } from '../../main/engine/store/open.ts';
import { seed } from '../support/seed.ts';

/** Numbers in [0, 1), the same row for the same seed (mulberry32). */
export function seededRandom(start = seed): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Runs `work` in a folder of its own, removed afterwards. */
export async function inFolder<T>(work: (dir: string) => T | Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'titipan-seal-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The center's database, opened and migrated as the engine does it. */
export function openDatabase(dir: string): Books {
  const books = openBooks(join(dir, 'titipan.db'));
  migrate(books);
  return books;
}

/** Which files under `dir` hold these bytes anywhere. */
export function filesHolding(dir: string, needle: string | Buffer): string[] {
  const names = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(needle));
}

/** The ways a text usually gets into a file unnoticed: plain, UTF-16, hex, base64 at each of its three offsets. */
export function disguisesOf(text: string): (string | Buffer)[] {
  const bytes = Buffer.from(text, 'utf8');
  const shifted = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and last characters also depend on the neighbours, so only the inner ones are looked for.
    return encoded.slice(offset === 0 ? 0 : offset + 1, -1);
  });
  return [text, Buffer.from(text, 'utf16le'), bytes.toString('hex'), ...shifted];
}
