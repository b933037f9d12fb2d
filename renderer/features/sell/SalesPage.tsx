import { IconReceipt } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { centerGet } from '../../../shared/contract/center.ts';
import { saleGet, saleList } from '../../../shared/contract/sale.ts';
import { formatTime } from '../../../shared/domain/calendar.ts';
import { formatQty, qty } from '../../../shared/domain/quantity.ts';
import { useQuery } from '../../engine/use-query.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import table from '../../ui/table.module.css';

/** Today's receipts, newest first; any one opens. */
export function SalesPage() {
  const { t } = useTranslation();
  const center = useQuery(centerGet, {}, ['center']).value;
  const { value, problem } = useQuery(saleList, center ? { day: center.day, limit: 500 } : null, ['sales']);
  const [open, setOpen] = useState<number>();
  const offset = center?.utcOffsetMinutes ?? 420;
  return (
    <Page title={t('sales.title')}>
      <ProblemBox problem={problem} />
      {value?.sales.length === 0 && (
        <Empty icon={<IconReceipt size={48} stroke={1.3} />} title={t('sales.emptyTitle')}>
          <p>{t('sales.emptyText')}</p>
        </Empty>
      )}
      {value && value.sales.length > 0 && (
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
                <th scope="col" className={table.number}>
                  {t('till.total')}
                </th>
              </tr>
            </thead>
            <tbody>
              {value.sales.map((sale) => (
                <tr key={sale.sale}>
                  <td>
                    <button type="button" className={table.rowLink} onClick={() => setOpen(sale.sale)}>
                      {sale.number}
                    </button>
                  </td>
                  <td>{formatTime(sale.at, offset)}</td>
                  <td>{sale.cashier}</td>
                  <td className={table.number}>{sale.lines}</td>
                  <td className={`${table.number} ${table.strong}`}>{moneyText(sale.totalRupiah)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {open !== undefined && <SaleDialog sale={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function SaleDialog({ sale, onClose }: { sale: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { value, problem } = useQuery(saleGet, { sale });
  return (
    <Dialog title={value?.number ?? t('till.receipt')} size="lg" onClose={onClose}>
      <ProblemBox problem={problem} />
      {value && (
        <table className={table.table}>
          <tbody>
            {value.lines.map((line) => (
              <tr key={line.line}>
                <td>{line.name}</td>
                <td className={table.number}>
                  {formatQty(qty(line.qty))} {line.unit} × {moneyText(line.priceRupiah)}
                </td>
                <td className={table.number}>{moneyText(line.netRupiah)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <SumRow label={t('till.total')} amount={value.totalRupiah} strong />
            {value.roundingRupiah !== 0 && (
              <SumRow label={t('sales.rounding')} amount={value.roundingRupiah} />
            )}
            {value.tenders.map((tender, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
              <SumRow key={index} label={t(`tender.${tender.kind}`)} amount={tender.amountRupiah} />
            ))}
            <SumRow label={t('till.change')} amount={value.changeRupiah} />
          </tfoot>
        </table>
      )}
    </Dialog>
  );
}

function SumRow({ label, amount, strong }: { label: string; amount: number; strong?: boolean }) {
  return (
    <tr>
      <td colSpan={2} className={table.number}>
        {label}
      </td>
      <td className={strong ? `${table.number} ${table.strong}` : table.number}>{moneyText(amount)}</td>
    </tr>
  );
}
