/**
 * Proves that a backup with its recovery code makes the shop again: the same rows, which verify and replay, people
 * who sign in with their PINs, and no session, approval or old paper that comes along. And that a restore refuses
 * in words, leaving nothing behind, whatever it must not be given: another code, a full folder, a running engine,
 * a manifest that points elsewhere, another center's keys. Killed at random moments it leaves nothing or all of it.
 */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MANIFEST_FILE, type Manifest, manifestText, withSum } from '../../main/engine/backup/manifest.ts';
import { restoreBackup } from '../../main/engine/backup/restore.ts';
import { readBlob } from '../../main/engine/blobs/store.ts';
import { listenLocally } from '../../main/engine/local-socket.ts';
import { replay } from '../../main/engine/replay.ts';
import { normaliseRecoveryCode } from '../../main/engine/seal/keys.ts';
import { newRecoveryCode } from '../../main/engine/seal/recovery-code.ts';
import { verifyCopy } from '../../main/engine/verify/verify.ts';
import { printJobs } from '../../shared/contract/printing.ts';
import { vendorGet } from '../../shared/contract/vendor.ts';
import { type BackedUpShop, openBackedUpShop, sellOne } from '../support/backed-up-shop.ts';
import { runVerb } from '../support/command-line.ts';
import { startEngine, temporaryFolder } from '../support/engine.ts';
import { startFakePrinter } from '../support/fake-printer.ts';
import { seed } from '../support/seed.ts';
import { PINS, signIn } from '../support/shop.ts';

let root: string;
let made: BackedUpShop;
/** A second center, with other keys. */
let neighbour: BackedUpShop;

const RESTORING_CHILD = fileURLToPath(new URL('../support/restoring-child.ts', import.meta.url));

beforeAll(async () => {
  root = temporaryFolder('titipan-restore');
  made = await openBackedUpShop();
  neighbour = await openBackedUpShop();
});

afterAll(async () => {
  for (const { engine } of [made, neighbour]) {
    await engine.stop();
    rmSync(engine.dir, { recursive: true });
  }
  rmSync(root, { recursive: true });
});

let folders = 0;
function newFolder(): string {
  folders += 1;
  return join(root, `data-${folders}`);
}

it('makes the shop again', async () => {
  const dir = newFolder();
  const restored = await restoreBackup({ from: made.backup, dir, recoveryCode: made.recoveryCode });
  expect(restored).toMatchObject({ seq: made.seq, blobs: 2, unconfirmedPrints: 5 });
  expect(readdirSync(dir).sort()).toEqual(['blobs', 'keys.json', 'titipan.db']);
  expect(statSync(join(dir, 'keys.json')).mode & 0o077).toBe(0);
  const file = join(dir, 'titipan.db');
  expect(verifyCopy(file).problems).toEqual([]);
  const replayed = replay(file, join(root, 'again.db'), (sha256) => readBlob(dir, sha256));
  expect(replayed).toMatchObject({ equal: true, commands: made.seq, differences: [] });

  const printer = await startFakePrinter('good');
  const engine = await startEngine({ dir, printLimits: { retryWaitsMs: [5] } });
  const cashier = engine.client('till');
  await signIn(cashier, 'siti', PINS.cashier);
  const jobs = await cashier.must(printJobs, {});
  expect(jobs).toMatchObject({ waiting: 0, unconfirmed: 5, failed: 0 });
  await sellOne({ ...made.shop, cashier });
  const manager = engine.client('office');
  await signIn(manager, 'budi', PINS.manager);
  // Six sales of 18.000, 15 % of each stays with the center.
  expect(await manager.must(vendorGet, { vendor: made.shop.vendor })).toMatchObject({
    balanceRupiah: 91_800,
  });
  await engine.stop();
  expect(printer.received()).toEqual([]);
  await printer.close();
});

