import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { InputOf } from '../../shared/contract/define.ts';
import type { ProductView } from '../../shared/contract/product.ts';
import { MAX_SALE_LINES, type saleHold } from '../../shared/contract/sale.ts';
import { percentDiscount } from '../../shared/domain/discount.ts';
import { type Rupiah, rupiah, ZERO_RUPIAH } from '../../shared/domain/money.ts';
import { grossWithinRange, ONE, qty } from '../../shared/domain/quantity.ts';

/** The largest quantity a till line takes: a mistyped multiplier must not become a truckload. */
export const MAX_LINE_QTY = 9_999_000;

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

/** What a scan says beyond the product. */
export interface ScannedAs {
  batch?: number;
  printedExpiry?: string;
}

interface BasketContent {
  lines: BasketLine[];
  /** Off the whole sale. */
  discount: Discount | null;
  /** The bus or group this buyer belongs to; stays for the next buyer until it is changed. */
  visit: string | null;
}

interface BasketState extends BasketContent {
  /** Index of the highlighted line; -1 when the basket is empty. */
  selected: number;
  /** Quantity of the next scan in thousandths, from `3*`. */
  multiplier: number;
  /** Adds a product, or to its line when an equal one is there. False when the basket is full. */
  add(product: ProductView, scanned?: ScannedAs): boolean;
  addUnknown(line: UnknownLine): boolean;
  setQty(index: number, quantity: number): void;
  remove(index: number): void;
  select(index: number): void;
  setMultiplier(quantity: number): void;
  /** The catalogue's new price for every line of a product. */
  setPrice(product: number, priceRupiah: number): void;
  /** A price of its own for one line; `undefined` as `price` takes the catalogue's back. */
  setLinePrice(index: number, priceRupiah: number, price: GoodsLine['price']): void;
  setLineDiscount(index: number, discount: Discount | undefined): void;
  setDiscount(discount: Discount | null): void;
  setVisit(visit: string | null): void;
  fill(content: { lines: BasketLine[] } & Partial<BasketContent>): void;
  clear(): void;
}

const EMPTY = { lines: [], selected: -1, multiplier: ONE, discount: null };

/** The basket of this till. It outlives a restart: the buyer still stands there. */
export const basket = create<BasketState>()(
  persist(
    (set, get) => ({
      ...EMPTY,
      visit: null,
      add(product, scanned = {}) {
        return put(get, set, goodsLine(product, get().multiplier, scanned));
      },
      addUnknown: (line) => put(get, set, { ...line, qty: get().multiplier }),
      setQty(index, quantity) {
        const bounded = Math.min(Math.max(quantity, 1), MAX_LINE_QTY);
        set((state) => ({ lines: changed(state.lines, index, (line) => ({ ...line, qty: bounded })) }));
      },
      remove(index) {
        set((state) => {
          const lines = state.lines.filter((_, at) => at !== index);
          if (lines.length === 0) return EMPTY;
          return { lines, selected: Math.min(state.selected, lines.length - 1) };
        });
      },
      select: (selected) =>
        set((state) => ({ selected: Math.min(Math.max(selected, 0), state.lines.length - 1) })),
      setMultiplier: (quantity) => set({ multiplier: Math.min(Math.max(quantity, 1), MAX_LINE_QTY) }),
      setPrice: (product, priceRupiah) =>
        set((state) =>
          merged(
            state.lines.map((line) =>
              isGoods(line) && line.product === product ? { ...line, priceRupiah } : line,
            ),
            state.selected,
          ),
        ),
      setLinePrice: (index, priceRupiah, price) =>
        set((state) => ({
          lines: changed(state.lines, index, (line) => {
            if (!isGoods(line)) return { ...line, priceRupiah };
            const { price: _, ...rest } = line;
            return { ...rest, priceRupiah, ...(price && { price }) };
          }),
        })),
      setLineDiscount: (index, discount) =>
        set((state) => ({
          lines: changed(state.lines, index, (line) => {
            if (!isGoods(line)) return line;
            const { discount: _, ...rest } = line;
            return { ...rest, ...(discount && { discount }) };
          }),
        })),
      setDiscount: (discount) => set({ discount }),
      setVisit: (visit) => set({ visit }),
      fill: ({ lines, discount = null, ...rest }) =>
        set({ lines, discount, ...rest, selected: lines.length - 1, multiplier: ONE }),
      clear: () => set(EMPTY),
    }),
    {
      name: 'titipan.basket',
      version: 2,
      partialize: ({ lines, selected, discount, visit }) => ({ lines, selected, discount, visit }),
      // Baskets of 0.1.0 had goods lines alone, without what was on the book.
      migrate: (kept) => {
        const { lines = [], selected = -1 } = kept as { lines?: GoodsLine[]; selected?: number };
        return {
          lines: lines.map((line) => ({ ...line, onHandQty: line.onHandQty ?? line.qty })),
          selected,
          discount: null,
          visit: null,
        } as never;
      },
    },
  ),
);

