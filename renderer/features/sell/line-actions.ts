import { type BasketLine, basket, type GoodsLine, isGoods } from '../../stores/basket.ts';
import { tillDialog } from '../../stores/till-dialog.ts';
import { beepUnknown } from '../../ui/beep.ts';
import { isLocked } from './locked.ts';

/**
 * Adds a line as scanned. False when the basket is full. Goods of which only expired pieces are left are asked about,
 * as is a piece whose label is of an expired batch.
 */
export function putLine(line: GoodsLine, isExpired: boolean): boolean {
  if (isExpired || wantsDay(basket.getState().lines, line, line.qty)) {
    tillDialog.getState().open({ name: 'expired', line });
    beepUnknown();
    return true;
  }
  return basket.getState().put(line);
}

/**
 * Adds goods whose package says a day that is still to come. The books take the day only for what their unexpired
 * pieces do not cover; otherwise the label was wrong, and it is sold like any other piece. False when the basket is full.
 */
export function putDated(line: GoodsLine, printedExpiry: string): boolean {
  const { lines, put } = basket.getState();
  if (wantsDay(lines, line, line.qty)) return put({ ...line, printedExpiry });
  const { batch: _, ...plain } = line;
  return put(plain);
}

/** Takes a line away. The last one of a basket for which money came in already goes only after a question. */
export function removeLine(index: number): void {
  if (isLocked()) return;
  const { lines, taken, remove } = basket.getState();
  if (lines.length === 1 && taken.length > 0) tillDialog.getState().open({ name: 'clear' });
  else remove(index);
}

/** So many thousandths more or less on a line; never down to nothing. */
export function stepQty(index: number, stepQuantity: number): void {
  const { lines, setQty } = basket.getState();
  const line = lines[index];
  if (!line || line.qty + stepQuantity <= 0 || isLocked()) return;
  if (stepQuantity > 0 && isGoods(line) && wantsDay(lines, line, stepQuantity)) {
    tillDialog.getState().open({ name: 'expired', line: { ...line, qty: stepQuantity } });
    return;
  }
  setQty(index, line.qty + stepQuantity);
}

/**
 * True when `moreQty` thousandths more of a product are more than its unexpired pieces on the book, while expired ones
 * are there: the piece in hand is most likely one of those, and the books will say no to it without its printed day.
 */
export function wantsDay(lines: readonly BasketLine[], line: GoodsLine, moreQty: number): boolean {
  if (!line.expiredQty || line.printedExpiry) return false;
  const taken = undatedQty(lines, line.product);
  return taken + moreQty > Math.max(line.onHandQty, 0);
}

function undatedQty(lines: readonly BasketLine[], product: number): number {
  return lines.reduce(
    (sum, line) => (isGoods(line) && line.product === product && !line.printedExpiry ? sum + line.qty : sum),
    0,
  );
}

/**
 * Products of which the basket holds more than the book has, with what the book has, thousandths. Goods in the buyer's
 * hand are never refused: it is only said.
 */
export function oversold(lines: readonly BasketLine[]): Map<number, number> {
  const wanted = new Map<number, { qty: number; onHandQty: number }>();
  for (const line of lines) {
    if (!isGoods(line)) continue;
    const before = wanted.get(line.product)?.qty ?? 0;
    wanted.set(line.product, { qty: before + line.qty, onHandQty: line.onHandQty });
  }
  const short = new Map<number, number>();
  for (const [product, { qty, onHandQty }] of wanted) {
    if (qty > onHandQty) short.set(product, Math.max(onHandQty, 0));
  }
  return short;
}
