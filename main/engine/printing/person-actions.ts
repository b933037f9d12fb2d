/** What a person may do with a job that waits for a person: send it again, or let it go. */
import { type Asked, type JobKey, type JobKind, type Jobs, notAfterFor } from './jobs.ts';
import type { LoadMaterial } from './material.ts';

/**
 * `not-waiting`: the job is printed, being printed or dismissed; a reprint is then a command of its own.
 * `no-printer`: the job never had a printer, so the person has to name one.
 */
export type PersonAnswer = 'ok' | 'unknown-job' | 'not-waiting' | 'no-printer';

export interface PersonActionsOptions {
  jobs: Jobs;
  load: LoadMaterial;
  now(): number;
  onMoved(): void;
  fault(error: unknown): void;
}

export function personActions(options: PersonActionsOptions) {
  const { jobs, load, now, onMoved, fault } = options;

  /**
   * Sends a job again, perhaps on another printer: it gets its full time anew, prints SALINAN when an earlier try may
   * be on paper, and a receipt leaves the drawer shut. A job that is waiting anyway is tried now.
   */
  function resend(key: JobKey, printer?: number): PersonAnswer {
    const job = jobs.get(key);
    if (!job) return 'unknown-job';
    const moment = now();
    const target = printer ?? job.printer;
    if (target === null) return 'no-printer';
    if (job.state === 'queued' || job.state === 'retry') {
      return moved(jobs.move(job, { notBefore: moment, printer: target }, moment));
    }
    if (job.state !== 'unconfirmed' && job.state !== 'failed') return 'not-waiting';
    const mayBeOut = job.state === 'unconfirmed' || job.asked === 'copy';
    const asked: Asked = mayBeOut ? 'copy' : 'again';
    const notAfter = notAfterFor(kindOf(job, target), moment);
    const fresh = { state: 'queued', problem: null, attempts: 0, notBefore: moment } as const;
    return moved(jobs.move(job, { ...fresh, asked, printer: target, notAfter }, moment));
  }

  /** A wish that cannot be laid out now gets a receipt's time: its try will say what is wrong with it. */
  function kindOf(key: JobKey, printer: number): JobKind {
    try {
      return load(key.wishSeq, key.wishN, printer)?.kind ?? 'receipt';
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
    return moved(jobs.move(job, { state: 'dismissed' }, now()));
  }

  function moved(done: boolean): PersonAnswer {
    if (!done) return 'not-waiting';
    onMoved();
    return 'ok';
  }

  return { resend, dismiss };
}
