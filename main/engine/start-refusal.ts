import { EngineError } from './engine-error.ts';
import { isSqliteError } from './store/open.ts';

/**
 * Whatever stops a start reaches the person at the screen as a sentence to act on: a folder that cannot be written, a
 * full disk, a damaged file. Refusals that have their sentence already, and faults of our own, stay as they are.
 */
export function startRefusal(error: unknown, dir: string): unknown {
  if (!(error instanceof Error) || error instanceof EngineError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (FULL.test(code)) {
    return new EngineError('disk-full', `The disk of ${dir} is full. Make room and start again.`);
  }
  if (NOT_WRITABLE.test(code)) {
    return new EngineError(
      'folder-not-writable',
      `The folder ${dir} cannot be used (${error.message}). Check that it is a folder, that it is yours and that its disk can be written.`,
    );
  }
  if (isSqliteError(error, 'SQLITE_')) {
    return new EngineError(
      'books-damaged',
      `The books in ${dir} are damaged (${error.message}). Restore the newest good backup, or ask for help with this message.`,
    );
  }
  return error;
}

const FULL = /^(ENOSPC|EDQUOT|SQLITE_FULL)/;
const NOT_WRITABLE =
  /^(EROFS|EACCES|EPERM|ENOENT|ENOTDIR|EEXIST|SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_IOERR)/;
