/**
 * The rows of print_job: one for each wish to print something. Every function that writes is one short statement
 * of its own, committed when it returns, except `enqueue`, which belongs to the transaction of the command.
 *
 * No statement looks at more rows than it answers or changes, however many jobs wait, failed or were printed: the
 * partial indexes of migration 50 hold only what is open, and SQLite uses one only for a query that repeats its words.
 */
import type Database from 'better-sqlite3';
import { assertRule } from '../../../shared/domain/check.ts';
import { SEND_PROBLEMS } from './printer.ts';

/**
 * queued → sending → sent, or retry (nothing left us, it is tried again), unconfirmed (bytes may be out) or failed;
 * the last two wait for a person, who sends them again or dismisses them. A run of labels is queued again after each
 * piece of it that was sent, until the last one is.
 */
export type JobState = 'queued' | 'sending' | 'sent' | 'retry' | 'unconfirmed' | 'failed' | 'dismissed';

export type JobKind = 'drawer' | 'receipt' | 'label' | 'document';

/**
 * Who asked for this try: the command's own wish; a person, after a try of which nothing came out; or a person,
 * after a try that may be on paper already, so that this one is marked SALINAN.
 */
export type Asked = 'wish' | 'again' | 'copy';

export const JOB_PROBLEMS = [
  ...SEND_PROBLEMS,
  'too-late',
  'interrupted',
  'no-printer',
  'no-drawer',
  'nothing-to-print',
  'cannot-print',
] as const;
export type JobProblem = (typeof JOB_PROBLEMS)[number];

/** A wish is named by the seq of its command and its number among that command's wishes. */
export interface JobKey {
  wishSeq: number;
  wishN: number;
}

export interface PrintJob extends JobKey {
  /** Where the job is: at the printer of the wish, or at the one that took over. */
  printer: number;
  state: JobState;
  asked: Asked;
  /** Tries begun since the wish, since a person asked again, or since another printer took over. */
  attempts: number;
  /** Moments of the print clock, ms since 1970. */
  notBefore: number | null;
  /** Null in rows of 0.1.0, whose documents never grew late; they do not outlive the next start as waiting jobs. */
  notAfter: number | null;
  problem: JobProblem | null;
  /** Of a run of labels: how many were handed to a printer for sure. What is tried next begins behind them. */
  labelsOut: number;
  /** By the wall clock: it is shown. */
  updatedAt: number;
}

/** Badge figures of one printer. */
export interface PrinterSummary {
  printer: number;
  waiting: number;
  unconfirmed: number;
  failed: number;
}

/** How long after its wish a job of each kind is printed without a person. */
export type Within = Readonly<Record<JobKind, number>>;

/**
 * A drawer that opens later surprises whoever stands there; a receipt's buyer has left; labels and slips would come
 * out beside the work of somebody else (docs/decisions.md, 21).
 */
export const WITHIN_MS: Within = { drawer: 5_000, receipt: 120_000, label: 600_000, document: 1_800_000 };

/**
 * Whose turn it is when a printer is free: somebody waits at the till for its papers, then come those of the office,
 * which are short, and last the labels, of which there are many. Within a rank the oldest wish comes first. Nothing
 * waits past its time without a word: then it waits for a person.
 */
export const RANKS: Readonly<Record<JobKind, number>> = { drawer: 0, receipt: 0, document: 1, label: 2 };

/**
 * The last moment at which this job may open the drawer; 0 when it may not at all. Only a wish opens it by itself:
 * a receipt that a person sends again prints and leaves the drawer shut.
 */
export function kickUntil(job: PrintJob, kind: JobKind, within: Within): number {
  if (kind === 'document' || kind === 'label' || job.notAfter === null) return 0;
  if (kind === 'drawer') return job.notAfter;
  return job.asked === 'wish' ? job.notAfter - within.receipt + within.drawer : 0;
}

const COLUMNS = `wish_seq AS wishSeq, wish_n AS wishN, printer, state, asked, attempts, not_before AS notBefore,
  not_after AS notAfter, problem, labels_out AS labelsOut, updated_at AS updatedAt`;
const OPEN = `state NOT IN ('sent', 'dismissed')`;
const PENDING = `state IN ('queued', 'retry')`;

/** What the queue asks and tells print_job; exported so that a test can look at each one's plan. For the plus see store/statements.ts. */
export const JOB_STATEMENTS = {
  insert: `INSERT INTO print_job (wish_seq, wish_n, printer, rank, state, asked, attempts, not_before, not_after, updated_at)
    VALUES (@wishSeq, @wishN, @printer, @rank, 'queued', 'wish', 0, @at, @notAfter, @updatedAt)`,
  one: `SELECT ${COLUMNS} FROM print_job WHERE wish_seq = +? AND wish_n = +?`,
  next: `SELECT ${COLUMNS} FROM print_job WHERE ${PENDING} AND printer = +?
    ORDER BY rank, wish_seq, wish_n LIMIT 1`,
  newest: `SELECT wish_seq FROM print_job WHERE ${PENDING} AND printer = +? ORDER BY wish_seq DESC LIMIT 1`,
  nextPrinter: `SELECT printer FROM print_job WHERE ${PENDING} AND printer > +? ORDER BY printer LIMIT 1`,
  nextLate: `SELECT not_after FROM print_job WHERE ${PENDING} ORDER BY not_after LIMIT 1`,
  expire: `UPDATE print_job SET state = 'failed', problem = 'too-late', updated_at = @updatedAt
    WHERE ${PENDING} AND not_after < +@now`,
  sending: `SELECT ${COLUMNS} FROM print_job WHERE state = 'sending'`,
  change: `UPDATE print_job SET state = @state, problem = @problem, attempts = @attempts,
      asked = @asked, printer = @printer, not_before = @notBefore, not_after = @notAfter, labels_out = @labelsOut,
      updated_at = @updatedAt
    WHERE wish_seq = @wishSeq AND wish_n = @wishN AND state = @was`,
} as const;

