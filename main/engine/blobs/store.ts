import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder } from '../sync.ts';

/**
 * Big things outside SQLite, each under the SHA-256 of its content. A blob is complete or not there: it grows beside
 * its place and is moved there when its content has the promised hash.
 */
export interface BlobStore {
  /** Takes one chunk. True when the blob is complete now. Throws `damaged` when the whole has another hash. */
  put(chunk: { sha256: string; bytes: number; offset: number; data: Buffer }): boolean;
  /** Stores a whole blob; answers its SHA-256. */
  add(content: Buffer): string;
  /** The content, checked against its name, or undefined. */
  read(sha256: string): Buffer | undefined;
  path(sha256: string): string;
}

export class BlobDamaged extends Error {
  override readonly name = 'BlobDamaged';
}

export function openBlobs(dir: string): BlobStore {
  const root = join(dir, 'blobs');
  const incoming = join(root, 'incoming');
  mkdirSync(incoming, { recursive: true, mode: 0o700 });

  const path = (sha256: string) => blobPath(dir, sha256);

  function finish(sha256: string, from: string): void {
    const place = path(sha256);
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    renameSync(from, place);
    syncFolder(dirname(place));
  }

  function put({
    sha256,
    bytes,
    offset,
    data,
  }: {
    sha256: string;
    bytes: number;
    offset: number;
    data: Buffer;
  }): boolean {
    if (existsSync(path(sha256))) return true;
    const part = join(incoming, sha256);
    const held = existsSync(part) ? statSync(part).size : 0;
    // A chunk that came before is taken again; one that would leave a hole is not.
    if (offset > held || offset + data.length > bytes) throw new BlobDamaged('chunk out of order');
    writeAt(part, offset, data);
    if (Math.max(held, offset + data.length) < bytes) return false;
    if (hashOf(readFileSync(part)) !== sha256) {
      rmSync(part);
      throw new BlobDamaged('the content is not what its name says');
    }
    finish(sha256, part);
    return true;
  }

  return {
    put,
    path,
    add(content) {
      const sha256 = hashOf(content);
      if (existsSync(path(sha256))) return sha256;
      const part = join(incoming, sha256);
      rmSync(part, { force: true });
      writeAt(part, 0, content);
      finish(sha256, part);
      return sha256;
    },
    read: (sha256) => readBlob(dir, sha256),
  };
}

/** One blob of a data folder or of a backup, without touching the folder. Throws BlobDamaged when it was changed. */
export function readBlob(dir: string, sha256: string): Buffer | undefined {
  const place = blobPath(dir, sha256);
  if (!existsSync(place)) return undefined;
  const content = readFileSync(place);
  if (hashOf(content) !== sha256) throw new BlobDamaged(`blob ${sha256} was changed`);
  return content;
}

/** Where a blob lies below its folder, with forward slashes, as a backup's manifest writes it. */
export const blobPathPattern = /^blobs\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/;

function blobPath(dir: string, sha256: string): string {
  return join(dir, 'blobs', sha256.slice(0, 2), sha256);
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function writeAt(file: string, offset: number, data: Buffer): void {
  const handle = openSync(file, existsSync(file) ? 'r+' : 'w', 0o600);
  try {
    let written = 0;
    while (written < data.length) {
      written += writeSync(handle, data, written, data.length - written, offset + written);
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
