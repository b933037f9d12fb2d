import { Button } from '@mantine/core';
import { IconBuildingBank } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { settlementList } from '../../../shared/contract/settlement.ts';
import { formatDay, isBusinessDay } from '../../../shared/domain/calendar.ts';
import { useQuery } from '../../engine/use-query.ts';
import { navigation } from '../../stores/navigation.ts';
import { Empty } from '../../ui/Empty.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import table from '../../ui/table.module.css';
import styles from './Settle.module.css';

/** Every settlement and where it stands. */
export function SettlePage() {
  const { t } = useTranslation();
  const { value, problem } = useQuery(settlementList, { limit: 200 }, ['settlements']);
  const settlements = value?.settlements ?? [];
  return (
    <Page title={t('section.settle')}>
      <ProblemBox problem={problem} />
      {value && settlements.length === 0 && (
        <Empty icon={<IconBuildingBank size={52} stroke={1.3} />} title={t('settle.emptyTitle')}>
          <p>{t('settle.emptyText')}</p>
          <Button onClick={() => navigation.getState().go({ section: 'vendors' })} autoFocus>
            {t('settle.toVendors')}
          </Button>
        </Empty>
      )}
      {settlements.length > 0 && (
        <div className={table.frame}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('settle.number')}</th>
                <th scope="col">{t('products.vendor')}</th>
                <th scope="col">{t('settle.cutoff')}</th>
                <th scope="col">{t('settle.preparedBy')}</th>
                <th scope="col">{t('settle.stateTitle')}</th>
                <th scope="col" className={table.number}>
                  {t('settle.closing')}
                </th>
                <th scope="col" className={table.number}>
                  {t('settle.paid')}
                </th>
              </tr>
            </thead>
            <tbody>
              {settlements.map((entry) => (
                <tr key={entry.settlement}>
                  <td>
                    <button
                      type="button"
                      className={table.rowLink}
                      onClick={() => navigation.getState().go({ section: 'settle', id: entry.settlement })}
                    >
                      {entry.number}
                    </button>
                  </td>
                  <td>
                    {entry.vendorCode} {entry.vendorName}
                  </td>
                  <td>{isBusinessDay(entry.cutoffDay) ? formatDay(entry.cutoffDay) : entry.cutoffDay}</td>
                  <td>{entry.preparedBy}</td>
                  <td>
                    <span className={styles.state} data-state={entry.state}>
                      {t(`settle.state.${entry.state}`)}
                    </span>
                  </td>
                  <td className={table.number}>{moneyText(entry.closingRupiah)}</td>
                  <td className={`${table.number} ${table.strong}`}>
                    {entry.paidRupiah === null ? '–' : moneyText(entry.paidRupiah)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}
