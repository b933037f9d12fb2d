import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const SECRET_BYTES = 32;
const FILE_NAME = 'keystore.bin';

/** What is used of Electron's safeStorage; the backend's name is told by newer Electrons on Linux only. */
export interface OsKeystore {
  isEncryptionAvailable(): boolean;
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(sealed: Buffer): string;
}

/**
 * The secret that only this user's OS keystore can open, as base64 of 32 bytes; made at the first start and kept,
 * sealed, in the data folder. Undefined where there is no real keystore, and where the file was sealed by another
 * one (a copied data folder): the file is then left as it is and the engine asks for the recovery code.
 */
export function loadKeystoreSecret(
  dataDir: string,
  keystore: OsKeystore,
  platform: string,
): string | undefined {
  if (!isRealKeystore(keystore, platform)) return undefined;
  const path = join(dataDir, FILE_NAME);
  if (!existsSync(path))
    writeWhole(path, keystore.encryptString(randomBytes(SECRET_BYTES).toString('base64')));
  try {
    return keystore.decryptString(readFileSync(path));
  } catch (error) {
    console.error(`titipan: ${path} cannot be opened by this user's keystore`, error);
    return undefined;
  }
}

/** Without a desktop keyring Chromium falls back to a key that is the same on every Linux: that protects nothing. */
function isRealKeystore(keystore: OsKeystore, platform: string): boolean {
  if (!keystore.isEncryptionAvailable()) return false;
  if (platform !== 'linux') return true;
  const backend = keystore.getSelectedStorageBackend?.() ?? 'unknown';
  return backend !== 'basic_text' && backend !== 'unknown';
}

/** Owner-only and never half: a power cut leaves the old state or the new. */
function writeWhole(path: string, bytes: Buffer): void {
  const unfinished = `${path}.new`;
  const file = openSync(unfinished, 'w', 0o600);
  writeSync(file, bytes);
  fsyncSync(file);
  closeSync(file);
  renameSync(unfinished, path);
}
