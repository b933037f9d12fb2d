/**
 * Proves that a damaged backup is never taken for a good one: every byte of its manifest and of its recovery file,
 * and a sample of its other bytes (the whole SQLite header, the first and last byte of every file, and at least 300
 * drawn offsets; every single one with SOAK=1), is changed in turn, files are cut short, lengthened, emptied, removed
 * and exchanged. Each time the restore must refuse and leave nothing behind.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBackup, MANIFEST_FILE, RECOVERY_FILE } from '../../main/engine/backup/manifest.ts';
import { restoreBackup } from '../../main/engine/backup/restore.ts';
import { openBackedUpShop } from '../support/backed-up-shop.ts';
import { temporaryFolder } from '../support/engine.ts';
import { seed } from '../support/seed.ts';

const DRAWN_OFFSETS = 300;
const SQLITE_HEADER_BYTES = 100;
const soak = process.env.SOAK === '1';

let root: string;
/** A copy of the backup that tests may damage and have to mend. */
let backup: string;
let recoveryCode: string;
let files: string[];

beforeAll(async () => {
  const shop = await openBackedUpShop();
  root = temporaryFolder('titipan-damaged');
  backup = join(root, 'backup');
  cpSync(shop.backup, backup, { recursive: true });
  ({ recoveryCode } = shop);
  files = readdirSync(backup, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(backup.length + 1));
  await shop.engine.stop();
  rmSync(shop.engine.dir, { recursive: true });
});

afterAll(() => rmSync(root, { recursive: true }));

/** Why the restore refused, or `taken`. Whatever it did, nothing may be left of it. */
async function restore(): Promise<string> {
  const dir = join(root, 'restored');
  try {
    await restoreBackup({ from: backup, dir, recoveryCode });
    return 'taken';
  } catch (error) {
    expect(existsSync(dir)).toBe(false);
    return (error as Error).name;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Runs `check` with one file of the backup changed. */
async function damaged(
  file: string,
  change: (bytes: Buffer) => Buffer,
  check: () => Promise<void>,
): Promise<void> {
  const path = join(backup, file);
  const sound = readFileSync(path);
  writeFileSync(path, change(Buffer.from(sound)));
  try {
    await check();
  } finally {
    writeFileSync(path, sound);
  }
}

it('is a sound backup to begin with, with blobs in it', async () => {
  expect(files.filter((file) => file.startsWith('blobs/')).length).toBeGreaterThanOrEqual(2);
  expect(await restore()).toBe('taken');
});

/** Values to put in place of a byte; a single one where every byte is tried, else all that are likely to pass. */
function otherBytes(byte: number, file: string): number[] {
  const likely = file === MANIFEST_FILE || file === RECOVERY_FILE ? [0x20, 0x0a, byte ^ 1] : [byte ^ 1];
  return [...new Set(likely)].filter((other) => other !== byte);
}

async function changedBytes(file: string, offsets: readonly number[]): Promise<string[]> {
  const taken: string[] = [];
  let tried = 0;
  for (const offset of offsets) {
    const was = readFileSync(join(backup, file))[offset] as number;
    for (const byte of otherBytes(was, file)) {
      const change = (bytes: Buffer) => {
        bytes[offset] = byte;
        return bytes;
      };
      await damaged(file, change, async () => {
        tried += 1;
        const answer = await restore();
        if (answer !== 'BackupDamaged') taken.push(`${file} ${offset}: ${was} → ${byte}: ${answer}`);
      });
    }
  }
  console.log(`${file}: ${tried} changed bytes at ${offsets.length} offsets`);
  return taken;
}

describe('one changed byte', () => {
  it.each([MANIFEST_FILE, RECOVERY_FILE])('anywhere in %s', async (file) => {
    const { length } = readFileSync(join(backup, file));
    const offsets = Array.from({ length }, (_, offset) => offset);
    expect(await changedBytes(file, offsets)).toEqual([]);
  });

  it('in the books and the blobs', async () => {
    for (const file of files) {
      if (file === MANIFEST_FILE || file === RECOVERY_FILE) continue;
      const { length } = readFileSync(join(backup, file));
      const drawn = fc.sample(fc.integer({ min: 0, max: length - 1 }), { seed, numRuns: DRAWN_OFFSETS });
      const header = Array.from({ length: Math.min(length, SQLITE_HEADER_BYTES) }, (_, offset) => offset);
      const offsets = soak
        ? Array.from({ length }, (_, offset) => offset)
        : [...new Set([...header, length - 1, ...drawn])].sort((a, b) => a - b);
      expect(await changedBytes(file, offsets)).toEqual([]);
    }
  });
});

describe('a file', () => {
  const changes: Record<string, (bytes: Buffer) => Buffer> = {
    'cut short by one byte': (bytes) => bytes.subarray(0, -1),
    'cut in half': (bytes) => bytes.subarray(0, bytes.length >> 1),
    empty: () => Buffer.alloc(0),
    'longer by a line break': (bytes) => Buffer.concat([bytes, Buffer.from('\n')]),
    'longer by a zero': (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]),
    'of zeros': (bytes) => Buffer.alloc(bytes.length),
  };
  it.each(Object.entries(changes))('%s', async (_what, change) => {
    for (const file of files) {
      await damaged(file, change, async () => {
        expect([file, await restore()]).toEqual([file, 'BackupDamaged']);
        await expect(checkBackup(backup)).rejects.toThrow(/./);
      });
    }
  });

  it('that is gone, or a folder in its place', async () => {
    for (const file of files) {
      const path = join(backup, file);
      const sound = readFileSync(path);
      rmSync(path);
      expect([file, await restore()]).toEqual([file, 'BackupDamaged']);
      mkdirSync(path);
      expect([file, await restore()]).toEqual([file, 'BackupDamaged']);
      rmSync(path, { recursive: true });
      writeFileSync(path, sound);
    }
    expect(await restore()).toBe('taken');
  });

  it('exchanged for another of the same backup', async () => {
    for (const [index, file] of files.entries()) {
      const other = readFileSync(join(backup, files[(index + 1) % files.length] as string));
      await damaged(
        file,
        () => other,
        async () => expect([file, await restore()]).toEqual([file, 'BackupDamaged']),
      );
    }
  });
});

it('is taken again when everything is mended', async () => {
  expect(await restore()).toBe('taken');
});
