import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { InputOf } from '../../shared/contract/define.ts';
import type { saleHold } from '../../shared/contract/sale.ts';
import { percentDiscount } from '../../shared/domain/discount.ts';
import { MAX_RUPIAH, type Rupiah, rupiah, ZERO_RUPIAH } from '../../shared/domain/money.ts';
import { grossWithinRange, ONE, qty } from '../../shared/domain/quantity.ts';
import { kept } from '../engine/kept.ts';
import {
  changed,
  isGoods,
  MAX_LINE_QTY,
  merged,
  ownPrice,
  withDiscount,
  withLine,
  withoutPromotion,
  withPrice,
} from './basket-lines.ts';

export { goodsLine, isGoods, lineKey } from './basket-lines.ts';

/** What a basket is to the contract: exactly this is sold, held or shown as QRIS. */
export type BasketInput = InputOf<typeof saleHold>['basket'];

/** Off one line or off the whole sale: an amount, or a part that follows the quantity. */
export type Discount = { rupiah: number } | { bps: number };

/** Goods that the catalogue knows. */
export interface GoodsLine {
  product: number;
  name: string;
  vendorCode: string;
  unit: string;
  /** What the buyer is asked; as it was when the line was added. The engine says no when the catalogue has changed since. */
  priceRupiah: number;
  /** Set when it is another price than the catalogue's: `kept` was shown to this buyer, `override` was decided. */
  price?: 'kept' | 'override';
  /** The catalogue's, where the line has a price of its own: the way back to it. */
  listRupiah?: number;
  /** Thousandths. */
  qty: number;
  discount?: Discount;
  promotion?: { promotion: number; name: string; rateBps: number };
  /** Its label was scanned. */
  batch?: number;
  /** Only expired pieces are on the book, the one in hand says this day. */
  printedExpiry?: string;
  /** Unexpired pieces on the book when it was added, thousandths: for the warning that more is sold. */
  onHandQty: number;
  /** Expired pieces on the book when it was added, thousandths; left out when there are none. */
  expiredQty?: number;
  /** false: stays out of a discount on the whole sale. */
  discountable?: false;
}

/** Goods with a code nobody knows, at a typed price. */
export interface UnknownLine {
  unknownCode: string;
  name: string;
  vendor?: number;
  vendorCode: string;
  unit: 'pcs';
  priceRupiah: number;
  qty: number;
}

export type BasketLine = GoodsLine | UnknownLine;

/** Money that came in before the sale is finished; exact, never cash. It stays with the basket until that is sold. */
export interface TakenPart {
  kind: 'qris' | 'debit' | 'transfer';
  amountRupiah: number;
  /** Last digits of the slip or of the provider's notification. */
  reference?: string;
  /** Of QRIS: the ticket whose code was shown. */
  qris?: ShownQris;
}

export interface ShownQris {
  ticket: number;
  code: string;
  payload: string;
  /** The cashier saw the provider's notification. */
  seen: boolean;
  /** What the basket in the ticket comes to: as long as the till's comes to the same, the ticket holds it whole. */
  basketRupiah?: number;
}

/** What a scan says beyond the product. */
export interface ScannedAs {
  batch?: number;
  printedExpiry?: string;
  /** Thousandths; one when left out. */
  qty?: number;
}

export interface BasketContent {
  lines: BasketLine[];
  /** Off the whole sale. */
  discount: Discount | null;
  /** The bus or group this buyer belongs to; stays for the next buyer until it is changed. */
  visit: string | null;
  taken: TakenPart[];
  /** Of a basket that was called back: the till's own group, with which it goes on after this buyer. */
  visitAfter?: string | null | undefined;
}

