import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatQty, parseQty, qty } from '../../../shared/domain/quantity.ts';
import { basket } from '../../stores/basket.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';

/** The quantity of the chosen line, typed. */
export function QtyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { lines, selected } = basket.getState();
  const line = lines[selected];
  const [text, setText] = useState(line ? formatQty(qty(line.qty)) : '');
  const quantity = parseQty(text);
  if (!line) return null;

  function save(): void {
    if (!quantity) return;
    basket.getState().setQty(selected, quantity);
    onClose();
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
          error={text !== '' && !quantity ? t('form.quantityWrong') : undefined}
        />
        <Group justify="flex-end" mt="md">
          <Button type="submit" disabled={!quantity} rightSection={<KeyHint keys="Enter" />}>
            {t('common.ok')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
