import type { ParsedOf } from '../../../shared/contract/define.ts';
import { documentReprint, labelPrint, printerSet } from '../../../shared/contract/printing.ts';
import { batchEan13, productEan13 } from '../../../shared/domain/barcode.ts';
import { type Context, handles } from '../context.ts';
import { needsSupervisor } from '../store/authority.ts';
import { addBarcode, eanOf } from '../store/catalogue.ts';
import { isOfficePaper, paperOfDocument } from '../store/documents.ts';
import { hasPrinter } from '../store/printer-row.ts';
import { drawerById, priceOf, productById } from '../store/rows.ts';

export const setPrinter = handles(printerSet, (ctx, input) => {
  const { drawer, fallback, custom, answersStatus } = input;
  checkDrawer(ctx, drawer);
  if (fallback !== undefined) checkDrawer(ctx, fallback);
  ctx.insert('printer', {
    drawer,
    address: JSON.stringify(input.address),
    paper_mm: input.paperMm,
    profile: input.profile,
    kick: input.kick ? 1 : 0,
    columns: input.columns ?? null,
    ...customColumns(custom),
    answers_status: answersStatus === undefined ? null : Number(answersStatus),
    fallback: fallback ?? null,
  });
  ctx.changed('print');
  return { printer: ctx.seq };
});

/** Empty under a profile, which says it all. */
function customColumns(custom: ParsedOf<typeof printerSet>['custom']) {
  return {
    dots: custom?.dots ?? null,
    code_page: custom?.codePage ?? null,
    can_cut: custom ? Number(custom.cut) : null,
    kick_pin: custom?.kickPin ?? null,
    raster: custom ? Number(custom.raster) : null,
  };
}

function checkDrawer(ctx: Context, drawer: number): void {
  if (!drawerById(ctx.sql, drawer)) ctx.reject('drawer-unknown', { drawer });
}

function checkPrinter(ctx: Context, drawer: number): void {
  checkDrawer(ctx, drawer);
  if (!hasPrinter(ctx.sql, drawer)) ctx.reject('no-printer', {});
}

export const reprint = handles(documentReprint, (ctx, { document, drawer }) => {
  const kind = paperOfDocument(ctx.sql, document);
  if (kind === undefined) return ctx.reject('document-unknown', { document });
  checkPrinter(ctx, drawer);
  if (isOfficePaper(kind)) needsSupervisor(ctx, 'reprint');
  ctx.print(kind, drawer, document);
  return { kind };
});

/** Keeps code and price as they were printed: what hangs on the goods says them long after both have changed. */
export const printLabels = handles(labelPrint, (ctx, { product, batch, copies, drawer }) => {
  const row = productById(ctx.sql, product);
  const price = row && priceOf(ctx.sql, product)?.price;
  if (!row || price === undefined) return ctx.reject('product-unknown', { product: String(product) });
  const isOfProduct =
    batch === undefined || ctx.sql.value<number>('SELECT product FROM batch WHERE id = ?', batch) === product;
  if (!isOfProduct) ctx.reject('batch-unknown', { batch });
  checkPrinter(ctx, drawer);
  const barcode = batch === undefined ? codeOf(ctx, product) : batchEan13(batch);
  ctx.insert('label_print', { product, batch: batch ?? null, barcode, price, copies });
  ctx.print('label', drawer);
  return { labels: ctx.seq, barcode };
});

/** A product without an EAN gets the center's own, which every scanner reads from the narrowest paper. */
function codeOf(ctx: Context, product: number): string {
  const ean = eanOf(ctx.sql, product);
  if (ean !== undefined) return ean;
  const own = productEan13(product);
  addBarcode(ctx, product, own);
  ctx.changed('products');
  return own;
}
