import type { ProductView } from '../../../shared/contract/product.ts';

/** Only expired pieces are on the book: set aside, or sold by the date on the package. */
export function ExpiredDialog(_props: { product: ProductView; batch?: number; onClose: () => void }) {
  return null;
}
