import { useTranslation } from 'react-i18next';
import type { SaleLineView } from '../../../shared/contract/sale.ts';
import { formatQty, qty } from '../../../shared/domain/quantity.ts';
import { moneyText } from '../../ui/Money.tsx';
import { leftQty, lineNetBack } from './coming-back.ts';
import styles from './Refund.module.css';

/** One line of the receipt: what was sold, what is back already, what comes back now. */
export function RefundLine({ line, quantity }: { line: SaleLineView; quantity: number }) {
  const { t } = useTranslation();
  const left = leftQty(line);
  const comes = quantity > 0;
  return (
    <div className={left === 0 ? `${styles.line} ${styles.gone}` : styles.line}>
      <span className={styles.name}>{line.name}</span>
      <span className={comes ? `${styles.count} ${styles.chosen}` : styles.count}>
        {left === 0
          ? '–'
          : t('refund.count', { quantity: formatQty(qty(quantity)), left: formatQty(qty(left)) })}
      </span>
      <span className={styles.amount}>{comes ? moneyText(lineNetBack(line, quantity)) : ''}</span>
      <span className={styles.detail}>
        {formatQty(qty(line.qty))} {line.unit} × {moneyText(line.priceRupiah)}
        {line.netRupiah !== line.grossRupiah && ` → ${moneyText(line.netRupiah)}`}
        {line.refundedQty > 0 && ` · ${t('refund.already', { quantity: formatQty(qty(line.refundedQty)) })}`}
        {line.product === null && ` · ${t('refund.unresolved')}`}
      </span>
    </div>
  );
}
