import { useTranslation } from 'react-i18next';
import type { SaleSummary } from '../../../shared/contract/sale.ts';
import { formatTime } from '../../../shared/domain/calendar.ts';
import { connection } from '../../stores/connection.ts';
import { moneyText } from '../../ui/Money.tsx';
import table from '../../ui/table.module.css';
import { BackState } from '../refund/ReceiptRow.tsx';

/** Receipts in rows; the number opens one. What came back of it stands there in words. */
export function SalesTable({ sales, onOpen }: { sales: SaleSummary[]; onOpen: (sale: number) => void }) {
  const { t } = useTranslation();
  const offset = connection((state) => state.offsetMinutes);
  return (
    <div className={table.frame}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('till.receipt')}</th>
            <th scope="col">{t('sales.time')}</th>
            <th scope="col">{t('sales.cashier')}</th>
            <th scope="col" className={table.number}>
              {t('sales.lines')}
            </th>
            <th scope="col">{t('sales.returned')}</th>
            <th scope="col" className={table.number}>
              {t('till.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sales.map((sale) => (
            <tr key={sale.sale}>
              <td>
                <button type="button" className={table.rowLink} onClick={() => onOpen(sale.sale)}>
                  {sale.number}
                </button>
              </td>
              <td>{formatTime(sale.at, offset)}</td>
              <td>{sale.cashier}</td>
              <td className={table.number}>{sale.lines}</td>
              <td>
                <BackState back={sale.back} />
              </td>
              <td className={`${table.number} ${table.strong}`}>{moneyText(sale.totalRupiah)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
