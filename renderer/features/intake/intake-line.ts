import type { ProductView } from '../../../shared/contract/product.ts';
import { parseQty } from '../../../shared/domain/quantity.ts';
import { readDay } from './typed-day.ts';

/** One line of a delivery as it is typed. */
export interface IntakeLine {
  key: number;
  product: ProductView;
  quantity: string;
  expires: string;
}

/** The line as the contract takes it; undefined while something in it cannot be read. Quantity in thousandths. */
export function readLine(line: IntakeLine): { product: number; qty: number; expires?: string } | undefined {
  const quantity = parseQty(line.quantity);
  if (!quantity) return undefined;
  const base = { product: line.product.product, qty: quantity };
  if (line.expires.trim() === '') return base;
  const expires = readDay(line.expires);
  return expires ? { ...base, expires } : undefined;
}

/** True for what belongs into a line's own fields, however fast it was typed: a day or a quantity. */
export function isLineText(text: string): boolean {
  return readDay(text) !== undefined || (text.length < 6 && parseQty(text) !== undefined);
}
