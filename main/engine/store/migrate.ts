import { EngineError } from '../engine-error.ts';
import { booksMigration } from './migrations/0010-books.ts';
import { operationsMigration } from './migrations/0020-operations.ts';
import { everyMovementMigration } from './migrations/0030-every-movement.ts';
import { searchMigration } from './migrations/0040-search.ts';
import { tillAndPaperMigration } from './migrations/0050-till-and-paper.ts';
import { printTurnsMigration } from './migrations/0060-print-turns.ts';
import type { Books } from './open.ts';

export interface Migration {
  /** Numbered in tens, rising; becomes the database's user_version. */
  readonly version: number;
  readonly sql: string;
  /**
   * Makes tables anew that others point at. SQLite would take the drop for a deletion of what they point at, so the
   * foreign keys rest meanwhile and are all checked before the commit.
   */
  readonly rebuilds?: boolean;
}

/** Forward only. A released migration is never edited: a correction is another one. */
export const migrations: readonly Migration[] = [
  booksMigration,
  operationsMigration,
  everyMovementMigration,
  searchMigration,
  tillAndPaperMigration,
  printTurnsMigration,
];

export const LATEST_VERSION = migrations.at(-1)?.version ?? 0;

export function versionOf(books: Books): number {
  return books.pragma('user_version', { simple: true }) as number;
}

/** True when `migrate` would change something. */
export function pendingMigrations(books: Books): boolean {
  return versionOf(books) < LATEST_VERSION;
}

/**
 * Brings the books to the latest version in one transaction: after a kill they are old or new, never between.
 * Throws EngineError `books-from-the-future` when a newer program wrote them.
 */
export function migrate(books: Books, list: readonly Migration[] = migrations): { from: number; to: number } {
  const from = versionOf(books);
  const latest = list.at(-1)?.version ?? 0;
  if (from > latest) {
    throw new EngineError(
      'books-from-the-future',
      `These books were written by a newer Titipan (version ${from}, this one knows ${latest}). Install the newer one.`,
    );
  }
  const pending = list.filter((migration) => migration.version > from);
  if (pending.length === 0) return { from, to: from };
  // Without effect inside a transaction, so before and after it.
  if (pending.some(({ rebuilds }) => rebuilds)) books.pragma('foreign_keys = OFF');
  books.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of pending) books.exec(migration.sql);
    const broken = books.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error(`a migration leaves ${broken.length} rows that point nowhere`);
    books.pragma(`user_version = ${latest}`);
    books.exec('COMMIT');
  } catch (error) {
    if (books.inTransaction) books.exec('ROLLBACK');
    throw error;
  } finally {
    books.pragma('foreign_keys = ON');
  }
  return { from, to: latest };
}
