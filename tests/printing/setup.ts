/** What the printing tests share: a print_job table on disk, wishes with known lines, and waiting for a state. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  type JobKind,
  openJobs,
  type PrintJob,
  WITHIN_MS,
  type Within,
} from '../../main/engine/printing/jobs.ts';
import type { PrintMaterial } from '../../main/engine/printing/material.ts';
import { LABELS_AT_ONCE } from '../../main/engine/printing/material-of.ts';
import { PROFILES, type PrinterAddress } from '../../main/engine/printing/printer.ts';
import { type PaperItem, paperLines } from '../../shared/domain/paper.ts';
import { emptyBooks } from '../support/empty-books.ts';

/** A folder of its own for one test file. */
export function scratchFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'titipan-print-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Opens (and, when new, makes) books as the engine does, as far as printing goes. */
export function openPrintDatabase(path: string): Database.Database {
  if (!existsSync(path)) copyFileSync(emptyBooks(), path);
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  return db;
}

/** Writes a wish as the engine does: in a transaction, together with whatever explains it. */
export function wish(
  db: Database.Database,
  job: { seq: number; printer: number; kind: JobKind; at: number; within?: Within },
): void {
  const { seq: wishSeq, printer, kind, at, within = WITHIN_MS } = job;
  const jobs = openJobs(db, () => at);
  db.transaction(() => jobs.enqueue({ wishSeq, wishN: 1, printer, kind, at, notAfter: at + within[kind] }))();
}

export function jobOf(db: Database.Database, seq: number): PrintJob {
  const job = openJobs(db, Date.now).get({ wishSeq: seq, wishN: 1 });
  if (!job) throw new Error(`no job ${seq}`);
  return job;
}

export function tcp(port: number, closesAfterJob = true): PrinterAddress {
  return { via: 'tcp', host: '127.0.0.1', port, closesAfterJob };
}

/** A short document that carries its number, so that paper and wish can be matched. */
export function material(
  seq: number,
  address: PrinterAddress,
  kind: JobKind = 'receipt',
  answersStatus = false,
): PrintMaterial {
  const lines = kind === 'drawer' ? [] : paperLines([`Nota ${seq}`, 'Keripik tempe', 'TOTAL Rp10.000']);
  const kick = kind === 'drawer' || kind === 'receipt';
  return { kind, lines, kick, profile: { ...PROFILES.simple58, answersStatus }, address };
}

/** The next labels of a run behind those that are out, each with its number, as large as labels are. */
export function labelMaterial(
  address: PrinterAddress,
  { copies, out, answersStatus = false }: { copies: number; out: number; answersStatus?: boolean },
): PrintMaterial {
  const outAfter = Math.min(out + LABELS_AT_ONCE, copies);
  const lines = Array.from({ length: outAfter - out }, (_, at): PaperItem[] => [
    ...paperLines([`Label ${out + at + 1}.`]),
    { code: 'ean13', text: '4006381333931' },
    ...(out + at + 1 < copies ? paperLines(['.'.repeat(32)]) : []),
  ]).flat();
  const profile = { ...PROFILES.simple58, answersStatus };
  return { kind: 'label', lines, kick: false, profile, address, run: { outAfter, copies } };
}

/** Resolves when `condition` holds; throws after `withinMs`, which is a bound for a hang and no measure. */
export async function until(condition: () => boolean, what: string, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`never came: ${what}`);
    await rest(5);
  }
}

export function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
