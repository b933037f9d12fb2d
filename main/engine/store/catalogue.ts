import type { ProductView } from '../../../shared/contract/product.ts';
import { isEan } from '../../../shared/domain/barcode.ts';
import type { Context, ReadContext } from '../context.ts';
import { promotionOn } from './promotions.ts';
import { productById } from './rows.ts';
import { isExpired } from './shelves.ts';
import type { Statements } from './statements.ts';

type CatalogueRow = Omit<
  ProductView,
  'barcodes' | 'own' | 'active' | 'discountable' | 'onHandQty' | 'expiredQty' | 'promotion'
> &
  Record<'own' | 'active' | 'discountable', 0 | 1> & {
    category: string | null;
    /** In no order, with a space between two: no code holds one. */
    barcodes: string | null;
  };

const CATALOGUE_TABLES = [
  'product',
  'product_version',
  'vendor',
  'vendor_version',
  'barcode',
  'price',
] as const;

/** All that a screen shows of a product but its stock, in one question: at 50.000 products four are too slow. */
const CATALOGUE = `SELECT product.id AS product, product.vendor, vendor.code AS vendorCode, vendor.name AS vendorName,
    product.name, product.category, product.unit, product.own, product.active, product.discountable, price.price AS priceRupiah,
    price.net_price AS netPriceRupiah,
    (SELECT group_concat(barcode, ' ') FROM barcode WHERE barcode.product = product.id) AS barcodes
  FROM product_now AS product JOIN vendor_now AS vendor ON vendor.id = product.vendor
    JOIN price ON price.id = (SELECT max(id) FROM price WHERE price.product = product.id)
  WHERE product.id = ?`;

/**
 * A product as the screens know it, with its price in force and, of a day, what is on its shelves and which promotion
 * runs for it; undefined: none.
 */
export function productView(ctx: ReadContext, product: number, day: string): ProductView | undefined {
  const row = ctx.sql.kept<CatalogueRow>(CATALOGUE_TABLES, CATALOGUE, product);
  if (!row) return undefined;
  let onHandQty = 0;
  let expiredQty = 0;
  for (const shelf of ctx.shelves(product)) {
    if (isExpired(shelf, day)) expiredQty += shelf.onHand;
    else onHandQty += shelf.onHand;
  }
  return {
    product,
    vendor: row.vendor,
    vendorCode: row.vendorCode,
    vendorName: row.vendorName,
    name: row.name,
    unit: row.unit,
    barcodes: row.barcodes?.split(' ').sort() ?? [],
    priceRupiah: row.priceRupiah,
    netPriceRupiah: row.netPriceRupiah,
    own: row.own === 1,
    active: row.active === 1,
    discountable: row.discountable === 1,
    onHandQty,
    expiredQty,
    promotion: promotionOn(ctx.sql, { id: product, vendor: row.vendor, category: row.category }, day),
  };
}

/** The product that a barcode belongs to, or undefined. */
export function productOfBarcode(sql: Statements, barcode: string): number | undefined {
  return sql.kept<{ product: number }>(['barcode'], 'SELECT product FROM barcode WHERE barcode = ?', barcode)
    ?.product;
}

/** All codes of a product, in their own order. */
function barcodesOf(sql: Statements, product: number): string[] {
  return sql
    .all<{ barcode: string }>('SELECT barcode FROM barcode WHERE product = ? ORDER BY barcode', product)
    .map(({ barcode }) => barcode);
}

/** The code for a product's label, which every scanner reads: its own EAN-13, else its EAN-8, if it has one. */
export function eanOf(sql: Statements, product: number): string | undefined {
  const eans = barcodesOf(sql, product).filter(isEan);
  return eans.find(({ length }) => length === 13) ?? eans[0];
}

/** A product to be. Prices in whole rupiah per unit. */
export interface NewProduct {
  readonly vendor: number;
  readonly name: string;
  readonly barcodes: readonly string[];
  readonly category: string | null;
  readonly unit: string;
  readonly prices: Prices;
  readonly own: boolean;
}

/** One version of a product's prices, whole rupiah per unit. */
export interface Prices {
  readonly priceRupiah: number;
  /** Harga titip; null when no terms ever asked for it. */
  readonly netPriceRupiah: number | null;
  /** What a unit costs to make under margin terms; null likewise. */
  readonly costRupiah: number | null;
}

/**
 * Writes a product with its codes and its first price, and of one bought outright the terms that make everything a
 * buyer pays the center's; answers its number. Rejects `barcode-taken`. The vendor has to exist.
 */
export function addProduct(ctx: Context, from: NewProduct): number {
  const product = ctx.nextId('product');
  const { vendor, name, category, unit } = from;
  ctx.insert('product', { id: product, vendor, name, category, unit, own: from.own ? 1 : null });
  for (const barcode of from.barcodes) addBarcode(ctx, product, barcode);
  addPrice(ctx, product, from.prices);
  if (from.own) addOwnGoodsTerms(ctx, product, vendor);
  return product;
}

/** Gives a product one more code. Rejects `barcode-taken` with the name of the product that has it. */
export function addBarcode(ctx: Context, product: number, barcode: string): void {
  const owner = productOfBarcode(ctx.sql, barcode);
  if (owner !== undefined) {
    ctx.reject('barcode-taken', { barcode, product: productById(ctx.sql, owner)?.name ?? '' });
  }
  ctx.insert('barcode', { barcode, product });
}

/** A price version for a product's whole stock, from this command on. */
export function addPrice(ctx: Context, product: number, prices: Prices): void {
  ctx.insert('price', {
    id: ctx.nextId('price'),
    product,
    at: ctx.at,
    price: prices.priceRupiah,
    net_price: prices.netPriceRupiah,
    cost: prices.costRupiah,
  });
}

/** Of the product itself, which wins over every other level: no later agreement with its vendor consigns it. */
function addOwnGoodsTerms(ctx: Context, product: number, vendor: number): void {
  ctx.insert('agreement', {
    id: ctx.nextId('agreement'),
    vendor,
    from_day: ctx.day,
    model: 'own-goods',
    rate_bps: null,
    product,
    category: null,
    per_unit: null,
    discount_bearer: null,
    loss_bearer: null,
    loss_bps: null,
    decree: null,
  });
}
