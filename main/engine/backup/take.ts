import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import Database from 'better-sqlite3';
import type { Engine } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import { recoveryWrapping } from '../seal/keys.ts';
import type { Books } from '../store/open.ts';
import { syncFile, syncFolder } from '../sync.ts';
import { verifyInWorker } from '../verify/verify-in-worker.ts';
import {
  BOOKS_FILE,
  digestOf,
  MANIFEST_FILE,
  type Manifest,
  manifestText,
  RECOVERY_FILE,
  withSum,
} from './manifest.ts';

export interface TakenBackup {
  path: string;
  seq: number;
  bytes: number;
}

/**
 * A backup folder below `into`: a consistent copy of the books taken while the shop goes on selling, the recovery
 * wrapping of the keys, the blobs, and a manifest. It is verified before it gets its name; what has no name yet is
 * no backup. Never a copy of the live file: what is still in the write-ahead log would be missing.
 */
export async function takeBackup(engine: Engine, into: string): Promise<TakenBackup> {
  const at = engine.now();
  const name = `titipan-${new Date(at).toISOString().replace(/[:.]/g, '-')}`;
  const unfinished = join(into, `.${name}.unfinished`);
  const path = join(into, name);
  try {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true, mode: 0o700 });
    await copyBooks(engine.books, join(unfinished, BOOKS_FILE));
    const verified = await verifyInWorker(join(unfinished, BOOKS_FILE));
    if (verified.problems.length > 0) throw new Error(`the books do not verify: ${verified.problems[0]}`);
    writeFileSync(join(unfinished, RECOVERY_FILE), JSON.stringify(recoveryWrapping(engine.dir)), {
      mode: 0o600,
    });
    copyBlobs(engine.dir, unfinished);
    const manifest = await describe(unfinished, { at, seq: verified.seq, head: verified.head });
    writeFileSync(join(unfinished, MANIFEST_FILE), manifestText(manifest), { mode: 0o600 });
    for (const file of [...manifest.files.map((entry) => entry.path), MANIFEST_FILE])
      syncFile(join(unfinished, file));
    syncFolder(unfinished);
    renameSync(unfinished, path);
    syncFolder(into);
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    remember(engine, { at, path, seq: manifest.seq, bytes, ok: 1, problem: null });
    return { path, seq: manifest.seq, bytes };
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    remember(engine, { at, path, seq: null, bytes: null, ok: 0, problem: backupFailureText(error) });
    throw error;
  }
}

interface LogRow {
  at: number;
  path: string;
  seq: number | null;
  bytes: number | null;
  ok: 0 | 1;
  problem: string | null;
}

function remember(engine: Engine, row: LogRow): void {
  if (!engine.books.open) return;
  engine.sql.run(
    'INSERT INTO backup_log (at, kind, path, seq, bytes, ok, problem) VALUES (?, ?, ?, ?, ?, ?, ?)',
    row.at,
    'asked',
    row.path,
    row.seq,
    row.bytes,
    row.ok,
    row.problem,
  );
}

/** Before the schema changes, the books as they are go beside it; a migration that cannot be backed up is not begun. */
export async function backUpBeforeMigration(books: Books, dir: string, at: number): Promise<void> {
  const file = join(dir, 'backups', `before-migration-${at}.db`);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    await copyBooks(books, file);
    const verified = await verifyInWorker(file);
    if (verified.problems.length > 0) throw new Error(verified.problems[0]);
  } catch (error) {
    throw new EngineError(
      'backup-before-migration-failed',
      `The books could not be backed up before their update: ${backupFailureText(error)}. Make room in ${dir} and start again.`,
    );
  }
}

/** A consistent copy in one plain file, without a write-ahead log beside it. */
export async function copyBooks(books: Books, file: string): Promise<void> {
  rmSync(file, { force: true });
  await books.backup(file);
  const copy = new Database(file);
  copy.pragma('journal_mode = DELETE');
  copy.close();
}

function copyBlobs(dir: string, folder: string): void {
  const root = join(dir, 'blobs');
  for (const shard of readdirSync(root, { withFileTypes: true })) {
    if (!shard.isDirectory() || shard.name === 'incoming') continue;
    for (const blob of readdirSync(join(root, shard.name))) {
      const place = join(folder, 'blobs', shard.name, blob);
      mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
      copyFileSync(join(root, shard.name, blob), place);
    }
  }
}

async function describe(folder: string, facts: { at: number; seq: number; head: string }): Promise<Manifest> {
  const files: Manifest['files'] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    files.push({ path: relative(folder, file).replaceAll('\\', '/'), ...(await digestOf(file)) });
  }
  files.sort((left, right) => (left.path < right.path ? -1 : 1));
  return withSum({ kind: 'titipan-backup-1', ...facts, files });
}

export function backupFailureText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
