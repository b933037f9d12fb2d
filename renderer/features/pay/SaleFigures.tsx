import { useTranslation } from 'react-i18next';
import { formatDay, isBusinessDay } from '../../../shared/domain/calendar.ts';
import type { OutboxEntry } from '../../engine/outbox.ts';
import { type BasketLine, isGoods, ownDiscountRupiah, saleDiscountRupiah } from '../../stores/basket.ts';
import { moneyText } from '../../ui/Money.tsx';
import styles from './Pay.module.css';

interface Figure {
  name: string;
  text: string;
}

/** What of a sale somebody has to say yes to, and what it comes to. */
export function SaleFigures({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const { basket } = entry;
  const wholeDiscount = saleDiscountRupiah(basket);
  const figures: Figure[] = basket.lines.flatMap((line) => figuresOf(line));

  function figuresOf(line: BasketLine): Figure[] {
    if (!isGoods(line)) return [];
    const { name, price, priceRupiah, printedExpiry } = line;
    const off = ownDiscountRupiah(line);
    const found: Figure[] = [];
    if (off > 0) found.push({ name: t('approval.sale.lineDiscount', { name }), text: moneyText(-off) });
    if (price === 'override') {
      found.push({ name: t('approval.sale.price', { name }), text: moneyText(priceRupiah) });
    }
    if (printedExpiry && isBusinessDay(printedExpiry)) {
      found.push({ name: t('approval.sale.expiry', { name }), text: formatDay(printedExpiry) });
    }
    return found;
  }

  if (wholeDiscount > 0) {
    figures.push({ name: t('approval.sale.saleDiscount'), text: moneyText(-wholeDiscount) });
  }
  return (
    <div className={styles.facts}>
      {/* Many figures scroll, by keys too. */}
      <dl className={styles.figures} tabIndex={0}>
        {figures.map(({ name, text }) => (
          <div key={name + text}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <dl>
        <div className={styles.sum}>
          <dt>{t('approval.sale.total')}</dt>
          <dd>{moneyText(entry.totalRupiah)}</dd>
        </div>
      </dl>
    </div>
  );
}
