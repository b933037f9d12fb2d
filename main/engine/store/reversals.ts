import type { Topic } from '../../../shared/contract/topics.ts';
import type { AccountCode } from '../../../shared/domain/chart.ts';
import type { Reason } from '../../../shared/domain/reasons.ts';
import type { ReadContext } from '../context.ts';
import { unexplainedQty } from './goods.ts';
import { seqOfDocument } from './parts.ts';
import type { Statements } from './statements.ts';

/** Which documents can be taken back by another document, and what stands in the way of each. */

interface ReversalRule {
  /** What changes on the screens. */
  readonly topics: readonly Topic[];
  /** What already builds on the document, by its number: it has to go first. */
  readonly usedBy?: (sql: Statements, document: number) => string | undefined;
  /** What it posted, when that is not all that its journal row posted and no more. */
  readonly transfers?: (sql: Statements, document: number) => TransferRow[];
}

const goods: ReversalRule = { topics: ['stock', 'vendors', 'products'] };
const cash: ReversalRule = { topics: ['shift'] };
const vendorMoney: ReversalRule = { topics: ['vendors', 'shift'] };

/**
 * By the name of the command that made the document. What is not here is refunded or voided (sales), cancelled
 * (drafts), closed (disputes), or stays as it is (shifts and counts of the safe, which say what somebody saw).
 */
const reversible: ReadonlyMap<string, ReversalRule> = new Map([
  ['intake.confirm', goods],
  ['purchase.confirm', { topics: ['stock', 'vendors', 'products', 'shift'] }],
  ['return.confirm', goods],
  ['writeOff.confirm', goods],
  ['count.post', goods],
  ['unresolved.resolve', { topics: ['sales', 'stock', 'vendors'], usedBy: resolutionUsedBy }],
  ['cash.in', cash],
  ['cash.out', cash],
  ['cash.drop', cash],
  ['clearing.match', { topics: ['sales', 'settlements'] }],
  ['buyer.pay', { topics: ['sales', 'shift'] }],
  ['fee.charge', vendorMoney],
  ['adjustment.post', vendorMoney],
  ['vendor.payIn', vendorMoney],
  ['debt.writeOff', vendorMoney],
  [
    'settlement.approve',
    { topics: ['settlements', 'vendors'], usedBy: approvalUsedBy, transfers: transfersOfApproval },
  ],
  [
    'settlement.pay',
    { topics: ['settlements', 'vendors', 'shift'], usedBy: payoutUsedBy, transfers: transfersOfPayout },
  ],
]);

export const reversibleNames: readonly string[] = [...reversible.keys()];

/** The rule of a command's documents; undefined when they cannot be taken back. */
export function reversalRuleOf(name: string): ReversalRule | undefined {
  return reversible.get(name);
}

export interface FoundDocument {
  /** The journal row that made it. */
  readonly seq: number;
  /** The command that makes such documents. */
  readonly name: string;
}

/** Of one of many documents that a part of a run made: the command that makes one alone. */
const NAME_OF_PART = `SELECT 'settlement.prepare' FROM settlement WHERE id = ?
  UNION ALL SELECT 'settlement.approve' FROM settlement_approval WHERE id = ?
  UNION ALL SELECT 'settlement.pay' FROM payout WHERE id = ?`;

/** The document known by this number; undefined when there is none, also where its command was refused. */
export function documentById(sql: Statements, document: number): FoundDocument | undefined {
  const seq = seqOfDocument(document);
  const row = sql.one<{ name: string; outcome: string }>(
    'SELECT name, outcome FROM journal WHERE seq = ?',
    seq,
  );
  if (!row || !('ok' in (JSON.parse(row.outcome) as object))) return undefined;
  if (document === seq) return { seq, name: row.name };
  const name = sql.value<string>(NAME_OF_PART, document, document, document);
  return name === undefined ? undefined : { seq, name };
}

/**
 * Number of the document that took this one back. An approval goes back with its payout, and then the reversal names
 * the payout only.
 */
export function reversedBy(sql: Statements, document: number): string | undefined {
  return sql.value<string>(
    `SELECT number FROM reversal WHERE document = ?
     UNION ALL
     SELECT reversal.number FROM settlement_approval JOIN payout USING (settlement)
     JOIN reversal ON reversal.document = payout.id WHERE settlement_approval.id = ?`,
    document,
    document,
  );
}

/**
 * Joins later settlements of the same vendor that still count: they opened with what `this` and its payout left, so the
 * balance would no longer be what the statements say.
 * Docs/domain rule: closing(n) = opening(n+1), and no printed figure moves.
 */
const LATER = `JOIN settlement_now AS later ON later.vendor = this.vendor AND later.seq > this.seq
    AND later.state NOT IN ('cancelled', 'reversed')`;

const EXPLAINED = `
  SELECT coalesce(intake.number, stock_count.number) AS number
  FROM account JOIN transfer ON transfer.debit = account.id
  LEFT JOIN intake ON intake.seq = transfer.seq LEFT JOIN stock_count ON stock_count.seq = transfer.seq
  WHERE account.ledger = ? AND account.code = 'found' AND account.owner = ''
    AND transfer.reason IN ('intake.oversold', 'count.repaid') AND coalesce(intake.number, stock_count.number) IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM reversal WHERE reversal.document = transfer.seq)
  ORDER BY transfer.seq DESC LIMIT 1`;

/**
 * Number of the newest delivery or count that still explains pieces of which these transfers say that nobody had: taken
 * back alone, they would leave the shelf short of what was explained. The other document has to go first.
 */
