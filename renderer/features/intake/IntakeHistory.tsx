import { IconTruckDelivery } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { intakeList } from '../../../shared/contract/intake.ts';
import { formatDay, isBusinessDay } from '../../../shared/domain/calendar.ts';
import { useQuery } from '../../engine/use-query.ts';
import { Empty } from '../../ui/Empty.tsx';
import table from '../../ui/table.module.css';

/** The deliveries so far, newest first. */
export function IntakeHistory() {
  const { t } = useTranslation();
  const { value } = useQuery(intakeList, { limit: 100 }, ['stock']);
  if (!value) return null;
  if (value.intakes.length === 0) {
    return (
      <Empty icon={<IconTruckDelivery size={52} stroke={1.3} />} title={t('intake.emptyTitle')}>
        <p>{t('intake.emptyText')}</p>
      </Empty>
    );
  }
  return (
    <div className={table.frame}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('intake.number')}</th>
            <th scope="col">{t('book.day')}</th>
            <th scope="col">{t('products.vendor')}</th>
            <th scope="col" className={table.number}>
              {t('sales.lines')}
            </th>
          </tr>
        </thead>
        <tbody>
          {value.intakes.map((intake) => (
            <tr key={intake.intake}>
              <td>{intake.number}</td>
              <td>{isBusinessDay(intake.day) ? formatDay(intake.day) : intake.day}</td>
              <td>{intake.vendorName}</td>
              <td className={table.number}>{intake.lines}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
