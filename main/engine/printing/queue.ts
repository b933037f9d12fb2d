/**
 * The print queue: takes jobs from the table and hands each to its printer, at most once by itself.
 *
 * The state `sending` is committed before the first byte leaves. So whatever dies in between, the next start finds the
 * job, calls it unconfirmed and leaves it to a person; only a try of which surely nothing left us is repeated, there
 * or on the printer that takes over. Past its time nothing is printed without a person.
 * One job at a time for each printer, the till's papers first and then the oldest; printers do not wait for each other.
 * A run of labels goes in short pieces, so that the till waits for one of them at most. Jobs live in the table: memory
 * holds one job for each printer at work, and what came of each printer's newest try.
 */
import type Database from 'better-sqlite3';
import { type JobKey, type JobKind, openJobs, type PrintJob, WITHIN_MS } from './jobs.ts';
import type { LoadMaterial, PrintMaterial, TryLimits } from './material.ts';
import { personActions } from './person-actions.ts';
import { createPrintClock } from './print-clock.ts';
import type { Send, SendResult } from './printer.ts';
import { createStandings, type PrinterStanding } from './standing.ts';
import type { RouteOf } from './takeover.ts';
import { createTries } from './tries.ts';

export interface PrintLimits extends TryLimits {
  /** Waits between tries that failed before the first byte; the last one repeats. */
  retryWaitsMs: readonly number[];
  /** Printers at work at the same moment. */
  printersAtOnce: number;
}

export const PRINT_LIMITS: PrintLimits = {
  sendMs: 20_000,
  connectMs: 3_000,
  askMs: 500,
  leastMs: 500,
  within: WITHIN_MS,
  retryWaitsMs: [1_000, 2_000, 5_000, 10_000, 30_000],
  printersAtOnce: 16,
};

export interface PrintQueueOptions {
  db: Database.Database;
  load: LoadMaterial;
  routeOf: RouteOf;
  send: Send;
  /** Wall clock, ms since 1970. */
  now(): number;
  /** Milliseconds that nobody can set, where it is not the machine's own clock. */
  steady?(): number;
  /** Called after each committed change, so that screens ask again. */
  onChange(): void;
  /** Told of exceptions that the queue survived (a full disk, a layout that throws). */
  onFault?(error: unknown): void;
  limits?: Partial<PrintLimits>;
}

export type PrintQueue = ReturnType<typeof createPrintQueue>;

/** Nothing sleeps longer than this, since timers do not count the time in which the machine sleeps. */
const MAX_SLEEP_MS = 30_000;
const MIN_SLEEP_MS = 20;
const FAULT_REST_MS = 1_000;
/** How long `close` waits for a sender that was told to let go. */
const LET_GO_MS = 1_000;
/** No job of an earlier life was rightly written, or put off to, later than this from now. */
const CLOCK_MARGIN_MS = 30_000;
/** How many of the newest rows tell at the start how each printer stands. */
const ROWS_OF_STANDING = 500;

/** A printer at work. `job` is empty between two jobs and for a test page. */
interface Work {
  job: PrintJob | undefined;
  done: Promise<void>;
}

