import type { ParsedOf } from '../../../shared/contract/define.ts';
import {
  type PrinterStateView,
  type PrintJobView,
  printDismiss,
  printJobs,
  printPreview,
  printResend,
  printTest,
} from '../../../shared/contract/printing.ts';
import type { Engine } from '../engine.ts';
import { type Caller, operates, refuse } from '../operate.ts';
import { testMaterial } from '../printing/material-of.ts';
import type { PersonAnswer } from '../printing/person-actions.ts';
import { type NoPreview, previewOf } from '../printing/preview.ts';
import { isOfficePaper } from '../store/documents.ts';

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

export const preview = operates(printPreview, (engine, input, caller) => {
  const picture = previewOf(engine.sql, input, engine.now());
  if (typeof picture === 'string') return refusePreview(picture, input);
  const { bytes, kind, columns, dots } = picture;
  const role = caller.user?.role ?? '';
  const isOwn = input.of === 'job' && wishedFor(engine, input.seq, caller);
  if (role === 'cashier' && isOfficePaper(kind) && !isOwn) return refuse('forbidden', { role });
  return { bytes: bytes.toString('base64'), columns, dots, kind };
});

function refusePreview(why: NoPreview, input: ParsedOf<typeof printPreview>): never {
  if (why === 'document-unknown') {
    return refuse('document-unknown', { document: input.of === 'document' ? input.document : 0 });
  }
  return refuse(why, {});
}

/** What somebody had put on paper, with a supervisor's yes where it takes one, is no news to them. */
function wishedFor(engine: Engine, seq: number, { user }: Caller): boolean {
  return engine.sql.value<number>('SELECT actor FROM journal WHERE seq = ?', seq) === user?.id;
}

/** A read, but of the queue's own table, which is no part of the books. */
export const jobs = operates(printJobs, (engine) => {
  const sums = engine.queue.summary();
  const total = (key: 'waiting' | 'unconfirmed' | 'failed') =>
    sums.reduce((sum, printer) => sum + printer[key], 0);
  return {
    waiting: total('waiting'),
    unconfirmed: total('unconfirmed'),
    failed: total('failed'),
    jobs: engine.sql.all<PrintJobView>(OPEN_JOBS),
    printers: printersOf(engine),
  };
});

/** On a job's paper: the number of the document it prints, of a ticket its code, of labels the code on them. */
const NUMBER_ON_PAPER = `coalesce(
    (SELECT number FROM sale WHERE seq = document), (SELECT number FROM refund WHERE seq = document),
    (SELECT number FROM cash_move WHERE seq = document), (SELECT number FROM shift_close WHERE seq = document),
    (SELECT number FROM shift_report WHERE seq = document), (SELECT number FROM payout WHERE id = document),
    (SELECT code FROM ticket WHERE seq = document), (SELECT barcode FROM label_print WHERE seq = document))`;

const OPEN_JOBS = `
  WITH job AS (
    SELECT print_job.wish_seq AS seq, print_job.wish_n AS n, print_wish.kind, state, attempts, problem,
      updated_at AS updatedAt, labels_out AS labelsOut, coalesce(print_wish.document, print_wish.seq) AS document,
      coalesce(print_job.printer, print_wish.drawer) AS at
    FROM print_job JOIN print_wish ON print_wish.seq = print_job.wish_seq AND print_wish.n = print_job.wish_n
    WHERE print_job.state NOT IN ('sent', 'dismissed') ORDER BY print_job.wish_seq, print_job.wish_n LIMIT 100)
  SELECT job.seq, n, kind, ${NUMBER_ON_PAPER} AS number, drawer.code AS drawerCode, state, attempts, problem, updatedAt,
    (SELECT copies FROM label_print WHERE seq = document) AS labels, labelsOut
  FROM job JOIN drawer ON drawer.id = job.at ORDER BY job.seq, n`;

function printersOf(engine: Engine): PrinterStateView[] {
  const known = new Map(engine.queue.printers().map(({ printer, ...standing }) => [printer, standing]));
  const drawers = engine.sql.all<{ drawer: number; drawerCode: string }>(
    `SELECT id AS drawer, code AS drawerCode FROM drawer
     WHERE EXISTS (SELECT 1 FROM printer WHERE printer.drawer = drawer.id) ORDER BY id`,
  );
  const untried = { state: 'untried', problem: null, waiting: 0 } as const;
  return drawers.map((row) => ({ ...row, ...(known.get(row.drawer) ?? untried) }));
}
