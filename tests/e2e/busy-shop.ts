/**
 * The till's shop at noon, for pictures and for walks through its screens: the printer works, the backup is of today,
 * quick keys are chosen, there are receipts of which one came back in part, and a vendor is about to be paid.
 */
import { recoveryIssue } from '../../shared/contract/people.ts';
import { printDismiss, printJobs } from '../../shared/contract/printing.ts';
import { quickKeysSet } from '../../shared/contract/product.ts';
import { refundComplete } from '../../shared/contract/refund.ts';
import { saleComplete, saleList } from '../../shared/contract/sale.ts';
import { settlementPrepare } from '../../shared/contract/settlement.ts';
import { backupTake } from '../../shared/contract/system.ts';
import { until } from '../support/electron-runtime.ts';
import type { TestClient } from '../support/engine.ts';
import { PINS, signIn } from '../support/shop.ts';
import { bootTillShop, TILL_GOODS, type TillShop } from '../support/till-shop.ts';

/** Makes it in `dir` with a printer at `printerPort`; nothing has the folder open any more. */
export async function openBusyShop(
  dir: string,
  printerPort: number,
): Promise<{
  shop: TillShop;
  /** Sessions that live on. */
  tokens: Record<'cashier' | 'manager' | 'admin', string>;
  /** The receipts of the open shift, newest first. */
  receipts: string[];
}> {
  const { engine, shop } = await bootTillShop(dir, { printerPort });
  const { admin, manager, cashier, shift, products } = shop;
  await manager.must(quickKeysSet, { products: products.slice(0, 11) });
  const sales: number[] = [];
  for (const index of [4, 6, 8]) {
    const priceRupiah = TILL_GOODS[index]?.priceRupiah ?? 0;
    const lines = [
      { product: products[index] ?? 0, qty: 2_000, priceRupiah },
      { product: products[1] ?? 0, qty: 1_000, priceRupiah: 32_500 },
    ];
    const totalRupiah = 2 * priceRupiah + 32_500;
    const tenders = [{ kind: 'cash' as const, amountRupiah: 200_000 }];
    sales.push((await cashier.must(saleComplete, { shift, lines, totalRupiah, tenders })).sale);
  }
  const lines = [{ line: 1, qty: 1_000, reason: 'resaleable' as const }];
  await manager.must(refundComplete, { shift, sale: sales[0] ?? 0, lines });
  await manager.must(settlementPrepare, { vendor: shop.vendors.get('BU-01') ?? 0 });
  await admin.must(recoveryIssue, {});
  await admin.must(backupTake, {});
  await emptyQueue(manager);
  const listed = await cashier.must(saleList, { shift, limit: 50 });
  const tokens = {
    cashier: await signIn(cashier, 'siti', PINS.cashier),
    manager: await signIn(manager, 'budi', PINS.manager),
    admin: await signIn(admin, 'ratna', PINS.admin),
  };
  await engine.stop();
  return { shop, tokens, receipts: listed.sales.map(({ number }) => number) };
}

/** Waits until all is printed. The slip of the day before yesterday came too late for its paper. */
function emptyQueue(manager: TestClient): Promise<void> {
  return until('nothing is left to be printed', async () => {
    const { jobs } = await manager.must(printJobs, {});
    for (const { seq, n, state } of jobs) {
      if (state === 'failed') await manager.must(printDismiss, { seq, n });
    }
    return jobs.length === 0;
  });
}
