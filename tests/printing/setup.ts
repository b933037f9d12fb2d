/** What the printing tests share: a print_job table on disk, wishes with known lines, and waiting for a state. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { enqueueJob, type JobKind, openJobs, type PrintJob } from '../../main/engine/printing/jobs.ts';
import type { PrintMaterial } from '../../main/engine/printing/material.ts';
import { PROFILES, type PrinterAddress } from '../../main/engine/printing/printer.ts';
import { operationsMigration } from '../../main/engine/store/migrations/0020-operations.ts';
import { paperLines } from '../../shared/domain/paper.ts';

/** A folder of its own for one test file. */
export function scratchFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'titipan-print-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Opens (and, when new, fills) a database as the engine does, as far as printing goes. */
export function openPrintDatabase(path: string): Database.Database {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const known = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'print_job'`).get();
  if (!known) db.exec(operationsMigration.sql);
  return db;
}

/** Writes a wish as the engine does: in a transaction, together with whatever explains it. */
export function wish(
  db: Database.Database,
  seq: number,
  printer: number | null,
  at: number,
  kind: JobKind = 'receipt',
): void {
  db.transaction(() => enqueueJob(db, { wishSeq: seq, wishN: 1, printer, kind, at }))();
}

export function jobOf(db: Database.Database, seq: number): PrintJob {
  const job = openJobs(db).get({ wishSeq: seq, wishN: 1 });
  if (!job) throw new Error(`no job ${seq}`);
  return job;
}

export function tcp(port: number, closesAfterJob = true): PrinterAddress {
  return { via: 'tcp', host: '127.0.0.1', port, closesAfterJob };
}

/** A short document that carries its number, so that paper and wish can be matched. */
export function material(seq: number, address: PrinterAddress, kind: JobKind = 'receipt'): PrintMaterial {
  const lines = kind === 'drawer' ? [] : paperLines([`Nota ${seq}`, 'Keripik tempe', 'TOTAL Rp10.000']);
  return { kind, lines, kick: kind !== 'document', profile: PROFILES.simple58, address };
}

/** Resolves when `condition` holds; throws after `withinMs`, which is a bound for a hang and no measure. */
export async function until(condition: () => boolean, what: string, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