it('takes over no session and no approval', async () => {
  const books = new Database(join(made.backup, 'titipan.db'), { readonly: true });
  expect(books.prepare('SELECT count(*) FROM session').pluck().get()).toBeGreaterThan(0);
  books.close();
  const dir = newFolder();
  await restoreBackup({ from: made.backup, dir, recoveryCode: made.recoveryCode });
  const restored = new Database(join(dir, 'titipan.db'), { readonly: true });
  for (const table of ['session', 'approval']) {
    expect(restored.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
  }
  restored.close();
});

/** A code that is typed well and opens nothing here. */
function otherCode(): string {
  return newRecoveryCode();
}

describe('refuses and leaves nothing behind', () => {
  const refusal = async (from: string, recoveryCode: string, dir = newFolder()): Promise<string> => {
    await expect(restoreBackup({ from, dir, recoveryCode })).rejects.toThrow();
    const problem = await restoreBackup({ from, dir, recoveryCode }).catch((error: Error) => error);
    expect(existsSync(dir)).toBe(false);
    return (problem as Error).message;
  };

  it('another code, a mistyped one, none', async () => {
    expect(await refusal(made.backup, otherCode())).toMatch(/not the one of this backup/);
    const code = normaliseRecoveryCode(made.recoveryCode) ?? '';
    const mistyped = code.replace(/^./, (first) => (first === '7' ? '8' : '7'));
    for (const typed of [mistyped, code.slice(1), '', '1234']) {
      expect(await refusal(made.backup, typed)).toMatch(/mistyped/);
    }
  });

  it('a folder that is no backup', async () => {
    expect(await refusal(join(root, 'nothing'), made.recoveryCode)).toMatch(/no complete backup/);
    expect(await refusal(made.engine.dir, made.recoveryCode)).toMatch(/no complete backup/);
  });

  it('a folder with something in it, whatever that is', async () => {
    for (const name of ['notes.txt', 'titipan.db', 'keys.json', '.hidden']) {
      const dir = newFolder();
      mkdirSync(dir);
      writeFileSync(join(dir, name), 'mine');
      const options = { from: made.backup, dir, recoveryCode: made.recoveryCode };
      await expect(restoreBackup(options)).rejects.toThrow(/not empty/);
      expect(readdirSync(dir)).toEqual([name]);
      expect(readFileSync(join(dir, name), 'utf8')).toBe('mine');
    }
  });

  it('an empty folder stays, empty, after a refusal', async () => {
    const dir = newFolder();
    mkdirSync(dir);
    await expect(restoreBackup({ from: made.backup, dir, recoveryCode: otherCode() })).rejects.toThrow();
    expect(readdirSync(dir)).toEqual([]);
  });

  /** A backup whose manifest was made anew after a change, as somebody would who means harm. */
  function forged(change: (folder: string, files: Manifest['files']) => Manifest['files']): string {
    folders += 1;
    const folder = join(root, `forged-${folders}`);
    cpSync(made.backup, folder, { recursive: true });
    const { sum: _sum, ...manifest } = JSON.parse(
      readFileSync(join(folder, MANIFEST_FILE), 'utf8'),
    ) as Manifest;
    const files = change(folder, manifest.files);
    writeFileSync(join(folder, MANIFEST_FILE), manifestText(withSum({ ...manifest, files })));
    return folder;
  }

  /** The entry of a file that was written anew. */
  function described(folder: string, path: string): Manifest['files'][number] {
    const bytes = readFileSync(join(folder, path));
    return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  it('a manifest that names other files, too few, or one twice', async () => {
    const other = (path: string) => (folder: string, files: Manifest['files']) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), 'there, and just as the manifest says');
      return [...files, described(folder, path)];
    };
    for (const change of [
      other('keys.json'),
      other('engine.log'),
      other('blobs/notes'),
      other(`blobs/ab/${'cd'.repeat(32)}`),
      other(`blobs/../stolen`),
      (_folder: string, files: Manifest['files']) => [...files, ...files],
      (_folder: string, files: Manifest['files']) => files.filter(({ path }) => path !== 'titipan.db'),
      (_folder: string, files: Manifest['files']) => files.filter(({ path }) => path !== 'recovery.json'),
      () => [],
    ]) {
      expect(await refusal(forged(change), made.recoveryCode)).toMatch(/Use another backup/);
    }
  });

  it('changed books under a manifest that was made to fit', async () => {
    const from = forged((folder, files) => {
      const books = new Database(join(folder, 'titipan.db'));
      books.exec('DROP TRIGGER sale_no_update; UPDATE sale SET net = net - 1 WHERE number IS NOT NULL');
      books.close();
      return files.map((file) => (file.path === 'titipan.db' ? described(folder, file.path) : file));
    });
    expect(await refusal(from, made.recoveryCode)).toMatch(/do not verify: /);
  });

  it('books that end elsewhere than the manifest says', async () => {
    const from = forged((folder, files) => {
      cpSync(join(neighbour.backup, 'titipan.db'), join(folder, 'titipan.db'));
      return files.map((file) => (file.path === 'titipan.db' ? described(folder, file.path) : file));
    });
    expect(await refusal(from, made.recoveryCode)).toMatch(/not the ones/);
  });

  it("another center's keys, even with that center's code", async () => {
    const from = forged((folder, files) => {
      cpSync(join(neighbour.backup, 'recovery.json'), join(folder, 'recovery.json'));
      return files.map((file) => (file.path === 'recovery.json' ? described(folder, file.path) : file));
    });
    expect(await refusal(from, neighbour.recoveryCode)).toMatch(/not the ones of its books/);
  });
});

