import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { type shiftClose, shiftSummary } from '../../../shared/contract/shift.ts';
import { useQuery } from '../../engine/use-query.ts';
import { isOffice, session } from '../../stores/session.ts';
import { useSteady } from '../../ui/bounce.ts';
import { Page, Sheet } from '../../ui/Page.tsx';
import { CountResult } from './CountResult.tsx';
import { PaperState } from './PaperState.tsx';
import { PastShiftsButton } from './PastShiftsButton.tsx';
import { ShiftFigures } from './ShiftFigures.tsx';

/** A shift that was just closed: the difference first, where the money goes, the Z figures for the office. */
export function ClosedShift(props: {
  shift: number;
  hasPrinter: boolean;
  figures: OutputOf<typeof shiftClose>;
  onDone: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { shift, figures, hasPrinter } = props;
  const done = useSteady(props.onDone);
  const office = isOffice(session((state) => state.user));
  const summary = useQuery(shiftSummary, office ? { shift } : null);
  return (
    <Page title={t('close.doneTitle', { number: figures.number })} actions={<PastShiftsButton />}>
      <Sheet>
        <CountResult figures={figures} />
        <p>{t('close.toSafe')}</p>
        <PaperState number={figures.number} hasPrinter={hasPrinter} />
        <Button size="lg" mt="sm" onClick={done} autoFocus>
          {props.children}
        </Button>
      </Sheet>
      {summary.value && (
        <Sheet title={t('figures.z')}>
          <ShiftFigures summary={summary.value} />
        </Sheet>
      )}
    </Page>
  );
}
