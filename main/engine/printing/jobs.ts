/**
 * The rows of print_job: one for each wish to print something. Every function that writes is one short statement
 * of its own, committed when it returns, except `enqueueJob`, which belongs to the transaction of the command.
 */
import type Database from 'better-sqlite3';
import { assertRule } from '../../../shared/domain/check.ts';
import type { SendProblem } from './printer.ts';

/**
 * queued → sending → sent, or retry (nothing left us, it is tried again), unconfirmed (bytes may be out) or failed;
 * the last two wait for a person, who sends them again or dismisses them.
 */
export type JobState = 'queued' | 'sending' | 'sent' | 'retry' | 'unconfirmed' | 'failed' | 'dismissed';

export type JobKind = 'drawer' | 'receipt' | 'label' | 'document';

/**
 * Who asked for this try: the command's own wish; a person, after a try of which nothing came out; or a person,
 * after a try that may be on paper already, so that this one is marked SALINAN.
 */
export type Asked = 'wish' | 'again' | 'copy';

export type JobProblem =
  | SendProblem
  | 'too-late'
  | 'interrupted'
  | 'no-printer'
  | 'no-drawer'
  | 'nothing-to-print'
  | 'cannot-print';

/** A wish is named by the seq of its command and its number among that command's wishes. */
export interface JobKey {
  wishSeq: number;
  wishN: number;
}

export interface PrintJob extends JobKey {
  printer: number | null;
  state: JobState;
  asked: Asked;
  /** Tries begun since the wish or since a person asked again. */
  attempts: number;
  /** Moments in ms since 1970; null `notAfter` never grows late. */
  notBefore: number | null;
  notAfter: number | null;
  problem: JobProblem | null;
  updatedAt: number;
}

/** Badge figures of one printer; `printer` null gathers the jobs that had none. */
export interface PrinterSummary {
  printer: number | null;
  waiting: number;
  unconfirmed: number;
  failed: number;
}

/** A drawer that opens later than this surprises whoever stands there; a receipt's buyer has left (architecture, The books 12). */
export const KICK_WITHIN_MS = 5_000;
const RECEIPT_WITHIN_MS = 120_000;
const LABEL_WITHIN_MS = 600_000;
const WITHIN_MS = {
  drawer: KICK_WITHIN_MS,
  receipt: RECEIPT_WITHIN_MS,
  label: LABEL_WITHIN_MS,
  document: null,
} as const;

/** The moment after which a job of this kind is not printed without a person; null for never. */
export function notAfterFor(kind: JobKind, at: number): number | null {
  const within = WITHIN_MS[kind];
  return within === null ? null : at + within;
}

/**
 * The last moment at which this job may open the drawer; 0 when it may not at all. Only a wish opens it by itself:
 * a receipt that a person sends again prints and leaves the drawer shut.
 */
export function kickUntil(job: PrintJob, kind: JobKind): number {
  if (kind === 'document' || kind === 'label' || job.notAfter === null) return 0;
  if (kind === 'drawer') return job.notAfter;
  return job.asked === 'wish' ? job.notAfter - RECEIPT_WITHIN_MS + KICK_WITHIN_MS : 0;
}

/**
 * Writes the row of a new wish inside the command's transaction; `at` is the command's moment. A wish without a
 * printer starts as failed (no-printer): it shows in the badge, and a person may give it a printer.
 */
export function enqueueJob(
  db: Database.Database,
  wish: JobKey & { printer: number | null; kind: JobKind; at: number },
): void {
  assertRule(db.inTransaction, 'a print wish is written with its command');
  const lost = wish.printer === null;
  db.prepare(
    `INSERT INTO print_job (wish_seq, wish_n, printer, state, asked, attempts, not_before, not_after, problem, updated_at)
     VALUES (@wishSeq, @wishN, @printer, @state, 'wish', 0, @at, @notAfter, @problem, @at)`,
  ).run({
    wishSeq: wish.wishSeq,
    wishN: wish.wishN,
    printer: wish.printer,
    state: lost ? 'failed' : 'queued',
    problem: lost ? 'no-printer' : null,
    notAfter: notAfterFor(wish.kind, wish.at),
    at: wish.at,
  });
}

