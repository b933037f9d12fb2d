/** The worked sale of three vendors: 117.331 less a discount of 10.000 on the whole, paid in any mix. */
import { centerChange } from '../../shared/contract/center.ts';
import { qrisSeen, qrisShow, saleComplete } from '../../shared/contract/sale.ts';
import type { TestEngine } from './engine.ts';
import type { Shop } from './shop.ts';
import { accepted, type Goods, goodsAt, type SaleDone, type SaleInput, withYes } from './till.ts';

/** Of a fictitious merchant. */
export const QRIS_STATIC =
  '00020101021126620016ID.CO.CONTOH.WWW011893600999000000001202090000000120303UMI51440014ID.CO.QRIS.WWW0215ID10200000000120303UMI5204594753033605802ID5922PUSAT OLEH-OLEH CONTOH6011PROBOLINGGO61056725262070703A016304126D';

/** Rupiah of the whole sale before rounding. */
export const WORKED_TOTAL = 107_331;

export interface WorkedSale extends SaleDone {
  /** The vendors of its three lines, in their order. */
  vendors: [number, number, number];
  products: [number, number, number];
}

/** Rings it: 3 × 18.000 at 15 %, 3 × 7.777 at 12,5 %, 1 × 40.000 at 20 %. */
export async function ringWorked(
  shop: Shop,
  tenders: SaleInput['tenders'] = [{ kind: 'cash', amountRupiah: 110_000 }],
): Promise<WorkedSale> {
  const first: Goods = await goodsAt(shop, 18_000, { terms: { model: 'percent', rateBps: 1500 } });
  const second = await goodsAt(shop, 7_777, { terms: { model: 'percent', rateBps: 1250 } });
  const third = await goodsAt(shop, 40_000, { terms: { model: 'percent', rateBps: 2000 } });
  const sale = {
    shift: shop.shift,
    lines: [
      { product: first.product, qty: 3_000, priceRupiah: 18_000 },
      { product: second.product, qty: 3_000, priceRupiah: 7_777 },
      { product: third.product, qty: 1_000, priceRupiah: 40_000 },
    ],
    discount: { amountRupiah: 10_000 },
    totalRupiah: WORKED_TOTAL,
    tenders,
  };
  const done = accepted(await withYes(shop, saleComplete, sale));
  return {
    ...done,
    vendors: [first.vendor, second.vendor, third.vendor],
    products: [first.product, second.product, third.product],
  };
}

/** A QRIS tender whose code was shown for these lines and whose payment the cashier saw. */
export async function seenQris(shop: Shop, amountRupiah: number, lines: SaleInput['lines']) {
  await shop.admin.must(centerChange, { qrisStatic: QRIS_STATIC });
  const { ticket } = await shop.cashier.must(qrisShow, { basket: { lines }, amountRupiah });
  await shop.cashier.must(qrisSeen, { ticket, reference: '778812' });
  return { kind: 'qris' as const, amountRupiah, ticket };
}

/** Each line of a refund as it was written: `what` is any of the columns. */
export function refundLines({ engine }: TestEngine, refund: number, ...what: string[]): unknown[][] {
  const sql = `SELECT ${what.join(', ')} FROM refund_line WHERE seq = ? ORDER BY line`;
  return engine.books.prepare(sql).raw().all(refund) as unknown[][];
}

/** What a refund put on which shelf: line, shelf, batch, thousandths. */
export function refundedParts({ engine }: TestEngine, refund: number): unknown[][] {
  const sql = 'SELECT line, shelf, batch, qty FROM goods_part WHERE seq = ? ORDER BY line, n';
  return engine.books.prepare(sql).raw().all(refund) as unknown[][];
}
