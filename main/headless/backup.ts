import { resolve } from 'node:path';
import { backupTake } from '../../shared/contract/system.ts';
import { BackupDamaged } from '../engine/backup/manifest.ts';
import { RestoreRefused, restoreBackup } from '../engine/backup/restore.ts';
import { connectLocally } from '../engine/local-socket.ts';
import { exitOf, type Printed } from './ask.ts';
import { EXIT, tell, type VerbResult } from './outcome.ts';
import { reachEngine } from './reach.ts';
import { openStandardInput } from './stdin.ts';

/**
 * A backup by the running engine, else by one of our own. No PIN is asked: whoever may open the data folder can copy
 * its files anyway, and a backup can be restored only with the recovery code.
 */
export async function backup(asked: { dir: string; into: string | undefined }): Promise<VerbResult> {
  const reached = await reachEngine(asked.dir, { mayCreate: false });
  try {
    const input = asked.into === undefined ? {} : { into: resolve(asked.into) };
    const outcome = (await reached.client.call(backupTake, input, { timeoutMs: 3_600_000 })) as Printed;
    if (outcome.outcome === 'rejected' && outcome.name === 'recovery-missing') {
      tell(
        'titipan: no recovery code was issued yet: call recovery.issue --as ADMIN, and write it on paper.',
      );
    }
    return { json: outcome, exit: exitOf(outcome) };
  } finally {
    await reached.close();
  }
}

/** A data folder out of a backup. The recovery code comes from TITIPAN_RECOVERY_CODE or the first line of stdin. */
export async function restore(asked: { dir: string; from: string }): Promise<VerbResult> {
  try {
    await refuseWhileRunning(asked.dir);
    const recoveryCode =
      process.env.TITIPAN_RECOVERY_CODE || (await openStandardInput().secretLine('Recovery code'));
    const restored = await restoreBackup({ ...asked, recoveryCode });
    if (restored.unconfirmedPrints > 0) {
      tell(
        `titipan: ${restored.unconfirmedPrints} print jobs of that time wait for a person; none prints by itself.`,
      );
    }
    return { json: { ok: true, data: asked.dir, ...restored }, exit: EXIT.ok };
  } catch (error) {
    if (!(error instanceof BackupDamaged || error instanceof RestoreRefused)) throw error;
    tell(`titipan: ${error.message}`);
    return { json: { ok: false, problems: [error.message] }, exit: EXIT.no };
  }
}

async function refuseWhileRunning(dir: string): Promise<void> {
  const port = await connectLocally(dir);
  if (!port) return;
  port.close();
  throw new RestoreRefused(
    `An engine is running in ${dir}. Nothing was changed. Stop it and name an empty folder.`,
  );
}
