import {
  importApply,
  type ProductView,
  priceSet,
  productByCode,
  productCreate,
  productList,
  productSearch,
} from '../../../shared/contract/product.ts';
import { answers, type Context, handles, type ReadContext } from '../context.ts';
import { readPrepared } from '../import/prepared.ts';
import { dayAt, priceOf, productById, vendorById } from '../store/rows.ts';

interface NewProduct {
  vendor: number;
  name: string;
  barcodes: readonly string[];
  category: string | null;
  unit: string;
  priceRupiah: number;
  netPriceRupiah: number | null;
}

function productOfBarcode(ctx: ReadContext, barcode: string): number | undefined {
  return ctx.sql.value<number>('SELECT product FROM barcode WHERE barcode = ?', barcode);
}

function addProduct(ctx: Context, from: NewProduct): number {
  const product = ctx.nextId('product');
  ctx.insert('product', {
    id: product,
    vendor: from.vendor,
    name: from.name,
    category: from.category,
    unit: from.unit,
    own: null,
  });
  for (const barcode of from.barcodes) {
    const taken = productOfBarcode(ctx, barcode);
    if (taken !== undefined) {
      ctx.reject('barcode-taken', { barcode, product: productById(ctx.sql, taken)?.name ?? '' });
    }
    ctx.insert('barcode', { barcode, product });
  }
  addPrice(ctx, product, from.priceRupiah, from.netPriceRupiah);
  return product;
}

function addPrice(ctx: Context, product: number, priceRupiah: number, netPriceRupiah: number | null): void {
  ctx.insert('price', {
    id: ctx.nextId('price'),
    product,
    at: ctx.at,
    price: priceRupiah,
    net_price: netPriceRupiah,
    cost: null,
  });
}

export const create = handles(productCreate, (ctx, input) => {
  if (!vendorById(ctx.sql, input.vendor)) ctx.reject('vendor-unknown', { vendor: String(input.vendor) });
  const product = addProduct(ctx, {
    ...input,
    category: input.category ?? null,
    netPriceRupiah: input.netPriceRupiah ?? null,
  });
  ctx.changed('products');
  return { product };
});

export const setPrice = handles(priceSet, (ctx, input) => {
  if (!productById(ctx.sql, input.product)) ctx.reject('product-unknown', { product: String(input.product) });
  const netPriceRupiah = input.netPriceRupiah ?? priceOf(ctx.sql, input.product)?.net_price ?? null;
  addPrice(ctx, input.product, input.priceRupiah, netPriceRupiah);
  ctx.changed('products');
  return { product: input.product };
});

/**
 * Writes the rows that `import.read` prepared. A row is known by its barcode, or where it has none by the vendor's
 * product of the same name, so that importing the same sheet twice changes nothing.
 */
export const applyImport = handles(importApply, (ctx, input) => {
  const bytes = ctx.blob(input.prepared);
  if (!bytes) return ctx.reject('blob-unknown', { sha256: input.prepared });
  const rows = readPrepared(bytes);
  if (!rows) return ctx.reject('sheet-not-ready', {});
  const counts = { created: 0, repriced: 0, unchanged: 0 };
  for (const row of rows) {
    const vendor = ctx.sql.value<number>('SELECT id FROM vendor WHERE code = ?', row.vendor);
    if (vendor === undefined) return ctx.reject('vendor-unknown', { vendor: row.vendor });
    const known = knownProduct(ctx, vendor, row);
    if (known === undefined) {
      addProduct(ctx, {
        vendor,
        name: row.name,
        barcodes: row.code === null ? [] : [row.code],
        category: row.category,
        unit: row.unit,
        priceRupiah: row.priceRupiah,
        netPriceRupiah: row.netPriceRupiah,
      });
      counts.created += 1;
      continue;
    }
    const price = priceOf(ctx.sql, known);
    const netPrice = row.netPriceRupiah ?? price?.net_price ?? null;
    if (price?.price === row.priceRupiah && price.net_price === netPrice) counts.unchanged += 1;
    else {
      addPrice(ctx, known, row.priceRupiah, netPrice);
      counts.repriced += 1;
    }
  }
  ctx.insert('import', { prepared: input.prepared, ...counts });
  ctx.changed('products');
  return counts;
});

