import {
  barcodeAdd,
  type ProductView,
  priceList,
  priceSet,
  productByCode,
  productChange,
  productCreate,
  productList,
  productMany,
  productSearch,
} from '../../../shared/contract/product.ts';
import { productEan13, readOwnCode } from '../../../shared/domain/barcode.ts';
import { answers, handles, type QueryContext, type ReadContext } from '../context.ts';
import { addBarcode, addPrice, addProduct, productOfBarcode, productView } from '../store/catalogue.ts';
import { dayAt, type ProductRow, priceOf, productById, vendorById } from '../store/rows.ts';
import { beginsWith, findProducts } from '../store/search.ts';
import { isExpired } from '../store/shelves.ts';

function productOrReject(ctx: ReadContext, product: number): ProductRow {
  return productById(ctx.sql, product) ?? ctx.reject('product-unknown', { product: String(product) });
}

export const create = handles(productCreate, (ctx, input) => {
  const vendor = vendorById(ctx.sql, input.vendor);
  if (!vendor) return ctx.reject('vendor-unknown', { vendor: String(input.vendor) });
  if (vendor.active === 0) ctx.reject('vendor-inactive', { vendor: vendor.name });
  const product = addProduct(ctx, {
    vendor: input.vendor,
    name: input.name,
    barcodes: input.barcodes,
    category: input.category ?? null,
    unit: input.unit,
    prices: {
      priceRupiah: input.priceRupiah,
      netPriceRupiah: input.netPriceRupiah ?? null,
      costRupiah: input.costRupiah ?? null,
    },
    own: input.own ?? false,
  });
  ctx.changed('products');
  return { product };
});

/** A new version of the whole row: what is not given stays as it was. */
export const change = handles(productChange, (ctx, input) => {
  const now = productOrReject(ctx, input.product);
  const asNumber = (flag: boolean | undefined, before: 0 | 1) => (flag === undefined ? before : Number(flag));
  ctx.insert('product_version', {
    product: now.id,
    name: input.name ?? now.name,
    category: input.category === undefined ? now.category : input.category,
    unit: input.unit ?? now.unit,
    active: asNumber(input.active, now.active),
    discountable: asNumber(input.discountable, now.discountable),
  });
  ctx.changed('products');
  return { product: now.id };
});

/** What is not given stays as the version before said. */
export const setPrice = handles(priceSet, (ctx, input) => {
  const { id } = productOrReject(ctx, input.product);
  const before = priceOf(ctx.sql, id);
  addPrice(ctx, id, {
    priceRupiah: input.priceRupiah,
    netPriceRupiah: input.netPriceRupiah ?? before?.net_price ?? null,
    costRupiah: input.costRupiah ?? before?.cost ?? null,
  });
  ctx.changed('products');
  return { product: id };
});

export const prices = answers(priceList, (ctx, input) => {
  const { id } = productOrReject(ctx, input.product);
  const rows = ctx.sql.all<{ at: number; price: number; net_price: number | null; cost: number | null }>(
    'SELECT at, price, net_price, cost FROM price WHERE product = ? ORDER BY id DESC LIMIT ?',
    id,
    input.limit,
  );
  return {
    prices: rows.map(({ at, price, net_price, cost }) => ({
      at,
      priceRupiah: price,
      netPriceRupiah: net_price,
      costRupiah: cost,
    })),
  };
});

export const newBarcode = handles(barcodeAdd, (ctx, input) => {
  const { id } = productOrReject(ctx, input.product);
  const barcode = input.barcode ?? productEan13(id);
  addBarcode(ctx, id, barcode);
  ctx.changed('products');
  return { barcode };
});

/**
 * A code that the catalogue knows comes before a batch label, since another shop's own code may look like ours. The
 * center's own code of a product counts only once it is in the catalogue, for the same reason.
 */
export const byCode = answers(productByCode, (ctx, { code }) => {
  const product = productOfBarcode(ctx.sql, code);
  if (product !== undefined) return { ...NO_BATCH, product: viewOf(ctx, product) };
  const own = readOwnCode(code);
  if (own?.kind !== 'batch') return NO_BATCH;
  const labelled = ctx.sql.kept<{ product: number; expires: string | null }>(
    ['batch'],
    'SELECT product, expires FROM batch WHERE id = ?',
    own.number,
  );
  if (!labelled) return NO_BATCH;
  return {
    product: viewOf(ctx, labelled.product),
    batch: own.number,
    isExpired: isExpired(labelled, dayAt(ctx.sql, ctx.at)),
  };
});

const NO_BATCH = { product: null, batch: null, isExpired: false };

function viewOf(ctx: QueryContext, product: number): ProductView | null {
  return productView(ctx, product, dayAt(ctx.sql, ctx.at)) ?? null;
}

/** Names that begin with the text come first, then the others that hold it; both by name. */
export const search = answers(productSearch, (ctx, { text, limit }) => {
  const products = viewsOf(ctx, findProducts(ctx.sql, text, limit)).sort(byName);
  const [first, others] = [true, false].map((begins) =>
    products.filter(({ name }) => beginsWith(name, text) === begins),
  ) as [ProductView[], ProductView[]];
  return { products: [...first, ...others] };
});

function byName(left: ProductView, right: ProductView): number {
  const [a, b] = [left.name.toLowerCase(), right.name.toLowerCase()];
  if (a !== b) return a < b ? -1 : 1;
  return left.product - right.product;
}

export const list = answers(productList, (ctx, { vendor, limit, after }) => {
  const rows =
    vendor === undefined
      ? ctx.sql.all<{ id: number }>('SELECT id FROM product WHERE id > ? ORDER BY id LIMIT ?', after, limit)
      : ctx.sql.all<{ id: number }>(
          'SELECT id FROM product WHERE vendor = ? AND id > ? ORDER BY id LIMIT ?',
          vendor,
          after,
          limit,
        );
  return {
    products: viewsOf(
      ctx,
      rows.map(({ id }) => id),
    ),
  };
});

export const many = answers(productMany, (ctx, { products }) => ({ products: viewsOf(ctx, products) }));

function viewsOf(ctx: QueryContext, products: readonly number[]): ProductView[] {
  const day = dayAt(ctx.sql, ctx.at);
  return products.flatMap((product) => productView(ctx, product, day) ?? []);
}
