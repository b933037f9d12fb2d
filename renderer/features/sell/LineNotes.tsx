import { useTranslation } from 'react-i18next';
import { formatDay, isBusinessDay } from '../../../shared/domain/calendar.ts';
import { formatQty, qty } from '../../../shared/domain/quantity.ts';
import { type BasketLine, type GoodsLine, isGoods, ownDiscountRupiah } from '../../stores/basket.ts';
import { moneyText } from '../../ui/Money.tsx';
import { rateText } from '../vendors/terms-text.ts';
import styles from './Till.module.css';

/** What is special about a line, quietly: promotion, discount, another price, a printed day, more than on the book. */
export function LineNotes({ line, bookQty }: { line: BasketLine; bookQty: number | undefined }) {
  const { t } = useTranslation();
  if (!isGoods(line)) {
    return (
      <span className={styles.notes}>
        <span className={styles.warn}>
          {line.name ? t('till.note.unknown', { code: line.unknownCode }) : t('till.note.nameless')}
        </span>
      </span>
    );
  }
  const notes = goodsNotes(line);
  if (notes.length === 0 && bookQty === undefined) return null;
  return (
    <span className={styles.notes}>
      {notes.map(({ name, figures = {} }) => (
        <span key={name}>{t(`till.note.${name}`, figures)}</span>
      ))}
      {bookQty !== undefined && (
        <span className={styles.warn}>{t('till.note.book', { quantity: formatQty(qty(bookQty)) })}</span>
      )}
    </span>
  );
}

interface Note {
  name: string;
  figures?: Record<string, string | number>;
}

function goodsNotes(line: GoodsLine): Note[] {
  const { promotion, discount, furtherDiscounts, price, listRupiah, printedExpiry, batch } = line;
  const notes: Note[] = [];
  if (promotion) {
    const percent = rateText(promotion.rateBps);
    notes.push({ name: 'promotion', figures: { promotion: promotion.name, percent } });
  }
  if (discount) {
    const amount = moneyText(ownDiscountRupiah(line));
    if ('bps' in discount && !furtherDiscounts)
      notes.push({ name: 'discountPercent', figures: { percent: rateText(discount.bps), amount } });
    else notes.push({ name: 'discount', figures: { amount } });
  }
  if (price === 'kept') notes.push({ name: 'kept' });
  if (price === 'override' && listRupiah === undefined) notes.push({ name: 'override' });
  else if (price === 'override') {
    notes.push({ name: 'overrideOf', figures: { amount: moneyText(listRupiah ?? 0) } });
  }
  if (printedExpiry && isBusinessDay(printedExpiry))
    notes.push({ name: 'printed', figures: { day: formatDay(printedExpiry) } });
  if (batch !== undefined) notes.push({ name: 'batch', figures: { batch } });
  return notes;
}
