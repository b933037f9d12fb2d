import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { vendorGet } from '../../../shared/contract/vendor.ts';
import { useQuery } from '../../engine/use-query.ts';
import { navigation } from '../../stores/navigation.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Money } from '../../ui/Money.tsx';
import { Page, Sheet } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { ProductForm } from '../products/ProductForm.tsx';
import { PrepareButton } from '../settle/PrepareButton.tsx';
import { PersonSheet } from './PersonSheet.tsx';
import { TermsSheet } from './TermsSheet.tsx';
import { VendorBook } from './VendorBook.tsx';
import styles from './Vendors.module.css';

/** One vendor, read like a bank book: what is owed, how it came about, who it is. */
export function VendorPage({ vendor }: { vendor: number }) {
  const { t } = useTranslation();
  const { value, problem } = useQuery(vendorGet, { vendor }, ['vendors', 'sales', 'settlements', 'stock']);
  const [addingProduct, setAddingProduct] = useState(false);
  const back = () => navigation.getState().go({ section: 'vendors' });
  useKeys({ Escape: back, F4: () => setAddingProduct(true) });
  if (!value) return <ProblemBox problem={problem} />;
  return (
    <Page
      title={`${value.code} · ${value.name}`}
      actions={
        <>
          <Button variant="default" onClick={back} rightSection={<KeyHint keys="Esc" />}>
            {t('vendors.back')}
          </Button>
          <Button
            variant="default"
            onClick={() => setAddingProduct(true)}
            rightSection={<KeyHint keys="F4" />}
          >
            {t('products.add')}
          </Button>
          <PrepareButton vendor={vendor} />
        </>
      }
    >
      <div className={styles.columns}>
        <div>
          <Sheet>
            <div className={styles.head}>
              <div>
                <span>{t('vendors.balanceNow')}</span>
                <Money amount={value.balanceRupiah} size="xl" tone="work" />
              </div>
              {value.payoutDueRupiah !== 0 && (
                <div>
                  <span>{t('vendors.due')}</span>
                  <Money amount={value.payoutDueRupiah} size="lg" tone="out" />
                </div>
              )}
            </div>
          </Sheet>
          <VendorBook vendor={vendor} />
        </div>
        <div>
          <TermsSheet vendor={value} />
          <PersonSheet vendor={vendor} person={value.person} bankCode={value.bankCode} />
        </div>
      </div>
      {addingProduct && <ProductForm vendor={vendor} onClose={() => setAddingProduct(false)} />}
    </Page>
  );
}
