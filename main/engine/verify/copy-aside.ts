import { copyFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { BOOKS_FILE } from '../backup/manifest.ts';
import { EngineError } from '../engine-error.ts';
import { migrate } from '../store/migrate.ts';

/** What SQLite keeps beside its file; the newest commits may be only there. */
const COMPANIONS = ['', '-wal', '-journal'];
const ATTEMPTS = 20;
const REST_MS = 100;

/**
 * Copies books that no engine serves, with what lies beside them, into a folder of the caller's, and makes one plain
 * file of them. The original is only read: it may be evidence, it may be on a disk that takes no writing, and its
 * newest rows may be so damaged that no engine would open it. Answers the copy's path.
 * Throws EngineError: no-books, folder-in-use (it went on changing meanwhile).
 */
export async function copyAside(file: string, folder: string): Promise<string> {
  const copy = join(folder, BOOKS_FILE);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = marksOf(file);
    for (const companion of COMPANIONS) {
      if (existsSync(file + companion)) copyFileSync(file + companion, copy + companion);
    }
    // Two looks at the clock of the file system can be equal within its tick, so the second comes after a rest.
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    if (marksOf(file) === before) return asPlainFile(copy);
  }
  throw new EngineError('folder-in-use', `Another program is working with ${file}. Close it and try again.`);
}

function marksOf(file: string): string {
  if (!existsSync(file)) throw new EngineError('no-books', `There are no books at ${file}.`);
  return COMPANIONS.map((companion) => {
    const stat = statSync(file + companion, { bigint: true, throwIfNoEntry: false });
    return stat ? `${stat.ino}/${stat.size}/${stat.mtimeNs}` : 'none';
  }).join(' ');
}

/**
 * Moves the write-ahead log of a copy into its file and brings it to this version's tables. What SQLite cannot read
 * stays as it is: verifying says so. Throws EngineError `books-from-the-future`.
 */
export function asPlainFile(copy: string): string {
  try {
    const books = new Database(copy, { fileMustExist: true });
    try {
      books.pragma('journal_mode = DELETE');
      migrate(books);
    } finally {
      books.close();
    }
  } catch (error) {
    if (error instanceof EngineError) throw error;
    // No SQLite file any more, or damaged past opening: the verification that follows names it.
  }
  return copy;
}
