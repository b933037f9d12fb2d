import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ProductView } from '../../shared/contract/product.ts';
import { MAX_SALE_LINES } from '../../shared/contract/sale.ts';
import { type Rupiah, rupiah, ZERO_RUPIAH } from '../../shared/domain/money.ts';
import { grossWithinRange, ONE, qty } from '../../shared/domain/quantity.ts';

/** The largest quantity a till line takes: a mistyped multiplier must not become a truckload. */
export const MAX_LINE_QTY = 9_999_000;

export interface BasketLine {
  product: number;
  name: string;
  vendorCode: string;
  unit: string;
  /** As it was when the line was added; the engine says no when it has changed since. */
  priceRupiah: number;
  /** Thousandths. */
  qty: number;
}

interface BasketState {
  lines: BasketLine[];
  /** Index of the highlighted line; -1 when the basket is empty. */
  selected: number;
  /** Quantity of the next scan in thousandths, from `3*`. */
  multiplier: number;
  /** Adds a product, or to its line when it is there at the same price. False when the basket is full. */
  add(product: ProductView): boolean;
  setQty(index: number, quantity: number): void;
  remove(index: number): void;
  select(index: number): void;
  setMultiplier(quantity: number): void;
  setPrice(product: number, priceRupiah: number): void;
  fill(lines: BasketLine[]): void;
  clear(): void;
}

/** The basket of this till. It outlives a restart: the buyer still stands there. */
export const basket = create<BasketState>()(
  persist(
    (set, get) => ({
      lines: [],
      selected: -1,
      multiplier: ONE,
      add(product) {
        const { lines, multiplier } = get();
        const at = lines.findIndex(
          (line) => line.product === product.product && line.priceRupiah === product.priceRupiah,
        );
        const known = lines[at];
        if (known) {
          const quantity = Math.min(known.qty + multiplier, MAX_LINE_QTY);
          // The line moves to the end: the last one is always what was just scanned.
          const rest = lines.filter((_, index) => index !== at);
          set({ lines: [...rest, { ...known, qty: quantity }], selected: rest.length, multiplier: ONE });
          return true;
        }
        if (lines.length >= MAX_SALE_LINES) return false;
        const { name, vendorCode, unit, priceRupiah } = product;
        const line = { product: product.product, name, vendorCode, unit, priceRupiah, qty: multiplier };
        set({ lines: [...lines, line], selected: lines.length, multiplier: ONE });
        return true;
      },
      setQty(index, quantity) {
        const bounded = Math.min(Math.max(quantity, 1), MAX_LINE_QTY);
        set((state) => ({
          lines: state.lines.map((line, at) => (at === index ? { ...line, qty: bounded } : line)),
        }));
      },
      remove(index) {
        set((state) => {
          const lines = state.lines.filter((_, at) => at !== index);
          return { lines, selected: Math.min(state.selected, lines.length - 1) };
        });
      },
      select: (selected) =>
        set((state) => ({ selected: Math.min(Math.max(selected, 0), state.lines.length - 1) })),
      setMultiplier: (quantity) => set({ multiplier: Math.min(Math.max(quantity, 1), MAX_LINE_QTY) }),
      setPrice: (product, priceRupiah) =>
        set((state) => ({
          ...merged(
            state.lines.map((line) => (line.product === product ? { ...line, priceRupiah } : line)),
            state.selected,
          ),
        })),
      fill: (lines) => set({ lines, selected: lines.length - 1, multiplier: ONE }),
      clear: () => set({ lines: [], selected: -1, multiplier: ONE }),
    }),
    { name: 'titipan.basket', partialize: ({ lines, selected }) => ({ lines, selected }) },
  ),
);

/** One line per product and price: a new price can make two lines alike. */
function merged(lines: BasketLine[], selected: number): { lines: BasketLine[]; selected: number } {
  const whole: BasketLine[] = [];
  for (const line of lines) {
    const at = whole.findIndex(
      (other) => other.product === line.product && other.priceRupiah === line.priceRupiah,
    );
    const same = whole[at];
    if (same) whole[at] = { ...same, qty: Math.min(same.qty + line.qty, MAX_LINE_QTY) };
    else whole.push(line);
  }
  return { lines: whole, selected: Math.min(selected, whole.length - 1) };
}

/** Rupiah of one line; 0 when it would leave the largest amount, which the bounds above keep out of reach. */
export function lineRupiah(line: Pick<BasketLine, 'priceRupiah' | 'qty'>): Rupiah {
  return grossWithinRange(rupiah(line.priceRupiah), qty(line.qty)) ?? ZERO_RUPIAH;
}

/** Total of the lines in rupiah, before cash rounding. */
export function totalRupiah(lines: readonly Pick<BasketLine, 'priceRupiah' | 'qty'>[]): Rupiah {
  return rupiah(lines.reduce((sum, line) => sum + lineRupiah(line), 0));
}
