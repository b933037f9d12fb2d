import { importApply } from '../../../shared/contract/product.ts';
import { type Context, handles } from '../context.ts';
import { type PreparedRow, readPrepared } from '../import/prepared.ts';
import { addPrice, addProduct, productOfBarcode } from '../store/catalogue.ts';
import { priceOf, productById } from '../store/rows.ts';

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
  const vendors = new Map<string, SheetVendor>();
  for (const row of rows) counts[applyRow(ctx, vendorOf(ctx, vendors, row.vendor), row)] += 1;
  ctx.insert('import', { prepared: input.prepared, ...counts });
  ctx.changed('products');
  return counts;
});

/** A vendor that the sheet names, with its products by name: read once, since a sheet may name thousands of one vendor. */
interface SheetVendor {
  readonly id: number;
  readonly name: string;
  readonly active: 0 | 1;
  readonly products: Map<string, number>;
}

function vendorOf(ctx: Context, vendors: Map<string, SheetVendor>, code: string): SheetVendor {
  const known = vendors.get(code);
  if (known) return known;
  const row = ctx.sql.one<Omit<SheetVendor, 'products'>>(
    'SELECT id, name, active FROM vendor_now WHERE code = ?',
    code,
  );
  if (!row) return ctx.reject('vendor-unknown', { vendor: code });
  // Of two products of one name the first is meant, whichever the sheet's author had in mind.
  const named = ctx.sql.all<{ id: number; name: string }>(
    'SELECT id, name FROM product_now WHERE vendor = ? ORDER BY id DESC',
    row.id,
  );
  const vendor = { ...row, products: new Map(named.map(({ id, name }) => [name, id])) };
  vendors.set(code, vendor);
  return vendor;
}

function applyRow(ctx: Context, vendor: SheetVendor, row: PreparedRow): 'created' | 'repriced' | 'unchanged' {
  const known = knownProduct(ctx, vendor, row);
  if (known === undefined) {
    create(ctx, vendor, row);
    return 'created';
  }
  const before = priceOf(ctx.sql, known);
  const netPriceRupiah = row.netPriceRupiah ?? before?.net_price ?? null;
  if (before?.price === row.priceRupiah && before.net_price === netPriceRupiah) return 'unchanged';
  addPrice(ctx, known, {
    priceRupiah: row.priceRupiah,
    netPriceRupiah,
    costRupiah: before?.cost ?? null,
  });
  return 'repriced';
}

function knownProduct(ctx: Context, vendor: SheetVendor, row: PreparedRow): number | undefined {
  if (row.code === null) return vendor.products.get(row.name);
  const product = productOfBarcode(ctx.sql, row.code);
  if (product === undefined) return undefined;
  const owner = productById(ctx.sql, product);
  if (owner?.vendor !== vendor.id)
    ctx.reject('barcode-taken', { barcode: row.code, product: owner?.name ?? '' });
  return product;
}

function create(ctx: Context, vendor: SheetVendor, row: PreparedRow): void {
  if (vendor.active === 0) ctx.reject('vendor-inactive', { vendor: vendor.name });
  const product = addProduct(ctx, {
    vendor: vendor.id,
    name: row.name,
    barcodes: row.code === null ? [] : [row.code],
    category: row.category,
    unit: row.unit,
    prices: { priceRupiah: row.priceRupiah, netPriceRupiah: row.netPriceRupiah, costRupiah: null },
    own: false,
  });
  if (!vendor.products.has(row.name)) vendor.products.set(row.name, product);
}