function knownProduct(
  ctx: Context,
  vendor: number,
  row: { code: string | null; name: string },
): number | undefined {
  if (row.code === null) {
    return ctx.sql.value<number>(
      'SELECT id FROM product WHERE vendor = ? AND name = ? LIMIT 1',
      vendor,
      row.name,
    );
  }
  const product = productOfBarcode(ctx, row.code);
  if (product === undefined) return undefined;
  const owner = productById(ctx.sql, product);
  if (owner?.vendor !== vendor)
    ctx.reject('barcode-taken', { barcode: row.code, product: owner?.name ?? '' });
  return product;
}

const VIEW = `SELECT product.id AS product, product.vendor, vendor.code AS vendorCode, vendor.name AS vendorName,
  product.name, product.unit, product.own, product.active, product.discountable
  FROM product_now AS product JOIN vendor_now AS vendor ON vendor.id = product.vendor`;

type ViewRow = Pick<ProductView, 'product' | 'vendor' | 'vendorCode' | 'vendorName' | 'name' | 'unit'> &
  Record<'own' | 'active' | 'discountable', 0 | 1>;

function complete(ctx: ReadContext, row: ViewRow, day: string): ProductView {
  const price = priceOf(ctx.sql, row.product);
  const shelf = ctx.sql.one<{ good: number; expired: number }>(
    `SELECT coalesce(sum(iif(batch.expires < ?, 0, account.debits - account.credits)), 0) AS good,
            coalesce(sum(iif(batch.expires < ?, account.debits - account.credits, 0)), 0) AS expired
     FROM account LEFT JOIN batch ON batch.id = CAST(account.owner AS INTEGER)
     WHERE account.ledger = ? AND account.code = 'shelf'`,
    day,
    day,
    row.product,
  );
  return {
    ...row,
    own: row.own === 1,
    active: row.active === 1,
    discountable: row.discountable === 1,
    barcodes: ctx.sql
      .all<{ barcode: string }>('SELECT barcode FROM barcode WHERE product = ? ORDER BY barcode', row.product)
      .map(({ barcode }) => barcode),
    priceRupiah: price?.price ?? 0,
    netPriceRupiah: price?.net_price ?? null,
    onHandQty: shelf?.good ?? 0,
    expiredQty: shelf?.expired ?? 0,
  };
}

export const byCode = answers(productByCode, (ctx, { code }) => {
  const row = ctx.sql.one<ViewRow>(
    `${VIEW} JOIN barcode ON barcode.product = product.id WHERE barcode.barcode = ?`,
    code,
  );
  return { product: row ? complete(ctx, row, dayAt(ctx.sql, ctx.at)) : null, batch: null };
});

export const search = answers(productSearch, (ctx, { text, limit }) => {
  const part = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const rows = ctx.sql.all<ViewRow>(
    `${VIEW} WHERE product.name LIKE ? ESCAPE '\\' OR vendor.name LIKE ? ESCAPE '\\' OR vendor.code LIKE ? ESCAPE '\\'
       OR product.id IN (SELECT product FROM barcode WHERE barcode LIKE ? ESCAPE '\\')
     ORDER BY product.name, product.id LIMIT ?`,
    part,
    part,
    part,
    part,
    limit,
  );
  const day = dayAt(ctx.sql, ctx.at);
  return { products: rows.map((row) => complete(ctx, row, day)) };
});

export const list = answers(productList, (ctx, { vendor, limit, after }) => {
  const rows =
    vendor === undefined
      ? ctx.sql.all<ViewRow>(`${VIEW} WHERE product.id > ? ORDER BY product.id LIMIT ?`, after, limit)
      : ctx.sql.all<ViewRow>(
          `${VIEW} WHERE product.vendor = ? AND product.id > ? ORDER BY product.id LIMIT ?`,
          vendor,
          after,
          limit,
        );
  const day = dayAt(ctx.sql, ctx.at);
  return { products: rows.map((row) => complete(ctx, row, day)) };
});
