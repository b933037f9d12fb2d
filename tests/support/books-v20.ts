/**
 * A data folder as program 0.1.0 left it (books version 20): written by that program, never by this one, so that what
 * was stored then is read as it was stored. How it was made: tests/fixtures/books-0.1.0-v20/README.md.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './engine.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/books-0.1.0-v20');

/** Just after the newest row of these books: a clock that they believe. */
export const AFTER_BOOKS_V20 = Date.UTC(2026, 10, 22, 4);

/** What is in them, by the numbers the program of then gave. */
export const BOOKS_V20 = {
  vendor: 1,
  netVendor: 2,
  product: 1,
  shift: 29,
  drawer: 1,
  paidSettlement: 25,
  draftSettlement: 42,
  approvedSettlement: 43,
} as const;

/** A copy of its own, free to be changed. */
export function folderOfBooksV20(): string {
  const dir = temporaryFolder('titipan-v20');
  for (const part of ['titipan.db', 'keys.json', 'blobs'])
    cpSync(join(FIXTURE, part), join(dir, part), { recursive: true });
  return dir;
}
