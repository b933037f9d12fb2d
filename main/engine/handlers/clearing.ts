import type { OutputOf } from '../../../shared/contract/define.ts';
import { clearingMatch, clearingOpen } from '../../../shared/contract/sale.ts';
import { moneyAccount } from '../../../shared/domain/chart.ts';
import { answers, type Context, handles } from '../context.ts';
import { documentNumber } from '../store/numbers.ts';

/** QRIS and card payments, from what buyers paid to what the acquirer brought to the bank. */

type Kind = 'qris' | 'debit';

const CLEARING = { qris: 'qris-clearing', debit: 'card-clearing' } as const satisfies Record<Kind, string>;

/** Refunds change nothing here: the acquirer pays what the buyer paid, and the center owes the buyer itself. */
export const match = handles(clearingMatch, (ctx, { kind, tenders, feeRupiah, memo }) => {
  let gross = 0;
  for (const [index, tender] of tenders.entries()) {
    const amount = unmatched(ctx, kind, tender);
    // Written at once, so that a payment named twice is found to be matched already.
    ctx.insert('clearing_match_tender', { n: index + 1, ...tender, amount });
    gross += amount;
  }
  if (feeRupiah > gross) ctx.reject('fee-too-large', { mostRupiah: gross });
  const credit = moneyAccount(CLEARING[kind]);
  ctx.post({
    debit: moneyAccount('bank'),
    credit,
    amount: gross - feeRupiah,
    reason: 'clearing.matched',
  });
  ctx.post({ debit: moneyAccount('expense', 'mdr'), credit, amount: feeRupiah, reason: 'clearing.fee' });
  const number = documentNumber(ctx, 'clearing_match');
  ctx.insert('clearing_match', { number, kind, gross, fee: feeRupiah, memo: memo ?? null });
  ctx.changed('sales');
  ctx.changed('settlements');
  return { match: ctx.seq, number, grossRupiah: gross };
});

/** A match that still counts. */
const LIVE_MATCH = `SELECT 1 FROM clearing_match_tender AS matched
  WHERE matched.sale = sale_tender.seq AND matched.tender = sale_tender.n
    AND NOT EXISTS (SELECT 1 FROM reversal WHERE document = matched.seq)`;

/** The amount of a payment of this kind that no match has yet. */
function unmatched(ctx: Context, kind: Kind, { sale, tender }: { sale: number; tender: number }): number {
  const row = ctx.sql.one<{ amount: number; matched: 0 | 1 }>(
    `SELECT amount, EXISTS (${LIVE_MATCH}) AS matched FROM sale_tender WHERE seq = ? AND n = ? AND kind = ?`,
    sale,
    tender,
    kind,
  );
  if (!row) return ctx.reject('tender-unknown', { sale, tender });
  if (row.matched) ctx.reject('already-matched', { sale, tender });
  return row.amount;
}

type OpenTender = OutputOf<typeof clearingOpen>['tenders'][number];

/** Each kind comes from the index in its order, and the two are merged: nothing is sorted. */
const openOf = (kind: Kind) => `SELECT sale_tender.seq AS sale, n AS tender, sale.number, sale.day, kind,
    amount AS amountRupiah, reference
  FROM sale_tender JOIN sale ON sale.seq = sale_tender.seq
  WHERE kind = '${kind}' AND kind <> 'cash' AND NOT EXISTS (${LIVE_MATCH})`;
const OPEN = `${openOf('qris')} UNION ALL ${openOf('debit')} ORDER BY 1, 2 LIMIT ?`;

export const listOpen = answers(clearingOpen, (ctx, { limit }) => ({
  tenders: ctx.sql.all<OpenTender>(OPEN, limit),
}));
