import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SettlementView, settlementApprove } from '../../../shared/contract/settlement.ts';
import { type RunOptions, useCommand } from '../../engine/use-command.ts';
import { session } from '../../stores/session.ts';
import { ApprovalDialog } from '../../ui/ApprovalDialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Money } from '../../ui/Money.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';

/** Another person than the preparer says yes: signed in, or in place with an own PIN. */
export function ApproveStep(props: { settlement: SettlementView; twoPersons: boolean; onDone: () => void }) {
  const { t } = useTranslation();
  const { settlement } = props;
  const me = session((state) => state.user?.username);
  const { run, busy, problem } = useCommand(settlementApprove);
  const [asking, setAsking] = useState(false);
  const amountRupiah = settlement.eligibleRupiah;
  const needsSecond = props.twoPersons && me === settlement.preparedBy;

  async function approve(options?: RunOptions): Promise<void> {
    const answer = await run({ settlement: settlement.settlement, amountRupiah }, options);
    props.onDone();
    if (answer?.outcome === 'rejected' && answer.name === 'same-person') setAsking(true);
  }
  function start(): void {
    if (amountRupiah <= 0) return;
    if (needsSecond) setAsking(true);
    else void approve();
  }
  useKeys({ F8: start });

  return (
    <>
      <Button
        size="lg"
        onClick={start}
        loading={busy}
        disabled={amountRupiah <= 0}
        rightSection={<KeyHint keys="F8" />}
        aria-keyshortcuts="F8"
        autoFocus
      >
        {t('settle.approve')}
      </Button>
      <p>
        {t(amountRupiah <= 0 ? 'settle.nothing' : needsSecond ? 'settle.needsSecond' : 'settle.approveHint')}
      </p>
      <ProblemBox problem={problem} />
      {asking && (
        <ApprovalDialog
          action="settlement.approve"
          figures={{ settlement: settlement.settlement, amountRupiah }}
          title={t('settle.approveTitle', { number: settlement.number })}
          onClose={() => setAsking(false)}
          onApproved={(approval) => {
            setAsking(false);
            void approve(approval);
          }}
        >
          <p>
            {t('settle.approveText', { vendor: settlement.vendorName, preparedBy: settlement.preparedBy })}
          </p>
          <Money amount={amountRupiah} size="xl" tone="out" />
        </ApprovalDialog>
      )}
    </>
  );
}
