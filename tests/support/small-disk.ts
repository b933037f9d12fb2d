/** A small file system of its own, for tests of a full and of a read-only disk. Needs root; says so where it is not. */
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './engine.ts';

export interface SmallDisk {
  path: string;
  /** Writes a file until no byte is left, then gives `spare` bytes back. */
  fill(spare?: number): void;
  /** Removes what `fill` wrote. */
  empty(): void;
  freeBytes(): number;
  remountReadOnly(): void;
  unmount(): void;
}

/** Mounts a tmpfs of so many bytes; undefined where this account may not mount, with the reason on the console. */
export function mountSmallDisk(bytes: number): SmallDisk | undefined {
  const path = temporaryFolder('titipan-disk');
  const mount = (...args: string[]) => execFileSync('mount', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    mount('-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, 'tmpfs', path);
  } catch (error) {
    console.log(`SKIPPED: no small disk can be mounted here: ${(error as Error).message}`);
    return undefined;
  }
  const filler = join(path, 'filler');
  const freeBytes = () => {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  };
  return {
    path,
    freeBytes,
    fill(spare = 0) {
      const file = openSync(filler, 'w');
      const block = Buffer.alloc(4096, 1);
      let length = 0;
      try {
        for (;;) length += writeSync(file, block);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
      ftruncateSync(file, Math.max(0, length - spare));
      closeSync(file);
    },
    empty: () => rmSync(filler, { force: true }),
    remountReadOnly: () => mount('-o', 'remount,ro', path),
    unmount: () => {
      execFileSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