interface BasketState extends BasketContent {
  /** Index of the highlighted line; -1 when the basket is empty. */
  selected: number;
  /** Quantity of the next scan in thousandths, from `3*`. */
  multiplier: number;
  /** Adds a line, or to the equal one that is there. False when the basket is full. */
  put(line: BasketLine): boolean;
  /** The quantity for what was just scanned; the next scan is one piece again. */
  takeMultiplier(): number;
  setQty(index: number, quantity: number): void;
  remove(index: number): void;
  select(index: number): void;
  setMultiplier(quantity: number): void;
  /** The catalogue's new price for every line of a product. */
  setPrice(product: number, priceRupiah: number): void;
  /** A price of its own for one line; `undefined` as `price` takes the catalogue's back. */
  setLinePrice(index: number, priceRupiah: number, price: GoodsLine['price']): void;
  /** The price of the basket for all of a product's lines that have it; the catalogue's is `listRupiah` now. */
  keepPrice(product: number, priceRupiah: number, as: 'kept' | 'override', listRupiah: number): void;
  setLineDiscount(index: number, discount: Discount | undefined): void;
  setDiscount(discount: Discount | null): void;
  setVisit(visit: string | null): void;
  setTaken(taken: TakenPart[]): void;
  /** Takes promotions that run no more off the lines. */
  dropPromotion(isOver: (promotion: NonNullable<GoodsLine['promotion']>) => boolean): void;
  /** A parked basket comes back: its group is that of this buyer alone. */
  callBack(content: Omit<BasketContent, 'taken'> & Partial<BasketContent>): void;
  fill(content: { lines: BasketLine[] } & Partial<BasketContent>): void;
  clear(): void;
}

const EMPTY = { lines: [], selected: -1, multiplier: ONE, discount: null, taken: [], visitAfter: undefined };

/** Nothing in it; the group of the buyers to come is the till's own again. */
function emptied({ visit, visitAfter = visit }: BasketContent) {
  return { ...EMPTY, visit: visitAfter };
}

/** The basket of this till. It outlives a restart: the buyer still stands there. */
export const basket = create<BasketState>()(
  persist(
    (set, get) => ({
      ...EMPTY,
      visit: null,
      put(line) {
        const next = withLine(get().lines, line);
        if (next) set(next);
        return next !== undefined;
      },
      takeMultiplier() {
        const { multiplier } = get();
        if (multiplier !== ONE) set({ multiplier: ONE });
        return multiplier;
      },
      setQty(index, quantity) {
        const bounded = Math.min(Math.max(quantity, 1), MAX_LINE_QTY);
        set((state) => ({ lines: changed(state.lines, index, (line) => ({ ...line, qty: bounded })) }));
      },
      remove(index) {
        set((state) => {
          const lines = state.lines.filter((_, at) => at !== index);
          if (lines.length === 0) return emptied(state);
          return { lines, selected: Math.min(state.selected, lines.length - 1) };
        });
      },
      select: (selected) =>
        set((state) => ({ selected: Math.min(Math.max(selected, 0), state.lines.length - 1) })),
      setMultiplier: (quantity) => set({ multiplier: Math.min(Math.max(quantity, 1), MAX_LINE_QTY) }),
      setPrice: (product, priceRupiah) =>
        set(({ lines, selected }) => merged(withPrice(lines, product, priceRupiah), selected)),
      setLinePrice: (index, priceRupiah, price) =>
        set(({ lines, selected }) =>
          merged(
            changed(lines, index, (line) => ownPrice(line, priceRupiah, price)),
            selected,
          ),
        ),
      keepPrice: (product, priceRupiah, price, listRupiah) =>
        set(({ lines, selected }) =>
          merged(
            lines.map((line) =>
              isGoods(line) && line.product === product && line.priceRupiah === priceRupiah
                ? { ...line, price, listRupiah }
                : line,
            ),
            selected,
          ),
        ),
      setLineDiscount: (index, discount) =>
        set(({ lines, selected }) =>
          merged(
            changed(lines, index, (line) => withDiscount(line, discount)),
            selected,
          ),
        ),
      setDiscount: (discount) => set({ discount }),
      setVisit: (visit) => set({ visit, visitAfter: undefined }),
      setTaken: (taken) => set({ taken }),
      dropPromotion: (isOver) =>
        set(({ lines, selected }) => merged(withoutPromotion(lines, isOver), selected)),
      callBack(content) {
        const { visit, visitAfter = visit, fill } = get();
        fill({ ...content, visitAfter });
      },
      fill: ({ lines, discount = null, taken = [], ...rest }) =>
        set({ lines, discount, taken, ...rest, selected: lines.length - 1, multiplier: ONE }),
      clear: () => set(emptied),
    }),
    {
      name: 'titipan.basket',
      version: 2,
      storage: createJSONStorage(() => kept),
      partialize: ({ lines, selected, discount, visit, taken, visitAfter }) => ({
        lines,
        selected,
        discount,
        visit,
        taken,
        visitAfter,
      }),
      // Baskets of 0.1.0 had goods lines alone, without what was on the book.
      migrate: (kept) => {
        const { lines = [], selected = -1 } = kept as { lines?: GoodsLine[]; selected?: number };
        return {
          lines: lines.map((line) => ({ ...line, onHandQty: line.onHandQty ?? line.qty })),
          selected,
          discount: null,
          visit: null,
          taken: [],
        } as never;
      },
    },
  ),
);

