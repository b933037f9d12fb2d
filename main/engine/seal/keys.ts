import { createSecretKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import {
  damaged,
  KEYS_FILE,
  KeysError,
  masterPart,
  type RecoveryWrapping,
  readKeysFile,
  recoveryPart,
  recoveryWrappingFrom,
  writeKeysFile,
} from './keys-file.ts';
import {
  derive,
  keyIdOf,
  newMaster,
  unwrapForRecovery,
  unwrapMaster,
  wrapForRecovery,
  wrapMaster,
} from './master-key.ts';
import { groupRecoveryCode, newRecoveryCode, normaliseRecoveryCode } from './recovery-code.ts';

export { KeysError, type KeysProblem, type RecoveryWrapping } from './keys-file.ts';
export { normaliseRecoveryCode } from './recovery-code.ts';

/**
 * The center's master key: 32 random bytes, made at first start and never changed. Everything secret is derived
 * from it. It lies in `DIR/keys.json`, wrapped by the host's keystore where there is one, else plainly under mode
 * 0600, and once more wrapped by the recovery code. The keys are KeyObjects: they print as nothing in a log.
 */

declare const purposeBrand: unique symbol;
/** A key for one purpose; a key of another purpose does not fit in its place. */
export type Key<Purpose extends string> = KeyObject & { readonly [purposeBrand]: Purpose };

export interface Keys {
  /** Names the master key without telling anything of it. A database should remember it and refuse another one's keys. */
  readonly id: string;
  /** Mixed into every PIN before hashing, so that a stolen database alone cannot be guessed at. */
  readonly pepper: Key<'pepper'>;
  /** For the fingerprint of a command's plain input. */
  readonly fingerprint: Key<'fingerprint'>;
  /** For finding an equal personal number without opening it. */
  readonly index: Key<'index'>;
  /** Wraps the key of each person. */
  readonly personWrap: Key<'personWrap'>;
  /** For sealing or signing what the audit needs. */
  readonly audit: Key<'audit'>;
  /** How the master key lies on this machine. */
  readonly wrapping: 'keystore' | 'plain';
  /** False until a code was issued, and when its part of the file is damaged: a new code must then be printed. */
  readonly hasRecovery: boolean;
  readonly recoveryDamaged: boolean;
}

export interface KeystoreOption {
  /** 32 bytes that the operating system's keystore keeps for the host; absent where there is no keystore. */
  readonly keystoreSecret?: Uint8Array | undefined;
}

interface Secrets {
  readonly master: KeyObject;
  recovery: 'none' | 'sound' | 'damaged';
}
/** Kept beside the Keys, not in them: whoever has derived keys at hand does not have the master key. */
const secretsOf = new WeakMap<Keys, Secrets>();

/**
 * Opens the keys of `dir`. With `create` it makes them where there is no file yet; without, that is `missing`.
 * Never create beside a database that exists: nothing sealed in it would open again.
 * Throws KeysError: missing, damaged, needs-keystore, wrong-keystore, unreadable, unwritable.
 */
export function openKeys(dir: string, options: KeystoreOption & { readonly create?: boolean } = {}): Keys {
  const raw = readKeysFile(dir) ?? (options.create ? createFile(dir, options.keystoreSecret) : undefined);
  if (raw === undefined) {
    throw new KeysError(
      'missing',
      `There is no key file ${join(dir, KEYS_FILE)}. Put it back from where it was copied, or restore the newest backup with the recovery code.`,
    );
  }
  const part = masterPart(dir, raw);
  const master = unwrapMaster(dir, part, options.keystoreSecret);
  if (keyIdOf(master) !== part.keyId) throw damaged(dir);
  const recovery = recoveryPart(raw);
  if (typeof recovery === 'string') return keysFrom(master, part.kind, recovery);
  return keysFrom(master, part.kind, recovery.keyId === part.keyId ? 'sound' : 'damaged');
}

function createFile(dir: string, keystoreSecret: Uint8Array | undefined) {
  writeKeysFile(dir, { master: wrapMaster(newMaster(), keystoreSecret) }, true);
  // Read back what is on disk now: it is another start's key if that one was a moment earlier.
  return readKeysFile(dir);
}

/**
 * Makes a new recovery code and wraps the master key with it. The text is shown to a person once and kept nowhere.
 * It opens backups made from now on; an earlier code still opens the backups made while it was the current one.
 */
export function issueRecoveryCode(dir: string, keys: Keys): string {
  const secrets = secretsFor(keys);
  const raw = readKeysFile(dir);
  const part = raw && masterPart(dir, raw);
  if (part?.keyId !== keys.id) throw otherKey(dir);
  const code = newRecoveryCode();
  writeKeysFile(dir, { master: part, recovery: wrapForRecovery(secrets.master, code) });
  secrets.recovery = 'sound';
  return groupRecoveryCode(code);
}

/**
 * What a backup carries of the keys: the master key as only the recovery code opens it. Works without opening the
 * keys, so also where the keystore is lost. Throws `missing`, `no-recovery` or `damaged`.
 */
export function recoveryWrapping(dir: string): RecoveryWrapping {
  const raw = readKeysFile(dir);
  if (raw === undefined) throw new KeysError('missing', `There is no key file ${join(dir, KEYS_FILE)}.`);
  const recovery = recoveryPart(raw);
  if (typeof recovery !== 'string') return recovery;
  throw recovery === 'none'
    ? new KeysError('no-recovery', 'No recovery code has been issued yet. Issue one and print it.')
    : new KeysError(
        'damaged',
        'The recovery part of the key file is damaged. Issue and print a new recovery code.',
      );
}

/**
 * Writes `dir/keys.json` anew from a recovery wrapping and the code a person typed, wrapped by this machine's
 * keystore if there is one; the code stays valid. Also the way to move a plain key file into a keystore.
 * A sound key file of another center in the folder is never overwritten (`other-key`); a damaged one is.
 * Throws KeysError: damaged, mistyped-code, wrong-code, other-key, unreadable, unwritable.
 */
export function restoreKeys(
  dir: string,
  wrapping: unknown,
  code: string,
  options: KeystoreOption = {},
): Keys {
  const sound = recoveryWrappingFrom(wrapping);
  if (sound === undefined) {
    throw new KeysError('damaged', 'The recovery part of this backup is damaged. Take another backup.');
  }
  const normalised = normaliseRecoveryCode(code);
  if (normalised === undefined) {
    throw new KeysError(
      'mistyped-code',
      'The recovery code is mistyped. Compare it with the paper, letter by letter.',
    );
  }
  const master = unwrapForRecovery(sound, normalised);
  if (master === undefined) {
    throw new KeysError(
      'wrong-code',
      'The recovery code is typed well, but it is not the one of this backup. Look for the paper printed last before the backup was made.',
    );
  }
  if (holdsOtherKey(dir, sound.keyId)) throw otherKey(dir);
  const part = wrapMaster(master, options.keystoreSecret);
  writeKeysFile(dir, { master: part, recovery: sound });
  return keysFrom(master, part.kind, 'sound');
}

function holdsOtherKey(dir: string, keyId: string): boolean {
  try {
    const raw = readKeysFile(dir);
    return raw !== undefined && masterPart(dir, raw).keyId !== keyId;
  } catch (error) {
    if (error instanceof KeysError && error.problem === 'damaged') return false;
    throw error;
  }
}

function otherKey(dir: string): KeysError {
  return new KeysError(
    'other-key',
    `The key file in ${dir} is not the one this center's books were sealed with. Move it to a safe place first.`,
  );
}

function derivedKey<Purpose extends string>(master: KeyObject, purpose: Purpose): Key<Purpose> {
  return createSecretKey(derive(master, Buffer.alloc(0), `key ${purpose}`)) as Key<Purpose>;
}

function keysFrom(master: KeyObject, wrapping: Keys['wrapping'], recovery: Secrets['recovery']): Keys {
  const secrets: Secrets = { master, recovery };
  const keys: Keys = {
    id: keyIdOf(master),
    pepper: derivedKey(master, 'pepper'),
    fingerprint: derivedKey(master, 'fingerprint'),
    index: derivedKey(master, 'index'),
    personWrap: derivedKey(master, 'personWrap'),
    audit: derivedKey(master, 'audit'),
    wrapping,
    get hasRecovery() {
      return secrets.recovery === 'sound';
    },
    get recoveryDamaged() {
      return secrets.recovery === 'damaged';
    },
  };
  secretsOf.set(keys, secrets);
  return keys;
}

function secretsFor(keys: Keys): Secrets {
  const secrets = secretsOf.get(keys);
  if (secrets === undefined)
    throw new Error('rule broken: these keys were not opened by openKeys or restoreKeys');
  return secrets;
}
