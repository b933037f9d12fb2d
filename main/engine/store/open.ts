import Database from 'better-sqlite3';
import { EngineError } from '../engine-error.ts';

export type Books = Database.Database;

/** Oldest SQLite without the bug that could damage a WAL database; better-sqlite3 brings its own, this is a guard. */
const OLDEST_SQLITE = '3.51.3';

/**
 * Every pragma the promises rest on, written out and read back: a default that changes must stop the program, not
 * lose a sale. FULL because NORMAL loses acknowledged commits in a power cut; recursive_triggers because without it
 * an insert that replaces a row slips past the append-only triggers.
 */
const pragmas: readonly [name: string, set: string | number, read: string | number][] = [
  ['locking_mode', 'EXCLUSIVE', 'exclusive'],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['recursive_triggers', 'ON', 1],
  ['secure_delete', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
  ['cache_size', -64_000, -64_000],
  // Checkpoints run in idle time (see checkpoint.ts), never inside a commit.
  ['wal_autocheckpoint', 0, 0],
];

/**
 * Opens the books of a data folder for the one process that may: a second one is told `folder-in-use`.
 * Throws EngineError: folder-in-use, books-unreadable, sqlite-too-old, pragma-refused.
 */
export function openBooks(file: string): Books {
  let books: Books;
  try {
    books = new Database(file, { timeout: 0 });
  } catch (error) {
    throw new EngineError('books-unreadable', `The books ${file} cannot be opened: ${text(error)}.`);
  }
  try {
    checkSqlite(books);
    for (const [name, set, read] of pragmas) {
      books.pragma(`${name} = ${set}`);
      const value = books.pragma(name, { simple: true });
      if (value !== read)
        throw new EngineError('pragma-refused', `SQLite keeps ${name} at ${String(value)}.`);
    }
    // An exclusive lock is taken by the first write, and is held until the process ends, however it ends.
    books.exec('BEGIN IMMEDIATE; COMMIT');
    return books;
  } catch (error) {
    books.close();
    if (error instanceof EngineError) throw error;
    if (isSqliteError(error, 'SQLITE_BUSY') || isSqliteError(error, 'SQLITE_LOCKED')) {
      throw new EngineError('folder-in-use', `Another Titipan is working with ${file}. Close it, or use it.`);
    }
    throw new EngineError(
      'books-unreadable',
      `The books ${file} cannot be opened: ${text(error)}. Check that the disk can be written and has room; if it can, restore the newest good backup.`,
    );
  }
}

/** Opens a copy of the books only to read it. Nothing is written beside it. */
export function openCopy(file: string): Books {
  try {
    const copy = new Database(file, { readonly: true, fileMustExist: true });
    copy.pragma('trusted_schema = OFF');
    copy.pragma('temp_store = MEMORY');
    return copy;
  } catch (error) {
    throw new EngineError('books-unreadable', `The copy ${file} cannot be opened: ${text(error)}.`);
  }
}

export function isSqliteError(error: unknown, code: string): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith(code);
}

function checkSqlite(books: Books): void {
  const version = books.prepare('SELECT sqlite_version()').pluck().get() as string;
  if (version.localeCompare(OLDEST_SQLITE, 'en', { numeric: true }) < 0) {
    throw new EngineError('sqlite-too-old', `SQLite ${version} is older than ${OLDEST_SQLITE}.`);
  }
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
