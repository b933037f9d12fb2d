import type { ProductView } from '../../../shared/contract/product.ts';

/** The goods on the till's quick keys, in their order. Nothing here grows past `most`, or holds a product twice. */

/** With a product at the end; the same list when it is there already or the keys are full. */
export function added(order: readonly ProductView[], product: ProductView, most: number): ProductView[] {
  const isThere = order.some((chosen) => chosen.product === product.product);
  return isThere || order.length >= most ? [...order] : [...order, product];
}

export function without(order: readonly ProductView[], product: ProductView): ProductView[] {
  return order.filter((chosen) => chosen.product !== product.product);
}

/** One place up (-1) or down (1); at either end it stays. */
export function moved(order: readonly ProductView[], product: ProductView, step: 1 | -1): ProductView[] {
  const at = order.findIndex((chosen) => chosen.product === product.product);
  const to = at + step;
  if (at < 0 || to < 0 || to >= order.length) return [...order];
  const next = order.filter((_, index) => index !== at);
  next.splice(to, 0, product);
  return next;
}
