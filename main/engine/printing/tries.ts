/** One try of one job: laid out, handed to a sender, and its row moved on by what came of it. */
import type { JobKey, JobProblem, JobState, Jobs, PrintJob } from './jobs.ts';
import {
  isCutShort,
  type LoadMaterial,
  type PrintMaterial,
  prepareJob,
  prepareTest,
  printMsOf,
  type TryLimits,
} from './material.ts';
import type { Send, SendJob, SendResult } from './printer.ts';
import { type RouteOf, takesOver } from './takeover.ts';

export interface TriesOptions {
  jobs: Jobs;
  /** Jobs of an earlier life, newest first. */
  earlier: readonly PrintJob[];
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
  material: PrintMaterial;
  /** By the print clock. */
  begunAt: number;
}

const UNDER_WAY: ReadonlySet<JobState> = new Set(['queued', 'sending', 'retry']);

function isRunUnderWay({ labelsOut, state }: PrintJob): boolean {
  return labelsOut > 0 && UNDER_WAY.has(state);
}

export function createTries(options: TriesOptions) {
  const { jobs, load, routeOf, limits, now, signal, fault } = options;
  /** By printer, the run of labels of which the last piece hangs in it: it was not fed out, since more were to follow. */
  const hanging = new Map<number, JobKey>(
    options.earlier.filter(isRunUnderWay).map((job) => [job.printer, job]),
  );

  /** A job that cannot be laid out is this job's own trouble and does not hold the ones behind it. */
  function prepare(job: PrintJob): PreparedTry | { problem: JobProblem } {
    try {
      const material = load(job.wishSeq, job.wishN, job.printer, job.labelsOut);
      if (!material) return { problem: 'no-printer' };
      const isHome = (routeOf(job)?.home ?? job.printer) === job.printer;
      const begunAt = now();
      const how = { now: begunAt, isHome, endsOther: hangsOther(job), signal };
      const prepared = prepareJob(job, material, limits, how);
      return 'problem' in prepared ? prepared : { send: prepared, material, begunAt };
    } catch (error) {
      fault(error);
      return { problem: 'cannot-print' };
    }
  }

  function hangsOther({ printer, wishSeq, wishN }: PrintJob): boolean {
    const run = hanging.get(printer);
    return run !== undefined && (run.wishSeq !== wishSeq || run.wishN !== wishN);
  }

  /** Remembers whether labels hang in the printer now. What surely did not leave, or is no paper, changes nothing. */
  function noteHanging(printer: number, material: PrintMaterial, result: SendResult, job?: JobKey): void {
    if (result.outcome === 'failed' || material.lines.length === 0) return;
    if (job && isCutShort(material)) hanging.set(printer, { wishSeq: job.wishSeq, wishN: job.wishN });
    else hanging.delete(printer);
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
  function settle(job: PrintJob, tried: PreparedTry, result: SendResult): number | undefined {
    noteHanging(job.printer, tried.material, result, job);
    if (result.outcome === 'sent') {
      if (isCutShort(tried.material)) goOn(job, tried, result.evidence === 'answered');
      else jobs.move(job, { state: 'sent' });
      return undefined;
    }
    const { outcome, problem } = result;
    if (outcome === 'unconfirmed') {
      jobs.move(job, { state: 'unconfirmed', problem });
      return undefined;
    }
    const moment = now();
    const { kind } = tried.material;
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

  /**
   * Queues the run's next piece, for when this one is on paper: a printer that has taken it may still be printing it, and
   * a receipt that comes now must not find more labels in its memory. What is doubtful, and so a copy, was this piece only.
   */
  function goOn(job: PrintJob, { material, begunAt }: PreparedTry, isOnPaper: boolean): void {
    const moment = now();
    const doneAt = isOnPaper ? moment : begunAt + printMsOf(material);
    const labelsOut = material.run?.outAfter ?? job.labelsOut;
    const asked = job.asked === 'copy' ? 'again' : job.asked;
    const notBefore = Math.max(moment, doneAt);
    jobs.move(job, { state: 'queued', asked, labelsOut, attempts: 0, problem: null, notBefore });
  }

  /** A test page, which is nobody's job. */
  async function sendTest(printer: number, page: PrintMaterial): Promise<SendResult> {
    const endsOther = hanging.has(printer);
    const result = await sendSafely(() => prepareTest(page, limits, { endsOther, signal }));
    noteHanging(printer, page, result);
    return result;
  }

  return { prepare, settle, send: (prepared: PreparedTry) => sendSafely(() => prepared.send), sendTest };
}
