import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BatchView, stockBatches } from '../../../shared/contract/intake.ts';
import { labelPrint, MAX_LABELS } from '../../../shared/contract/printing.ts';
import type { ProductView } from '../../../shared/contract/product.ts';
import { drawerList } from '../../../shared/contract/shift.ts';
import { formatDay, isBusinessDay } from '../../../shared/domain/calendar.ts';
import { formatQty, ONE, qty } from '../../../shared/domain/quantity.ts';
import { useCommand } from '../../engine/use-command.ts';
import { useQuery } from '../../engine/use-query.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { notify } from '../../ui/notify.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { PaperPicture } from '../printing/PaperPicture.tsx';
import styles from './Labels.module.css';

/** The product itself, in the choice of what the labels are for. */
const PRODUCT = '';

/** Price labels with a code that every scanner reads: of a product, or of one of its batches with its date. */
export function LabelsDialog({ product, onClose }: { product: ProductView; onClose: () => void }) {
  const { t } = useTranslation();
  const stock = useQuery(stockBatches, { product: product.product }, ['stock']);
  const drawers = useQuery(drawerList, {}, ['print', 'shift']).value?.drawers;
  const { run, busy, problem } = useCommand(labelPrint);
  const [batch, setBatch] = useState(PRODUCT);
  const [copies, setCopies] = useState('1');
  const [chosenDrawer, setDrawer] = useState<string>();
  const printers = drawers?.filter(({ printer }) => printer !== null) ?? [];
  const drawer = Number(chosenDrawer ?? printers[0]?.drawer ?? 0);
  const count = /^\d{1,3}$/.test(copies.trim()) ? Number(copies) : 0;
  const isCount = count >= 1 && count <= MAX_LABELS;
  const of = { product: product.product, ...(batch !== PRODUCT && { batch: Number(batch) }) };
  const lying = stock.value?.batches.filter(({ onHandQty }) => onHandQty > 0) ?? [];

  function choose(next: string): void {
    setBatch(next);
    const chosen = lying.find((listed) => String(listed.batch) === next);
    // As many as lie there: a delivery is labelled piece by piece.
    if (chosen) setCopies(String(Math.min(Math.max(1, Math.ceil(chosen.onHandQty / ONE)), MAX_LABELS)));
  }

  async function print(): Promise<void> {
    if (!isCount || !drawer) return;
    const answer = await run({ ...of, copies: count, drawer });
    if (answer?.outcome !== 'ok') return;
    notify(t('labels.printed', { count, name: product.name }));
    onClose();
  }

  return (
    <Dialog
      title={t('labels.title', { name: product.name })}
      size="52rem"
      onClose={onClose}
      mustAnswer={busy}
    >
      <form
        className={styles.labels}
        onSubmit={(event) => {
          event.preventDefault();
          void print();
        }}
      >
        <div className={styles.fields}>
          <TextInput
            size="lg"
            label={t('labels.copies')}
            inputMode="numeric"
            autoComplete="off"
            data-autofocus
            value={copies}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => setCopies(event.currentTarget.value)}
            error={copies !== '' && !isCount ? t('labels.copiesWrong', { most: MAX_LABELS }) : undefined}
          />
          <NativeSelect
            label={t('labels.for')}
            description={t('labels.forHint')}
            data={[
              { value: PRODUCT, label: t('labels.product') },
              ...lying.map((listed) => ({ value: String(listed.batch), label: batchText(listed) })),
            ]}
            value={batch}
            onChange={(event) => choose(event.currentTarget.value)}
          />
          {printers.length > 1 && (
            <NativeSelect
              label={t('labels.printer')}
              data={printers.map(({ drawer: id, code, name }) => ({
                value: String(id),
                label: `${code} · ${name}`,
              }))}
              value={String(drawer)}
              onChange={(event) => setDrawer(event.currentTarget.value)}
            />
          )}
          {drawers && printers.length === 0 && <Text>{t('labels.noPrinter')}</Text>}
          <ProblemBox problem={problem ?? stock.problem} />
          <Group justify="flex-end" mt="auto">
            <Button variant="default" size="md" onClick={onClose} rightSection={<KeyHint keys="Esc" />}>
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              size="md"
              loading={busy}
              disabled={!isCount || !drawer}
              rightSection={<KeyHint keys="Enter" />}
            >
              {t('labels.print')}
            </Button>
          </Group>
        </div>
        <PaperPicture of={drawer ? { of: 'label', ...of, drawer } : null} />
      </form>
    </Dialog>
  );

  function batchText({ receivedDay, expires, onHandQty }: BatchView): string {
    const left = `${formatQty(qty(onHandQty))} ${product.unit}`;
    const words = { day: dayText(receivedDay), left, expires: expires ? dayText(expires) : '' };
    return t(expires ? 'labels.batchExpires' : 'labels.batch', words);
  }
}

function dayText(day: string): string {
  return isBusinessDay(day) ? formatDay(day) : day;
}
