import { Button, TextInput } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type VendorView, vendorList } from '../../../shared/contract/vendor.ts';
import { formatQty, qty } from '../../../shared/domain/quantity.ts';
import { useQuery } from '../../engine/use-query.ts';
import { navigation } from '../../stores/navigation.ts';
import { Empty } from '../../ui/Empty.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Money, moneyText } from '../../ui/Money.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import table from '../../ui/table.module.css';
import { termsText } from './terms-text.ts';
import { VendorForm } from './VendorForm.tsx';
import styles from './Vendors.module.css';

/** Who gets how much. */
export function VendorsPage() {
  const { t } = useTranslation();
  const { value, problem } = useQuery(vendorList, { limit: 500 }, [
    'vendors',
    'sales',
    'settlements',
    'stock',
  ]);
  const [adding, setAdding] = useState(false);
  const [filter, setFilter] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useKeys({ F2: () => field.current?.focus(), F4: () => setAdding(true) });
  const vendors = value?.vendors ?? [];
  const shown = vendors.filter((vendor) =>
    `${vendor.code} ${vendor.name}`.toLowerCase().includes(filter.trim().toLowerCase()),
  );
  const balance = shown.reduce((sum, vendor) => sum + vendor.balanceRupiah, 0);
  const due = shown.reduce((sum, vendor) => sum + vendor.payoutDueRupiah, 0);
  const open = (vendor: number) => navigation.getState().go({ section: 'vendors', id: vendor });

  return (
    <Page
      title={t('vendors.title')}
      actions={
        <>
          <TextInput
            ref={field}
            aria-label={t('vendors.filter')}
            placeholder={t('vendors.filter')}
            rightSection={<KeyHint keys="F2" />}
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && shown[0]) open(shown[0].vendor);
            }}
            autoFocus
          />
          <Button onClick={() => setAdding(true)} rightSection={<KeyHint keys="F4" />} aria-keyshortcuts="F4">
            {t('vendors.add')}
          </Button>
        </>
      }
    >
      <ProblemBox problem={problem} />
      {value && vendors.length === 0 && (
        <Empty icon={<IconUsersGroup size={52} stroke={1.3} />} title={t('vendors.emptyTitle')}>
          <p>{t('vendors.emptyText')}</p>
          <Button onClick={() => setAdding(true)}>{t('vendors.addFirst')}</Button>
        </Empty>
      )}
      {vendors.length > 0 && (
        <>
          <div className={styles.sums}>
            <div>
              <span>{t('vendors.sumBalance')}</span>
              <Money amount={balance} size="lg" />
            </div>
            <div>
              <span>{t('vendors.sumDue')}</span>
              <Money amount={due} size="lg" tone="out" />
            </div>
          </div>
          <VendorTable vendors={shown} onOpen={open} />
        </>
      )}
      {adding && (
        <VendorForm
          onClose={() => setAdding(false)}
          onSaved={(vendor) => {
            setAdding(false);
            open(vendor);
          }}
        />
      )}
    </Page>
  );
}

function VendorTable({ vendors, onOpen }: { vendors: VendorView[]; onOpen: (vendor: number) => void }) {
  const { t } = useTranslation();
  return (
    <div className={table.frame}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('vendors.code')}</th>
            <th scope="col">{t('vendors.name')}</th>
            <th scope="col">{t('vendors.terms')}</th>
            <th scope="col" className={table.number}>
              {t('vendors.products')}
            </th>
            <th scope="col" className={table.number}>
              {t('vendors.onHand')}
            </th>
            <th scope="col" className={table.number}>
              {t('vendors.due')}
            </th>
            <th scope="col" className={table.number}>
              {t('vendors.balance')}
            </th>
          </tr>
        </thead>
        <tbody>
          {vendors.map((vendor) => (
            <tr key={vendor.vendor}>
              <td>{vendor.code}</td>
              <td>
                <button type="button" className={table.rowLink} onClick={() => onOpen(vendor.vendor)}>
                  {vendor.name}
                </button>
                {!vendor.active && <span className={table.dim}> · {t('vendors.inactive')}</span>}
              </td>
              <td>
                {vendor.terms ? termsText(t, vendor.terms) : <em>{t('vendors.noTerms')}</em>}
                {vendor.termsLevel === 'center' && (
                  <span className={table.dim}> {t('vendors.centerTerms')}</span>
                )}
              </td>
              <td className={table.number}>{vendor.products}</td>
              <td className={table.number}>{formatQty(qty(vendor.onHandQty))}</td>
              <td className={table.number}>
                {vendor.payoutDueRupiah === 0 ? '–' : <Money amount={vendor.payoutDueRupiah} tone="out" />}
              </td>
              <td className={`${table.number} ${table.strong}`}>{moneyText(vendor.balanceRupiah)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