const COLUMNS = `wish_seq AS wishSeq, wish_n AS wishN, printer, state, asked, attempts, not_before AS notBefore,
  not_after AS notAfter, problem, updated_at AS updatedAt`;
/** Said in the words of the partial index print_job_open: SQLite uses that index only for a query that repeats them. */
const OPEN = `state NOT IN ('sent', 'dismissed')`;
const PENDING = `${OPEN} AND state IN ('queued', 'retry')`;
const MAX_LISTED = 500;

export type Jobs = ReturnType<typeof openJobs>;

/** Prepared access to print_job. All writes assert that no command's transaction is open. */
export function openJobs(db: Database.Database) {
  const one = db.prepare(`SELECT ${COLUMNS} FROM print_job WHERE wish_seq = ? AND wish_n = ?`);
  const pending = db.prepare(`SELECT ${COLUMNS} FROM print_job WHERE ${PENDING} AND printer = ?
    ORDER BY wish_seq, wish_n LIMIT 1`);
  const newer = db.prepare(`SELECT 1 FROM print_job WHERE ${OPEN} AND state = 'queued' AND printer = ?
    AND not_before > ? LIMIT 1`);
  const sending = db.prepare(`SELECT ${COLUMNS} FROM print_job WHERE ${OPEN} AND state = 'sending'`);
  const printers = db.prepare(`SELECT DISTINCT printer FROM print_job WHERE ${PENDING} ORDER BY printer`);
  const nextLate = db.prepare(`SELECT min(not_after) FROM print_job WHERE ${PENDING}`).pluck();
  const expire = db.prepare(`UPDATE print_job SET state = 'failed', problem = 'too-late', updated_at = @now
    WHERE ${PENDING} AND not_after < @now`);
  const change = db.prepare(`UPDATE print_job SET state = @state, problem = @problem, attempts = @attempts,
      asked = @asked, printer = @printer, not_before = @notBefore, not_after = @notAfter, updated_at = @updatedAt
    WHERE wish_seq = @wishSeq AND wish_n = @wishN AND state = @was`);
  const list = db.prepare(
    `SELECT ${COLUMNS} FROM print_job WHERE ${OPEN} ORDER BY wish_seq DESC, wish_n DESC LIMIT ?`,
  );
  const summary = db.prepare(`SELECT printer, sum(state IN ('queued', 'retry', 'sending')) AS waiting,
      sum(state = 'unconfirmed') AS unconfirmed, sum(state = 'failed') AS failed
    FROM print_job WHERE ${OPEN} GROUP BY printer ORDER BY printer`);

  function outside(): void {
    assertRule(!db.inTransaction, 'print jobs change outside the transactions of commands');
  }

  return {
    get: (key: JobKey) => one.get(key.wishSeq, key.wishN) as PrintJob | undefined,

    /** The printers that have something to print, whether or not its time has come. */
    printers: () => (printers.all() as { printer: number }[]).map((row) => row.printer),

    /** The oldest job of a printer that waits to be printed. */
    oldest: (printer: number) => pending.get(printer) as PrintJob | undefined,

    /** Whether a wish came after `moment`: a reason to try a silent printer at once instead of waiting on. */
    hasNewerThan: (printer: number, moment: number) => newer.get(printer, moment) !== undefined,

    sending: () => sending.all() as PrintJob[],

    /** When the next waiting job grows late; undefined when none can. */
    nextLateAt: () => (nextLate.get() as number | null) ?? undefined,

    /** Jobs past their time wait for a person from now on. Returns how many. */
    expire(now: number): number {
      outside();
      return expire.run({ now }).changes;
    },

    /** Moves a job on, if it is still in the state it was read in. False when someone else moved it. */
    move(job: PrintJob, to: Partial<Omit<PrintJob, keyof JobKey>>, now: number): boolean {
      outside();
      return change.run({ ...job, ...to, updatedAt: now, was: job.state }).changes === 1;
    },

    /** Jobs that are not finished, the newest first; at most `limit` (≤ 500). */
    list: (limit: number) => list.all(Math.max(0, Math.min(limit, MAX_LISTED))) as PrintJob[],

    summary: () => summary.all() as PrinterSummary[],
  };
}
