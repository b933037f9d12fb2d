import { buyerPay, refundComplete, saleVoid } from '../../shared/contract/refund.ts';
import { clearingMatch, saleComplete } from '../../shared/contract/sale.ts';
import type { Shop } from './shop.ts';

export interface RefundsOfFullShop {
  /** Four pieces in one line, paid by card and in cash; two of them came back. */
  refundedSale: number;
  /** What a card and a drawer gave back of it; its buyer is still owed some. */
  refund: number;
  /** The last receipt, paid by card and not yet matched with the acquirer's statement. */
  cardSale: number;
  cardSaleNumber: string;
}

/** One of each document about what comes back from a buyer, in an open shift, and a matched card payment. */
export async function takeBack(
  { manager, cashier, product }: Shop,
  shift: number,
): Promise<RefundsOfFullShop> {
  const sell = (pieces: number, cardRupiah: number) => {
    const totalRupiah = pieces * 18_000;
    const card = { kind: 'debit' as const, amountRupiah: cardRupiah, reference: '4821' };
    const cash = { kind: 'cash' as const, amountRupiah: totalRupiah - cardRupiah };
    return cashier.must(saleComplete, {
      shift,
      lines: [{ product, qty: pieces * 1000, priceRupiah: 18_000 }],
      totalRupiah,
      tenders: cardRupiah === totalRupiah ? [card] : [card, cash],
    });
  };
  const { sale: refundedSale } = await sell(4, 30_000);
  const { refund } = await cashier.must(refundComplete, {
    shift,
    sale: refundedSale,
    lines: [{ line: 1, qty: 1_000, reason: 'vendor-fault' }],
    memo: 'kemasan bocor',
  });
  await manager.must(refundComplete, {
    shift,
    sale: refundedSale,
    lines: [{ line: 1, qty: 1_000, reason: 'goodwill' }],
  });
  await manager.must(buyerPay, { refund, amountRupiah: 5_000, how: 'transfer' });
  await manager.must(clearingMatch, {
    kind: 'debit',
    tenders: [{ sale: refundedSale, tender: 1 }],
    feeRupiah: 210,
    memo: 'rekening koran',
  });
  const { sale } = await sell(1, 10_000);
  await cashier.must(saleVoid, { shift, sale, memo: 'salah ketik' });
  const last = await sell(1, 18_000);
  return { refundedSale, refund, cardSale: last.sale, cardSaleNumber: last.number };
}
