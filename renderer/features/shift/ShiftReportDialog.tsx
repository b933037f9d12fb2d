import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ShiftView, shiftReport, shiftSummary } from '../../../shared/contract/shift.ts';
import { useQuery } from '../../engine/use-query.ts';
import { isOffice, session } from '../../stores/session.ts';
import { useBounce } from '../../ui/bounce.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { useSupervised } from '../../ui/use-supervised.tsx';
import { WaitingBox } from '../../ui/WaitingBox.tsx';
import { PaperState } from './PaperState.tsx';
import { ShiftFigures } from './ShiftFigures.tsx';

/**
 * An X report: nothing is closed. The office sees the figures; a cashier, who will count blind, gets them on paper
 * with a supervisor's yes and not on the screen.
 */
export function ShiftReportDialog(props: {
  shift: Pick<ShiftView, 'shift' | 'drawerCode' | 'hasPrinter'>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { shift, drawerCode, hasPrinter } = props.shift;
  const office = isOffice(session((state) => state.user));
  const summary = useQuery(shiftSummary, office ? { shift } : null, ['shift', 'sales']);
  const report = useSupervised(shiftReport);
  const [number, setNumber] = useState<string>();
  const bounce = useBounce();

  async function print(): Promise<void> {
    const answer = await report.run({ shift });
    if (answer?.outcome !== 'ok') return;
    setNumber(answer.value.number);
    bounce.mark();
  }

  if (report.approval) return report.approval;
  return (
    <Dialog
      title={t('report.title', { drawer: drawerCode })}
      size={office ? 'xl' : 'md'}
      onClose={props.onClose}
      mustAnswer={report.busy}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (bounce.isOn()) return;
          if (number) props.onClose();
          else void print();
        }}
      >
        {summary.value && <ShiftFigures summary={summary.value} />}
        <ProblemBox problem={summary.problem} />
        {!office && !number && <Text mb="sm">{t('report.cashier')}</Text>}
        {number && (
          <>
            <Text fw={650}>{t('report.done', { number })}</Text>
            <PaperState number={number} hasPrinter={hasPrinter} />
          </>
        )}
        {!hasPrinter && !number && <Text mb="sm">{t('report.noPrinter')}</Text>}
        <ProblemBox problem={report.problem} />
        <WaitingBox busy={report.busy} />
        <Group justify="flex-end" mt="md">
          {!number && (
            <Button variant="default" onClick={props.onClose} rightSection={<KeyHint keys="Esc" />}>
              {t('common.close')}
            </Button>
          )}
          <Button
            type="submit"
            key={number ? 'done' : 'print'}
            autoFocus
            data-autofocus
            loading={report.busy}
            disabled={!number && !hasPrinter}
            rightSection={<KeyHint keys="Enter" />}
          >
            {t(number ? 'common.close' : 'report.print')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
