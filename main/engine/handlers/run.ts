import { type RunView, runGet, runList, runPart, runStart, runStop } from '../../../shared/contract/run.ts';
import type { BusinessDay } from '../../../shared/domain/calendar.ts';
import { rupiah } from '../../../shared/domain/money.ts';
import { answers, type Context, handles, type ReadContext } from '../context.ts';
import { documentNumber } from '../store/numbers.ts';
import { amountToApprove, approveDraft, offersOf, payOut, withBankAccount } from '../store/payouts.ts';
import { centerRow } from '../store/rows.ts';
import {
  countTurns,
  liveRun,
  nextTurns,
  type RunFigures,
  type RunKind,
  type RunRow,
  runBySeq,
  runsWithFigures,
  runWithFigures,
  settlementsOf,
  startOfRun,
  type Turn,
} from '../store/runs.ts';
import { draftsOf, writeDraft } from '../store/settlements.ts';

/** Bulk work over many vendors: the same rules as one vendor's settlement, some dozens at a time. */

interface Plan {
  readonly kind: RunKind;
  readonly cutoffDay: BusinessDay;
  readonly group: number | null;
  readonly of: number | null;
}

export const start = handles(runStart, (ctx, input) => {
  const live = liveRun(ctx.sql);
  if (live) ctx.reject('run-live', { run: live.seq });
  const plan =
    input.kind === 'prepare'
      ? preparation(ctx, input.cutoffDay ?? ctx.day, input.group)
      : continuation(ctx, input.kind, input.of);
  const vendors = countTurns(ctx.sql, { seq: ctx.seq, vendor_group: plan.group, of: plan.of });
  const number = documentNumber(ctx, 'run');
  ctx.insert('run', {
    number,
    kind: plan.kind,
    cutoff_day: plan.cutoffDay,
    vendor_group: plan.group,
    of: plan.of,
    vendors,
  });
  ctx.changed('runs');
  return { run: ctx.seq, number, vendors };
});

function preparation(ctx: Context, cutoffDay: string, group: number | undefined): Plan {
  if (cutoffDay > ctx.day) ctx.reject('cutoff-in-future', { day: ctx.day });
  if (group !== undefined && !ctx.sql.value('SELECT id FROM vendor_group WHERE id = ?', group)) {
    ctx.reject('group-unknown', { group });
  }
  return { kind: 'prepare', cutoffDay: cutoffDay as BusinessDay, group: group ?? null, of: null };
}

/** Docs/domain rule: another person approves than who prepared, where the center asks for two. */
function continuation(ctx: Context, kind: 'approve' | 'pay-bank', of: number): Plan {
  const prepared = runBySeq(ctx.sql, of);
  if (prepared?.kind !== 'prepare') return ctx.reject('run-unknown', { run: of });
  if (kind === 'approve' && centerRow(ctx.sql)?.two_person_settlement) {
    const preparer = startOfRun(ctx.sql, of).actor;
    if (approverOf(ctx.actor as number, ctx.approver, preparer) === preparer) ctx.reject('same-person', {});
  }
  return { kind, cutoffDay: prepared.cutoff_day, group: null, of };
}

/** Whoever of the two behind a command did not prepare. */
function approverOf(actor: number, approver: number | null, preparer: number): number {
  return approver !== null && approver !== preparer ? approver : actor;
}

function runOrReject(ctx: ReadContext, run: number): RunRow {
  return runBySeq(ctx.sql, run) ?? ctx.reject('run-unknown', { run });
}

/** What was done of one vendor's turn; undefined: there was nothing to do. */
type Done = { readonly amount: number } | undefined;

export const part = handles(runPart, (ctx, input) => {
  const run = runOrReject(ctx, input.run);
  if (run.state !== 'running') ctx.reject('run-ended', {});
  if (input.part !== run.part + 1) {
    throw new Error(`rule broken: part ${input.part} of run ${run.seq} after part ${run.part}`);
  }
  // One more than a part holds tells whether another follows.
  const turns = nextTurns(ctx.sql, run, run.to_vendor, input.vendors + 1);
  const isLast = turns.length <= input.vendors;
  const mine = turns.slice(0, input.vendors);
  const outcomes = work[run.kind](ctx, run, mine).filter((outcome) => outcome !== undefined);
  const done = outcomes.length;
  const skipped = mine.length - done;
  ctx.insert('run_part', {
    run: run.seq,
    part: input.part,
    from_vendor: mine[0]?.id ?? run.to_vendor,
    to_vendor: mine.at(-1)?.id ?? run.to_vendor,
    done,
    skipped,
    amount: outcomes.reduce((sum, { amount }) => sum + amount, 0),
    is_last: isLast ? 1 : 0,
  });
  ctx.changed('runs');
  return { done, skipped, isLast };
});

const work: { readonly [Kind in RunKind]: (ctx: Context, run: RunRow, turns: readonly Turn[]) => Done[] } = {
  prepare(ctx, run, turns) {
    const vendors = turns.map(({ id }) => id);
    const drafts = draftsOf(ctx, vendors, run.cutoff_day);
    return vendors.map((vendor, index) => {
      const draft = drafts.get(vendor);
      if (!draft || 'no' in draft) return undefined;
      writeDraft(ctx, draft, { part: index + 1, run: run.seq });
      return { amount: draft.closing };
    });
  },

  approve(ctx, run, turns) {
    const starter = startOfRun(ctx.sql, run.seq);
    const preparer = startOfRun(ctx.sql, run.of as number).actor;
    const approver = approverOf(starter.actor, starter.approver, preparer);
    const rows = settlementsOf(ctx.sql, turns);
    const drafts = rows.filter(({ state }) => state === 'draft');
    const offers = offersOf(ctx.sql, drafts, ctx.day);
    return rows.map((row, index) => {
      const offer = offers.get(row.id);
      if (!offer) return undefined;
      const amount = amountToApprove(ctx.sql, offer);
      approveDraft(ctx, row, offer, { amount, approver, part: index + 1 });
      return { amount };
    });
  },

  'pay-bank'(ctx, _run, turns) {
    const rows = settlementsOf(ctx.sql, turns);
    const reachable = withBankAccount(
      ctx.sql,
      rows.map(({ vendor }) => vendor),
    );
    return rows.map((row, index) => {
      if (row.state !== 'approved' || row.approved === null || !reachable.has(row.vendor)) return undefined;
      const { paidRupiah } = payOut(ctx, row, rupiah(row.approved), { drawer: null, part: index + 1 });
      return { amount: paidRupiah };
    });
  },
};

export const stop = handles(runStop, (ctx, input) => {
  const run = runOrReject(ctx, input.run);
  if (run.state !== 'running') ctx.reject('run-ended', {});
  ctx.insert('run_stop', { run: run.seq });
  ctx.changed('runs');
  return { run: run.seq };
});

function viewOf(row: RunRow & RunFigures): RunView {
  return {
    run: row.seq,
    number: row.number,
    kind: row.kind,
    cutoffDay: row.cutoff_day,
    of: row.of,
    group: row.vendor_group,
    startedBy: row.startedBy,
    at: row.at,
    state: row.state,
    vendors: row.vendors,
    done: row.done,
    skipped: row.skipped,
    amountRupiah: row.amount,
  };
}

export const get = answers(runGet, (ctx, { run }) => {
  const row = runWithFigures(ctx.sql, run);
  return row ? viewOf(row) : ctx.reject('run-unknown', { run });
});

export const list = answers(runList, (ctx, { limit }) => ({
  runs: runsWithFigures(ctx.sql, limit).map(viewOf),
}));
