/** Restores a backup, unless it is killed first: `restoring-child.ts BACKUP DIR CODE`. */
import { restoreBackup } from '../../main/engine/backup/restore.ts';

const [from = '', dir = '', recoveryCode = ''] = process.argv.slice(2);
await restoreBackup({ from, dir, recoveryCode });
