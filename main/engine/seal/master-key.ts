import { createSecretKey, hkdfSync, type KeyObject, randomBytes, scryptSync } from 'node:crypto';
import { openBox, sealBox, strictBase64 } from './box.ts';
import { damaged, KeysError, type MasterPart, type RecoveryWrapping, withSum } from './keys-file.ts';
import type { RecoveryCode } from './recovery-code.ts';

/** How the master key is wrapped, by a keystore's secret or by a recovery code, and what is derived from it. */

const KEY_BYTES = 32;
const KEY_ID_BYTES = 12;
const SALT_BYTES = 16;
/** The code has 135 random bits; nobody guesses it at any speed, so the cost only has to be a courtesy. */
const RECOVERY_KDF = 'scrypt$14$8$1' as const;
const RECOVERY_COST = { N: 2 ** 14, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** A master key from the secure random source. */
export function newMaster(): KeyObject {
  return createSecretKey(randomBytes(KEY_BYTES));
}

/** HKDF-SHA256. Every label is used for one purpose only, so no derived key tells anything of another. */
export function derive(from: KeyObject, salt: Uint8Array, label: string, bytes = KEY_BYTES): Buffer {
  return Buffer.from(hkdfSync('sha256', from, salt, `titipan 1 ${label}`, bytes));
}

/** The name of a master key: it tells two apart and nothing else. */
export function keyIdOf(master: KeyObject): string {
  return derive(master, Buffer.alloc(0), 'name of the master key', KEY_ID_BYTES).toString('base64url');
}

/** The master key as it lies on this machine. `keystoreSecret` has 32 bytes. */
export function wrapMaster(master: KeyObject, keystoreSecret: Uint8Array | undefined): MasterPart {
  const keyId = keyIdOf(master);
  if (keystoreSecret === undefined) {
    return withSum<MasterPart>({ kind: 'plain', keyId, key: master.export().toString('base64') });
  }
  const salt = randomBytes(SALT_BYTES);
  const sealed = sealBox(keystoreKey(keystoreSecret, salt), ['keystore', keyId], master.export());
  return withSum<MasterPart>({
    kind: 'keystore',
    keyId,
    salt: salt.toString('base64'),
    sealed: sealed.toString('base64'),
  });
}

/** Opens it again. Throws KeysError: damaged, needs-keystore, wrong-keystore. */
export function unwrapMaster(
  dir: string,
  part: MasterPart,
  keystoreSecret: Uint8Array | undefined,
): KeyObject {
  if (part.kind === 'plain') return masterFrom(strictBase64(part.key)) ?? fail(damaged(dir));
  if (keystoreSecret === undefined) {
    throw new KeysError(
      'needs-keystore',
      'The key file opens only with the keystore of the computer account that made it. Start Titipan under that account, or restore with the recovery code.',
    );
  }
  const salt = strictBase64(part.salt);
  const sealed = strictBase64(part.sealed);
  if (salt === undefined || sealed === undefined) throw damaged(dir);
  const master = masterFrom(openBox(keystoreKey(keystoreSecret, salt), ['keystore', part.keyId], sealed));
  if (master !== undefined) return master;
  throw new KeysError(
    'wrong-keystore',
    "This computer account's keystore does not open the key file. Start Titipan under the account that made it, or restore with the recovery code.",
  );
}

function keystoreKey(keystoreSecret: Uint8Array, salt: Uint8Array): KeyObject {
  if (keystoreSecret.length !== KEY_BYTES) throw new Error('rule broken: a keystore secret has 32 bytes');
  return createSecretKey(derive(createSecretKey(keystoreSecret), salt, 'keystore wrapping'));
}

/** The master key as the recovery code opens it. */
export function wrapForRecovery(master: KeyObject, code: RecoveryCode): RecoveryWrapping {
  const keyId = keyIdOf(master);
  const salt = randomBytes(SALT_BYTES);
  const sealed = sealBox(recoveryKey(code, salt), ['recovery', keyId], master.export());
  return withSum<RecoveryWrapping>({
    format: 'titipan-recovery-1',
    keyId,
    kdf: RECOVERY_KDF,
    salt: salt.toString('base64'),
    sealed: sealed.toString('base64'),
  });
}

/** Opens it again; undefined when the code is another one. */
export function unwrapForRecovery(wrapping: RecoveryWrapping, code: RecoveryCode): KeyObject | undefined {
  const salt = strictBase64(wrapping.salt);
  const sealed = strictBase64(wrapping.sealed);
  if (salt === undefined || sealed === undefined) return undefined;
  const master = masterFrom(openBox(recoveryKey(code, salt), ['recovery', wrapping.keyId], sealed));
  return master !== undefined && keyIdOf(master) === wrapping.keyId ? master : undefined;
}

function recoveryKey(code: RecoveryCode, salt: Uint8Array): KeyObject {
  return createSecretKey(scryptSync(code, salt, KEY_BYTES, RECOVERY_COST));
}

function masterFrom(bytes: Buffer | undefined): KeyObject | undefined {
  return bytes?.length === KEY_BYTES ? createSecretKey(bytes) : undefined;
}

function fail(error: Error): never {
  throw error;
}
