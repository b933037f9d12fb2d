import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { settlementPrepare } from '../../../shared/contract/settlement.ts';
import { useCommand } from '../../engine/use-command.ts';
import { navigation } from '../../stores/navigation.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';

/** Freezes what a vendor is owed now and opens the settlement; an open one is opened instead. */
export function PrepareButton({ vendor }: { vendor: number }) {
  const { t } = useTranslation();
  const { run, busy, problem, clear } = useCommand(settlementPrepare);
  const show = (settlement: number) => navigation.getState().go({ section: 'settle', id: settlement });

  async function prepare(): Promise<void> {
    const answer = await run({ vendor });
    if (answer?.outcome === 'ok') show(answer.value.settlement);
    else if (answer?.outcome === 'rejected' && answer.name === 'settlement-open')
      show(answer.details.settlement);
  }
  useKeys({ F8: () => void prepare() });

  return (
    <>
      <Button
        onClick={() => void prepare()}
        loading={busy}
        rightSection={<KeyHint keys="F8" />}
        aria-keyshortcuts="F8"
      >
        {t('settle.prepare')}
      </Button>
      {problem && !(problem.kind === 'rejected' && problem.name === 'settlement-open') && (
        <Dialog title={t('settle.prepare')} onClose={clear}>
          <ProblemBox problem={problem} />
        </Dialog>
      )}
    </>
  );
}
