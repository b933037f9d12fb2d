import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { productCreate } from '../../../shared/contract/product.ts';
import { parseRupiah } from '../../../shared/domain/money.ts';
import { useCommand } from '../../engine/use-command.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { MoneyInput } from '../../ui/MoneyInput.tsx';
import { notify } from '../../ui/notify.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';

/** One product of a vendor, typed. */
export function ProductForm({ vendor, onClose }: { vendor: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { run, busy, problem } = useCommand(productCreate);
  const [name, setName] = useState('');
  const [code, setCode] = useState('');
  const [unit, setUnit] = useState('pcs');
  const [price, setPrice] = useState('');
  const [netPrice, setNetPrice] = useState('');
  const [tried, setTried] = useState(false);
  const priceRupiah = parseRupiah(price);
  const netPriceRupiah = netPrice.trim() === '' ? undefined : parseRupiah(netPrice);

  async function save(): Promise<void> {
    setTried(true);
    if (!name.trim() || !priceRupiah || priceRupiah < 0) return;
    const answer = await run({
      vendor,
      name,
      priceRupiah,
      unit: unit.trim() || 'pcs',
      barcodes: code.trim() ? [code.trim()] : [],
      ...(netPriceRupiah !== undefined && { netPriceRupiah }),
    });
    if (answer?.outcome !== 'ok') return;
    notify(t('products.saved', { name }));
    onClose();
  }

  return (
    <Dialog title={t('products.addTitle')} size="lg" onClose={onClose} unsaved={name !== '' || code !== ''}>
      {(close) => (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Stack gap="sm">
            <TextInput
              label={t('products.name')}
              value={name}
              maxLength={80}
              onChange={(event) => setName(event.currentTarget.value)}
              error={tried && !name.trim() ? t('form.required') : undefined}
              autoComplete="off"
              withAsterisk
              data-autofocus
            />
            <SimpleGrid cols={2} spacing="sm">
              <TextInput
                label={t('products.code')}
                data-scans
                description={t('products.codeHint')}
                value={code}
                maxLength={40}
                onChange={(event) => setCode(event.currentTarget.value)}
                onKeyDown={(event) => {
                  // A scanner ends with Enter; the form is not finished by scanning its code.
                  if (event.key === 'Enter') event.preventDefault();
                }}
                autoComplete="off"
              />
              <TextInput
                label={t('products.unit')}
                description={t('products.unitHint')}
                value={unit}
                maxLength={10}
                onChange={(event) => setUnit(event.currentTarget.value)}
              />
              <MoneyInput
                label={t('products.price')}
                value={price}
                onChange={setPrice}
                error={tried && !priceRupiah ? t('form.required') : undefined}
                withAsterisk
              />
              <MoneyInput label={t('products.netPrice')} value={netPrice} onChange={setNetPrice} />
            </SimpleGrid>
            <ProblemBox problem={problem} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={busy} rightSection={<KeyHint keys="Enter" />}>
                {t('common.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
