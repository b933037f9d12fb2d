/**
 * A data folder as the program of books version 40 left it: written by that program, never by this one, so that what
 * was stored then is read as it was stored. How it was made: tests/fixtures/books-v40/README.md.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './engine.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/books-v40');

/** Just after the newest row of these books: a clock that they believe. */
export const AFTER_BOOKS_V40 = Date.UTC(2026, 10, 21, 5);

/** What is in them, by the numbers the program of then gave. */
export const BOOKS_V40 = {
  product: 1,
  shift: 29,
  drawer: 1,
  /** Two pieces, of which one came back. */
  sale: 160,
  refund: 161,
  ticket: 169,
  ticketCode: 'T2611210169',
} as const;

/** A copy of its own, free to be changed. */
export function folderOfBooksV40(): string {
  const dir = temporaryFolder('titipan-v40');
  for (const part of ['titipan.db', 'keys.json', 'blobs'])
    cpSync(join(FIXTURE, part), join(dir, part), { recursive: true });
  return dir;
}
