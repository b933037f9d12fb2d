import { Button, TextInput } from '@mantine/core';
import { IconFileImport, IconLayoutGrid, IconPackage } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProductView, productList, productSearch } from '../../../shared/contract/product.ts';
import { useQuery } from '../../engine/use-query.ts';
import { Empty } from '../../ui/Empty.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Page } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { ImportPanel } from './ImportPanel.tsx';
import { LabelsDialog } from './LabelsDialog.tsx';
import { PriceDialog } from './PriceDialog.tsx';
import { ProductTable } from './ProductTable.tsx';
import { QuickKeysDialog } from './QuickKeysDialog.tsx';

const PAGE_ROWS = 200;

/** The catalogue: search, prices, and the spreadsheet that fills it. */
export function ProductsPage() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [after, setAfter] = useState(0);
  const [importing, setImporting] = useState(false);
  const [pricing, setPricing] = useState<ProductView>();
  const [labelling, setLabelling] = useState<ProductView>();
  const [choosing, setChoosing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const wanted = text.trim();
  const page = useQuery(productList, wanted ? null : { limit: PAGE_ROWS, after }, ['products', 'stock']);
  const found = useQuery(productSearch, wanted ? { text: wanted, limit: PAGE_ROWS } : null, [
    'products',
    'stock',
  ]);
  const { value, problem } = wanted ? found : page;
  const products = value?.products ?? [];
  useKeys({ F2: () => field.current?.focus(), F4: () => setImporting(true), F6: () => setChoosing(true) });

  if (importing) return <ImportPanel onClose={() => setImporting(false)} />;
  const isEmpty = page.value?.products.length === 0 && after === 0 && !wanted;
  return (
    <Page
      title={t('section.products')}
      actions={
        <>
          <TextInput
            ref={field}
            aria-label={t('products.search')}
            placeholder={t('products.search')}
            rightSection={<KeyHint keys="F2" />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoFocus
          />
          <Button
            variant="default"
            leftSection={<IconLayoutGrid size={18} aria-hidden />}
            rightSection={<KeyHint keys="F6" />}
            aria-keyshortcuts="F6"
            onClick={() => setChoosing(true)}
          >
            {t('quick.open')}
          </Button>
          <Button
            leftSection={<IconFileImport size={18} aria-hidden />}
            rightSection={<KeyHint keys="F4" />}
            aria-keyshortcuts="F4"
            onClick={() => setImporting(true)}
          >
            {t('import.open')}
          </Button>
        </>
      }
    >
      <ProblemBox problem={problem} />
      {isEmpty && (
        <Empty icon={<IconPackage size={52} stroke={1.3} />} title={t('products.emptyTitle')}>
          <p>{t('products.emptyText')}</p>
          <Button onClick={() => setImporting(true)}>{t('import.open')}</Button>
        </Empty>
      )}
      {wanted && found.value && products.length === 0 && <p>{t('till.nothingFound')}</p>}
      {products.length > 0 && (
        <ProductTable products={products} onPrice={setPricing} onLabels={setLabelling} />
      )}
      {!wanted && (
        <div>
          {after > 0 && (
            <Button variant="default" mr="sm" onClick={() => setAfter(0)}>
              {t('products.fromStart')}
            </Button>
          )}
          {products.length === PAGE_ROWS && (
            <Button variant="default" onClick={() => setAfter(products.at(-1)?.product ?? 0)}>
              {t('products.more')}
            </Button>
          )}
        </div>
      )}
      {labelling && <LabelsDialog product={labelling} onClose={() => setLabelling(undefined)} />}
      {choosing && <QuickKeysDialog onClose={() => setChoosing(false)} />}
      {pricing && <PriceDialog product={pricing} onClose={() => setPricing(undefined)} />}
    </Page>
  );
}
