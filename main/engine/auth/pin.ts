import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { strictBase64 } from '../seal/box.ts';
import type { Key } from '../seal/keys.ts';

/**
 * PINs are kept as scrypt over HMAC-SHA256(pepper, PIN). A PIN of six digits is guessed in a million tries whatever
 * the hash, so the pepper, which is not in the database, is what protects a stolen file; the cost slows the rest.
 */

export interface PinCost {
  /** log₂ of scrypt's N. Memory is 128 · 2^logN · r bytes: 128 MiB at 17 and 8. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

export const PIN_COST: PinCost = { logN: 17, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** A stored cost above this is no hash of ours; working it out would eat the machine's memory. */
const HIGHEST_COST: PinCost = { logN: 18, r: 8, p: 4 };
const MAX_WAITING = 32;

/**
 * Too many PINs wait to be worked out; nothing was checked. An exception and not an answer, so that nobody can
 * take it for "right" by a careless `if`.
 */
export class PinBusyError extends Error {
  override readonly name = 'PinBusyError';
}

/**
 * The text to keep for a PIN: `scrypt$17$8$1$<salt>$<hash>`, both base64. The salt is random. With `saltSeed` (an id
 * used once, such as the command's) it follows from that and the pepper instead: then a resent command has the same
 * text, and its fingerprint can be taken over this slow hash instead of over the PIN itself.
 * Throws PinBusyError when more than 32 are waiting.
 */
export async function hashPin(
  pepper: Key<'pepper'>,
  pin: string,
  cost = PIN_COST,
  saltSeed?: string,
): Promise<string> {
  const salt = saltSeed === undefined ? randomBytes(SALT_BYTES) : seededSalt(pepper, saltSeed);
  const hash = await oneAtATime(() => stretch(pepper, pin, salt, cost));
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64'), hash.toString('base64')].join('$');
}

/**
 * True when `pin` is the one `stored` was made from. For a user that does not exist pass undefined: the answer is
 * false after the same work, so that the time it takes does not tell which names exist.
 * Throws PinBusyError when more than 32 are waiting, Error when `stored` is not a text of hashPin.
 */
export async function verifyPin(
  pepper: Key<'pepper'>,
  pin: string,
  stored: string | undefined,
  costOfUnknown = PIN_COST,
): Promise<boolean> {
  const known = stored === undefined ? undefined : parseStored(stored);
  const { cost, salt, hash } = known ?? {
    cost: costOfUnknown,
    salt: randomBytes(SALT_BYTES),
    hash: randomBytes(HASH_BYTES),
  };
  const worked = await oneAtATime(() => stretch(pepper, pin, salt, cost));
  const equal = timingSafeEqual(worked, hash);
  return equal && known !== undefined;
}

function seededSalt(pepper: Key<'pepper'>, seed: string): Buffer {
  // The label keeps this apart from HMAC(pepper, PIN): a PIN is digits only and never begins like this.
  return createHmac('sha256', pepper).update(`salt of ${seed}`).digest().subarray(0, SALT_BYTES);
}

function stretch(pepper: Key<'pepper'>, pin: string, salt: Buffer, cost: PinCost): Promise<Buffer> {
  const peppered = createHmac('sha256', pepper).update(pin, 'utf8').digest();
  const N = 2 ** cost.logN;
  // Node's default limit of 32 MiB is below what the cost needs; twice the need leaves room for scrypt's own buffers.
  const options = { N, r: cost.r, p: cost.p, maxmem: 2 * 128 * (N + 8) * cost.r * cost.p };
  return new Promise((resolve, reject) => {
    scrypt(peppered, salt, HASH_BYTES, options, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
}

function parseStored(stored: string): { cost: PinCost; salt: Buffer; hash: Buffer } {
  const [, logN, r, p, saltText, hashText] =
    /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([^$]{1,100})\$([^$]{1,100})$/.exec(stored) ?? [];
  const cost: PinCost = { logN: Number(logN), r: Number(r), p: Number(p) };
  const salt = strictBase64(saltText ?? '');
  const hash = strictBase64(hashText ?? '');
  const payable = cost.logN >= 1 && cost.r >= 1 && cost.p >= 1 && isWithin(cost, HIGHEST_COST);
  if (!payable || salt?.length !== SALT_BYTES || hash?.length !== HASH_BYTES) {
    throw new Error('a stored PIN hash is damaged');
  }
  return { cost, salt, hash };
}

function isWithin(cost: PinCost, limit: PinCost): boolean {
  return cost.logN <= limit.logN && cost.r <= limit.r && cost.p <= limit.p;
}

// --- one at a time ---------------------------------------------------------------------------------------------

/** Each takes 128 MiB and a core for a good part of a second; several at once would starve a small till. */
let working = false;
const waiting: (() => void)[] = [];

async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  if (working) {
    if (waiting.length >= MAX_WAITING) throw new PinBusyError('too many PINs are waiting to be checked');
    await new Promise<void>((goOn) => waiting.push(goOn));
  }
  working = true;
  try {
    return await work();
  } finally {
    // The turn is handed over without ever being free, so nobody who comes just now can slip in.
    const next = waiting.shift();
    if (next === undefined) working = false;
    else next();
  }
}
