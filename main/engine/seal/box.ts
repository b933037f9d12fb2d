import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

/**
 * One way to seal bytes: AES-256-GCM, a fresh random 12-byte nonce in front, the whole 16-byte tag behind.
 * What a box belongs to (a person, a purpose) is bound to it as additional data, so that a box moved elsewhere
 * does not open there.
 */

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

/** Bytes that a box is longer than what it holds. */
export const BOX_OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

/** Nonce, ciphertext and tag, one after the other. `boundTo` must be given again, part for part, to open it. */
export function sealBox(key: KeyObject, boundTo: readonly string[], plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(boundTo));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** What the box holds, or undefined when the key, the binding or any byte of the box is not the one it was sealed with. */
export function openBox(key: KeyObject, boundTo: readonly string[], box: Uint8Array): Buffer | undefined {
  if (box.length < BOX_OVERHEAD_BYTES) return undefined;
  // The tag length is fixed here: GCM as such would accept a tag cut down to 4 bytes, which can be guessed.
  const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(additionalData(boundTo));
  decipher.setAuthTag(box.subarray(box.length - TAG_BYTES));
  const body = decipher.update(box.subarray(NONCE_BYTES, box.length - TAG_BYTES));
  try {
    return Buffer.concat([body, decipher.final()]);
  } catch {
    return undefined;
  }
}

/** JSON keeps ['ab','c'] and ['a','bc'] apart, which plain joining would not. */
function additionalData(parts: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(parts), 'utf8');
}

/**
 * Decodes base64 that is written the one canonical way, else undefined. Node's own decoder skips what it does not
 * know and ignores spare bits of the last character, so two different texts could stand for the same bytes.
 */
export function strictBase64(text: string, encoding: 'base64' | 'base64url' = 'base64'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}