export function createPrintQueue(options: PrintQueueOptions) {
  const { db, load, routeOf, send } = options;
  const limits = { ...PRINT_LIMITS, ...options.limits };
  const { within } = limits;
  const now = createPrintClock(options.now, options.steady);
  const jobs = openJobs(db, options.now);
  const earlier = jobs.newestOfAll(ROWS_OF_STANDING);
  const standings = createStandings(earlier);
  const atWork = new Map<number, Work>();
  /** The newest wish that a printer's last try knew of: a newer one is a reason to try it at once. */
  const knownSeqs = new Map<number, number>();
  const stop = new AbortController();
  const tries = createTries({ jobs, earlier, load, routeOf, send, limits, now, signal: stop.signal, fault });
  let timer: NodeJS.Timeout | undefined;
  let isPumpDue = false;
  let isRecovered = false;
  let mode: 'open' | 'draining' | 'closed' = 'open';

  /** Says that jobs may have come: call it after the command's commit. Cheap, returns at once, never throws. */
  function wake(): void {
    if (mode !== 'open' || isPumpDue) return;
    isPumpDue = true;
    setImmediate(() => {
      isPumpDue = false;
      if (mode === 'open') pump();
    });
  }

  /**
   * At boot, before the first wake: whatever was being sent when the engine died is unconfirmed, and what cannot be
   * told to be in time any more is too late. Never throws: with a full disk it is done before anything is printed.
   */
  function recover(): void {
    guard(clearUp);
  }

  function clearUp(): void {
    let count = disown();
    if (!isRecovered) count += jobs.expireStrays(options.now() + CLOCK_MARGIN_MS);
    isRecovered = true;
    count += jobs.expire(now());
    if (count > 0) changed();
  }

  /** Rows that are `sending` without a sender: of an earlier life, or the result could not be written (a full disk). */
  function disown(): number {
    let count = 0;
    for (const job of jobs.sending()) {
      if (sameJob(atWork.get(job.printer)?.job, job)) continue;
      if (jobs.move(job, { state: 'unconfirmed', problem: 'interrupted' })) count += 1;
    }
    return count;
  }

  function pump(): void {
    clearTimeout(timer);
    let sleepMs = MAX_SLEEP_MS;
    const isFine = guard(() => {
      clearUp();
      for (const printer of jobs.printers()) {
        if (atWork.has(printer)) continue;
        const dueInMs = dueIn(printer);
        if (dueInMs > 0) sleepMs = Math.min(sleepMs, dueInMs);
        // A printer that finds no place now is started when one of those at work is done.
        else if (atWork.size < limits.printersAtOnce) start(printer);
      }
      sleepMs = Math.min(sleepMs, (jobs.nextLateAt() ?? Number.POSITIVE_INFINITY) - now() + 1);
    });
    sleep(isFine ? sleepMs : FAULT_REST_MS);
  }

  function sleep(milliseconds: number): void {
    clearTimeout(timer);
    if (mode === 'open') timer = setTimeout(pump, Math.max(MIN_SLEEP_MS, milliseconds));
  }

  /** Milliseconds until the printer's next job is due; a job in retry is due at once when a new wish came since. */
  function dueIn(printer: number): number {
    const job = jobs.next(printer);
    if (!job) return MAX_SLEEP_MS;
    const waitMs = (job.notBefore ?? 0) - now();
    if (waitMs <= 0) return 0;
    return jobs.newestSeq(printer) > (knownSeqs.get(printer) ?? 0) ? 0 : waitMs;
  }

  function start(printer: number): void {
    const entry: Work = { job: undefined, done: Promise.resolve() };
    atWork.set(printer, entry);
    entry.done = (async () => {
      let restMs = 0;
      try {
        while (!stop.signal.aborted && (await step(printer, entry)));
      } catch (error) {
        // The table could not be written (a full disk): try again later, not in a circle.
        restMs = FAULT_REST_MS;
        fault(error);
      }
      atWork.delete(printer);
      if (restMs === 0) wake();
      else sleep(restMs);
    })();
  }

  /** Prints the due job of one printer whose turn it is, or a piece of it. False when there is none. */
  async function step(printer: number, entry: Work): Promise<boolean> {
    if (jobs.expire(now()) > 0) changed();
    const job = jobs.next(printer);
    if (!job || dueIn(printer) > 0) return false;
    knownSeqs.set(printer, jobs.newestSeq(printer));
    const prepared = tries.prepare(job);
    if ('problem' in prepared) {
      jobs.move(job, { state: 'failed', problem: prepared.problem });
      changed();
      return true;
    }
    const tried = { state: 'sending', attempts: job.attempts + 1, problem: null } as const;
    if (!jobs.move(job, tried)) return true;
    const current: PrintJob = { ...job, ...tried };
    entry.job = current;
    changed();
    const result = await tries.send(prepared);
    entry.job = undefined;
    // After close nobody may touch the database; the row stays `sending` and is unconfirmed at the next start.
    if (mode === 'closed') return false;
    standings.note(printer, result);
    const other = tries.settle(current, prepared, result);
    changed();
    if (other !== undefined) wake();
    return true;
  }

  /**
   * A test page, in its turn but without a row: there is no document behind it. `failed` (device-busy) while the
   * printer is at work. `printer` may be a number that no setting has yet.
   */
  async function printTest(printer: number, material: PrintMaterial): Promise<SendResult> {
    if (mode !== 'open') return { outcome: 'failed', problem: 'stopped' };
    if (atWork.has(printer)) return { outcome: 'failed', problem: 'device-busy' };
    const sending = tryTest(printer, material);
    atWork.set(printer, { job: undefined, done: sending.then(() => undefined) });
    try {
      return await sending;
    } finally {
      atWork.delete(printer);
      changed();
      wake();
    }
  }

  async function tryTest(printer: number, page: PrintMaterial): Promise<SendResult> {
    const result = await tries.sendTest(printer, page);
    standings.note(printer, result);
    return result;
  }

  /**
   * Prints what is due, for at most `deadlineMs`, then makes senders let go; resolves when nothing of the queue
   * touches the database any more. What was under way by then is unconfirmed, what had not begun stays queued.
   */
  async function close({ deadlineMs }: { deadlineMs: number }): Promise<void> {
    if (mode !== 'open') return;
    pump();
    mode = 'draining';
    clearTimeout(timer);
    await settled(deadlineMs);
    stop.abort();
    await settled(LET_GO_MS);
    mode = 'closed';
  }

  async function settled(withinMs: number): Promise<void> {
    let bound: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      bound = setTimeout(resolve, withinMs);
    });
    await Promise.race([Promise.all([...atWork.values()].map((entry) => entry.done)), late]);
    clearTimeout(bound);
  }

  function changed(): void {
    guard(options.onChange);
  }

  /** A person stands there: what waits at this printer is tried now. */
  function onMoved(printer?: number): void {
    if (printer !== undefined) knownSeqs.delete(printer);
    changed();
    wake();
  }

  /** False when the action threw, which is told and survived. */
  function guard(action: () => void): boolean {
    try {
      action();
      return true;
    } catch (error) {
      fault(error);
      return false;
    }
  }

  function fault(error: unknown): void {
    try {
      options.onFault?.(error);
    } catch {
      // Whoever listens to faults must not stop the paper.
    }
  }

  /** Writes the job of a new wish inside the command's transaction; call `wake` after its commit. */
  function enqueue({ kind, ...wish }: JobKey & { printer: number; kind: JobKind }): void {
    const at = now();
    jobs.enqueue({ ...wish, kind, at, notAfter: at + within[kind] });
  }

  /** How each printer stands, by its number; one that is missing was never tried. */
  function printers(): PrinterStanding[] {
    const waiting = new Map(jobs.summary().map((sum) => [sum.printer, sum.waiting]));
    return standings.list(waiting, (printer) => atWork.has(printer));
  }

  const { resend, dismiss } = personActions({ jobs, load, routeOf, within, now, fault, onMoved });
  return { enqueue, recover, wake, resend, dismiss, printTest, close, printers, summary: jobs.summary };
}

function sameJob(left: PrintJob | undefined, right: PrintJob): boolean {
  return left !== undefined && left.wishSeq === right.wishSeq && left.wishN === right.wishN;
}
