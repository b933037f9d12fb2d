import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { safeCount } from '../../../shared/contract/shift.ts';
import { Page, Sheet } from '../../ui/Page.tsx';
import { useSupervised } from '../../ui/use-supervised.tsx';
import { CountResult } from './CountResult.tsx';
import { CountSheets } from './CountSheets.tsx';
import { useCashCount } from './use-cash-count.ts';
import { WhatWasCounted } from './WhatWasCounted.tsx';

/** Blind count of the safe. It stays open: only the difference is written down. */
export function SafeCount({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const count = useCashCount();
  const command = useSupervised(safeCount, (input) => <WhatWasCounted countedRupiah={input.countedRupiah} />);
  const [counted, setCounted] = useState<OutputOf<typeof safeCount>>();

  async function submit(): Promise<void> {
    if (!count.told) return;
    const answer = await command.run(count.told);
    if (answer?.outcome === 'ok') setCounted(answer.value);
  }

  if (counted) {
    return (
      <Page title={t('safe.done', { number: counted.number })}>
        <Sheet>
          <CountResult figures={counted} />
          <Button size="lg" onClick={onDone} autoFocus>
            {t('drawers.title')}
          </Button>
        </Sheet>
      </Page>
    );
  }
  return (
    <Page
      title={t('safe.title')}
      actions={
        <Button variant="default" onClick={onDone}>
          {t('common.back')}
        </Button>
      }
    >
      <CountSheets
        count={count}
        hint={t('safe.blind')}
        submit={t('safe.record')}
        busy={command.busy}
        problem={command.problem}
        onSubmit={() => void submit()}
      />
      {command.approval}
    </Page>
  );
}
