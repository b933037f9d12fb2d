import { centerChange } from '../../shared/contract/center.ts';
import { unresolvedResolve } from '../../shared/contract/goods.ts';
import { promotionCreate } from '../../shared/contract/product.ts';
import { qrisSeen, qrisShow, saleComplete, saleDiscard, saleHold } from '../../shared/contract/sale.ts';
import type { Shop } from './shop.ts';

/** The static code of a fictitious merchant. */
export const STATIC_QRIS =
  '00020101021126620016ID.CO.CONTOH.WWW011893600999000000001202090000000120303UMI51440014ID.CO.QRIS.WWW0215ID10200000000120303UMI5204594753033605802ID5922PUSAT OLEH-OLEH CONTOH6011PROBOLINGGO61056725262070703A016304126D';

export interface SalesOfFullShop {
  /** Takes a tenth off everything, half shared and half the center's. */
  salePromotion: number;
  /** Parked, and still open. */
  heldTicket: number;
  heldCode: string;
  /** Its code was shown and not yet seen paid. */
  shownTicket: number;
  /** Line 1 was paid by QRIS and cash, with every discount there is. */
  discountedSale: number;
  /** Line 1 has a code that nobody knows; line 2 had one. */
  unknownSale: number;
}

/** One of each document of selling beyond a plain cash sale, in the open shift. */
export async function sellAllWays(shop: Shop): Promise<SalesOfFullShop> {
  const { admin, manager, cashier, product, shift } = shop;
  // So far a cashier may give any discount: no approval has to be asked for here.
  await admin.must(centerChange, { qrisStatic: STATIC_QRIS, cashierDiscountBps: 10_000 });
  const { promotion } = await manager.must(promotionCreate, {
    name: 'Ulang tahun pusat',
    from: '2020-01-01',
    to: '2099-12-31',
    rateBps: 1_000,
    bearers: { sharedBps: 5_000, centerBps: 5_000, vendorBps: 0 },
  });
  const lines = [
    {
      product,
      qty: 2_000,
      priceRupiah: 18_000,
      promotion,
      discounts: [{ amountRupiah: 1_000, bearer: 'vendor' as const }],
    },
  ];
  const basket = { lines, discount: { amountRupiah: 400 }, visit: 'N 7012 UA' };
  const { ticket } = await cashier.must(qrisShow, { basket, amountRupiah: 20_000 });
  await cashier.must(qrisSeen, { ticket, reference: '8899' });
  // 36.000 less 3.600, 1.000 and 400.
  const discounted = await cashier.must(saleComplete, {
    shift,
    ...basket,
    totalRupiah: 31_000,
    tenders: [
      { kind: 'qris', amountRupiah: 20_000, ticket },
      { kind: 'cash', amountRupiah: 11_000 },
    ],
  });
  const unknownSale = await sellUnknown(shop);
  const held = await cashier.must(saleHold, { basket, name: 'Bu Rini', drawer: shop.drawer, paper: true });
  const { ticket: gone } = await cashier.must(saleHold, { basket });
  await cashier.must(saleDiscard, { ticket: gone, memo: 'pembeli pergi' });
  const { ticket: shownTicket } = await cashier.must(qrisShow, { basket, amountRupiah: 31_000 });
  return {
    salePromotion: promotion,
    heldTicket: held.ticket,
    heldCode: held.code,
    shownTicket,
    discountedSale: discounted.sale,
    unknownSale,
  };
}

async function sellUnknown({ manager, cashier, vendor, product, shift }: Shop): Promise<number> {
  const { sale } = await cashier.must(saleComplete, {
    shift,
    lines: [
      { unknownCode: 'TANPA-1', name: 'Kripik pisang', vendor, qty: 1_000, priceRupiah: 9_000 },
      { unknownCode: 'TANPA-2', qty: 1_000, priceRupiah: 18_000 },
    ],
    totalRupiah: 27_000,
    tenders: [{ kind: 'debit', amountRupiah: 27_000, reference: '004512' }],
  });
  await manager.must(unresolvedResolve, { sale, line: 2, product, memo: 'label lepas' });
  return sale;
}
