import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { type refundComplete, saleVoid } from '../../../shared/contract/refund.ts';
import { saleGet, saleList } from '../../../shared/contract/sale.ts';
import type { ShiftView } from '../../../shared/contract/shift.ts';
import { useCommand } from '../../engine/use-command.ts';
import { useQuery } from '../../engine/use-query.ts';
import { isTyped } from '../../ui/choice.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { formatMoment } from '../../ui/problem-text.ts';
import { WaitingBox } from '../../ui/WaitingBox.tsx';
import { RefundDone } from './RefundDone.tsx';
import { RefundProblem } from './RefundProblem.tsx';
import { SaleLines } from './SaleLines.tsx';

/** Takes the last receipt of the shift back whole. Enter leaves everything as it is: only Delete takes it back. */
export function VoidDialog({ shift, onClose }: { shift: ShiftView; onClose: () => void }) {
  const { t } = useTranslation();
  const newest = useQuery(saleList, { shift: shift.shift, limit: 1 }, ['sales']);
  const last = newest.value?.sales[0];
  const sale = useQuery(saleGet, last ? { sale: last.sale } : null, ['sales']);
  const { run, busy, problem } = useCommand(saleVoid);
  const [memo, setMemo] = useState('');
  const [done, setDone] = useState<OutputOf<typeof refundComplete>>();
  const hasReturns = (sale.value?.refunds.length ?? 0) > 0;
  const hasOther = sale.value?.tenders.some(({ kind }) => kind !== 'cash') ?? false;
  const possible = sale.value !== undefined && !hasReturns;

  async function takeBack(): Promise<void> {
    if (!sale.value || !possible) return;
    const typed = memo.trim();
    const answer = await run({ shift: shift.shift, sale: sale.value.sale, ...(typed && { memo: typed }) });
    if (answer?.outcome === 'ok') setDone(answer.value);
  }

  useKeys(
    { Delete: (event) => (isTyped(event) && memo !== '' ? false : void takeBack()) },
    { active: !done && possible },
  );
  const title = t(possible ? 'void.title' : 'void.titleShort', { number: sale.value?.number });
  if (done) {
    const doneTitle = t('void.doneTitle', { number: sale.value?.number });
    return <RefundDone result={done} title={doneTitle} hasSlip={shift.hasPrinter} onClose={onClose} />;
  }
  return (
    <Dialog title={title} size="lg" onClose={onClose} mustAnswer={busy}>
      <ProblemBox problem={newest.problem ?? sale.problem} />
      {newest.value && !last && <Text>{t('void.none')}</Text>}
      {sale.value && (
        <>
          <Text c="dimmed" mb="xs">
            {t('void.of', { number: sale.value.number, at: formatMoment(sale.value.at) })}
          </Text>
          <SaleLines sale={sale.value} />
          {hasReturns ? (
            <WarningBox>{t(last?.back === 'void' ? 'void.already' : 'void.refunded')}</WarningBox>
          ) : (
            <>
              <WarningBox>
                {t('void.what')} {hasOther && t('void.notCash')}
              </WarningBox>
              <TextInput
                label={t('refund.memo')}
                value={memo}
                maxLength={200}
                autoComplete="off"
                onChange={(event) => setMemo(event.currentTarget.value)}
              />
            </>
          )}
        </>
      )}
      <RefundProblem problem={problem} />
      <WaitingBox busy={busy} />
      <Group justify="flex-end" mt="md">
        <Button
          variant="default"
          size="md"
          data-autofocus
          onClick={onClose}
          disabled={busy}
          rightSection={<KeyHint keys="Enter" />}
        >
          {t(possible ? 'void.leave' : 'common.close')}
        </Button>
        {possible && (
          <Button
            size="md"
            color="clay"
            loading={busy}
            aria-keyshortcuts="Delete"
            onClick={() => void takeBack()}
            rightSection={<KeyHint keys="Del" />}
          >
            {t('void.do')}
          </Button>
        )}
      </Group>
    </Dialog>
  );
}
