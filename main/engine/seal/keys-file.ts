import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * `DIR/keys.json`: how it looks, how it is read and how it is replaced. What its parts mean is in keys.ts.
 * Every part carries a checksum of its own. The checksum guards nothing against a person who means harm (the
 * sealing does that); it tells a damaged part from a wrong code or a wrong keystore, which need different advice.
 */

export const KEYS_FILE = 'keys.json';
const FORMAT = 'titipan-keys-1';
const MAX_FILE_BYTES = 64 * 1024;
const OWNER_ONLY = 0o600;
const SUM_BYTES = 16;

export type KeysProblem =
  | 'missing'
  | 'damaged'
  | 'needs-keystore'
  | 'wrong-keystore'
  | 'no-recovery'
  | 'mistyped-code'
  | 'wrong-code'
  | 'other-key'
  | 'unreadable'
  | 'unwritable';

/** Why the keys cannot be had. `problem` is for programs, the message is a sentence a person can act on. */
export class KeysError extends Error {
  override readonly name = 'KeysError';
  readonly problem: KeysProblem;
  constructor(problem: KeysProblem, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.problem = problem;
  }
}

const shortText = z.string().min(1).max(200);

const masterSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('plain'), keyId: shortText, key: shortText, sum: shortText }),
  z.strictObject({
    kind: z.literal('keystore'),
    keyId: shortText,
    salt: shortText,
    sealed: shortText,
    sum: shortText,
  }),
]);

const recoverySchema = z.strictObject({
  format: z.literal('titipan-recovery-1'),
  keyId: shortText,
  kdf: z.literal('scrypt$14$8$1'),
  salt: shortText,
  sealed: shortText,
  sum: shortText,
});

export type MasterPart = z.infer<typeof masterSchema>;

/** The master key as a backup carries it: opened by the recovery code and by nothing else. Plain JSON. */
export type RecoveryWrapping = z.infer<typeof recoverySchema>;

export interface KeysFile {
  readonly master: MasterPart;
  readonly recovery?: RecoveryWrapping | undefined;
}

type WithoutSum<Part> = Part extends unknown ? Omit<Part, 'sum'> : never;

/** Adds the checksum. The part's fields must come in the order of its schema. */
export function withSum<Part extends MasterPart | RecoveryWrapping>(part: WithoutSum<Part>): Part {
  return { ...part, sum: sumOf(part) } as unknown as Part;
}

function sumOf(part: object): string {
  const digest = createHash('sha256').update(JSON.stringify(part)).digest();
  return digest.subarray(0, SUM_BYTES).toString('base64');
}

/** The parsed part, or undefined when its shape or its checksum is not right. */
function soundPart<Part extends { sum: string }>(schema: z.ZodType<Part>, value: unknown): Part | undefined {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return undefined;
  const { sum, ...rest } = parsed.data;
  return sumOf(rest) === sum ? parsed.data : undefined;
}

/** The file's JSON object, its parts not looked at yet; undefined when there is no file. */
export function readKeysFile(dir: string): Record<string, unknown> | undefined {
  const text = readText(join(dir, KEYS_FILE));
  if (text === undefined) return undefined;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw damaged(dir);
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw damaged(dir);
  return raw as Record<string, unknown>;
}

/** The part that holds the master key. Throws `damaged`. */
export function masterPart(dir: string, raw: Record<string, unknown>): MasterPart {
  const master = raw.format === FORMAT ? soundPart(masterSchema, raw.master) : undefined;
  if (master === undefined) throw damaged(dir);
  return master;
}

/**
 * The recovery part. It is judged apart from the master part, for two reasons: a shop whose recovery part is
 * damaged should go on selling and print a new code, and one whose master part is lost must still get at this one.
 */
export function recoveryPart(raw: Record<string, unknown>): RecoveryWrapping | 'none' | 'damaged' {
  const strange = Object.keys(raw).some((name) => !['format', 'master', 'recovery'].includes(name));
  if (raw.recovery === undefined) return strange ? 'damaged' : 'none';
  return recoveryWrappingFrom(raw.recovery) ?? 'damaged';
}

/** A recovery wrapping from anywhere (a backup's manifest, say); undefined when shape or checksum is not right. */
export function recoveryWrappingFrom(value: unknown): RecoveryWrapping | undefined {
  return soundPart(recoverySchema, value);
}

export function damaged(dir: string): KeysError {
  return new KeysError(
    'damaged',
    `The key file ${join(dir, KEYS_FILE)} is damaged. Put back an undamaged copy of it, or restore the newest backup with the recovery code.`,
  );
}

function readText(path: string): string | undefined {
  try {
    const stat = fs.statSync(path);
    if (stat.size > MAX_FILE_BYTES) throw new Error(`larger than ${MAX_FILE_BYTES} bytes`);
    tightenMode(path, stat.mode);
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const why = (error as Error).message;
    throw new KeysError(
      'unreadable',
      `The key file ${path} cannot be read (${why}). Check who owns it.`,
      error,
    );
  }
}

/** A copy tool may have loosened the mode. Where it cannot be tightened (read-only disk, Windows) reading still goes on. */
function tightenMode(path: string, mode: number): void {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return;
  try {
    fs.chmodSync(path, OWNER_ONLY);
  } catch {
    // Refusing to open the books would not make the key any less readable.
  }
}

/**
 * Replaces the file in one step: after a crash there is the old file or the new one, never a part of one.
 * With `onlyNew` a file that is there already stays, and the answer is false: two first starts at once must not
 * each make a master key and lose one of them.
 */
export function writeKeysFile(dir: string, file: KeysFile, onlyNew = false): boolean {
  const path = join(dir, KEYS_FILE);
  const temporary = `${path}.${randomBytes(6).toString('base64url')}.tmp`;
  const parts = { format: FORMAT, master: file.master, ...(file.recovery && { recovery: file.recovery }) };
  try {
    if (!onlyNew) removeLeftovers(dir);
    writeSynced(temporary, `${JSON.stringify(parts, null, 2)}\n`);
    const written = onlyNew ? moveUnlessThere(temporary, path) : moveOver(temporary, path);
    syncFolder(dir);
    return written;
  } catch (error) {
    const why = (error as Error).message;
    throw new KeysError(
      'unwritable',
      `The key file ${path} cannot be written (${why}). Check that the disk has room and the folder is yours.`,
      error,
    );
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

/**
 * A program killed while writing leaves its half-done copy, and the key in it. Not on a first start, which may run
 * beside another one; afterwards only the one engine of the folder writes here.
 */
function removeLeftovers(dir: string): void {
  for (const name of fs.readdirSync(dir)) {
    if (name.startsWith(`${KEYS_FILE}.`) && name.endsWith('.tmp'))
      fs.rmSync(join(dir, name), { force: true });
  }
}

function writeSynced(path: string, text: string): void {
  const file = fs.openSync(path, 'wx', OWNER_ONLY);
  try {
    fs.writeFileSync(file, text);
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}

function moveOver(from: string, to: string): true {
  fs.renameSync(from, to);
  return true;
}

function moveUnlessThere(from: string, to: string): boolean {
  try {
    fs.linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // A disk without hard links (a USB stick with exFAT): look first, then move. The gap between is accepted there.
    return fs.existsSync(to) ? false : moveOver(from, to);
  }
}

function syncFolder(dir: string): void {
  // Windows cannot open a folder as a file; there the rename itself has to do.
  if (process.platform === 'win32') return;
  const folder = fs.openSync(dir, 'r');
  try {
    fs.fsyncSync(folder);
  } finally {
    fs.closeSync(folder);
  }
}
