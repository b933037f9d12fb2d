import type { Logger } from 'pino';
import type { Books } from './store/open.ts';

/** After this long without a commit the write-ahead log is emptied into the books; nobody waits for it then. */
const IDLE_MS = 3_000;
/** A shop that never pauses still gets its log emptied before it grows without bound: about 64 MiB of pages. */
const BUSY_COMMITS = 2_000;

export interface Checkpointer {
  /** Told of each commit. */
  worked(): void;
  stop(): void;
}

/** Moves the write-ahead log into the books in idle time, because a checkpoint inside a commit is a slow sale. */
export function createCheckpointer(books: Books, log: Logger): Checkpointer {
  let timer: NodeJS.Timeout | undefined;
  let commits = 0;

  function run(): void {
    commits = 0;
    try {
      if (books.open && !books.inTransaction) books.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // The log only stays longer; the next idle time tries again.
      log.warn({ err: error }, 'checkpoint put off');
    }
  }

  return {
    worked() {
      commits += 1;
      clearTimeout(timer);
      timer = setTimeout(run, commits >= BUSY_COMMITS ? 0 : IDLE_MS);
      timer.unref();
    },
    stop() {
      clearTimeout(timer);
      run();
    },
  };
}
