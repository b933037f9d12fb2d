import { countPost, countRequest, returnConfirm, writeOffConfirm } from '../../shared/contract/goods.ts';
import { intakeConfirm, purchaseConfirm } from '../../shared/contract/intake.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import type { TestClient } from './engine.ts';

export interface GoodsOfFullShop {
  /** Vendor of the two products below. */
  goodsVendor: number;
  /** On consignment at 20 %, 12.000 rupiah, some lost, some back, some found. */
  countedProduct: number;
  /** Bought outright at 21.000 rupiah. */
  ownProduct: number;
  /** Batch of the own goods. */
  ownBatch: number;
}

/** One of each document that moves goods without a sale, for a vendor of its own who is never settled. */
export async function moveGoods(manager: TestClient): Promise<GoodsOfFullShop> {
  const { vendor } = await manager.must(vendorCreate, { code: 'TNG', name: 'Tani Tongas' });
  await manager.must(agreementSet, {
    vendor,
    terms: { model: 'percent', rateBps: 2000 },
    loss: { bearer: 'shared', vendorBps: 4000 },
  });
  const make = async (name: string, priceRupiah: number, own: boolean) =>
    (await manager.must(productCreate, { vendor, name, priceRupiah, own })).product;
  const product = await make('Jamu kunyit', 12_000, false);
  const ownProduct = await make('Gula merah', 30_000, true);
  const { batches } = await manager.must(purchaseConfirm, {
    vendor,
    lines: [{ product: ownProduct, qty: 10_000, unitCostRupiah: 21_000, expires: '2099-06-30' }],
    paid: 'credit',
    note: 'beli putus',
  });
  const ownBatch = batches[0] as number;
  await manager.must(intakeConfirm, { vendor, lines: [{ product, qty: 20_000 }] });
  await manager.must(returnConfirm, {
    vendor,
    lines: [
      { product: ownProduct, qty: 1_000, batch: ownBatch },
      { product, qty: 2_000 },
    ],
    note: 'salah kirim',
  });
  await manager.must(writeOffConfirm, {
    reason: 'damaged',
    lines: [{ product, qty: 3_000, vendorBps: 5000 }],
    note: 'jatuh',
  });
  await manager.must(countPost, { lines: [{ product, countedQty: 14_000 }], note: 'akhir bulan' });
  await manager.must(countPost, {
    lines: [
      { product, countedQty: 16_000 },
      { product: ownProduct, countedQty: 9_000, batch: ownBatch },
    ],
  });
  await manager.must(countRequest, { products: [ownProduct, product] });
  return { goodsVendor: vendor, countedProduct: product, ownProduct, ownBatch };
}
