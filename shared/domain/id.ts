import { assertRule } from './check.ts';

declare const commandIdBrand: unique symbol;

/** The id of one intent, made by the client at the moment of intent: a UUID version 7, lower case. */
export type CommandId = string & { readonly [commandIdBrand]: true };

const COMMAND_ID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MAX_TIMESTAMP_MS = 2 ** 48 - 1;

/** True for a version 7 UUID in its one accepted spelling, lower case: an id must not have two spellings. */
export function isCommandId(text: string): text is CommandId {
  return COMMAND_ID_PATTERN.test(text);
}

/**
 * A UUID version 7 (RFC 9562): 48 bits of `atMs` (milliseconds since 1970), version, variant, and 74 random bits
 * taken from `random16`, 16 bytes that the caller draws from a secure source. Pure: same arguments, same id.
 * Throws when `random16` is not 16 bytes or `atMs` is no whole, non-negative 48-bit number.
 */
export function uuidV7(atMs: number, random16: Uint8Array): CommandId {
  assertRule(random16.length === 16, 'a command id takes 16 random bytes');
  assertRule(Number.isSafeInteger(atMs) && atMs >= 0 && atMs <= MAX_TIMESTAMP_MS, 'moment out of range');
  const time = atMs.toString(16).padStart(12, '0');
  const random = Array.from(random16.subarray(6), (byte) => byte.toString(16).padStart(2, '0')).join('');
  // 74 bits survive: the version takes a nibble, and the variant the two top bits of its nibble.
  const variant = (8 | (Number.parseInt(random.charAt(4), 16) & 3)).toString(16);
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(1, 4)}-${variant}${random.slice(5, 8)}-${random.slice(8)}`;
  assertRule(isCommandId(id), 'a command id has the shape of a version 7 UUID');
  return id;
}
