import type { Topic } from '../../../shared/contract/topics.ts';
import type { AccountCode } from '../../../shared/domain/chart.ts';
import type { Reason } from '../../../shared/domain/reasons.ts';
import type { Statements } from './statements.ts';

/** Which documents can be taken back by another document, and what stands in the way of each. */

interface ReversalRule {
  /** What changes on the screens. */
  readonly topics: readonly Topic[];
  /** What already builds on the document, by its number: it has to go first. */
  readonly usedBy?: (sql: Statements, document: number) => string | undefined;
  /** An earlier journal row that goes back with it. */
  readonly together?: (sql: Statements, document: number) => number | undefined;
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
  ['settlement.approve', { topics: ['settlements', 'vendors'], usedBy: approvalUsedBy }],
  [
    'settlement.pay',
    { topics: ['settlements', 'vendors', 'shift'], usedBy: payoutUsedBy, together: approvalOfPayout },
  ],
]);

export const reversibleNames: readonly string[] = [...reversible.keys()];

/** The rule of a command's documents; undefined when they cannot be taken back. */
export function reversalRuleOf(name: string): ReversalRule | undefined {
  return reversible.get(name);
}

/**
 * Number of the document that took this one back. An approval goes back with its payout, and then the reversal names
 * the payout only.
 */
export function reversedBy(sql: Statements, document: number): string | undefined {
  return sql.value<string>(
    `SELECT number FROM reversal WHERE document = ? OR document = (SELECT payout.seq FROM payout
       JOIN settlement_approval ON settlement_approval.settlement = payout.settlement WHERE settlement_approval.seq = ?)`,
    document,
    document,
  );
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
  const payout = sql.value<string>(
    `SELECT payout.number FROM settlement_approval JOIN payout USING (settlement) WHERE settlement_approval.seq = ?`,
    document,
  );
  return payout ?? laterSettlement(sql, document);
}

function payoutUsedBy(sql: Statements, document: number): string | undefined {
  const confirmed = sql.value<string>(
    `SELECT payout.number FROM payout_confirmation JOIN payout ON payout.seq = payout_confirmation.payout
     WHERE payout.seq = ?`,
    document,
  );
  const approval = approvalOfPayout(sql, document);
  return confirmed ?? (approval === undefined ? undefined : laterSettlement(sql, approval));
}

/**
 * A later settlement of the same vendor that still counts: it opened with what this approval and its payout left, so
 * the balance would no longer be what the statements say.
 * Docs/domain rule: closing(n) = opening(n+1), and no printed figure moves.
 */
function laterSettlement(sql: Statements, approval: number): string | undefined {
  return sql.value<string>(
    `SELECT later.number FROM settlement_approval
     JOIN settlement AS this ON this.seq = settlement_approval.settlement
     JOIN settlement AS later ON later.vendor = this.vendor AND later.seq > this.seq
     LEFT JOIN settlement_approval AS approval ON approval.settlement = later.seq
     LEFT JOIN payout ON payout.settlement = later.seq
     WHERE settlement_approval.seq = ?
       AND NOT EXISTS (SELECT 1 FROM settlement_cancel WHERE settlement_cancel.settlement = later.seq)
       AND NOT EXISTS (SELECT 1 FROM reversal WHERE document IN (approval.seq, payout.seq))
     ORDER BY later.seq DESC LIMIT 1`,
    approval,
  );
}

function approvalOfPayout(sql: Statements, payout: number): number | undefined {
  return sql.value<number>(
    `SELECT settlement_approval.seq FROM payout JOIN settlement_approval USING (settlement) WHERE payout.seq = ?`,
    payout,
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
