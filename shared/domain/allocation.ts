import type { BusinessDay } from './calendar.ts';
import { assertRule } from './check.ts';
import { MAX_QTY, type Qty, qty } from './quantity.ts';

/** The shelf that oversold pieces are taken from: goods no batch accounts for. */
export const NO_BATCH = 0;

/** One shelf of a product: batch (0 the no-batch shelf), thousandths ≥ 0 on it, the printed day or null. */
export interface StockedShelf {
  readonly batch: number;
  readonly onHand: number;
  readonly expires: string | null;
}

/** So many thousandths, above 0, from or to the shelf of a batch. */
export interface ShelfPart {
  readonly batch: number;
  readonly qty: Qty;
}

/** What is known of the goods in hand. */
export interface InHand {
  /** The batch whose label was scanned. */
  readonly batch?: number | undefined;
  /** The date printed on the pack, where the cashier read it out because the book has it as expired. */
  readonly dated?: BusinessDay | undefined;
}

/** Where a sold quantity comes from. `parts` and `oversold` add up to the quantity asked for. */
export interface Allocation {
  readonly parts: readonly ShelfPart[];
  /** What no unexpired shelf holds: sold from the no-batch shelf after it is found there, and counted later. */
  readonly oversold: Qty;
  /** On the book but past its date. With `oversold` above 0 the goods in hand are likely these: ask, unless `dated`. */
  readonly expiredLeft: Qty;
}

/** A batch may be sold up to and including its printed day; undated goods never expire. */
export function isPastDate(shelf: Pick<StockedShelf, 'expires'>, day: BusinessDay): boolean {
  return shelf.expires !== null && shelf.expires < day;
}

/**
 * Allocates a sold `quantity` (above 0) on `day`: unexpired shelves, first expired first, whatever order `shelves`
 * has. A scanned batch label takes its own batch first and only then the others; a label of an expired batch takes
 * nothing, because the pack in hand is past its date. A date read from the pack (`dated`, not before `day`; throws
 * otherwise) overrules such a label and takes the batches of that date first. Expired stock is never allocated.
 * Docs/domain rule: a product code allocates first-expired-first-out over unexpired batches, a batch label its own.
 */
export function allocate(
  shelves: readonly StockedShelf[],
  quantity: Qty,
  day: BusinessDay,
  inHand: InHand = {},
): Allocation {
  const { batch, dated } = inHand;
  assertRule(quantity > 0, 'a quantity to allocate is above 0');
  assertRule(dated === undefined || dated >= day, 'goods past their printed date are not sold');
  const expired = shelves.filter((shelf) => isPastDate(shelf, day));
  const good = firstExpiredFirst(shelves.filter((shelf) => !isPastDate(shelf, day)));
  const labelExpired = dated === undefined && expired.some((shelf) => shelf.batch === batch);
  const own = (shelf: StockedShelf) =>
    shelf.batch === batch || (dated !== undefined && shelf.expires === dated);
  const order = labelExpired ? [] : [...good.filter(own), ...good.filter((shelf) => !own(shelf))];
  const { parts, missing } = takeInOrder(order, quantity);
  return { parts, oversold: missing, expiredLeft: total(expired) };
}

/**
 * Takes `quantity` (≥ 0) off the shelves for a return to the vendor, a write-off or a shortage found by counting:
 * expired goods first, then first expired first, the no-batch shelf last. What the shelves do not hold is `missing`.
 */
export function takeOldest(
  shelves: readonly StockedShelf[],
  quantity: Qty,
): { readonly parts: readonly ShelfPart[]; readonly missing: Qty } {
  return takeInOrder(firstExpiredFirst(shelves), quantity);
}

/**
 * Goods that come in repay first what was sold before the book knew it. `outstanding` is the oversold quantity
 * nobody has accounted for yet, `incoming` what an intake brings or a count finds too much, both thousandths ≥ 0.
 * Docs/domain rule: the next intake or count repays the oversold pieces first, without touching the vendor.
 */
export function repay(outstanding: Qty, incoming: Qty): { readonly repaid: Qty; readonly rest: Qty } {
  assertRule(outstanding >= 0 && incoming >= 0, 'quantities to repay are 0 or more');
  const repaid = Math.min(outstanding, incoming);
  return { repaid: qty(repaid), rest: qty(incoming - repaid) };
}

/**
 * The shelves that `quantity` (above 0) of a sold line goes back to, last out first. `sold` are the line's parts in
 * the order they were taken, `alreadyBack` what earlier refunds of the line returned, by batch. A scanned label
 * (`batch`) is served first. Throws when more would come back than was sold, of a batch or of the line.
 * Docs/domain rule: goods go back to the line's batches last-out first unless a batch label is scanned.
 */
export function giveBack(
  sold: readonly ShelfPart[],
  alreadyBack: readonly ShelfPart[],
  quantity: Qty,
  batch?: number,
): ShelfPart[] {
  assertRule(quantity > 0, 'a quantity to give back is above 0');
  const lastOutFirst = sold.map((part) => ({ batch: part.batch, onHand: part.qty as number })).reverse();
  for (const back of alreadyBack) {
    let left: number = back.qty;
    for (const open of lastOutFirst) {
      if (open.batch !== back.batch) continue;
      const used = Math.min(open.onHand, left);
      open.onHand -= used;
      left -= used;
    }
    assertRule(left === 0, `more of batch ${back.batch} is back than was sold`);
  }
  const labelled = lastOutFirst.filter((open) => open.batch === batch);
  const others = lastOutFirst.filter((open) => open.batch !== batch);
  const { parts, missing } = takeInOrder([...labelled, ...others], quantity);
  assertRule(missing === 0, 'more would come back than was sold');
  return parts;
}

/** Dated batches by their date, then undated ones; older batches before newer; the no-batch shelf last of all. */
function firstExpiredFirst(shelves: readonly StockedShelf[]): StockedShelf[] {
  return [...shelves].sort((a, b) => {
    if (a.batch === NO_BATCH || b.batch === NO_BATCH)
      return Number(a.batch === NO_BATCH) - Number(b.batch === NO_BATCH);
    if (a.expires === b.expires) return a.batch - b.batch;
    if (a.expires === null || b.expires === null) return a.expires === null ? 1 : -1;
    return a.expires < b.expires ? -1 : 1;
  });
}

function takeInOrder(
  shelves: readonly Pick<StockedShelf, 'batch' | 'onHand'>[],
  quantity: Qty,
): { readonly parts: ShelfPart[]; readonly missing: Qty } {
  assertRule(quantity >= 0, 'a quantity to take is 0 or more');
  const parts: ShelfPart[] = [];
  let left: number = quantity;
  for (const { batch, onHand } of shelves) {
    assertRule(onHand >= 0, `batch ${batch} holds less than nothing`);
    const taken = Math.min(left, onHand);
    if (taken > 0) parts.push({ batch, qty: qty(taken) });
    left -= taken;
  }
  return { parts, missing: qty(left) };
}

/** Kept within a quantity's range: it is a figure to show, and the till must not stop over it. */
function total(shelves: readonly StockedShelf[]): Qty {
  return qty(
    Math.min(
      shelves.reduce((sum, shelf) => sum + shelf.onHand, 0),
      MAX_QTY,
    ),
  );
}
