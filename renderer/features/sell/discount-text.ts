import { parseRupiah } from '../../../shared/domain/money.ts';
import type { Discount } from '../../stores/basket.ts';
import { rateText, readRate } from '../vendors/terms-text.ts';

/**
 * A discount as it is typed: `10%`, `7,5 %`, `5000`, `5.000`, `5rb`. Undefined for what is none: 0, more than all, a
 * minus, words.
 */
export function readDiscount(typed: string): Discount | undefined {
  const text = typed.trim();
  if (text.endsWith('%')) {
    const bps = readRate(text);
    return bps ? { bps } : undefined;
  }
  const amount = parseRupiah(text);
  return amount !== undefined && amount > 0 ? { rupiah: amount } : undefined;
}

/** The text that `readDiscount` reads the same discount from. */
export function discountText(discount: Discount): string {
  return 'bps' in discount ? `${rateText(discount.bps)}%` : String(discount.rupiah);
}
