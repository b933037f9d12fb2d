import { documentReprint, labelPrint, printerSet } from '../../shared/contract/printing.ts';
import { quickKeysSet } from '../../shared/contract/product.ts';
import { shiftReport } from '../../shared/contract/shift.ts';
import type { Shop } from './shop.ts';

export interface PaperOfFullShop {
  /** What the open shift stood at, on paper. */
  report: number;
  /** Two labels of a product. */
  labels: number;
}

interface At {
  shop: Shop;
  /** Of the open drawer. */
  shift: number;
  /** Whose printer is of a make that no profile fits, and has the open drawer's behind it. */
  otherDrawer: number;
  path: string;
  /** A batch and its product. */
  batch: number;
  batchProduct: number;
}

/** What is put on paper besides the documents themselves: an X report, labels, a copy; and the goods of the quick keys. */
export async function printAllWays({ shop, shift, ...at }: At): Promise<PaperOfFullShop> {
  const { manager, drawer, product } = shop;
  await manager.must(printerSet, {
    drawer: at.otherDrawer,
    address: { kind: 'file', path: at.path },
    paperMm: 80,
    profile: 'custom',
    columns: 42,
    answersStatus: false,
    custom: { dots: 512, codePage: 16, cut: true, kickPin: 5, raster: true },
    fallback: drawer,
  });
  await manager.must(quickKeysSet, { products: [at.batchProduct, product] });
  const { report } = await manager.must(shiftReport, { shift });
  // Its only code is no EAN: these labels give it the center's own.
  const { labels } = await manager.must(labelPrint, { product, copies: 2, drawer });
  await manager.must(labelPrint, { product: at.batchProduct, batch: at.batch, copies: 1, drawer });
  await manager.must(documentReprint, { document: report, drawer });
  return { report, labels };
}
