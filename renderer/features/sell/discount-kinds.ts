import { percentDiscount } from '../../../shared/domain/discount.ts';
import { parseRupiah, type Rupiah, rupiah } from '../../../shared/domain/money.ts';
import {
  type BasketLine,
  basket,
  type Discount,
  discountableRupiah,
  type GoodsLine,
  grossRupiah,
  isGoods,
  lineRupiah,
  linesRupiah,
  ownDiscountRupiah,
  promotionRupiah,
  saleDiscountRupiah,
  totalRupiah,
} from '../../stores/basket.ts';
import { withDiscount } from '../../stores/basket-lines.ts';
import { discountText, readDiscount } from './discount-text.ts';

/** What a buyer can be asked less for: one line, the whole sale, or another price for the line. */
export type DiscountKind = 'line' | 'sale' | 'price';

interface Content {
  lines: BasketLine[];
  selected: number;
  discount: Discount | null;
}

/** What typing comes to. Amounts in rupiah. */
export type Proposal =
  | { ok: true; beforeRupiah: Rupiah; afterRupiah: Rupiah; content: Pick<Content, 'lines' | 'discount'> }
  /** `too-large`: at most `mostRupiah` can be taken off. */
  | { ok: false; why: 'empty' | 'unreadable'; beforeRupiah: Rupiah }
  | { ok: false; why: 'too-large'; beforeRupiah: Rupiah; mostRupiah: Rupiah };

/** The kinds that a basket takes: unknown goods have no discount of their own and are no part of one on the sale. */
export function discountKinds({ lines, selected }: Content): DiscountKind[] {
  const line = lines[selected];
  if (!line) return [];
  const kinds: DiscountKind[] = isGoods(line) ? ['line'] : [];
  if (discountableRupiah(lines) > 0) kinds.push('sale');
  return [...kinds, 'price'];
}

/** What stands there now, as text for the field; '' when there is nothing to take away. */
export function standing({ lines, selected, discount }: Content, kind: DiscountKind): string {
  const line = lines[selected];
  if (kind === 'sale') return discount ? discountText(discount) : '';
  if (!line || !isGoods(line)) return '';
  if (kind === 'line') return lineText(line);
  return line.price ? String(line.priceRupiah) : '';
}

/** What the basket would be with what was typed. */
export function proposalOf(content: Content, kind: DiscountKind, typed: string): Proposal {
  const line = content.lines[content.selected];
  const beforeRupiah = before(content, kind);
  if (typed.trim() === '' || !line) return { ok: false, why: 'empty', beforeRupiah };
  if (kind === 'price') return otherPrice(content, line, typed, beforeRupiah);
  const discount = readDiscount(typed);
  if (!discount) return { ok: false, why: 'unreadable', beforeRupiah };
  const mostRupiah = kind === 'sale' ? discountableRupiah(content.lines) : beforeRupiah;
  if ('rupiah' in discount && discount.rupiah > mostRupiah)
    return { ok: false, why: 'too-large', beforeRupiah, mostRupiah };
  const next =
    kind === 'sale'
      ? { lines: content.lines, discount }
      : { lines: replaced(content, withDiscount(line, discount)), discount: content.discount };
  return { ok: true, beforeRupiah, afterRupiah: after(content, kind, next), content: next };
}

/** Takes over what was typed: a new discount, borne as the agreement says. */
export function applyDiscount(kind: DiscountKind, typed: string): void {
  const { selected, lines, discount, setDiscount, setLineDiscount, setLinePrice } = basket.getState();
  const line = lines[selected];
  const price = parseRupiah(typed);
  // What stands there may say more than its text: who bears it. Left as it is, it stays all that.
  if (kind !== 'price' && typed === standing({ lines, selected, discount }, kind)) return;
  if (kind === 'sale') setDiscount(readDiscount(typed) ?? null);
  else if (kind === 'line') setLineDiscount(selected, readDiscount(typed));
  else if (line && price) setLinePrice(selected, price, price === listPrice(line) ? undefined : 'override');
}

/** Takes a discount away again, or goes back to the catalogue's price where it is known. */
export function removeDiscount(kind: DiscountKind): void {
  const { selected, lines, setDiscount, setLineDiscount, setLinePrice } = basket.getState();
  const line = lines[selected];
  if (kind === 'sale') setDiscount(null);
  else if (kind === 'line') setLineDiscount(selected, undefined);
  else if (line && isGoods(line) && line.listRupiah) setLinePrice(selected, line.listRupiah, undefined);
}

/**
 * True when a cashier needs a supervisor's yes at paying: another price, or discounts of more than `cashierBps` of the
 * sale. The engine decides; this only says so beforehand.
 */
export function needsYes(
  { lines, discount }: Pick<Content, 'lines' | 'discount'>,
  cashierBps: number,
): boolean {
  const sum = (of: (line: BasketLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  if (lines.some((line) => isGoods(line) && line.price === 'override')) return true;
  const gross = Math.min(
    sum(grossRupiah),
    linesRupiah(lines) + sum(ownDiscountRupiah) + sum(promotionRupiah),
  );
  const typed = sum(ownDiscountRupiah) + saleDiscountRupiah({ lines, discount });
  return typed > percentDiscount(rupiah(gross), cashierBps);
}

function before({ lines, selected }: Content, kind: DiscountKind): Rupiah {
  const line = lines[selected];
  if (kind === 'sale' || !line) return linesRupiah(lines);
  const rest = withDiscount(line, undefined);
  return lineRupiah(kind === 'price' ? { ...rest, priceRupiah: listPrice(line) } : rest);
}

function after({ selected }: Content, kind: DiscountKind, next: Pick<Content, 'lines' | 'discount'>): Rupiah {
  const line = next.lines[selected];
  if (kind === 'sale' || !line) return totalRupiah(next);
  return lineRupiah(kind === 'price' ? withDiscount(line, undefined) : line);
}

function otherPrice(content: Content, line: BasketLine, typed: string, beforeRupiah: Rupiah): Proposal {
  const priceRupiah = parseRupiah(typed);
  if (!priceRupiah || priceRupiah < 0) return { ok: false, why: 'unreadable', beforeRupiah };
  const isOther = priceRupiah !== listPrice(line);
  const changed = { ...line, priceRupiah, ...(isOther && isGoods(line) && { price: 'override' as const }) };
  const next = { lines: replaced(content, changed), discount: content.discount };
  return { ok: true, beforeRupiah, afterRupiah: after(content, 'price', next), content: next };
}

function replaced({ lines, selected }: Content, line: BasketLine): BasketLine[] {
  return lines.map((other, index) => (index === selected ? line : other));
}

function listPrice(line: BasketLine): number {
  return isGoods(line) ? (line.listRupiah ?? line.priceRupiah) : line.priceRupiah;
}

/** More than one discount of its own stands there as what they come to. */
function lineText(line: GoodsLine): string {
  if (line.furtherDiscounts) return String(ownDiscountRupiah(line));
  return line.discount ? discountText(line.discount) : '';
}
