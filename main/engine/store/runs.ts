import type { BusinessDay } from '../../../shared/domain/calendar.ts';
import { type SettlementRow, settlementsById } from './settlements.ts';
import type { Statements } from './statements.ts';

/** Runs over many vendors as documents: how far one has come, and whose turn is next. */

export type RunKind = 'prepare' | 'approve' | 'pay-bank';

export interface RunRow {
  seq: number;
  number: string;
  kind: RunKind;
  cutoff_day: BusinessDay;
  vendor_group: number | null;
  /** The preparation whose settlements it takes. */
  of: number | null;
  vendors: number;
  /** Its newest part, 0 before the first. */
  part: number;
  /** The last vendor of that part, 0 before the first. */
  to_vendor: number;
  state: 'running' | 'done' | 'stopped';
}

const RUN = `SELECT run.seq, run.number, run.kind, run.cutoff_day, run.vendor_group, run."of", run.vendors,
    coalesce(part.part, 0) AS part, coalesce(part.to_vendor, 0) AS to_vendor,
    CASE WHEN part.is_last = 1 THEN 'done' WHEN run_stop.seq IS NOT NULL THEN 'stopped' ELSE 'running' END AS state
  FROM run LEFT JOIN run_stop ON run_stop.run = run.seq
  LEFT JOIN run_part AS part ON part.run = run.seq
    AND part.part = (SELECT max(newest.part) FROM run_part AS newest WHERE newest.run = run.seq)`;

export function runBySeq(sql: Statements, run: number): RunRow | undefined {
  return sql.one<RunRow>(`${RUN} WHERE run.seq = ?`, run);
}

/** The run that has vendors left and was not stopped. There is one at most: another only starts when it has ended. */
export function liveRun(sql: Statements): RunRow | undefined {
  const last = sql.one<RunRow>(`${RUN} ORDER BY run.seq DESC LIMIT 1`);
  return last?.state === 'running' ? last : undefined;
}

/** Who gave the command that a run began with, when, and under which id. */
export interface RunStart {
  readonly id: string;
  readonly actor: number;
  readonly approver: number | null;
  readonly at: number;
}

export function startOfRun(sql: Statements, run: number): RunStart {
  const start = sql.one<RunStart>('SELECT id, actor, approver, at FROM journal WHERE seq = ?', run);
  if (!start) throw new Error(`rule broken: run ${run} has no journal row`);
  return start;
}

/** A vendor's group as it was when a run began: whoever changes it meanwhile changes nothing of the run. */
const GROUP_THEN = `(SELECT vendor_group FROM vendor_version AS version
  WHERE version.vendor = vendor.id AND version.seq < ? ORDER BY version.seq DESC LIMIT 1)`;

const NEXT_VENDORS = 'SELECT id FROM vendor WHERE id > ? AND seq < ? ORDER BY id LIMIT ?';
const NEXT_OF_GROUP = `SELECT id FROM vendor WHERE id > ? AND seq < ? AND ${GROUP_THEN} = ? ORDER BY id LIMIT ?`;
const NEXT_SETTLED =
  'SELECT vendor AS id, id AS settlement FROM settlement WHERE run = ? AND vendor > ? ORDER BY vendor LIMIT ?';

/** One vendor's turn in a run; of an approval or payment the settlement that the preparation made. */
export interface Turn {
  readonly id: number;
  readonly settlement?: number;
}

/** The settlements of these turns as they are now, in the order of the turns. */
export function settlementsOf(sql: Statements, turns: readonly Turn[]): SettlementRow[] {
  const ids = turns.map(({ settlement }) => settlement as number);
  const byId = settlementsById(sql, ids);
  return ids.map((id) => {
    const row = byId.get(id);
    if (!row) throw new Error(`rule broken: settlement ${id} of a run is not there`);
    return row;
  });
}

type Scope = Pick<RunRow, 'seq' | 'vendor_group' | 'of'>;

/** The next vendors of a run after one, at most so many, by their numbers: those there were when it began. */
export function nextTurns(sql: Statements, run: Scope, after: number, most: number): Turn[] {
  if (run.of !== null) return sql.all<Turn>(NEXT_SETTLED, run.of, after, most);
  if (run.vendor_group === null) return sql.all<Turn>(NEXT_VENDORS, after, run.seq, most);
  return sql.all<Turn>(NEXT_OF_GROUP, after, run.seq, run.seq, run.vendor_group, most);
}

const COUNT_VENDORS = 'SELECT count(*) FROM vendor WHERE seq < ?';
const COUNT_OF_GROUP = `SELECT count(*) FROM vendor WHERE seq < ? AND ${GROUP_THEN} = ?`;
const COUNT_SETTLED = 'SELECT count(*) FROM settlement WHERE run = ?';

/** How many vendors a run has to go through. */
export function countTurns(sql: Statements, run: Scope): number {
  const count =
    run.of !== null
      ? sql.value<number>(COUNT_SETTLED, run.of)
      : run.vendor_group === null
        ? sql.value<number>(COUNT_VENDORS, run.seq)
        : sql.value<number>(COUNT_OF_GROUP, run.seq, run.seq, run.vendor_group);
  return count ?? 0;
}

/** What a list of runs shows besides the run's own row. */
export interface RunFigures {
  readonly startedBy: string;
  readonly at: number;
  readonly done: number;
  readonly skipped: number;
  readonly amount: number;
}

const WITH_FIGURES = `SELECT shown.*, journal.at, "user".username AS startedBy,
    (SELECT coalesce(sum(done), 0) FROM run_part WHERE run_part.run = shown.seq) AS done,
    (SELECT coalesce(sum(skipped), 0) FROM run_part WHERE run_part.run = shown.seq) AS skipped,
    (SELECT coalesce(sum(amount), 0) FROM run_part WHERE run_part.run = shown.seq) AS amount
  FROM (${RUN}) AS shown JOIN journal ON journal.seq = shown.seq JOIN "user" ON "user".id = journal.actor`;

export function runWithFigures(sql: Statements, run: number): (RunRow & RunFigures) | undefined {
  return sql.one<RunRow & RunFigures>(`${WITH_FIGURES} WHERE shown.seq = ?`, run);
}

/** Newest first. */
export function runsWithFigures(sql: Statements, limit: number): (RunRow & RunFigures)[] {
  return sql.all<RunRow & RunFigures>(`${WITH_FIGURES} ORDER BY shown.seq DESC LIMIT ?`, limit);
}