export function isGoods(line: BasketLine): line is GoodsLine {
  return 'product' in line;
}

/** One line per product, price, discount and label; the same goods scanned again grow their line. */
export function lineKey(line: BasketLine): string {
  if (!isGoods(line)) return `?${line.unknownCode}/${line.priceRupiah}/${line.vendor ?? ''}`;
  const { product, priceRupiah, batch = '', printedExpiry = '' } = line;
  return [product, priceRupiah, batch, printedExpiry, JSON.stringify(line.discount ?? '')].join('/');
}

/** A line as it comes from the catalogue. `quantity` in thousandths. */
export function goodsLine(product: ProductView, quantity: number, scanned: ScannedAs = {}): GoodsLine {
  const { name, vendorCode, unit, priceRupiah, promotion, onHandQty } = product;
  return {
    product: product.product,
    name,
    vendorCode,
    unit,
    priceRupiah,
    qty: quantity,
    onHandQty,
    ...(promotion && { promotion }),
    ...scanned,
  };
}

function put(get: () => BasketState, set: (state: Partial<BasketState>) => void, line: BasketLine): boolean {
  const { lines } = get();
  const key = lineKey(line);
  const at = lines.findIndex((other) => lineKey(other) === key);
  const known = lines[at];
  if (known) {
    const quantity = Math.min(known.qty + line.qty, MAX_LINE_QTY);
    // The line moves to the end: the last one is always what was just scanned.
    const rest = lines.filter((_, index) => index !== at);
    set({ lines: [...rest, { ...known, qty: quantity }], selected: rest.length, multiplier: ONE });
    return true;
  }
  if (lines.length >= MAX_SALE_LINES) return false;
  set({ lines: [...lines, line], selected: lines.length, multiplier: ONE });
  return true;
}

function changed(lines: BasketLine[], index: number, change: (line: BasketLine) => BasketLine): BasketLine[] {
  return lines.map((line, at) => (at === index ? change(line) : line));
}

/** A new price can make two lines alike. */
function merged(lines: BasketLine[], selected: number): { lines: BasketLine[]; selected: number } {
  const whole: BasketLine[] = [];
  for (const line of lines) {
    const at = whole.findIndex((other) => lineKey(other) === lineKey(line));
    const same = whole[at];
    if (same) whole[at] = { ...same, qty: Math.min(same.qty + line.qty, MAX_LINE_QTY) };
    else whole.push(line);
  }
  return { lines: whole, selected: Math.min(selected, whole.length - 1) };
}

/** Rupiah of one line before discounts; 0 when it would leave the largest amount, which the bounds keep out of reach. */
export function grossRupiah(line: Pick<BasketLine, 'priceRupiah' | 'qty'>): Rupiah {
  return grossWithinRange(rupiah(line.priceRupiah), qty(line.qty)) ?? ZERO_RUPIAH;
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

/** The discount on the whole sale in rupiah. */
export function saleDiscountRupiah({ lines, discount }: Pick<BasketContent, 'lines' | 'discount'>): Rupiah {
  return discount ? amountOf(discount, linesRupiah(lines)) : ZERO_RUPIAH;
}

export function linesRupiah(lines: readonly BasketLine[]): Rupiah {
  return rupiah(lines.reduce((sum, line) => sum + lineRupiah(line), 0));
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
