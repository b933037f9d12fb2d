import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a backup folder says about itself: every file in it with its SHA-256, and the journal row it ends with. */
export const MANIFEST_FILE = 'manifest.json';
export const BOOKS_FILE = 'titipan.db';
export const RECOVERY_FILE = 'recovery.json';

const manifestSchema = z.strictObject({
  kind: z.literal('titipan-backup-1'),
  at: z.int(),
  seq: z.int().min(0),
  /** Hash of the newest journal row, base64: a backup of the same center that continues another one says so here. */
  head: z.base64(),
  files: z.array(
    z.strictObject({
      path: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9./-]*$/)
        .refine((path) => !path.includes('..')),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  /** SHA-256 over everything above, so that a changed manifest is found as well. */
  sum: z.string().regex(/^[0-9a-f]{64}$/),
});

export type Manifest = z.output<typeof manifestSchema>;

export function withSum(manifest: Omit<Manifest, 'sum'>): Manifest {
  return { ...manifest, sum: sumOf(manifest) };
}

function sumOf(manifest: Omit<Manifest, 'sum'>): string {
  const { kind, at, seq, head, files } = manifest;
  return createHash('sha256').update(JSON.stringify({ kind, at, seq, head, files })).digest('hex');
}

/** The one text that a manifest is written as. */
export function manifestText({ kind, at, seq, head, files, sum }: Manifest): string {
  const entries = files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
  return `${JSON.stringify({ kind, at, seq, head, files: entries, sum }, null, 2)}\n`;
}

/** A backup that is not what it was when it was made. */
export class BackupDamaged extends Error {
  override readonly name = 'BackupDamaged';
}

/** Reads a backup's manifest and checks every byte of every file against it. Throws BackupDamaged. */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder);
  for (const file of manifest.files) {
    const { bytes, sha256 } = await digestOf(join(folder, file.path));
    if (bytes !== file.bytes || sha256 !== file.sha256) {
      throw new BackupDamaged(
        `${file.path} in ${folder} was changed after the backup was made. Use another backup.`,
      );
    }
  }
  return manifest;
}

function readManifest(folder: string): Manifest {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8'));
  } catch {
    throw new BackupDamaged(
      `${folder} has no readable ${MANIFEST_FILE}. It is no complete backup; use another.`,
    );
  }
  const parsed = manifestSchema.safeParse(raw);
  if (!parsed.success || sumOf(parsed.data) !== parsed.data.sum) {
    throw new BackupDamaged(`${MANIFEST_FILE} in ${folder} was changed. Use another backup.`);
  }
  // The text itself, too: white space or a second key would otherwise pass unseen.
  if (manifestText(parsed.data) !== readFileSync(join(folder, MANIFEST_FILE), 'utf8')) {
    throw new BackupDamaged(`${MANIFEST_FILE} in ${folder} was changed. Use another backup.`);
  }
  return parsed.data;
}

/** Size and SHA-256 of a file, read in pieces. A missing file has neither. */
export function digestOf(file: string): Promise<{ bytes: number; sha256: string }> {
  return new Promise((resolve) => {
    const sha = createHash('sha256');
    let bytes = 0;
    createReadStream(file)
      .on('data', (chunk) => {
        bytes += chunk.length;
        sha.update(chunk);
      })
      .on('error', () => resolve({ bytes: -1, sha256: '' }))
      .on('end', () => resolve({ bytes, sha256: sha.digest('hex') }));
  });
}
