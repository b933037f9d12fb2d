import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { blobPathPattern } from '../blobs/store.ts';
import { type KeystoreOption, restoreKeys } from '../seal/keys.ts';
import { KEYS_FILE } from '../seal/keys-file.ts';
import { migrate } from '../store/migrate.ts';
import { syncFile, syncFolder } from '../sync.ts';
import { type Verified, verifyCopy } from '../verify/verify.ts';
import {
  BackupDamaged,
  BOOKS_FILE,
  checkBackup,
  digestOf,
  type Manifest,
  RECOVERY_FILE,
} from './manifest.ts';

/** Grows here first; its presence without books beside it means that an earlier restore did not come to its end. */
const UNFINISHED = '.restoring';
const BLOBS = 'blobs';

export interface RestoreOptions extends KeystoreOption {
  /** The backup's folder; it is only read. */
  readonly from: string;
  /** The data folder to be: empty, or not there yet. */
  readonly dir: string;
  /** As a person typed it from paper. */
  readonly recoveryCode: string;
}

export interface Restored {
  readonly seq: number;
  /** Hash of the newest journal row, base64. */
  readonly head: string;
  readonly transfers: number;
  readonly blobs: number;
  /** When the backup was made, milliseconds since 1970. */
  readonly backupAt: number;
  /** Print jobs that were waiting then and now wait for a person: they may be on paper since. */
  readonly unconfirmedPrints: number;
}

/** Why a folder does not take a restore. The sentence is for the person. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused';
}

/**
 * Makes a data folder out of a backup and the recovery code. Every byte of the backup is compared with its manifest,
 * of the copies as well; the books are verified whole before they get their name, and until then a failure leaves the
 * folder as it was. Signed-in sessions and approvals are not taken over, and nothing old is printed by itself.
 * Throws BackupDamaged, RestoreRefused, KeysError, EngineError.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { from, dir } = options;
  const manifest = await checkBackup(from);
  checkFiles(manifest, from);
  const isOurs = !existsSync(dir);
  claimEmptyFolder(dir);
  const unfinished = join(dir, UNFINISHED);
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    const keys = restoreKeys(unfinished, recoveryOf(from), options.recoveryCode, options);
    const blobs = await copyFiles(manifest, from, unfinished);
    const unconfirmedPrints = prepareBooks(join(unfinished, BOOKS_FILE), keys.id);
    const verified = verifiedBooks(join(unfinished, BOOKS_FILE), manifest);
    moveIntoPlace(unfinished, dir);
    const { seq, head, transfers } = verified;
    return { seq, head, transfers, blobs, backupAt: manifest.at, unconfirmedPrints };
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (isOurs) rmSync(dir, { recursive: true, force: true });
    throw error;
  }
}

/** The files that a backup has, and no others: a manifest must not be a way to write anywhere else. */
function checkFiles(manifest: Manifest, from: string): void {
  const paths = manifest.files.map((file) => file.path);
  const isWhole = paths.includes(BOOKS_FILE) && paths.includes(RECOVERY_FILE);
  const isKnown = (path: string) =>
    path === BOOKS_FILE || path === RECOVERY_FILE || blobPathPattern.test(path);
  if (!isWhole || !paths.every(isKnown) || new Set(paths).size !== paths.length) {
    throw new BackupDamaged(`${from} does not hold the files of a backup. Use another backup.`);
  }
}

function claimEmptyFolder(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  // A restore that was killed left only what it made itself, since it began in an empty folder and names books last.
  if (existsSync(join(dir, UNFINISHED)) && !existsSync(join(dir, BOOKS_FILE))) {
    for (const name of [KEYS_FILE, BLOBS, UNFINISHED])
      rmSync(join(dir, name), { recursive: true, force: true });
  }
  if (readdirSync(dir).length > 0) {
    throw new RestoreRefused(
      `${dir} is not empty. Nothing was changed. Restore into an empty folder, or move what is in it elsewhere first.`,
    );
  }
}

function recoveryOf(from: string): unknown {
  try {
    return JSON.parse(readFileSync(join(from, RECOVERY_FILE), 'utf8'));
  } catch {
    throw new BackupDamaged(`${RECOVERY_FILE} in ${from} cannot be read. Use another backup.`);
  }
}

/** Copies what the manifest lists and compares the copies too: a disk may read well once and badly the next time. */
async function copyFiles(manifest: Manifest, from: string, into: string): Promise<number> {
  let blobs = 0;
  for (const file of manifest.files) {
    if (file.path === RECOVERY_FILE) continue;
    const copy = join(into, file.path);
    mkdirSync(dirname(copy), { recursive: true, mode: 0o700 });
    copyFileSync(join(from, file.path), copy);
    const { bytes, sha256 } = await digestOf(copy);
    if (bytes !== file.bytes || sha256 !== file.sha256) {
      throw new BackupDamaged(
        `${file.path} could not be copied whole from ${from}. Try again, or use another backup.`,
      );
    }
    syncFile(copy);
    if (file.path !== BOOKS_FILE) blobs += 1;
  }
  return blobs;
}

function verifiedBooks(file: string, manifest: Manifest): Verified {
  const verified = verifyCopy(file);
  const [problem] = verified.problems;
  if (problem !== undefined) throw new BackupDamaged(`The books in this backup do not verify: ${problem}.`);
  if (verified.seq !== manifest.seq || verified.head !== manifest.head) {
    throw new BackupDamaged(
      'The books in this backup are not the ones its manifest describes. Use another backup.',
    );
  }
  return verified;
}

/** Brings the books to this version and ends what belonged to the moment of the backup; answers how many print jobs now wait for a person. */
function prepareBooks(file: string, keyId: string): number {
  const books = new Database(file, { fileMustExist: true });
  try {
    books.pragma('secure_delete = ON');
    migrate(books);
    const known = books.prepare('SELECT id FROM key_name').pluck().get();
    if (known !== undefined && known !== keyId) {
      throw new BackupDamaged('The keys in this backup are not the ones of its books. Use another backup.');
    }
    return books.transaction(() => {
      books.exec('DELETE FROM session; DELETE FROM approval;');
      // The shop went on after the backup, so what waited for its printer then may have come out since.
      return books
        .prepare(
          `UPDATE print_job SET state = 'unconfirmed', problem = 'interrupted', not_before = NULL
           WHERE state IN ('queued', 'retry', 'sending')`,
        )
        .run().changes;
    })();
  } finally {
    books.close();
    syncFile(file);
  }
}

/** The books last: a folder without them is no shop yet. */
function moveIntoPlace(unfinished: string, dir: string): void {
  syncFolder(unfinished);
  for (const name of [BLOBS, KEYS_FILE, BOOKS_FILE]) {
    if (existsSync(join(unfinished, name))) renameSync(join(unfinished, name), join(dir, name));
    syncFolder(dir);
  }
  rmSync(unfinished, { recursive: true });
}
