/** A shop with sales, a spreadsheet and a printer that is away, and a backup of it with its recovery code. */

import { recoveryIssue } from '../../shared/contract/people.ts';
import { printerSet } from '../../shared/contract/printing.ts';
import { importApply, importRead } from '../../shared/contract/product.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { backupTake } from '../../shared/contract/system.ts';
import { startEngine, type TestEngine } from './engine.ts';
import { openShop, type Shop } from './shop.ts';

export interface BackedUpShop {
  engine: TestEngine;
  shop: Shop;
  recoveryCode: string;
  /** The backup's folder. */
  backup: string;
  seq: number;
}

const SHEET =
  'Kode;Nama Barang;Penitip;Harga Jual\n8991002;Kerupuk udang;KRP;22.500\n8991003;Sambal;KRP;12.500\n';

/** The engine goes on running; the caller stops it. */
export async function openBackedUpShop(): Promise<BackedUpShop> {
  const engine = await startEngine();
  const shop = await openShop(engine);
  const blob = engine.engine.blobs.add(Buffer.from(SHEET));
  const { prepared } = await shop.manager.must(importRead, { blob });
  await shop.manager.must(importApply, { prepared: prepared ?? '' });
  await shop.manager.must(printerSet, {
    drawer: shop.drawer,
    // Nobody listens there: receipts wait.
    address: { kind: 'tcp', host: '127.0.0.1', port: 1 },
    paperMm: 58,
    profile: 'epson',
  });
  for (let count = 0; count < 5; count += 1) await sellOne(shop);
  const { code } = await shop.admin.must(recoveryIssue, {});
  const { path, seq } = await shop.admin.must(backupTake, {});
  return { engine, shop, recoveryCode: code, backup: path, seq };
}

export function sellOne({ cashier, shift, product }: Shop) {
  return cashier.must(saleComplete, {
    shift,
    lines: [{ product, qty: 1000, priceRupiah: 18_000 }],
    totalRupiah: 18_000,
    tenders: [{ kind: 'cash', amountRupiah: 20_000 }],
  });
}