/** At boot, or when a screen asks: these may look at everything that is open, or at the newest rows of all. */
const STRAY = `UPDATE print_job SET state = 'failed', problem = 'too-late', updated_at = @updatedAt
  WHERE ${PENDING} AND (not_after IS NULL OR not_before > +@latest OR updated_at > +@latest)`;
const COUNTS = `SELECT printer, state, count(*) AS count FROM print_job WHERE ${OPEN}
  GROUP BY printer, state ORDER BY printer, state`;
const NEWEST_OF_ALL = `SELECT ${COLUMNS} FROM print_job ORDER BY wish_seq DESC, wish_n DESC LIMIT +?`;

export type Jobs = ReturnType<typeof openJobs>;

/** Prepared access to print_job. `wall` says when a row was changed. All but `enqueue` assert that no transaction is open. */
export function openJobs(db: Database.Database, wall: () => number) {
  const insert = db.prepare(JOB_STATEMENTS.insert);
  const one = db.prepare(JOB_STATEMENTS.one);
  const next = db.prepare(JOB_STATEMENTS.next);
  const newest = db.prepare(JOB_STATEMENTS.newest).pluck();
  const nextPrinter = db.prepare(JOB_STATEMENTS.nextPrinter).pluck();
  const nextLate = db.prepare(JOB_STATEMENTS.nextLate).pluck();
  const expire = db.prepare(JOB_STATEMENTS.expire);
  const sending = db.prepare(JOB_STATEMENTS.sending);
  const change = db.prepare(JOB_STATEMENTS.change);
  const stray = db.prepare(STRAY);
  const counts = db.prepare(COUNTS);
  const newestOfAll = db.prepare(NEWEST_OF_ALL);

  function outside(): void {
    assertRule(!db.inTransaction, 'print jobs change outside the transactions of commands');
  }

  return {
    /** Writes the row of a new wish inside the command's transaction; `at` and `notAfter` by the print clock. */
    enqueue({
      kind,
      ...wish
    }: JobKey & { printer: number; kind: JobKind; at: number; notAfter: number }): void {
      assertRule(db.inTransaction, 'a print wish is written with its command');
      insert.run({ ...wish, rank: RANKS[kind], updatedAt: wall() });
    },

    get: (key: JobKey) => one.get(key.wishSeq, key.wishN) as PrintJob | undefined,

    /** The printers that have something to print, whether or not its time has come, in rising order. */
    *printers(): Generator<number> {
      let last = Number.MIN_SAFE_INTEGER;
      for (;;) {
        const next = nextPrinter.get(last) as number | undefined;
        if (next === undefined) return;
        yield next;
        last = next;
      }
    },

    /** Of what waits at a printer, the job whose turn it is (see RANKS). */
    next: (printer: number) => next.get(printer) as PrintJob | undefined,

    /** The command of the newest job that waits at this printer; 0 when none does. */
    newestSeq: (printer: number) => (newest.get(printer) as number | undefined) ?? 0,

    sending: () => sending.all() as PrintJob[],

    /** When the next waiting job grows late; undefined when none can. */
    nextLateAt: () => (nextLate.get() as number | null | undefined) ?? undefined,

    /** Jobs past their time wait for a person from now on. Returns how many. */
    expire(now: number): number {
      outside();
      return expire.run({ now, updatedAt: wall() }).changes;
    },

    /**
     * Jobs of an earlier life whose times cannot be believed wait for a person: written later than `latest`, so that
     * the clock was set back while the engine was off and nobody knows how long, or without an end. Returns how many.
     */
    expireStrays(latest: number): number {
      outside();
      return stray.run({ latest, updatedAt: wall() }).changes;
    },

    /** Moves a job on, if it is still in the state it was read in. False when someone else moved it. */
    move(job: PrintJob, to: Partial<Omit<PrintJob, keyof JobKey | 'updatedAt'>>): boolean {
      outside();
      return change.run({ ...job, ...to, updatedAt: wall(), was: job.state }).changes === 1;
    },

    /** At most `limit` rows, by the newest wish. */
    newestOfAll: (limit: number) => newestOfAll.all(limit) as PrintJob[],

    /** Of every printer with open jobs, in rising order. */
    summary: () => summaryOf(counts.all() as Count[]),
  };
}

interface Count {
  printer: number;
  state: JobState;
  count: number;
}

function summaryOf(counts: readonly Count[]): PrinterSummary[] {
  const sums = new Map<number, PrinterSummary>();
  for (const { printer, state, count } of counts) {
    const sum = sums.get(printer) ?? { printer, waiting: 0, unconfirmed: 0, failed: 0 };
    sum[state === 'unconfirmed' || state === 'failed' ? state : 'waiting'] += count;
    sums.set(printer, sum);
  }
  return [...sums.values()];
}