/** Restores in a process of its own, killed so long after it was started. */
async function restoring(dir: string, killAfterMs: number): Promise<void> {
  const args = [RESTORING_CHILD, made.backup, dir, made.recoveryCode];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const timer =
    killAfterMs === Number.POSITIVE_INFINITY
      ? undefined
      : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  await once(child, 'close');
  clearTimeout(timer);
}

it('clears away what a restore left that died before it named its books, and only that', async () => {
  const options = { from: made.backup, recoveryCode: made.recoveryCode };
  const dir = newFolder();
  await restoreBackup({ ...options, dir });
  mkdirSync(join(dir, '.restoring'));
  renameSync(join(dir, 'titipan.db'), join(dir, '.restoring', 'titipan.db'));
  expect(await restoreBackup({ ...options, dir })).toMatchObject({ seq: made.seq });
  expect(readdirSync(dir).sort()).toEqual(['blobs', 'keys.json', 'titipan.db']);
  // With books in place the folder is a shop, whatever else lies there.
  mkdirSync(join(dir, '.restoring'));
  await expect(restoreBackup({ ...options, dir })).rejects.toThrow(/not empty/);
  expect(verifyCopy(join(dir, 'titipan.db'))).toMatchObject({ seq: made.seq, problems: [] });
});

describe('at the command line', () => {
  it('refuses in words while an engine runs there, and changes nothing', async () => {
    const { dir } = made.engine;
    const close = await listenLocally(dir, (port) => made.engine.server.serve(port, 'local'));
    const before = readdirSync(dir);
    const ran = await runVerb(['restore', made.backup, '--data', dir], { stdin: `${made.recoveryCode}\n` });
    await close();
    expect([ran.exit, ran.json.ok]).toEqual([1, false]);
    expect(ran.stderr).toMatch(/engine is running/);
    expect(before).toEqual([...new Set([...before, ...readdirSync(dir)])]);
  });

  it('tells another code from a mistyped one, and takes the right one from standard input', async () => {
    const dir = newFolder();
    const args = ['restore', made.backup, '--data', dir];
    const wrong = await runVerb(args, { env: { TITIPAN_RECOVERY_CODE: otherCode() } });
    expect([wrong.exit, wrong.json.name]).toEqual([3, 'keys-wrong-code']);
    const mistyped = await runVerb(args, { stdin: 'ABCD-EFGH\n' });
    expect([mistyped.exit, mistyped.json.name]).toEqual([3, 'keys-mistyped-code']);
    expect(existsSync(dir)).toBe(false);
    const right = await runVerb(args, {
      stdin: ` ${made.recoveryCode.toLowerCase().replaceAll('-', ' ')} \n`,
    });
    expect([right.exit, right.json]).toMatchObject([0, { ok: true, seq: made.seq, data: dir }]);
    expect((await runVerb(['verify', '--data', dir])).json).toMatchObject({ ok: true, seq: made.seq });
  });

  it('killed at any moment, leaves the whole shop or a folder that takes the next try', {
    timeout: 180_000,
  }, async () => {
    const KILLS = 15;
    const start = performance.now();
    await restoring(newFolder(), Number.POSITIVE_INFINITY);
    const wholeMs = performance.now() - start;
    // Some come after the end, on any machine: the last moments are the ones in which files get their names.
    const kills = fc.sample(fc.integer({ min: 0, max: 120 }), { seed, numRuns: KILLS });
    const ends = { whole: 0, nothing: 0 };
    for (const percent of kills) {
      const dir = newFolder();
      await restoring(dir, (wholeMs * percent) / 100);
      if (existsSync(join(dir, 'titipan.db'))) ends.whole += 1;
      else {
        ends.nothing += 1;
        await restoreBackup({ from: made.backup, dir, recoveryCode: made.recoveryCode });
      }
      expect(verifyCopy(join(dir, 'titipan.db'))).toMatchObject({ seq: made.seq, problems: [] });
      const engine = await startEngine({ dir });
      await engine.stop();
    }
    console.log(`${KILLS} kills of a restore: ${ends.whole} came too late, ${ends.nothing} were done again`);
    expect(ends.nothing).toBeGreaterThan(0);
  });
});
