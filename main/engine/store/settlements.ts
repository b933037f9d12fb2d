import type { DueFee, SettlementState } from '../../../shared/contract/settlement.ts';
import type { BusinessDay } from '../../../shared/domain/calendar.ts';
import type { Context } from '../context.ts';
import { dueFees, sumOf } from './due-fees.ts';
import { type Held, type HoldScope, heldOf } from './holds.ts';
import { documentId, type Part, partNumber, rowNumber } from './parts.ts';
import type { Statements } from './statements.ts';
import { NO_WATERMARKS, type PeriodSum, periodSums, type Watermarks } from './vendor-book.ts';

/**
 * Settlements as documents: what state one is in, what a new one of a vendor would hold, and how it is written. All of
 * it for many vendors at once; one vendor is a list of one.
 */

/** A row of the view `settlement_now`. Rupiah. */
export interface SettlementRow {
  id: number;
  seq: number;
  number: string;
  vendor: number;
  cutoff_day: BusinessDay;
  as_of_seq: number;
  opening: number;
  movement: number;
  /** Before fees and payout. */
  closing: number;
  held: number;
  disputed: number;
  run: number | null;
  approval: number | null;
  approver: number | null;
  approved: number | null;
  /** Posted by its approval. */
  fees: number;
  payout: number | null;
  payout_number: string | null;
  paid: number | null;
  rest: number | null;
  how: 'cash' | 'bank' | null;
  state: SettlementState;
}

export function settlementById(sql: Statements, settlement: number): SettlementRow | undefined {
  return sql.one<SettlementRow>('SELECT * FROM settlement_now WHERE id = ?', settlement);
}

const BY_ID = `SELECT settlement_now.* FROM json_each(?) AS asked
  CROSS JOIN settlement_now ON settlement_now.id = asked.value`;

/** Many settlements by their numbers. */
export function settlementsById(sql: Statements, settlements: readonly number[]): Map<number, SettlementRow> {
  const rows = sql.all<SettlementRow>(BY_ID, JSON.stringify(settlements));
  return new Map(rows.map((row) => [row.id, row]));
}

/** A settlement that was cancelled or taken back counts for nothing: its movements are open again. */
const LIVE = `state NOT IN ('cancelled', 'reversed')`;

const LAST_LIVE = `SELECT settlement_now.* FROM json_each(?) AS asked CROSS JOIN settlement_now
  ON settlement_now.id = (SELECT live.id FROM settlement_now AS live
    WHERE live.vendor = asked.value AND live.${LIVE} ORDER BY live.seq DESC LIMIT 1)`;

/** The newest live settlement of each vendor that has one. */
export function lastLiveSettlements(sql: Statements, vendors: readonly number[]): Map<number, SettlementRow> {
  const rows = sql.all<SettlementRow>(LAST_LIVE, JSON.stringify(vendors));
  return new Map(rows.map((row) => [row.vendor, row]));
}

/** True while a settlement stands in the way of the next: a draft, or approved and not yet paid. */
export function isOpen(row: SettlementRow): boolean {
  return row.state === 'draft' || row.state === 'approved';
}

/**
 * What a settlement leaves in the balance, rupiah: what the next one opens with.
 * Docs/domain rule: closing(n) = opening(n+1), after the fees and the payout that belong to n.
 */
function carriedOver(row: SettlementRow | undefined): number {
  if (!row) return 0;
  return row.closing - row.fees - (row.state === 'approved' ? (row.approved ?? 0) : (row.paid ?? 0));
}

/** A vendor with what was settled of it, and what that left. */
export function scopeOf(vendor: number, last: SettlementRow | undefined): HoldScope {
  return { vendor, settled: watermarksOf(last), carried: carriedOver(last) };
}

export function watermarksOf(row: SettlementRow | undefined): Watermarks {
  return row ? { cutoffDay: row.cutoff_day, asOfSeq: row.as_of_seq } : NO_WATERMARKS;
}

/** Live when the later one was prepared: what was cancelled or taken back only afterwards still counts. */
const BEFORE = `SELECT * FROM settlement_now AS before WHERE vendor = ? AND seq < ?
  AND NOT EXISTS (SELECT 1 FROM settlement_cancel AS cancel WHERE cancel.settlement = before.id AND cancel.seq < ?)
  AND NOT EXISTS (SELECT 1 FROM reversal WHERE document IN (before.approval, before.payout) AND reversal.seq < ?)
  ORDER BY seq DESC LIMIT 1`;

/** The settlement whose watermarks a settlement began at. It stays the same whatever is taken back later. */
export function settlementBefore(sql: Statements, row: SettlementRow): SettlementRow | undefined {
  return sql.one<SettlementRow>(BEFORE, row.vendor, row.seq, row.seq, row.seq);
}

