import { moneyAccount } from '../../../shared/domain/chart.ts';
import { type LossTerms, splitLoss, vendorValue } from '../../../shared/domain/loss.ts';
import { MAX_RUPIAH, rupiah } from '../../../shared/domain/money.ts';
import { grossWithinRange, isQty, qty } from '../../../shared/domain/quantity.ts';
import { termsWithinRange } from '../../../shared/domain/terms.ts';
import type { Context, ReadContext } from '../context.ts';
import { sinceLastCount } from './goods.ts';
import { type ProductRow, priceOf } from './rows.ts';
import { type AgreementRow, agreementOrReject, termsOf } from './terms.ts';

/** A loss in rupiah ≥ 0: what the vendor would have got for the goods, and what of that the center credits. */
export interface LossFigures {
  readonly value: number;
  readonly credit: number;
}

/**
 * What goods that are lost are worth to their vendor at today's price and terms, and the part the center bears, by the
 * agreement or by `vendorBps` (the part of the vendor, 0–10.000) given for this loss. Nothing for the center's own
 * goods. To be asked before the loss is posted: an allowance is used up by what was lost before.
 * Docs/domain rule: the agreement says who bears; the credit is at the vendor's share, never at retail.
 */
export function lossFigures(
  ctx: ReadContext & { readonly day: string },
  product: ProductRow,
  lostQty: number,
  vendorBps?: number,
): LossFigures {
  if (product.own) return { value: 0, credit: 0 };
  const price = priceOf(ctx.sql, product.id);
  if (!price) return ctx.reject('product-unknown', { product: String(product.id) });
  const { agreement } = agreementOrReject(ctx, product, ctx.day);
  const terms = termsOf(ctx, product, agreement, price);
  if (!isQty(lostQty)) return ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  const quantity = qty(lostQty);
  if (grossWithinRange(rupiah(price.price), quantity) === undefined || !termsWithinRange(terms, quantity)) {
    return ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
  }
  const value = vendorValue(terms, rupiah(price.price), quantity);
  const bears: LossTerms = vendorBps === undefined ? lossTermsOf(agreement) : { bearer: 'shared', vendorBps };
  const sinceCount =
    bears.bearer === 'allowance' ? sinceLastCount(ctx, product.id) : { received: qty(0), lostBefore: qty(0) };
  return { value, credit: splitLoss({ quantity, value, terms: bears, sinceCount }).center };
}

function lossTermsOf({ loss_bearer, loss_bps }: AgreementRow): LossTerms {
  switch (loss_bearer) {
    case 'vendor':
    case 'center':
      return { bearer: loss_bearer };
    case 'shared':
      return { bearer: 'shared', vendorBps: loss_bps ?? 0 };
    case 'allowance':
      return { bearer: 'allowance', allowanceBps: loss_bps ?? 0 };
  }
}

/** Credits the vendor with the center's part of a loss, rupiah ≥ 0: debit goods-loss / credit vendor. */
export function creditLoss(
  ctx: Context,
  loss: { vendor: number; amount: number; reason: 'write-off.credit' | 'count.credit'; line: number },
): void {
  const { vendor, amount, reason, line } = loss;
  ctx.post({
    debit: moneyAccount('goods-loss'),
    credit: moneyAccount('vendor', vendor),
    amount,
    reason,
    line,
  });
}
