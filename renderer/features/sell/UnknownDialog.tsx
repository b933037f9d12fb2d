import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber, parseRupiah, rupiah } from '../../../shared/domain/money.ts';
import { formatQty, ONE, qty } from '../../../shared/domain/quantity.ts';
import { basket, grossRupiah, isGoods, type UnknownLine } from '../../stores/basket.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { MoneyInput } from '../../ui/MoneyInput.tsx';
import { WarningBox } from '../../ui/ProblemBox.tsx';
import { TouchKeypad } from './TouchKeypad.tsx';
import { type PickedVendor, VendorPicker } from './VendorPicker.tsx';

const MAX_NAME_LENGTH = 60;

/**
 * Goods with a code nobody knows: whose they are and what they cost; the money waits until the office has said what
 * they were. Enter goes from field to field, and at the price into the basket. What this buyer brought of it before is
 * proposed again, so that Enter alone adds one more.
 */
export function UnknownDialog(props: { code: string; qty: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { code, onClose } = props;
  const [before] = useState(() => inBasket(code));
  const priceBefore = before ? formatNumber(rupiah(before.priceRupiah)) : '';
  const [vendor, setVendor] = useState(() => before && vendorOf(before));
  const [name, setName] = useState(before?.name ?? '');
  const [price, setPrice] = useState(priceBefore);
  const [isFull, setFull] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const priceField = useRef<HTMLInputElement>(null);
  const priceRupiah = parseRupiah(price);
  const isPriced = priceRupiah !== undefined && priceRupiah > 0;

  function add(event: FormEvent): void {
    event.preventDefault();
    if (!isPriced) return;
    const added = basket.getState().put({
      unknownCode: code,
      name: name.trim(),
      ...(vendor && { vendor: vendor.vendor }),
      vendorCode: vendor?.code ?? '',
      unit: 'pcs',
      priceRupiah,
      qty: props.qty,
    });
    if (added) onClose();
    else setFull(true);
  }

  /** Enter goes on to the price, whatever stands there already. */
  function toPrice(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    priceField.current?.focus();
  }

  return (
    <Dialog title={t('unknown.title', { code })} onClose={onClose} size="md" unsaved={price !== priceBefore}>
      {(close) => (
        <form onSubmit={add}>
          <Stack gap="sm">
            <Text>{t(before ? 'unknown.again' : 'unknown.text')}</Text>
            {isFull && <WarningBox>{t('till.full', { count: basket.getState().lines.length })}</WarningBox>}
            <VendorPicker
              vendor={vendor}
              onVendor={setVendor}
              onDone={() => nameField.current?.focus()}
              autoFocus={!before}
            />
            <TextInput
              ref={nameField}
              label={t('unknown.name')}
              autoComplete="off"
              maxLength={MAX_NAME_LENGTH}
              value={name}
              onKeyDown={toPrice}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <MoneyInput
              ref={priceField}
              label={t('unknown.price')}
              size="lg"
              required
              data-autofocus={before !== undefined || undefined}
              value={price}
              onChange={setPrice}
            />
            <TouchKeypad text={price} onText={setPrice} />
            <Text size="lg" fw={650} ta="right" role="status">
              {isPriced &&
                props.qty !== ONE &&
                `${formatQty(qty(props.qty))} × ${moneyText(priceRupiah)} = ${moneyText(grossRupiah({ priceRupiah, qty: props.qty }))}`}
            </Text>
            <Group justify="space-between">
              <Button variant="default" onClick={close} rightSection={<KeyHint keys="Esc" />}>
                {t('unknown.setAside')}
              </Button>
              <Button type="submit" disabled={!isPriced} rightSection={<KeyHint keys="Enter" />}>
                {t('unknown.add')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}

/** The newest line of the basket with this code. */
function inBasket(code: string): UnknownLine | undefined {
  return basket
    .getState()
    .lines.findLast((line): line is UnknownLine => !isGoods(line) && line.unknownCode === code);
}

function vendorOf({ vendor, vendorCode }: UnknownLine): PickedVendor | undefined {
  return vendor === undefined ? undefined : { vendor, code: vendorCode, name: '' };
}
