import type { Problem } from '../../engine/problem.ts';
import { type BasketContent, isGoods } from '../../stores/basket.ts';

/** A price that is another now than in the basket. */
export interface PriceChange {
  product: number;
  name: string;
  basketRupiah: number;
  currentRupiah: number;
  /**
   * How the buyer may still have the price of the basket. `kept`: it was shown and is lower. `override`: money for it
   * came in already; a supervisor says yes. Undefined: not at all.
   */
  keepAs: 'kept' | 'override' | undefined;
}

/** The change of price that a sale was refused for, if it was. */
export function priceChangeOf(
  problem: Problem | undefined,
  { lines, taken }: Pick<BasketContent, 'lines' | 'taken'>,
): PriceChange | undefined {
  if (problem?.kind !== 'rejected') return undefined;
  const paid = taken.length > 0 ? 'override' : undefined;
  if (problem.name === 'price-changed') {
    const change = problem.details as unknown as Omit<PriceChange, 'keepAs'>;
    return { ...change, keepAs: change.basketRupiah < change.currentRupiah ? 'kept' : paid };
  }
  if (problem.name !== 'price-not-kept') return undefined;
  // An earlier price that was kept too long, or that is higher now than the new one.
  const { product: name, currentRupiah } = problem.details as { product: string; currentRupiah: number };
  const line = lines.find((each) => isGoods(each) && each.price === 'kept' && each.name === name);
  if (!line || !isGoods(line)) return undefined;
  return { product: line.product, name, basketRupiah: line.priceRupiah, currentRupiah, keepAs: paid };
}

/** Whether a sale was refused for a promotion that runs no more, and which that is. */
export function endedPromotion(
  problem: Problem,
): ((promotion: { promotion: number; name: string }) => boolean) | undefined {
  if (problem.kind !== 'rejected') return undefined;
  const { name, details } = problem;
  if (name === 'promotion-unknown') return ({ promotion }) => promotion === details.promotion;
  if (name !== 'promotion-ended' && name !== 'promotion-not-for-line') return undefined;
  return (promotion) => promotion.name === details.name;
}
