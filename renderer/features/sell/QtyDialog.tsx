import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatQty, parseQty, qty } from '../../../shared/domain/quantity.ts';
import { basket, isGoods } from '../../stores/basket.ts';
import { MAX_LINE_QTY } from '../../stores/basket-lines.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { removeLine, stepQty } from './line-actions.ts';
import { TouchKeypad } from './TouchKeypad.tsx';

/** The quantity of the chosen line, typed. 0 takes the line away. */
export function QtyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { lines, selected } = basket.getState();
  const line = lines[selected];
  const [text, setText] = useState(line ? formatQty(qty(line.qty)) : '');
  const quantity = parseQty(text);
  if (!line) return null;
  const before = line.qty;
  const tooMuch = quantity !== undefined && quantity > MAX_LINE_QTY;
  const isMore = quantity !== undefined && isGoods(line) && quantity > Math.max(line.onHandQty, 0);

  function save(): void {
    if (quantity === undefined || tooMuch) return;
    onClose();
    if (quantity === 0) removeLine(selected);
    else stepQty(selected, quantity - before);
  }

  return (
    <Dialog title={line.name} onClose={onClose} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextInput
          label={t('till.quantityOf', { unit: line.unit })}
          size="xl"
          inputMode="decimal"
          autoComplete="off"
          data-autofocus
          value={text}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setText(event.currentTarget.value)}
          description={
            isMore
              ? t('till.note.book', { quantity: formatQty(qty(Math.max(line.onHandQty, 0))) })
              : undefined
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={
            tooMuch
              ? t('till.quantityMost', { quantity: formatQty(qty(MAX_LINE_QTY)) })
              : text !== '' && quantity === undefined
                ? t('form.quantityWrong')
                : undefined
          }
        />
        <TouchKeypad text={text} onText={setText} />
        <Group justify="flex-end" mt="md">
          <Button
            type="submit"
            disabled={quantity === undefined || tooMuch}
            rightSection={<KeyHint keys="Enter" />}
          >
            {t(quantity === 0 ? 'till.remove' : 'common.ok')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
