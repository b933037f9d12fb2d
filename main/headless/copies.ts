import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { booksCopy } from '../../shared/contract/system.ts';
import { createClient } from '../../shared/wire/client.ts';
import { BOOKS_FILE, checkBackup, MANIFEST_FILE, RECOVERY_FILE } from '../engine/backup/manifest.ts';
import { EngineError } from '../engine/engine-error.ts';
import { connectLocally } from '../engine/local-socket.ts';
import { asPlainFile, copyAside } from '../engine/verify/copy-aside.ts';
import { noBooks } from './reach.ts';

/** Large books on a slow disk take their time. */
const COPY_WITHIN_MS = 3_600_000;

/** A copy of books that nobody writes to. */
export interface Copy {
  readonly file: string;
  /** The folder whose `blobs` belong to these books. */
  readonly blobsOf: string;
  /** A folder of our own for what the checker makes; it goes with the copy. */
  readonly scratch: string;
}

/**
 * Lends a fresh copy of books to `check` and removes it afterwards, also when the process is told to end. `place` is
 * a file or a backup's folder; without it, the books of `dir`: through the engine that runs there, else from its
 * files, which are only read. Throws EngineError, and BackupDamaged for a backup that is not what its manifest says.
 */
export async function withCopy<Result>(
  dir: string,
  place: string | undefined,
  check: (copy: Copy) => Promise<Result>,
): Promise<Result> {
  const scratch = mkdtempSync(join(tmpdir(), 'titipan-copy-'));
  const leftovers = [scratch];
  const remove = () => {
    for (const path of leftovers) rmSync(path, { recursive: true, force: true });
  };
  process.once('exit', remove);
  try {
    const found =
      place === undefined ? await ofFolder(dir, scratch, leftovers) : await ofPlace(place, scratch);
    return await check({ ...found, scratch });
  } finally {
    process.off('exit', remove);
    remove();
  }
}

async function ofFolder(dir: string, scratch: string, leftovers: string[]): Promise<Omit<Copy, 'scratch'>> {
  const file = (await copyByEngine(dir, leftovers)) ?? (await copyOfFiles(dir, scratch));
  return { file, blobsOf: dir };
}

/** A copy made by the engine that serves the folder; undefined when none does. */
async function copyByEngine(dir: string, leftovers: string[]): Promise<string | undefined> {
  const port = await connectLocally(dir);
  if (!port) return undefined;
  const client = createClient('command-line');
  client.connect(port);
  // An engine that goes away in the middle makes no copy any more: nobody waits for the hour.
  port.onClose(() => client.close());
  try {
    const answer = await client.call(booksCopy, {}, { timeoutMs: COPY_WITHIN_MS });
    if (answer.outcome !== 'ok') {
      throw new EngineError('no-copy', `The running engine made no copy: ${JSON.stringify(answer)}.`);
    }
    const { path } = answer.value;
    leftovers.push(path, `${path}-wal`, `${path}-shm`, `${path}-journal`);
    return asPlainFile(path);
  } finally {
    client.close();
  }
}

function copyOfFiles(dir: string, scratch: string): Promise<string> {
  if (!existsSync(join(dir, BOOKS_FILE))) throw noBooks(dir);
  return copyAside(join(dir, BOOKS_FILE), scratch);
}

async function ofPlace(place: string, scratch: string): Promise<Omit<Copy, 'scratch'>> {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (!stat) throw new EngineError('no-books', `There is nothing at ${place}.`);
  if (!stat.isDirectory()) return { file: await copyAside(place, scratch), blobsOf: dirname(place) };
  // A backup without its manifest is a damaged backup, not a data folder that happens to look all right.
  const isBackup = [MANIFEST_FILE, RECOVERY_FILE].some((name) => existsSync(join(place, name)));
  if (isBackup) await checkBackup(place);
  return { file: await copyOfFiles(place, scratch), blobsOf: place };
}
