/**
 * The print queue: takes jobs from the table and hands each to its printer, at most once by itself.
 *
 * The state `sending` is committed before the first byte leaves. So whatever dies in between, the next start finds the
 * job, calls it unconfirmed and leaves it to a person; only a try of which surely nothing left us is repeated.
 * One job at a time for each printer, the oldest first; printers do not wait for each other. Jobs live in the table:
 * memory holds one job for each printer at work.
 */
import type Database from 'better-sqlite3';
import { type JobProblem, openJobs, type PrintJob } from './jobs.ts';
import {
  type LoadMaterial,
  type PrintMaterial,
  prepareJob,
  prepareTest,
  type TryLimits,
} from './material.ts';
import { personActions } from './person-actions.ts';
import type { Send, SendJob, SendResult } from './printer.ts';

export interface PrintLimits extends TryLimits {
  /** Waits between tries that failed before the first byte; the last one repeats. */
  retryWaitsMs: readonly number[];
  /** Printers at work at the same moment. */
  printersAtOnce: number;
}

export const PRINT_LIMITS: PrintLimits = {
  sendMs: 20_000,
  connectMs: 3_000,
  retryWaitsMs: [1_000, 2_000, 5_000, 10_000, 30_000],
  printersAtOnce: 16,
};

export interface PrintQueueOptions {
  db: Database.Database;
  load: LoadMaterial;
  send: Send;
  /** Wall clock, ms since 1970. */
  now(): number;
  /** Called after each committed change, so that screens ask again. */
  onChange(): void;
  /** Told of exceptions that the queue survived (a full disk, a layout that throws). */
  onFault?(error: unknown): void;
  limits?: Partial<PrintLimits>;
}

export type PrintQueue = ReturnType<typeof createPrintQueue>;

/** Nothing sleeps longer than this, so a clock that is set back cannot hold paper for long. */
const MAX_SLEEP_MS = 30_000;
const MIN_SLEEP_MS = 20;
const FAULT_REST_MS = 1_000;
/** How long `close` waits for a sender that was told to let go. */
const LET_GO_MS = 1_000;

export function createPrintQueue(options: PrintQueueOptions) {
  const { db, load, send, now } = options;
  const limits = { ...PRINT_LIMITS, ...options.limits };
  const jobs = openJobs(db);
  const atWork = new Map<number, { job: PrintJob | undefined; done: Promise<void> }>();
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isPumpDue = false;
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

  /** At boot, before the first wake: whatever was being sent when the engine died is unconfirmed. Returns how many. */
  function recover(): number {
    let count = 0;
    for (const job of jobs.sending()) {
      if (sameJob(atWork.get(job.printer ?? 0)?.job, job)) continue;
      if (jobs.move(job, { state: 'unconfirmed', problem: 'interrupted' }, now())) count += 1;
    }
    if (count > 0) changed();
    return count;
  }

  function pump(): void {
    clearTimeout(timer);
    let sleepMs = MAX_SLEEP_MS;
    const isFine = guard(() => {
      // A row can be left `sending` without a sender when its result could not be written (a full disk).
      recover();
      if (jobs.expire(now()) > 0) changed();
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

  /** Milliseconds until the printer's oldest job is due; a job in retry is due at once when a new wish came since. */
  function dueIn(printer: number): number {
    const job = jobs.oldest(printer);
    if (!job) return MAX_SLEEP_MS;
    const waitMs = (job.notBefore ?? 0) - now();
    if (waitMs <= 0 || waitMs > MAX_SLEEP_MS) return 0;
    return jobs.hasNewerThan(printer, job.updatedAt) ? 0 : waitMs;
  }

  function start(printer: number): void {
    const entry = { job: undefined as PrintJob | undefined, done: Promise.resolve() };
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

  /** Prints the oldest due job of one printer. False when there is none. */
  async function step(printer: number, entry: { job: PrintJob | undefined }): Promise<boolean> {
    if (jobs.expire(now()) > 0) changed();
    const job = jobs.oldest(printer);
    if (!job || dueIn(printer) > 0) return false;
    const prepared = prepare(job, printer);
    if ('problem' in prepared) {
      jobs.move(job, { state: 'failed', problem: prepared.problem }, now());
      changed();
      return true;
    }
    const tried = { state: 'sending', attempts: job.attempts + 1, problem: null } as const;
    if (!jobs.move(job, tried, now())) return true;
    const current: PrintJob = { ...job, ...tried };
    entry.job = current;
    changed();
    const result = await sendSafely(prepared);
    entry.job = undefined;
    // After close nobody may touch the database; the row stays `sending` and is unconfirmed at the next start.
    if (mode === 'closed') return false;
    settle(current, result);
    return true;
  }

  /** A job that cannot be laid out is this job's own trouble and does not hold the ones behind it. */
  function prepare(job: PrintJob, printer: number): SendJob | { problem: JobProblem } {
    try {
      const material = load(job.wishSeq, job.wishN, printer);
      if (!material) return { problem: 'no-printer' };
      return prepareJob(job, material, limits, now(), stop.signal);
    } catch (error) {
      fault(error);
      return { problem: 'cannot-print' };
    }
  }

  async function sendSafely(prepared: SendJob): Promise<SendResult> {
    try {
      return await send(prepared);
    } catch (error) {
      // Senders promise not to throw; one that does has told us nothing about what left.
      fault(error);
      return { outcome: 'unconfirmed', problem: 'fault' };
    }
  }

  function settle(job: PrintJob, result: SendResult): void {
    const moment = now();
    if (result.outcome === 'sent') jobs.move(job, { state: 'sent' }, moment);
    else if (result.outcome === 'unconfirmed') {
      jobs.move(job, { state: 'unconfirmed', problem: result.problem }, moment);
    } else {
      const waits = limits.retryWaitsMs;
      const waitMs = waits[Math.min(job.attempts, waits.length) - 1] ?? MAX_SLEEP_MS;
      jobs.move(job, { state: 'retry', problem: result.problem, notBefore: moment + waitMs }, moment);
    }
    changed();
  }

  /**
   * A test page, in its turn but without a row: there is no document behind it. `failed` (device-busy) while the
   * printer is at work. `printer` may be a number that no setting has yet.
   */
  async function printTest(printer: number, material: PrintMaterial): Promise<SendResult> {
    if (mode !== 'open') return { outcome: 'failed', problem: 'stopped' };
    if (atWork.has(printer)) return { outcome: 'failed', problem: 'device-busy' };
    const sending = tryTest(material);
    atWork.set(printer, { job: undefined, done: sending.then(() => undefined) });
    try {
      return await sending;
    } finally {
      atWork.delete(printer);
      wake();
    }
  }

  async function tryTest(material: PrintMaterial): Promise<SendResult> {
    try {
      return await send(prepareTest(material, limits, stop.signal));
    } catch (error) {
      fault(error);
      return { outcome: 'unconfirmed', problem: 'fault' };
    }
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

  function onMoved(): void {
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

  const { resend, dismiss } = personActions({ jobs, load, now, fault, onMoved });
  return { recover, wake, resend, dismiss, printTest, close, summary: jobs.summary, list: jobs.list };
}

function sameJob(left: PrintJob | undefined, right: PrintJob): boolean {
  return left !== undefined && left.wishSeq === right.wishSeq && left.wishN === right.wishN;
}
