import { type JournalHit, journalGet, journalSearch } from '../../../shared/contract/report.ts';
import { journalList } from '../../../shared/contract/system.ts';
import { answers } from '../context.ts';
import { documentByNumber } from '../store/documents.ts';
import { reversedBy, transfersOf } from '../store/reversals.ts';

/** Most rows that one search looks through: it stays short however long the journal grows. */
const SEARCH_ROWS = 50_000;

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

export const searchJournal = answers(journalSearch, (ctx, input) => {
  const last = ctx.sql.value<number>('SELECT coalesce(max(seq), 0) FROM journal') as number;
  let to = Math.min(last, (input.before ?? last + 1) - 1);
  let from = Math.max(1, to - SEARCH_ROWS + 1);
  if (input.number !== undefined) {
    const document = documentByNumber(ctx.sql, input.number) ?? 0;
    [from, to] = document >= 1 && document <= to ? [document, document] : [1, 0];
  }
  const rows = ctx.sql.all<JournalHit>(
    `SELECT ${HIT} ${FROM} WHERE journal.seq BETWEEN ? AND ?
       AND (? IS NULL OR journal.name = ?) AND (? IS NULL OR actor.username = ? COLLATE NOCASE)
       AND journal.day BETWEEN ? AND ? AND (? IS NULL OR ${OUTCOME} = ?)
     ORDER BY journal.seq DESC LIMIT ?`,
    from,
    to,
    ...twice(input.name),
    ...twice(input.actor),
    input.fromDay ?? '',
    input.toDay ?? '9999-12-31',
    ...twice(input.outcome),
    input.limit,
  );
  const full = rows.length === input.limit;
  const reached = full ? (rows.at(-1)?.seq ?? from) : from;
  return { rows, before: reached > 1 && input.number === undefined ? reached : null };
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
