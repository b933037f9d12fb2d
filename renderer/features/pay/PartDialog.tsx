import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TakenPart } from '../../stores/basket.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import styles from './Pay.module.css';

/** The contract's bound of a reference. */
const MAX_REFERENCE = 30;

/** A card or a transfer for an exact amount: the machine or the bank says yes first, then Enter. */
export function PartDialog(props: {
  kind: 'debit' | 'transfer';
  amountRupiah: number;
  onDone: (part: TakenPart) => void;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const { kind, amountRupiah } = props;
  const [typed, setTyped] = useState('');
  const reference = typed.trim();
  return (
    <Dialog title={t(`tender.${kind}`)} size="lg" onClose={props.onBack}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onDone({ kind, amountRupiah, ...(reference && { reference }) });
        }}
      >
        <output className={styles.partAmount} data-testid="part-amount">
          {moneyText(amountRupiah)}
        </output>
        <Text mb="sm">{t(`pay.part.${kind}`)}</Text>
        <TextInput
          size="lg"
          label={t(`pay.part.${kind}Reference`)}
          autoComplete="off"
          maxLength={MAX_REFERENCE}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" size="lg" onClick={props.onBack} rightSection={<KeyHint keys="Esc" />}>
            {t('common.back')}
          </Button>
          <Button type="submit" size="lg" rightSection={<KeyHint keys="Enter" />}>
            {t('pay.part.done')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
