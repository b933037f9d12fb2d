import { NO_BATCH, type ShelfPart } from '../../../shared/domain/allocation.ts';
import { multiplyDivideHalfUp } from '../../../shared/domain/check.ts';
import { isRupiah, MAX_RUPIAH, rupiah } from '../../../shared/domain/money.ts';
import { grossWithinRange, ONE, qty } from '../../../shared/domain/quantity.ts';
import type { ReadContext } from '../context.ts';

interface Purchase {
  readonly qty: number;
  readonly cost: number;
}

const OF_BATCH = `SELECT intake_line.qty, intake_line.cost
  FROM batch JOIN intake_line ON intake_line.seq = batch.seq AND intake_line.batch = batch.id
  WHERE batch.id = ? AND intake_line.cost IS NOT NULL`;

const NEWEST = `SELECT intake_line.unit_cost
  FROM batch JOIN intake_line ON intake_line.seq = batch.seq AND intake_line.batch = batch.id
  WHERE batch.product = ? AND intake_line.unit_cost IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM reversal WHERE document = batch.seq)
  ORDER BY batch.id DESC LIMIT 1`;

const RETURNED = `SELECT coalesce(sum(qty), 0) AS qty, coalesce(sum(cost), 0) AS cost FROM goods_part
  WHERE batch = ? AND cost IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reversal WHERE document = goods_part.seq)`;

/**
 * What the vendor takes pieces of own goods back for, in rupiah: their part of what the batch cost, as the step from
 * what was returned of it before (and not taken back), so that all pieces together give exactly the batch's cost.
 * Pieces of no batch go at the unit cost of the product's newest purchase, and at 0 where there never was one. A step
 * can come out at less than 0 only by the rupiah a reversed return had been rounded up by.
 */
export function costOfReturn(ctx: ReadContext, product: number, part: ShelfPart): number {
  const bought = part.batch === NO_BATCH ? undefined : ctx.sql.one<Purchase>(OF_BATCH, part.batch);
  if (!bought) {
    const unitCost = ctx.sql.value<number>(NEWEST, product) ?? 0;
    return grossWithinRange(rupiah(unitCost), part.qty) ?? tooLarge(ctx);
  }
  const before = ctx.sql.one<Purchase>(RETURNED, part.batch) as Purchase;
  const cost = shareOf(ctx, bought, before.qty + part.qty) - before.cost;
  return isRupiah(cost) ? cost : tooLarge(ctx);
}

/** round-half-up(cost × quantity / bought); a count may have found more pieces than were bought. */
function shareOf(ctx: ReadContext, { qty: boughtQty, cost }: Purchase, quantity: number): number {
  if (quantity <= boughtQty) return multiplyDivideHalfUp(cost, quantity, boughtQty);
  const more = multiplyDivideHalfUp(cost, ONE, boughtQty);
  if (!isRupiah(more)) return tooLarge(ctx);
  return cost + (grossWithinRange(rupiah(more), qty(quantity - boughtQty)) ?? tooLarge(ctx));
}

function tooLarge(ctx: ReadContext): never {
  return ctx.reject('amount-too-large', { mostRupiah: MAX_RUPIAH });
}
