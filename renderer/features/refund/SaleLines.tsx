import { useTranslation } from 'react-i18next';
import type { SaleView } from '../../../shared/contract/sale.ts';
import { formatQty, qty } from '../../../shared/domain/quantity.ts';
import { moneyText } from '../../ui/Money.tsx';
import styles from './Receipts.module.css';

/** What a receipt holds, how it was paid, and its total, for a look before something happens to it. */
export function SaleLines({ sale }: { sale: SaleView }) {
  const { t } = useTranslation();
  return (
    <>
      <ul className={styles.lines}>
        {sale.lines.map((line) => (
          <li key={line.line}>
            <span>{line.name}</span>
            <span>
              {formatQty(qty(line.qty))} {line.unit} × {moneyText(line.priceRupiah)}
            </span>
            <span>{moneyText(line.netRupiah)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>
          {t('till.total')} · {[...new Set(sale.tenders.map(({ kind }) => t(`tender.${kind}`)))].join(', ')}
        </span>
        <b>{moneyText(sale.totalRupiah)}</b>
      </p>
    </>
  );
}
