import {
  barcodeAdd,
  priceSet,
  productChange,
  productCreate,
  promotionCreate,
  promotionEnd,
} from '../../shared/contract/product.ts';
import type { TestClient } from './engine.ts';

export interface CatalogueOfFullShop {
  /** Renamed once, priced twice, with a code of its own; never taken in nor sold. */
  renamedProduct: number;
  /** For everything of that product, to the end of the century. */
  runningPromotion: number;
}

const BEARERS = { sharedBps: 5_000, centerBps: 2_500, vendorBps: 2_500 };

/** What changes in a catalogue: versions of a product and its prices, a code of its own, a promotion that goes on and one ended. */
export async function changeCatalogue(manager: TestClient, vendor: number): Promise<CatalogueOfFullShop> {
  const { product } = await manager.must(productCreate, {
    vendor,
    name: 'Emping mlinjo',
    priceRupiah: 21_000,
  });
  await manager.must(productChange, {
    product,
    name: 'Emping melinjo',
    category: 'Camilan',
    unit: 'pak',
    discountable: false,
  });
  await manager.must(priceSet, { product, priceRupiah: 22_000, netPriceRupiah: 18_000, costRupiah: 15_000 });
  await manager.must(barcodeAdd, { product });
  const running = {
    name: 'Promo emping',
    from: '2026-01-01',
    to: '2099-12-31',
    rateBps: 500,
    bearers: BEARERS,
  };
  const { promotion } = await manager.must(promotionCreate, { ...running, product });
  const over = { ...running, name: 'Promo camilan', category: 'Camilan', vendor };
  const { promotion: ended } = await manager.must(promotionCreate, over);
  await manager.must(promotionEnd, { promotion: ended });
  return { renamedProduct: product, runningPromotion: promotion };
}
