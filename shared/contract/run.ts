import { z } from 'zod';
import { command, query } from './define.ts';
import { day, id, limit } from './fields.ts';
import { office } from './roles.ts';

/** Bulk work as a document: the engine does it in parts of bounded size, between which everybody else is served. */

/** Most vendors in one part. */
export const RUN_PART_VENDORS = 50;

/**
 * Settles many vendors. `prepare`: drafts up to a cut-off for all vendors, or a group. `approve` and `pay-bank` take
 * the drafts, or the approved, of an earlier `prepare` run; whoever starts the approval is another person than who
 * started the preparation. Vendors with nothing to do are skipped and counted.
 */
export const runStart = command<{ run: number; number: string; vendors: number }>()('run.start', {
  access: office,
  input: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('prepare'), cutoffDay: day.optional(), group: id.optional() }),
    z.strictObject({ kind: z.literal('approve'), of: id }),
    z.strictObject({ kind: z.literal('pay-bank'), of: id }),
  ]),
  rejections: ['group-unknown', 'cutoff-in-future', 'run-unknown', 'run-live', 'same-person'],
});

/**
 * One part of a run: at most so many vendors after the last part's. Given by the engine itself, which takes fewer where
 * a part takes long, so that nobody at a till waits for it.
 */
export const runPart = command<{ done: number; skipped: number; isLast: boolean }>()('run.part', {
  access: 'engine',
  input: z.strictObject({
    run: id,
    part: z.int().min(1).max(100_000),
    vendors: z.int().min(1).max(RUN_PART_VENDORS),
  }),
  rejections: ['run-unknown', 'run-ended'],
});

/** Stops a run after the part it is in; what is done stays. */
export const runStop = command<{ run: number }>()('run.stop', {
  access: office,
  input: z.strictObject({ run: id }),
  rejections: ['run-unknown', 'run-ended'],
});

export interface RunView {
  run: number;
  number: string;
  kind: 'prepare' | 'approve' | 'pay-bank';
  cutoffDay: string;
  /** The preparation whose settlements an approval or payment takes; null for a preparation. */
  of: number | null;
  /** Only vendors who were in this group when it began; null: all of them. */
  group: number | null;
  startedBy: string;
  at: number;
  state: 'running' | 'done' | 'stopped';
  /** How many there are to go through; `done` and `skipped` add up to it in the end. */
  vendors: number;
  done: number;
  skipped: number;
  /** Of what is done: balances drafted, amounts approved, or amounts paid. */
  amountRupiah: number;
}

export const runGet = query<RunView>()('run.get', {
  access: office,
  input: z.strictObject({ run: id }),
  rejections: ['run-unknown'],
});

export const runList = query<{ runs: RunView[] }>()('run.list', {
  access: office,
  input: z.strictObject({ limit }),
});
