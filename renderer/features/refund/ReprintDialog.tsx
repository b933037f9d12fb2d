import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { documentReprint } from '../../../shared/contract/printing.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { isPressed } from '../../ui/choice.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { notify } from '../../ui/notify.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { useSupervised } from '../../ui/use-supervised.tsx';
import { PaperPicture } from '../printing/PaperPicture.tsx';
import { ReceiptRow } from './ReceiptRow.tsx';
import styles from './Receipts.module.css';
import { useReceipts } from './use-receipts.ts';

const LIST = 'reprint-receipts';

/** Puts an earlier receipt out once more, marked as a copy, with a picture of it; the last one first. */
export function ReprintDialog({ shift, onClose }: { shift: ShiftView; onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [other, setOther] = useState<{ sale: number; number: string }>();
  const receipts = useReceipts(shift, text);
  const reprint = useSupervised(documentReprint);
  const { choice, items } = receipts;
  const sale = other?.sale ?? choice.item?.sale;

  async function print(): Promise<void> {
    // An older receipt, found by its number, is shown first: what comes out is what was looked at.
    const found = await receipts.find();
    if (found === undefined) return;
    if (found !== sale) return setOther({ sale: found, number: text.trim() });
    const answer = await reprint.run({ document: found, drawer: shift.drawer });
    if (answer?.outcome !== 'ok') return;
    notify(t('sales.printed', { drawer: shift.drawerCode }));
    onClose();
  }

  useKeys(
    { ...choice.keys, Enter: (event) => (isPressed(event) ? false : void print()) },
    { active: reprint.approval === undefined },
  );
  return (
    <Dialog
      title={t('reprint.title')}
      size="60rem"
      onClose={onClose}
      mustAnswer={reprint.busy || reprint.approval !== undefined}
    >
      <div className={styles.columns}>
        <div className={styles.find}>
          <ChoiceField
            label={t('refund.findNumber')}
            placeholder={t('refund.findHint')}
            text={text}
            onText={(next) => {
              setOther(undefined);
              setText(next);
            }}
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
          {receipts.isEmpty && <Text c="dimmed">{t('reprint.noneYet')}</Text>}
          <ProblemBox problem={receipts.problem ?? reprint.problem} />
        </div>
        <div className={styles.picture}>
          <PaperPicture
            of={sale === undefined ? null : { of: 'document', document: sale, drawer: shift.drawer }}
          />
        </div>
      </div>
      <Group justify="flex-end" mt="md">
        <Button variant="default" size="md" onClick={onClose} rightSection={<KeyHint keys="Esc" />}>
          {t('common.cancel')}
        </Button>
        <Button
          size="md"
          loading={reprint.busy || receipts.busy}
          disabled={items.length === 0 && text.trim() === ''}
          onClick={() => void print()}
          rightSection={<KeyHint keys="Enter" />}
        >
          {t('reprint.do')}
        </Button>
      </Group>
      {reprint.approval}
    </Dialog>
  );
}
