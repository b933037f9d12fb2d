import type { ParsedOf } from '../../../shared/contract/define.ts';
import { type JournalHit, journalGet, journalSearch } from '../../../shared/contract/report.ts';
import { journalList } from '../../../shared/contract/system.ts';
import { answers, type QueryContext } from '../context.ts';
import { documentByNumber } from '../store/documents.ts';
import { reversedBy, transfersOf } from '../store/reversals.ts';

/** Most rows that one search looks through: it stays short however long the journal grows. */
const SEARCH_ROWS = 50_000;
const LAST_DAY = '9999-12-31';

const OUTCOME = `iif(json_extract(outcome, '$.rejected') IS NULL, 'ok', json_extract(outcome, '$.rejected'))`;
/** The number is taken from the command's own answer: that is what the person was told. */
const HIT = `journal.seq, journal.id, journal.name, actor.username AS actor, approver.username AS approver,
  journal.device, journal.at, journal.day, ${OUTCOME} AS outcome, json_extract(outcome, '$.ok.number') AS number`;
const FROM = `FROM journal LEFT JOIN "user" AS actor ON actor.id = journal.actor
  LEFT JOIN "user" AS approver ON approver.id = journal.approver`;

export const listJournal = answers(journalList, (ctx, { limit, before }) => ({
  rows: ctx.sql.all<{
    seq: number;
    id: string;
    name: string;
    actor: string | null;
    at: number;
    day: string;
    outcome: string;
  }>(
    `SELECT journal.seq, journal.id, journal.name, actor.username AS actor, journal.at, journal.day, ${OUTCOME} AS outcome
     ${FROM} WHERE journal.seq < ? ORDER BY journal.seq DESC LIMIT ?`,
    before ?? Number.MAX_SAFE_INTEGER,
    limit,
  ),
}));

interface Reach {
  readonly from: number;
  readonly to: number;
}

/** The journal rows a search could find anything among: one document's, those of some days, or all before a row. */
function reachOf(ctx: QueryContext, input: ParsedOf<typeof journalSearch>): Reach {
  const last = ctx.sql.value<number>('SELECT coalesce(max(seq), 0) FROM journal') as number;
  const to = Math.min(last, (input.before ?? last + 1) - 1);
  if (input.number !== undefined) {
    const document = documentByNumber(ctx.sql, input.number);
    return document !== undefined && document <= to ? { from: document, to: document } : { from: 1, to: 0 };
  }
  if (input.fromDay === undefined && input.toDay === undefined) return { from: 1, to };
  // A till's document may be written days after its business day, so days alone do not say where to look.
  const days = ctx.sql.one<{ first: number | null; last: number | null }>(
    'SELECT min(seq) AS first, max(seq) AS last FROM journal WHERE day BETWEEN ? AND ?',
    input.fromDay ?? '',
    input.toDay ?? LAST_DAY,
  );
  return { from: days?.first ?? 1, to: Math.min(to, days?.last ?? 0) };
}

export const searchJournal = answers(journalSearch, (ctx, input) => {
  const reach = reachOf(ctx, input);
  const from = Math.max(reach.from, reach.to - SEARCH_ROWS + 1);
  // The plus keeps SQLite on the journal's own order: sorting every row of many days would have no bound.
  const rows = ctx.sql.all<JournalHit>(
    `SELECT ${HIT} ${FROM} WHERE journal.seq BETWEEN ? AND ?
       AND (? IS NULL OR journal.name = ?) AND (? IS NULL OR actor.username = ?)
       AND +journal.day BETWEEN ? AND ? AND (? IS NULL OR ${OUTCOME} = ?)
     ORDER BY journal.seq DESC LIMIT ?`,
    from,
    reach.to,
    ...twice(input.name),
    ...twice(input.actor?.toLowerCase()),
    input.fromDay ?? '',
    input.toDay ?? LAST_DAY,
    ...twice(input.outcome),
    input.limit,
  );
  const looked = rows.length === input.limit ? (rows.at(-1)?.seq ?? from) : from;
  return { rows, before: looked > reach.from ? looked : null };
});

/** A filter's value for `? IS NULL OR column = ?`. */
function twice(value: string | undefined): [string | null, string | null] {
  return [value ?? null, value ?? null];
}

export const getJournal = answers(journalGet, (ctx, { seq }) => {
  type Row = JournalHit & { input: string; answer: string; hash: Buffer };
  const row = ctx.sql.one<Row>(
    `SELECT ${HIT}, journal.input, journal.outcome AS answer, journal.hash ${FROM} WHERE journal.seq = ?`,
    seq,
  );
  if (!row) return ctx.reject('document-unknown', { document: seq });
  const account = (code: string, owner: string) => (owner === '' ? code : `${code}/${owner}`);
  return {
    ...row,
    input: withoutPins(JSON.parse(row.input) as unknown),
    answer: JSON.parse(row.answer) as unknown,
    hash: row.hash.toString('hex'),
    reversedBy: reversedBy(ctx.sql, seq) ?? null,
    transfers: transfersOf(ctx.sql, seq).map((transfer) => ({
      id: transfer.id,
      ledger: transfer.ledger,
      debit: account(transfer.debitCode, transfer.debitOwner),
      credit: account(transfer.creditCode, transfer.creditOwner),
      amount: transfer.amount,
      reason: transfer.reason,
      line: transfer.line,
    })),
  };
});

/** The hash of a PIN is nobody's to read: who has it can try PINs without being slowed down. */
function withoutPins(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPins);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === 'pin' ? null : withoutPins(inner)]),
  );
}
