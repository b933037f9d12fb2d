import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SaleLineView, SaleView } from '../../../shared/contract/sale.ts';
import { formatQty, qty } from '../../../shared/domain/quantity.ts';
import { moneyText } from '../../ui/Money.tsx';
import table from '../../ui/table.module.css';
import styles from './Sales.module.css';

/** Lines with their discounts, how it was paid, and what came back of it. */
export function SaleDetails(props: { sale: SaleView; onPrint: ((document: number) => void) | undefined }) {
  const { t } = useTranslation();
  const { sale } = props;
  return (
    <div className={styles.details}>
      <table className={table.table}>
        <tbody>
          {sale.lines.map((line) => (
            <Line key={line.line} line={line} />
          ))}
        </tbody>
        <tfoot>
          {sale.saleDiscountRupiah > 0 && (
            <Sum label={t('tickets.discount')} amount={-sale.saleDiscountRupiah} />
          )}
          <Sum label={t('till.total')} amount={sale.totalRupiah} strong />
          {sale.roundingRupiah !== 0 && <Sum label={t('sales.rounding')} amount={sale.roundingRupiah} />}
          {sale.tenders.map(({ kind, amountRupiah, reference }, index) => (
            <Sum
              // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
              key={index}
              label={
                reference
                  ? t('sales.tenderOf', { kind: t(`tender.${kind}`), reference })
                  : t(`tender.${kind}`)
              }
              amount={amountRupiah}
            />
          ))}
          {sale.changeRupiah > 0 && <Sum label={t('till.change')} amount={sale.changeRupiah} />}
        </tfoot>
      </table>
      {sale.refunds.length > 0 && (
        <section>
          <h3>{t('sales.refunds')}</h3>
          <ul className={styles.refunds}>
            {sale.refunds.map(({ refund, number, netRupiah, isVoid }) => (
              <li key={refund}>
                <span>
                  {number} · {t(isVoid ? 'sales.back.void' : 'sales.wasRefunded')}
                </span>
                <strong>{moneyText(-netRupiah)}</strong>
                {props.onPrint && (
                  <Button size="compact-md" variant="default" onClick={() => props.onPrint?.(refund)}>
                    {t('sales.printSlip')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Line({ line }: { line: SaleLineView }) {
  const { t } = useTranslation();
  return (
    <tr>
      <td>
        {line.name}
        {line.refundedQty > 0 && (
          <span className={table.dim}>
            {' '}
            · {t('refund.already', { quantity: formatQty(qty(line.refundedQty)) })}
          </span>
        )}
        {line.discountRupiah > 0 && (
          <span className={styles.off}>
            {t('sales.lineDiscount', { amount: moneyText(line.discountRupiah) })}
          </span>
        )}
      </td>
      <td className={table.number}>
        {formatQty(qty(line.qty))} {line.unit} × {moneyText(line.priceRupiah)}
      </td>
      <td className={table.number}>{moneyText(line.grossRupiah - line.discountRupiah)}</td>
    </tr>
  );
}

function Sum({ label, amount, strong }: { label: string; amount: number; strong?: boolean }) {
  return (
    <tr>
      <td colSpan={2} className={table.number}>
        {label}
      </td>
      <td className={strong ? `${table.number} ${table.strong}` : table.number}>{moneyText(amount)}</td>
    </tr>
  );
}
