import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { shiftClose } from '../../../shared/contract/shift.ts';
import { useSupervised } from '../../ui/use-supervised.tsx';
import { CloseReminders } from './CloseReminders.tsx';
import { CountSheets } from './CountSheets.tsx';
import { useCashCount } from './use-cash-count.ts';
import { WhatWasCounted } from './WhatWasCounted.tsx';

/** Counts a drawer and closes its shift; a large difference needs somebody's yes, in place. */
export function CountForm(props: {
  shift: number;
  onClosed: (closed: OutputOf<typeof shiftClose>) => void;
  onCancel?: () => void;
}) {
  const { t } = useTranslation();
  const count = useCashCount();
  const close = useSupervised(shiftClose, (input) => <WhatWasCounted countedRupiah={input.countedRupiah} />);

  async function submit(): Promise<void> {
    if (!count.told) return;
    const answer = await close.run({ shift: props.shift, ...count.told });
    if (answer?.outcome === 'ok') props.onClosed(answer.value);
  }

  return (
    <>
      <CountSheets
        count={count}
        hint={t('close.blind')}
        submit={t('close.close')}
        busy={close.busy}
        problem={close.problem}
        onSubmit={() => void submit()}
      >
        <CloseReminders />
        {props.onCancel && (
          <Button variant="default" size="lg" mt="sm" mr="sm" onClick={props.onCancel}>
            {t('common.back')}
          </Button>
        )}
      </CountSheets>
      {close.approval}
    </>
  );
}
