import { Button } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type SettlementView, settlementPay } from '../../../shared/contract/settlement.ts';
import { useCommand } from '../../engine/use-command.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';

/** Hands over the approved money in cash from the safe. */
export function PayStep({ settlement, onDone }: { settlement: SettlementView; onDone: () => void }) {
  const { t } = useTranslation();
  const { run, busy, problem } = useCommand(settlementPay);

  async function pay(): Promise<void> {
    await run({ settlement: settlement.settlement });
    onDone();
  }
  useKeys({ F8: () => void pay() });

  return (
    <>
      <Button
        size="lg"
        color="clay"
        onClick={() => void pay()}
        loading={busy}
        leftSection={<IconCash size={24} aria-hidden />}
        rightSection={<KeyHint keys="F8" />}
        aria-keyshortcuts="F8"
        autoFocus
      >
        {t('settle.pay')}
      </Button>
      <p>{t('settle.payHint')}</p>
      <ProblemBox problem={problem} />
    </>
  );
}
