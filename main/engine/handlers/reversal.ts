import { documentReverse } from '../../../shared/contract/report.ts';
import { type Context, handles } from '../context.ts';
import { documentNumber } from '../store/numbers.ts';
import {
  documentById,
  explainedBy,
  reversalRuleOf,
  reversedBy,
  type TransferRow,
  transfersOf,
} from '../store/reversals.ts';
import { openShiftOfDrawer } from '../store/rows.ts';

/**
 * Takes a document back by posting all that it posted with sides swapped, under the same reasons and lines, today.
 * What cannot go back (pieces sold meanwhile, cash no longer there) is refused by the floors of the accounts.
 */
export const reverse = handles(documentReverse, (ctx, { document, memo }) => {
  const found = documentById(ctx.sql, document);
  if (!found) return ctx.reject('document-unknown', { document });
  const rule = reversalRuleOf(found.name);
  if (!rule) return ctx.reject('not-reversible', { name: found.name });
  const earlier = reversedBy(ctx.sql, document);
  if (earlier !== undefined) ctx.reject('already-reversed', { number: earlier });
  const user = rule.usedBy?.(ctx.sql, document);
  if (user !== undefined) ctx.reject('document-used', { by: user });
  const transfers = rule.transfers?.(ctx.sql, document) ?? transfersOf(ctx.sql, found.seq);
  const explainer = ctx.contract >= 2 ? explainedBy(ctx, transfers) : undefined;
  if (explainer !== undefined) ctx.reject('document-used', { by: explainer });
  drawersStillOpen(ctx, found.seq, transfers);
  // The last goes first, so that no account falls below what it held when the document was made.
  for (const transfer of transfers.toReversed()) postBack(ctx, transfer);
  const number = documentNumber(ctx, 'reversal');
  ctx.insert('reversal', { number, document, name: found.name, memo });
  for (const topic of rule.topics) ctx.changed(topic);
  return { reversal: ctx.seq, number };
});

/**
 * Cash goes back only while the shift that moved it is open: afterwards it was counted, and another shift would be
 * short of it. The safe's shift is open always.
 */
function drawersStillOpen(ctx: Context, seq: number, transfers: readonly TransferRow[]): void {
  const drawers = transfers.flatMap((transfer) => [
    ...(transfer.debitCode === 'cash' ? [Number(transfer.debitOwner)] : []),
    ...(transfer.creditCode === 'cash' ? [Number(transfer.creditOwner)] : []),
  ]);
  for (const drawer of new Set(drawers)) {
    const shift = openShiftOfDrawer(ctx.sql, drawer);
    if (!shift || shift.seq > seq) ctx.reject('shift-not-open', {});
  }
}

function postBack(ctx: Context, transfer: TransferRow): void {
  const { ledger, amount, reason, line } = transfer;
  ctx.post({
    debit: { ledger, code: transfer.creditCode, owner: transfer.creditOwner },
    credit: { ledger, code: transfer.debitCode, owner: transfer.debitOwner },
    amount,
    reason,
    ...(line !== null && { line }),
  });
}
