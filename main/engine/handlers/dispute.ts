import type { OutputOf } from '../../../shared/contract/define.ts';
import {
  disputeClose,
  disputeList,
  disputeOpen,
  holdRelease,
} from '../../../shared/contract/vendor-money.ts';
import { answers, handles } from '../context.ts';
import { isHeldForQris } from '../store/holds.ts';
import { documentNumber } from '../store/numbers.ts';
import { vendorById } from '../store/rows.ts';

/** A sold line, or what an unknown code turned out to be; what is not resolved yet has no share and no vendor. */
const LINE = `SELECT product.vendor, product.name, sale_line.share - coalesce((
    SELECT sum(refund_line.share) FROM refund_line WHERE refund_line.sale IN (sale_line.seq, asked.sale)
      AND refund_line.sale_line = sale_line.line AND refund_line.reason <> 'goodwill'), 0) AS share
  FROM (SELECT ? AS sale, ? AS line) AS asked
  JOIN sale_line ON sale_line.line = asked.line AND sale_line.seq = coalesce((
    SELECT resolution.seq FROM resolution WHERE resolution.sale = asked.sale AND resolution.line = asked.line
      AND NOT EXISTS (SELECT 1 FROM reversal WHERE reversal.document = resolution.seq)), asked.sale)
  JOIN product ON product.id = sale_line.product
  JOIN sale ON sale.seq = asked.sale`;

const OPEN_DISPUTE = `SELECT seq FROM dispute WHERE vendor = ? AND sale = ? AND line = ?
  AND NOT EXISTS (SELECT 1 FROM dispute_end WHERE dispute_end.dispute = dispute.seq)`;

export const open = handles(disputeOpen, (ctx, { vendor, sale, line, memo }) => {
  if (!vendorById(ctx.sql, vendor)) ctx.reject('vendor-unknown', { vendor: String(vendor) });
  const sold = ctx.sql.one<{ vendor: number; name: string; share: number }>(LINE, sale, line);
  if (!sold) return ctx.reject('line-unknown', { line });
  if (sold.vendor !== vendor) ctx.reject('wrong-vendor', { product: sold.name });
  if (ctx.sql.value(OPEN_DISPUTE, vendor, sale, line) !== undefined) ctx.reject('already-disputed', {});
  const number = documentNumber(ctx, 'dispute');
  // What a share is held for is read anew each time; here stands what it was when the vendor spoke.
  ctx.insert('dispute', { number, vendor, sale, line, amount: sold.share, memo });
  ctx.changed('vendors');
  ctx.changed('settlements');
  return { dispute: ctx.seq, number };
});

export const close = handles(disputeClose, (ctx, { dispute, memo }) => {
  const row = ctx.sql.one<{ ended: number | null }>(
    `SELECT dispute_end.seq AS ended FROM dispute LEFT JOIN dispute_end ON dispute_end.dispute = dispute.seq
     WHERE dispute.seq = ?`,
    dispute,
  );
  if (!row) return ctx.reject('dispute-unknown', { dispute });
  if (row.ended !== null) ctx.reject('dispute-closed', {});
  ctx.insert('dispute_end', { dispute, memo });
  ctx.changed('vendors');
  ctx.changed('settlements');
  return { dispute };
});

const LIST = `SELECT dispute.seq AS dispute, number, vendor, sale, line, amount AS amountRupiah, dispute.memo,
    dispute_end.memo AS closed
  FROM dispute LEFT JOIN dispute_end ON dispute_end.dispute = dispute.seq`;
const LIST_OF_VENDOR = `${LIST} WHERE vendor = ? ORDER BY dispute.seq DESC LIMIT ?`;
const LIST_OF_ALL = `${LIST} ORDER BY dispute.seq DESC LIMIT ?`;

type DisputeView = OutputOf<typeof disputeList>['disputes'][number];

export const list = answers(disputeList, (ctx, { vendor, limit }) => {
  if (vendor === undefined) return { disputes: ctx.sql.all<DisputeView>(LIST_OF_ALL, limit) };
  return { disputes: ctx.sql.all<DisputeView>(LIST_OF_VENDOR, vendor, limit) };
});

/** The goods are paid for as far as anybody can say: the sale's lines may be paid out although nobody matched it. */
export const release = handles(holdRelease, (ctx, { sale, memo }) => {
  if (ctx.sql.value('SELECT seq FROM sale WHERE seq = ?', sale) === undefined)
    ctx.reject('sale-unknown', { sale });
  if (!isHeldForQris(ctx.sql, sale, ctx.day)) ctx.reject('not-held', { sale });
  ctx.insert('hold_release', { sale, memo });
  ctx.changed('vendors');
  ctx.changed('settlements');
  return { sale };
});
