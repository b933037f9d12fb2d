import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrate } from '../../main/engine/store/migrate.ts';

let made: string | undefined;

/** Books nobody has written in, to be copied: made once for each process, for the migrations take longer than most tests. */
export function emptyBooks(): string {
  if (made !== undefined) return made;
  const folder = mkdtempSync(join(tmpdir(), 'titipan-empty-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  made = join(folder, 'empty.db');
  const db = new Database(made);
  migrate(db);
  db.close();
  return made;
}