/**
 * Rupiah of one line before discounts. Shows the largest amount for whatever is above it: paying says that it is too
 * large, and until then the screen stands.
 */
export function grossRupiah(line: Pick<BasketLine, 'priceRupiah' | 'qty'>): Rupiah {
  return grossWithinRange(rupiah(line.priceRupiah), qty(line.qty)) ?? rupiah(MAX_RUPIAH);
}

/** The line's own discount in rupiah, never more than the line; its promotion's comes on top. */
export function ownDiscountRupiah(line: BasketLine): Rupiah {
  if (!isGoods(line) || !line.discount) return ZERO_RUPIAH;
  return amountOf(line.discount, rupiah(grossRupiah(line) - promotionRupiah(line)));
}

export function promotionRupiah(line: BasketLine): Rupiah {
  if (!isGoods(line) || !line.promotion) return ZERO_RUPIAH;
  return percentDiscount(grossRupiah(line), line.promotion.rateBps);
}

/** What the line comes to before the discount on the whole sale. */
export function lineRupiah(line: BasketLine): Rupiah {
  return rupiah(grossRupiah(line) - promotionRupiah(line) - ownDiscountRupiah(line));
}

function amountOf(discount: Discount, from: Rupiah): Rupiah {
  const wanted = 'bps' in discount ? percentDiscount(from, discount.bps) : discount.rupiah;
  return rupiah(Math.min(wanted, from));
}

/** The discount on the whole sale in rupiah, never more than the lines that allow it. */
export function saleDiscountRupiah({ lines, discount }: Pick<BasketContent, 'lines' | 'discount'>): Rupiah {
  return discount ? amountOf(discount, discountableRupiah(lines)) : ZERO_RUPIAH;
}

/** What a discount on the whole sale is taken from: unknown goods and those kept out of it are no part of it. */
export function discountableRupiah(lines: readonly BasketLine[]): Rupiah {
  return linesRupiah(lines.filter((line) => isGoods(line) && line.discountable !== false));
}

export function linesRupiah(lines: readonly BasketLine[]): Rupiah {
  return rupiah(
    Math.min(
      lines.reduce((sum, line) => sum + lineRupiah(line), 0),
      MAX_RUPIAH,
    ),
  );
}

/** What the basket comes to before cash rounding; the engine says no when it comes to something else. */
export function totalRupiah(content: Pick<BasketContent, 'lines' | 'discount'>): Rupiah {
  return rupiah(linesRupiah(content.lines) - saleDiscountRupiah(content));
}

/** The basket in the words of the contract. */
export function basketInput(content: BasketContent): BasketInput {
  const discount = saleDiscountRupiah(content);
  return {
    lines: content.lines.map(lineInput),
    ...(discount > 0 && { discount: { amountRupiah: discount } }),
    ...(content.visit && { visit: content.visit }),
  };
}

function lineInput(line: BasketLine): BasketInput['lines'][number] {
  const { qty: quantity, priceRupiah } = line;
  if (!isGoods(line)) {
    const { unknownCode, name, vendor } = line;
    return { unknownCode, qty: quantity, priceRupiah, ...(name && { name }), ...(vendor && { vendor }) };
  }
  const { product, price, batch, promotion, printedExpiry } = line;
  const own = ownDiscountRupiah(line);
  return {
    product,
    qty: quantity,
    priceRupiah,
    ...(price && { price }),
    ...(batch && { batch }),
    ...(own > 0 && { discounts: [{ amountRupiah: own }] }),
    ...(promotion && { promotion: promotion.promotion }),
    ...(printedExpiry && { printedExpiry }),
  };
}