export function explainedBy(ctx: ReadContext, transfers: readonly TransferRow[]): string | undefined {
  const said = new Map<number, number>();
  for (const { ledger, debitCode, creditCode, amount } of transfers) {
    const times = Number(creditCode === 'found') - Number(debitCode === 'found');
    said.set(ledger, (said.get(ledger) ?? 0) + times * amount);
  }
  const short = [...said].find(([product, qty]) => qty > 0 && qty > unexplainedQty(ctx, product));
  return short && ctx.sql.value<string>(EXPLAINED, short[0]);
}

/** A refund of the line, or a dispute of it that is still open. Both name the row the share stands on, or the sale. */
function resolutionUsedBy(sql: Statements, document: number): string | undefined {
  return sql.value<string>(
    `SELECT refund.number FROM resolution JOIN refund_line
       ON refund_line.sale IN (resolution.seq, resolution.sale) AND refund_line.sale_line = resolution.line
     JOIN refund ON refund.seq = refund_line.seq WHERE resolution.seq = ?
     UNION ALL
     SELECT dispute.number FROM resolution JOIN dispute
       ON dispute.sale IN (resolution.seq, resolution.sale) AND dispute.line = resolution.line
     WHERE resolution.seq = ? AND NOT EXISTS (SELECT 1 FROM dispute_end WHERE dispute_end.dispute = dispute.seq)
     LIMIT 1`,
    document,
    document,
  );
}

function approvalUsedBy(sql: Statements, document: number): string | undefined {
  return sql.value<string>(
    `SELECT payout.number FROM settlement_approval JOIN payout USING (settlement) WHERE settlement_approval.id = ?
     UNION ALL
     SELECT later.number FROM settlement_approval JOIN settlement AS this ON this.id = settlement_approval.settlement
     ${LATER} WHERE settlement_approval.id = ?
     LIMIT 1`,
    document,
    document,
  );
}

/** A vendor who has the money in hand has signed for it: what is wrong then is adjusted or paid in. */
function payoutUsedBy(sql: Statements, document: number): string | undefined {
  return sql.value<string>(
    `SELECT payout.number FROM payout_confirmation JOIN payout ON payout.id = payout_confirmation.payout
     WHERE payout.id = ?
     UNION ALL
     SELECT later.number FROM payout JOIN settlement AS this ON this.id = payout.settlement ${LATER} WHERE payout.id = ?
     LIMIT 1`,
    document,
    document,
  );
}

const APPROVAL = `SELECT settlement_approval.seq, settlement.vendor FROM settlement_approval
  JOIN settlement ON settlement.id = settlement_approval.settlement WHERE settlement_approval.id = ?`;
const PAYOUT = `SELECT payout.seq, settlement.vendor, settlement_approval.id AS approval FROM payout
  JOIN settlement ON settlement.id = payout.settlement
  JOIN settlement_approval ON settlement_approval.settlement = settlement.id WHERE payout.id = ?`;

function transfersOfApproval(sql: Statements, document: number): TransferRow[] {
  const row = sql.one<{ seq: number; vendor: number }>(APPROVAL, document);
  if (!row) throw new Error(`rule broken: no approval ${document}`);
  return transfersFor(sql, row.seq, row.vendor);
}

/** The money comes back and the approval falls with it: nothing of the settlement is left to be paid. */
function transfersOfPayout(sql: Statements, document: number): TransferRow[] {
  const row = sql.one<{ seq: number; vendor: number; approval: number }>(PAYOUT, document);
  if (!row) throw new Error(`rule broken: no payout ${document}`);
  return [...transfersOfApproval(sql, row.approval), ...transfersFor(sql, row.seq, row.vendor)];
}

/** Part of a run settles many vendors; each transfer of one names its account. */
function transfersFor(sql: Statements, seq: number, vendor: number): TransferRow[] {
  const own = (code: AccountCode, owner: string) =>
    (code === 'vendor' || code === 'payout-due') && owner === String(vendor);
  return transfersOf(sql, seq).filter(
    (transfer) =>
      own(transfer.debitCode, transfer.debitOwner) || own(transfer.creditCode, transfer.creditOwner),
  );
}

/** One transfer with the accounts it names. Rupiah in ledger 0, thousandths in a product's. */
export interface TransferRow {
  readonly id: number;
  readonly ledger: number;
  readonly debitCode: AccountCode;
  readonly debitOwner: string;
  readonly creditCode: AccountCode;
  readonly creditOwner: string;
  readonly amount: number;
  readonly reason: Reason;
  readonly line: number | null;
}

/**
 * What a journal row posted, in the order it was posted. Transfers are not indexed by journal row, since every sale
 * would pay for it; their ids rise with it, so its place is found by halving.
 */
export function transfersOf(sql: Statements, seq: number): TransferRow[] {
  const from = firstTransferFrom(sql, seq);
  const until = firstTransferFrom(sql, seq + 1);
  return sql.all<TransferRow>(
    `SELECT transfer.id, transfer.ledger, d.code AS debitCode, d.owner AS debitOwner, c.code AS creditCode,
            c.owner AS creditOwner, amount, reason, line
     FROM transfer JOIN account AS d ON d.id = debit JOIN account AS c ON c.id = credit
     WHERE transfer.id >= ? AND transfer.id < ? ORDER BY transfer.id`,
    from,
    until,
  );
}

/** The lowest transfer id whose journal row is `seq` or later; one past the last when there is none. */
function firstTransferFrom(sql: Statements, seq: number): number {
  let low = 1;
  let high = (sql.value<number>('SELECT coalesce(max(id), 0) FROM transfer') as number) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const at = sql.value<number>(
      'SELECT seq FROM transfer WHERE id >= ? ORDER BY id LIMIT 1',
      middle,
    ) as number;
    if (at < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
