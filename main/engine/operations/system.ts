import { rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { recoveryIssue } from '../../../shared/contract/people.ts';
import { backupTake, booksCopy, systemStatus } from '../../../shared/contract/system.ts';
import { backupFailureText, takeBackup } from '../backup/take.ts';
import { operates, refuse } from '../operate.ts';
import { issueRecoveryCode } from '../seal/keys.ts';
import { centerRow } from '../store/rows.ts';
import { VERSION } from '../version.ts';

export const status = operates(systemStatus, (engine) => {
  const printers = engine.queue.summary();
  return {
    version: VERSION,
    seq: engine.journal.head().seq,
    at: engine.now(),
    created: centerRow(engine.sql) !== undefined,
    printWaiting: printers.reduce((sum, printer) => sum + printer.waiting, 0),
    printTrouble: printers.reduce((sum, printer) => sum + printer.unconfirmed + printer.failed, 0),
    lastBackupAt: engine.sql.value<number>('SELECT max(at) FROM backup_log WHERE ok = 1') ?? null,
    recoveryIssued: engine.keys.hasRecovery,
  };
});

export const issueRecovery = operates(recoveryIssue, (engine, _input, caller) => {
  const code = issueRecoveryCode(engine.dir, engine.keys);
  engine.log.info({ user: caller.user?.username }, 'a recovery code was issued');
  return { code };
});

export const take = operates(backupTake, async (engine, { into }) => {
  if (!engine.keys.hasRecovery) return refuse('recovery-missing', {});
  // Relative to what would depend on where the engine happened to be started.
  if (into !== undefined && !isAbsolute(into))
    return refuse('bad-input', { field: 'into', problem: 'absolute path' });
  try {
    return await takeBackup(engine, into ?? join(engine.dir, 'backups'));
  } catch (error) {
    engine.log.error({ err: error }, 'backup failed');
    return refuse('backup-failed', { problem: backupFailureText(error) });
  }
});

/** For `verify` and `replay` in another process: a consistent copy that nobody writes to. */
export const copy = operates(booksCopy, async (engine) => {
  const path = join(engine.dir, `copy-${engine.now()}-${process.pid}.db`);
  try {
    await engine.books.backup(path);
    return { path };
  } catch (error) {
    rmSync(path, { force: true });
    return refuse('backup-failed', { problem: backupFailureText(error) });
  }
});
