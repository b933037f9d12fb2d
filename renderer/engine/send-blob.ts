import { sha256 } from '@noble/hashes/sha2.js';
import { BLOB_CHUNK_BYTES, blobPut } from '../../shared/contract/product.ts';
import type { Client } from '../../shared/wire/client.ts';
import { type Problem, problemOf } from './problem.ts';

/** SHA-256 in lower-case hex. Computed here because a page on plain http has no `crypto.subtle`. */
export function sha256Hex(bytes: Uint8Array): string {
  return Array.from(sha256(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Base64 of a chunk; in slices, because one call takes only so many arguments. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return btoa(text);
}

/** Puts a file into the engine's blob store, chunk by chunk. Gives its hash, or the problem that stopped it. */
export async function sendBlob(
  client: Pick<Client, 'call'>,
  bytes: Uint8Array,
  onProgress: (sentBytes: number) => void,
): Promise<{ sha256: string } | { problem: Problem }> {
  const hash = sha256Hex(bytes);
  for (let offset = 0; offset < bytes.length; offset += BLOB_CHUNK_BYTES) {
    const chunk = base64Of(bytes.subarray(offset, offset + BLOB_CHUNK_BYTES));
    const answer = await client.call(blobPut, { sha256: hash, bytes: bytes.length, offset, chunk });
    const problem = problemOf(answer);
    if (problem) return { problem };
    onProgress(Math.min(offset + BLOB_CHUNK_BYTES, bytes.length));
    if (answer.outcome === 'ok' && answer.value.complete) break;
  }
  return { sha256: hash };
}
