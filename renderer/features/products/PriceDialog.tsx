import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProductView, priceSet } from '../../../shared/contract/product.ts';
import { formatNumber, parseRupiah } from '../../../shared/domain/money.ts';
import { useCommand } from '../../engine/use-command.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { MoneyInput } from '../../ui/MoneyInput.tsx';
import { notify } from '../../ui/notify.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';

/** A new price for the whole stock of a product, from now on. */
export function PriceDialog({ product, onClose }: { product: ProductView; onClose: () => void }) {
  const { t } = useTranslation();
  const { run, busy, problem } = useCommand(priceSet);
  const [price, setPrice] = useState(formatNumber(product.priceRupiah));
  const [net, setNet] = useState(product.netPriceRupiah === null ? '' : formatNumber(product.netPriceRupiah));
  const priceRupiah = parseRupiah(price);
  const netPriceRupiah = net.trim() === '' ? undefined : parseRupiah(net);

  async function save(): Promise<void> {
    if (!priceRupiah || priceRupiah < 0) return;
    const answer = await run({
      product: product.product,
      priceRupiah,
      ...(netPriceRupiah !== undefined && { netPriceRupiah }),
    });
    if (answer?.outcome !== 'ok') return;
    notify(t('products.priceSaved', { name: product.name }));
    onClose();
  }

  return (
    <Dialog title={product.name} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap="sm">
          <MoneyInput
            label={t('products.price')}
            description={t('products.priceHint')}
            size="lg"
            value={price}
            onChange={setPrice}
            data-autofocus
          />
          <MoneyInput label={t('products.netPrice')} value={net} onChange={setNet} />
          <ProblemBox problem={problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              loading={busy}
              disabled={!priceRupiah}
              rightSection={<KeyHint keys="Enter" />}
            >
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
