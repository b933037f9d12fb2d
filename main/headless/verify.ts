import { join } from 'node:path';
import { BackupDamaged } from '../engine/backup/manifest.ts';
import { readBlob } from '../engine/blobs/store.ts';
import { replay } from '../engine/replay.ts';
import { verifyCopy } from '../engine/verify/verify.ts';
import { withCopy } from './copies.ts';
import { EXIT, type VerbResult } from './outcome.ts';

export interface CopyArguments {
  readonly dir: string;
  /** A file of books or a backup's folder, instead of the data folder. */
  readonly place: string | undefined;
}

/** Every stored value of history against what the journal says of it, on a copy. Names table and key. */
export async function verify({ dir, place }: CopyArguments): Promise<VerbResult> {
  try {
    return await withCopy(dir, place, async ({ file }) => {
      const { problemCount, ...found } = verifyCopy(file);
      const ok = problemCount === 0;
      return { json: { ok, ...found, problemCount }, exit: ok ? EXIT.ok : EXIT.no };
    });
  } catch (error) {
    return asProblem(error);
  }
}

/** Runs the journal again in empty books and compares every row with the copy's. */
export async function replayVerb({ dir, place }: CopyArguments): Promise<VerbResult> {
  try {
    return await withCopy(dir, place, async ({ file, blobsOf, scratch }) => {
      const replayed = replay(file, join(scratch, 'replay.db'), (sha256) => readBlob(blobsOf, sha256));
      const { equal, commands, rows, differences } = replayed;
      return { json: { ok: equal, commands, rows, differences }, exit: equal ? EXIT.ok : EXIT.no };
    });
  } catch (error) {
    return asProblem(error);
  }
}

/** A backup that is not what it was is a finding, not a failure of the checker. */
function asProblem(error: unknown): VerbResult {
  if (!(error instanceof BackupDamaged)) throw error;
  return { json: { ok: false, problems: [error.message] }, exit: EXIT.no };
}
