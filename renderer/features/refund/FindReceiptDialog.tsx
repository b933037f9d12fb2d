import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { tillDialog } from '../../stores/till-dialog.ts';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { isPressed } from '../../ui/choice.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { ReceiptRow } from './ReceiptRow.tsx';
import styles from './Receipts.module.css';
import { useReceipts } from './use-receipts.ts';

const LIST = 'receipts';

/** A receipt by its scanned or typed number, or one of this shift's. Enter opens its refund. */
export function FindReceiptDialog({ shift, onClose }: { shift: ShiftView; onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const receipts = useReceipts(shift, text);
  const { choice, items } = receipts;

  async function open(): Promise<void> {
    const sale = await receipts.find();
    if (sale !== undefined) tillDialog.getState().open({ name: 'refund', sale });
  }

  useKeys({ ...choice.keys, Enter: (event) => (isPressed(event) ? false : void open()) });
  return (
    <Dialog title={t('refund.findTitle')} size="lg" onClose={onClose}>
      <div className={styles.find}>
        <ChoiceField
          label={t('refund.findNumber')}
          placeholder={t('refund.findHint')}
          text={text}
          onText={setText}
          maxLength={40}
          list={{
            id: LIST,
            label: t('refund.ofShift'),
            items,
            keyOf: receipts.keyOf,
            choice,
            row: (found) => <ReceiptRow sale={found} />,
          }}
        />
        {receipts.isEmpty && <Text c="dimmed">{t('refund.noneYet')}</Text>}
        <ProblemBox problem={receipts.problem} />
        <Group justify="flex-end">
          <Button variant="default" size="md" onClick={onClose} rightSection={<KeyHint keys="Esc" />}>
            {t('common.cancel')}
          </Button>
          <Button
            size="md"
            loading={receipts.busy}
            disabled={items.length === 0 && text.trim() === ''}
            onClick={() => void open()}
            rightSection={<KeyHint keys="Enter" />}
          >
            {t('refund.open')}
          </Button>
        </Group>
      </div>
    </Dialog>
  );
}
