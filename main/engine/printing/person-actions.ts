/** What a person may do with a job that waits for a person: send it again, or let it go. */
import type { Asked, JobKey, JobKind, Jobs, PrintJob, Within } from './jobs.ts';
import type { LoadMaterial } from './material.ts';
import type { RouteOf } from './takeover.ts';

/**
 * `not-waiting`: the job is printed, being printed or dismissed; a reprint is then a command of its own.
 * `no-printer`: its drawer has none now.
 */
export type PersonAnswer = 'ok' | 'unknown-job' | 'not-waiting' | 'no-printer';

export interface PersonActionsOptions {
  jobs: Jobs;
  load: LoadMaterial;
  routeOf: RouteOf;
  within: Within;
  /** The print clock. */
  now(): number;
  /** Told of the printer that a person wants to print now; of none when there is nothing to print. */
  onMoved(printer?: number): void;
  fault(error: unknown): void;
}

export function personActions(options: PersonActionsOptions) {
  const { jobs, load, routeOf, within, now, onMoved, fault } = options;

  /**
   * Sends a job again, at its own drawer's printer even when another had taken over: it gets its full time anew,
   * prints SALINAN when an earlier try may be on paper, and a receipt leaves the drawer shut. A job that is waiting
   * anyway is tried now, where it is.
   */
  function resend(key: JobKey): PersonAnswer {
    const job = jobs.get(key);
    if (!job) return 'unknown-job';
    const moment = now();
    if (job.state === 'queued' || job.state === 'retry') {
      return moved(jobs.move(job, { notBefore: moment }), job.printer);
    }
    if (job.state !== 'unconfirmed' && job.state !== 'failed') return 'not-waiting';
    const mayBeOut = job.state === 'unconfirmed' || job.asked === 'copy';
    const asked: Asked = mayBeOut ? 'copy' : 'again';
    const printer = routeOf(key)?.home ?? job.printer;
    const kind = kindOf(job, printer);
    if (!kind) return 'no-printer';
    const notAfter = moment + within[kind];
    const fresh = { state: 'queued', problem: null, attempts: 0, notBefore: moment } as const;
    return moved(jobs.move(job, { ...fresh, asked, printer, notAfter }), printer);
  }

  /** A wish that cannot be laid out now gets a receipt's time: its try will say what is wrong with it. */
  function kindOf({ wishSeq, wishN, labelsOut }: PrintJob, printer: number): JobKind | undefined {
    try {
      return load(wishSeq, wishN, printer, labelsOut)?.kind;
    } catch (error) {
      fault(error);
      return 'receipt';
    }
  }

  /** Nobody wants the job on paper any more. One that is being sent cannot be called back. */
  function dismiss(key: JobKey): PersonAnswer {
    const job = jobs.get(key);
    if (!job) return 'unknown-job';
    if (job.state === 'sent' || job.state === 'sending' || job.state === 'dismissed') return 'not-waiting';
    return moved(jobs.move(job, { state: 'dismissed' }));
  }

  function moved(done: boolean, printer?: number): PersonAnswer {
    if (!done) return 'not-waiting';
    onMoved(printer);
    return 'ok';
  }

  return { resend, dismiss };
}
