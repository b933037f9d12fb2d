/** One try of one job: laid out, handed to a sender, and its row moved on by what came of it. */
import type { JobKind, JobProblem, Jobs, PrintJob } from './jobs.ts';
import {
  type LoadMaterial,
  type PrintMaterial,
  prepareJob,
  prepareTest,
  type TryLimits,
} from './material.ts';
import type { Send, SendJob, SendResult } from './printer.ts';
import { type RouteOf, takesOver } from './takeover.ts';

export interface TriesOptions {
  jobs: Jobs;
  load: LoadMaterial;
  routeOf: RouteOf;
  send: Send;
  limits: TryLimits & {
    /** Waits between tries that failed before the first byte; the last one repeats. */
    retryWaitsMs: readonly number[];
  };
  /** The print clock. */
  now(): number;
  /** Aborted when senders shall let go. */
  signal: AbortSignal;
  fault(error: unknown): void;
}

/** A job ready to be sent, and what its next step depends on. */
export interface PreparedTry {
  send: SendJob;
  kind: JobKind;
}

export function createTries(options: TriesOptions) {
  const { jobs, load, routeOf, limits, now, signal, fault } = options;

  /** A job that cannot be laid out is this job's own trouble and does not hold the ones behind it. */
  function prepare(job: PrintJob): PreparedTry | { problem: JobProblem } {
    try {
      const material = load(job.wishSeq, job.wishN, job.printer);
      if (!material) return { problem: 'no-printer' };
      const isHome = (routeOf(job)?.home ?? job.printer) === job.printer;
      const prepared = prepareJob(job, material, limits, { now: now(), isHome, signal });
      return 'problem' in prepared ? prepared : { send: prepared, kind: material.kind };
    } catch (error) {
      fault(error);
      return { problem: 'cannot-print' };
    }
  }

  /** Never throws: a sender that does has told us nothing about what left. */
  async function sendSafely(job: () => SendJob): Promise<SendResult> {
    try {
      return await options.send(job());
    } catch (error) {
      fault(error);
      return { outcome: 'unconfirmed', problem: 'fault' };
    }
  }

  /** Moves the row on. Returns the printer that takes over, where one does. */
  function settle(job: PrintJob, kind: JobKind, result: SendResult): number | undefined {
    if (result.outcome === 'sent') {
      jobs.move(job, { state: 'sent' });
      return undefined;
    }
    const { outcome, problem } = result;
    if (outcome === 'unconfirmed') {
      jobs.move(job, { state: 'unconfirmed', problem });
      return undefined;
    }
    const moment = now();
    const other = takesOver(job, kind, problem, routeOf(job), { now: moment, within: limits.within });
    if (other !== undefined) {
      jobs.move(job, { state: 'queued', printer: other, attempts: 0, notBefore: moment });
      return other;
    }
    const waits = limits.retryWaitsMs;
    const waitMs = waits[Math.min(job.attempts, waits.length) - 1] ?? 0;
    jobs.move(job, { state: 'retry', problem, notBefore: moment + waitMs });
    return undefined;
  }

  return {
    prepare,
    settle,
    send: (prepared: PreparedTry) => sendSafely(() => prepared.send),
    sendTest: (page: PrintMaterial) => sendSafely(() => prepareTest(page, limits, signal)),
  };
}
