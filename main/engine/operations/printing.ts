import {
  type PrintJobView,
  printDismiss,
  printJobs,
  printResend,
  printTest,
} from '../../../shared/contract/printing.ts';
import type { Engine } from '../engine.ts';
import { operates, refuse } from '../operate.ts';
import { testMaterial } from '../printing/material-of.ts';
import type { PersonAnswer } from '../printing/person-actions.ts';

export const resend = operates(printResend, (engine, { seq, n }) => {
  return told(engine, { seq, n }, engine.queue.resend({ wishSeq: seq, wishN: n }));
});

export const dismiss = operates(printDismiss, (engine, { seq, n }) => {
  return told(engine, { seq, n }, engine.queue.dismiss({ wishSeq: seq, wishN: n }));
});

function told(engine: Engine, job: { seq: number; n: number }, answer: PersonAnswer): Record<string, never> {
  if (answer === 'ok') return {};
  if (answer === 'unknown-job') return refuse('job-unknown', {});
  if (answer === 'no-printer') return refuse('no-printer', {});
  const state = engine.sql.value<string>(
    'SELECT state FROM print_job WHERE wish_seq = ? AND wish_n = ?',
    job.seq,
    job.n,
  );
  return refuse('job-state', { state: state ?? '' });
}

export const test = operates(printTest, async (engine, { drawer }) => {
  const material = testMaterial(engine.sql, drawer, engine.now());
  if (!material) return refuse('no-printer', {});
  const result = await engine.queue.printTest(drawer, material);
  return { result: result.outcome, problem: result.outcome === 'sent' ? null : result.problem };
});

/** A read, but of the queue's own table, which is no part of the books. */
export const jobs = operates(printJobs, (engine) => {
  const sums = engine.queue.summary();
  const total = (key: 'waiting' | 'unconfirmed' | 'failed') =>
    sums.reduce((sum, printer) => sum + printer[key], 0);
  return {
    waiting: total('waiting'),
    unconfirmed: total('unconfirmed'),
    failed: total('failed'),
    jobs: engine.sql.all<PrintJobView>(
      `SELECT print_job.wish_seq AS seq, print_job.wish_n AS n, print_wish.kind,
              coalesce(sale.number, shift_close.number, payout.number) AS number, drawer.code AS drawerCode,
              print_job.state, print_job.attempts, print_job.problem, print_job.updated_at AS updatedAt
       FROM print_job JOIN print_wish ON print_wish.seq = print_job.wish_seq AND print_wish.n = print_job.wish_n
       JOIN drawer ON drawer.id = print_wish.drawer
       LEFT JOIN sale ON sale.seq = print_wish.seq LEFT JOIN shift_close ON shift_close.seq = print_wish.seq
       LEFT JOIN payout ON payout.seq = print_wish.seq
       WHERE print_job.state NOT IN ('sent', 'dismissed') ORDER BY print_job.wish_seq, print_job.wish_n LIMIT 100`,
    ),
  };
});
