import { formatQty, qty } from '../../../shared/domain/quantity.ts';
import {
  type BasketContent,
  grossRupiah,
  lineRupiah,
  linesRupiah,
  saleDiscountRupiah,
  totalRupiah,
} from '../../stores/basket.ts';
import type { BuyerQris } from '../../stores/buyer-view.ts';
import type { LastSale } from '../../stores/till.ts';
import { moneyText } from '../../ui/Money.tsx';
import { arrivedOf } from '../pay/payment.ts';
import type { Scene } from './channel.ts';

/** What the buyer sees of how the till stands: the code to pay before the goods, the change until the next scan. */
export function sceneOf(till: {
  basket: Pick<BasketContent, 'lines' | 'discount' | 'taken'>;
  qris: BuyerQris | null;
  lastSale: Pick<LastSale, 'totalRupiah' | 'changeRupiah'> | null;
}): Scene {
  const { basket, qris, lastSale } = till;
  const { lines } = basket;
  if (qris) return { name: 'qris', ...qris };
  if (lines.length > 0) {
    const gross = lines.reduce((sum, line) => sum + grossRupiah(line), 0);
    return {
      name: 'basket',
      lines: lines.map((line) => ({
        name: line.name,
        detail: `${formatQty(qty(line.qty))} ${line.unit} × ${moneyText(line.priceRupiah)}`,
        amountRupiah: lineRupiah(line),
      })),
      totalRupiah: totalRupiah(basket),
      savedRupiah: gross - linesRupiah(lines) + saleDiscountRupiah(basket),
      takenRupiah: arrivedOf(basket.taken).inRupiah,
    };
  }
  if (!lastSale) return { name: 'welcome' };
  return { name: 'done', totalRupiah: lastSale.totalRupiah, changeRupiah: lastSale.changeRupiah };
}
