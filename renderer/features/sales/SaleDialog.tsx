import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { documentReprint } from '../../../shared/contract/printing.ts';
import { saleGet } from '../../../shared/contract/sale.ts';
import { drawerList, shiftCurrent } from '../../../shared/contract/shift.ts';
import { useQuery } from '../../engine/use-query.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { notify } from '../../ui/notify.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { formatMoment } from '../../ui/problem-text.ts';
import { useSupervised } from '../../ui/use-supervised.tsx';
import { printerNear } from '../printing/printer-near.ts';
import { leftQty } from '../refund/coming-back.ts';
import { RefundDialog } from '../refund/RefundDialog.tsx';
import { SaleDetails } from './SaleDetails.tsx';

/** One receipt with all that happened to it; what can be done with it from here. */
export function SaleDialog({ sale, onClose }: { sale: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { value, problem } = useQuery(saleGet, { sale }, ['sales']);
  const shift = useQuery(shiftCurrent, {}, ['shift']).value?.shift ?? null;
  const drawers = useQuery(drawerList, {}, ['shift', 'print']).value?.drawers ?? [];
  const reprint = useSupervised(documentReprint);
  const [refunding, setRefunding] = useState(false);
  // Paper comes out where the person stands: at the own till, else at the center's first printer.
  const printer = printerNear(drawers, [shift?.drawer]);
  const canRefund = shift !== null && (value?.lines.some((line) => leftQty(line) > 0) ?? false);

  async function print(document: number): Promise<void> {
    if (!printer) return;
    const answer = await reprint.run({ document, drawer: printer.drawer });
    if (answer?.outcome === 'ok') notify(t('sales.printed', { drawer: printer.code }));
  }

  useKeys(
    { F8: () => canRefund && setRefunding(true), F9: () => value && void print(value.sale) },
    { active: !refunding && reprint.approval === undefined },
  );

  if (refunding && shift) return <RefundDialog sale={sale} shift={shift} onClose={onClose} />;
  return (
    <Dialog
      title={value?.number ?? t('till.receipt')}
      size="xl"
      onClose={onClose}
      mustAnswer={reprint.busy || reprint.approval !== undefined}
    >
      <ProblemBox problem={problem} />
      {value && (
        <>
          <Text c="dimmed" mb="xs">
            {formatMoment(value.at)} · {value.cashier} · {value.drawerCode}
            {value.visit && ` · ${t('tickets.visit')} ${value.visit}`}
          </Text>
          <SaleDetails sale={value} onPrint={printer && ((document) => void print(document))} />
        </>
      )}
      <ProblemBox problem={reprint.problem} />
      {value && !shift && <Text c="dimmed">{t('sales.noShift')}</Text>}
      <Group justify="flex-end" mt="md">
        <Button
          variant="default"
          size="md"
          data-autofocus
          onClick={onClose}
          rightSection={<KeyHint keys="Esc" />}
        >
          {t('common.close')}
        </Button>
        {canRefund && (
          <Button
            variant="default"
            size="md"
            aria-keyshortcuts="F8"
            onClick={() => setRefunding(true)}
            rightSection={<KeyHint keys="F8" />}
          >
            {t('sales.refund')}
          </Button>
        )}
        {value && printer && (
          <Button
            size="md"
            loading={reprint.busy}
            aria-keyshortcuts="F9"
            onClick={() => void print(value.sale)}
            rightSection={<KeyHint keys="F9" />}
          >
            {t('sales.reprint', { drawer: printer.code })}
          </Button>
        )}
      </Group>
      {reprint.approval}
    </Dialog>
  );
}
