import { printerSet } from '../../shared/contract/printing.ts';
import { qrisSeen, qrisShow, saleComplete } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementPrepare } from '../../shared/contract/settlement.ts';
import { drawerCreate, shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { adjustmentPost, feeCharge } from '../../shared/contract/vendor-money.ts';
import type { TestEngine } from './engine.ts';
import type { Shop } from './shop.ts';
import { goodsAt } from './till.ts';

export interface OpenOfFullShop {
  /** Approved over 7.000 rupiah, and not paid. */
  approvedSettlement: number;
  /** Owes the center 9.000 rupiah. */
  owingVendor: number;
  /** Its code over 31.000 rupiah was shown and seen paid; nothing is sold on it yet. */
  seenTicket: number;
  /** The last receipt of the open shift. */
  lastSale: number;
  /** Nobody's now, and its printer is away. */
  secondDrawer: number;
  /** A receipt that waits for that printer. */
  waitingJob: { seq: number; n: number };
}

/** What still waits for somebody: money to be paid out, a debt, a receipt to be printed. */
export async function leaveOpen(engine: TestEngine, shop: Shop): Promise<OpenOfFullShop> {
  return { ...(await oweAndBeOwed(shop)), ...(await sellLast(shop)), ...(await sellUnprinted(engine, shop)) };
}

async function oweAndBeOwed(shop: Shop) {
  const { admin, manager } = shop;
  const owed = await goodsAt(shop, 14_000, { terms: { model: 'none' } });
  await manager.must(adjustmentPost, { vendor: owed.vendor, amountRupiah: 7_000, memo: 'ganti rugi' });
  const { settlement } = await manager.must(settlementPrepare, { vendor: owed.vendor });
  await admin.must(settlementApprove, { settlement, amountRupiah: 7_000 });

  const owing = await goodsAt(shop, 13_000, { terms: { model: 'none' } });
  await manager.must(feeCharge, { vendor: owing.vendor, name: 'Denda', amountRupiah: 9_000 });
  return { approvedSettlement: settlement, owingVendor: owing.vendor };
}

async function sellLast({ cashier, product, shift }: Shop) {
  const lines = [{ product, qty: 2_000, priceRupiah: 18_000 }];
  const { ticket } = await cashier.must(qrisShow, { basket: { lines }, amountRupiah: 31_000 });
  await cashier.must(qrisSeen, { ticket, reference: '7711' });
  const tenders = [{ kind: 'cash' as const, amountRupiah: 40_000 }];
  const { sale } = await cashier.must(saleComplete, { shift, lines, totalRupiah: 36_000, tenders });
  return { seenTicket: ticket, lastSale: sale };
}

async function sellUnprinted({ engine }: TestEngine, { admin, manager, product }: Shop) {
  const { drawer } = await admin.must(drawerCreate, { code: 'K3', name: 'Kasir 3' });
  const { shift } = await manager.must(shiftOpen, { drawer, floatRupiah: 0 });
  const address = { kind: 'tcp', host: '127.0.0.1', port: 1 } as const;
  await manager.must(printerSet, { drawer, address, paperMm: 80, profile: 'epson' });
  const { sale } = await manager.must(saleComplete, {
    shift,
    lines: [{ product, qty: 1_000, priceRupiah: 18_000 }],
    totalRupiah: 18_000,
    tenders: [{ kind: 'cash', amountRupiah: 18_000 }],
  });
  await manager.must(shiftClose, { shift, countedRupiah: 18_000 });
  const n = engine.books.prepare('SELECT n FROM print_wish WHERE seq = ?').pluck().get(sale) as number;
  return { secondDrawer: drawer, waitingJob: { seq: sale, n } };
}
