import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { InputOf } from '../../shared/contract/define.ts';
import type { saleHold } from '../../shared/contract/sale.ts';
import { ONE } from '../../shared/domain/quantity.ts';
import type { Bearer } from '../../shared/domain/terms.ts';
import { kept } from '../engine/kept.ts';
import type { Move } from '../engine/moves.ts';
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

export {
  basketInput,
  discountableRupiah,
  grossRupiah,
  lineRupiah,
  linesRupiah,
  ownDiscountRupiah,
  promotionRupiah,
  saleDiscountRupiah,
  totalRupiah,
} from './basket-figures.ts';
export { goodsLine, isGoods, lineKey } from './basket-lines.ts';

/** What a basket is to the contract: exactly this is sold, held or shown as QRIS. */
export type BasketInput = InputOf<typeof saleHold>['basket'];

/**
 * Off one line or off the whole sale: an amount, or a part that follows the quantity. Who bears it is the agreement's
 * to say; `bearer` is that of a parked basket that said otherwise.
 */
export type Discount = ({ rupiah: number } | { bps: number }) & { bearer?: Bearer };

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
  /** More discounts of its own, of a parked basket that another program made: a till gives one. */
  furtherDiscounts?: Discount[];
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
  /** It is on its way to a ticket, or from one: until the books have answered, nothing here can be changed or paid. */
  moving?: Move | undefined;
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

const EMPTY = {
  lines: [],
  selected: -1,
  multiplier: ONE,
  discount: null,
  taken: [],
  visitAfter: undefined,
  moving: undefined,
};

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
        const next = get().moving ? undefined : withLine(get().lines, line);
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
        change((state) => ({ lines: changed(state.lines, index, (line) => ({ ...line, qty: bounded })) }));
      },
      remove(index) {
        change((state) => {
          const lines = state.lines.filter((_, at) => at !== index);
          if (lines.length === 0) return emptied(state);
          return { lines, selected: Math.min(state.selected, lines.length - 1) };
        });
      },
      select: (selected) =>
        set((state) => ({ selected: Math.min(Math.max(selected, 0), state.lines.length - 1) })),
      setMultiplier: (quantity) => set({ multiplier: Math.min(Math.max(quantity, 1), MAX_LINE_QTY) }),
      setPrice: (product, priceRupiah) =>
        change(({ lines, selected }) => merged(withPrice(lines, product, priceRupiah), selected)),
      setLinePrice: (index, priceRupiah, price) =>
        change(({ lines, selected }) =>
          merged(
            changed(lines, index, (line) => ownPrice(line, priceRupiah, price)),
            selected,
          ),
        ),
      keepPrice: (product, priceRupiah, price, listRupiah) =>
        change(({ lines, selected }) =>
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
        change(({ lines, selected }) =>
          merged(
            changed(lines, index, (line) => withDiscount(line, discount)),
            selected,
          ),
        ),
      setDiscount: (discount) => change(() => ({ discount })),
      setVisit: (visit) => change(() => ({ visit, visitAfter: undefined })),
      setTaken: (taken) => change(() => ({ taken })),
      dropPromotion: (isOver) =>
        change(({ lines, selected }) => merged(withoutPromotion(lines, isOver), selected)),
      callBack(content) {
        const { visit, visitAfter = visit, fill } = get();
        fill({ ...content, visitAfter });
      },
      fill: ({ lines, discount = null, taken = [], moving, ...rest }) =>
        set({ lines, discount, taken, moving, ...rest, selected: lines.length - 1, multiplier: ONE }),
      clear: () => set(emptied),
    }),
    {
      name: 'titipan.basket',
      version: 2,
      storage: createJSONStorage(() => kept),
      partialize: ({ lines, selected, discount, visit, taken, visitAfter, moving }) => ({
        lines,
        selected,
        discount,
        visit,
        taken,
        visitAfter,
        moving,
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

/** What a ticket may hold as well stays as it was asked for. */
function change(next: (state: BasketState) => Partial<BasketState>): void {
  basket.setState((state) => (state.moving ? state : next(state)));
}
