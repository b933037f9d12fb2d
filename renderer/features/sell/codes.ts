import type { ProductView } from '../../../shared/contract/product.ts';
import { isEan } from '../../../shared/domain/barcode.ts';

/**
 * What a code that no product has may be, by its form: a receipt's number (drawer, date, counter) or a ticket's short
 * code. Undefined for everything else.
 */
export function paperOf(code: string): 'receipt' | 'ticket' | undefined {
  if (/^[A-Za-z0-9.-]+-\d{6}-\d{4,}$/.test(code)) return 'receipt';
  return /^T\d{10,}$/i.test(code) ? 'ticket' : undefined;
}

/** The part of a scanned text that the contract takes as a code: letters, digits, dot, dash, slash; at most 40. */
export function asCode(text: string): string {
  return text
    .replace(/[^A-Za-z0-9./-]+/g, '')
    .replace(/^[./-]+/, '')
    .slice(0, 40);
}

/** True for what stands on labels, unlike words of a search. */
export function isCodeLike(text: string): boolean {
  return asCode(text) === text && /\d/.test(text) && text.length >= 3;
}

/**
 * True when what stands in the field and a scan are one code that was torn, as far as their figures tell: the check
 * digit is right for the whole, or both are figures and it is not right for the end alone.
 */
export function isOneCode(before: string, scanned: string): boolean {
  if (isEan(before + scanned)) return true;
  return /^\d+$/.test(before + scanned) && !isEan(scanned);
}

/** True when a product has every word of a text in its name, vendor or codes: the books' own rule for a search. */
export function holds(
  product: Pick<ProductView, 'name' | 'vendorName' | 'vendorCode' | 'barcodes'>,
  text: string,
): boolean {
  const { name, vendorName, vendorCode, barcodes } = product;
  const texts = [name, vendorName, vendorCode, ...barcodes].join('\n').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => texts.includes(word));
}