/** What a settlement of a vendor holds, before it is written. Rupiah. */
export interface Draft {
  readonly vendor: number;
  readonly cutoffDay: BusinessDay;
  readonly asOfSeq: number;
  readonly opening: number;
  readonly movement: number;
  readonly closing: number;
  /** Recurring fees that its approval will post. */
  readonly fees: readonly DueFee[];
  readonly held: Held;
}

/** Why a vendor cannot be settled now: the rejection of a command, and what a run skips. */
export type DraftRefusal =
  | { readonly no: 'settlement-open'; readonly details: { settlement: number } }
  | { readonly no: 'cutoff-not-rising'; readonly details: { lastCutoffDay: string } }
  | { readonly no: 'nothing-to-settle'; readonly details: Record<string, never> };

type Facts = Pick<Context, 'sql' | 'seq' | 'day'>;

/**
 * What a settlement up to `cutoffDay` (not after today) would hold, for each vendor asked for. Two rising watermarks
 * are all that it freezes: late postings fall into the next one, and no printed figure ever moves.
 */
export function draftsOf(
  ctx: Facts,
  vendors: readonly number[],
  cutoffDay: BusinessDay,
): Map<number, Draft | DraftRefusal> {
  const { sql } = ctx;
  const last = lastLiveSettlements(sql, vendors);
  const upTo = { cutoffDay, asOfSeq: ctx.seq - 1 };
  const ready = vendors.filter((vendor) => !refusalAfter(last.get(vendor), cutoffDay));
  const scopes = ready.map((vendor) => scopeOf(vendor, last.get(vendor)));
  const parts: DraftParts = {
    upTo,
    sums: periodSums(sql, scopes, upTo),
    fees: dueFees(sql, ready, cutoffDay),
    held: heldOf(sql, { ...upTo, today: ctx.day }, scopes),
  };
  return new Map(
    vendors.map((vendor) => {
      const before = last.get(vendor);
      return [vendor, refusalAfter(before, cutoffDay) ?? draftOf(vendor, before, parts)];
    }),
  );
}

interface DraftParts {
  readonly upTo: { readonly cutoffDay: BusinessDay; readonly asOfSeq: number };
  readonly sums: ReadonlyMap<number, PeriodSum>;
  readonly fees: ReadonlyMap<number, DueFee[]>;
  readonly held: ReadonlyMap<number, Held>;
}

function draftOf(vendor: number, before: SettlementRow | undefined, parts: DraftParts): Draft | DraftRefusal {
  const { count, movement } = parts.sums.get(vendor) ?? { count: 0, movement: 0 };
  const fees = parts.fees.get(vendor) ?? [];
  const held = parts.held.get(vendor);
  if (!held) throw new Error(`nobody asked what is held of vendor ${vendor}`);
  const opening = carriedOver(before);
  if (count === 0 && opening === 0 && fees.length === 0) return { no: 'nothing-to-settle', details: {} };
  return {
    vendor,
    ...parts.upTo,
    opening,
    movement,
    closing: opening + movement,
    fees,
    held,
  };
}

function refusalAfter(last: SettlementRow | undefined, cutoffDay: BusinessDay): DraftRefusal | undefined {
  if (!last) return undefined;
  if (isOpen(last)) return { no: 'settlement-open', details: { settlement: last.id } };
  if (cutoffDay < last.cutoff_day) {
    return { no: 'cutoff-not-rising', details: { lastCutoffDay: last.cutoff_day } };
  }
  return undefined;
}

/** Writes a draft with its exceptions. `part` says which document of its command it is, `run` which run asked for it. */
export function writeDraft(
  ctx: Context,
  draft: Draft,
  place: { readonly part: Part; readonly run: number | null } = { part: null, run: null },
): { settlement: number; number: string } {
  const { vendor, cutoffDay, asOfSeq, opening, movement, closing, held } = draft;
  const settlement = documentId(ctx.seq, place.part);
  const number = partNumber(ctx, 'settlement', place.part);
  ctx.insert('settlement', {
    number,
    vendor,
    cutoff_day: cutoffDay,
    as_of_seq: asOfSeq,
    opening,
    movement,
    closing,
    // Empty where there is none, as in rows of books that did not know these columns.
    fees: sumOf(draft.fees) || null,
    held: held.heldRupiah || null,
    disputed: held.disputedRupiah || null,
    run: place.run,
    part: place.part,
  });
  for (const [index, { kind, sale, line, amount }] of held.exceptions.entries()) {
    const n = rowNumber(place.part, index + 1);
    ctx.insert('settlement_exception', { n, settlement, kind, sale, line, amount });
  }
  ctx.changed('settlements');
  return { settlement, number };
}
