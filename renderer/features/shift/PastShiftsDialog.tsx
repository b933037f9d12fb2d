import { Button, Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { documentReprint } from '../../../shared/contract/printing.ts';
import { type ClosedShiftView, drawerList, shiftCurrent, shiftList } from '../../../shared/contract/shift.ts';
import { useQuery } from '../../engine/use-query.ts';
import { useBounce } from '../../ui/bounce.ts';
import { ChoiceList } from '../../ui/ChoiceList.tsx';
import { isPressed, useChoice } from '../../ui/choice.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { notify } from '../../ui/notify.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { useSupervised } from '../../ui/use-supervised.tsx';
import { WaitingBox } from '../../ui/WaitingBox.tsx';
import { printerNear } from '../printing/printer-near.ts';
import { PastShiftPaper } from './PastShiftPaper.tsx';
import { PastShiftRow } from './PastShiftRow.tsx';
import styles from './PastShifts.module.css';

const PAGE_ROWS = 50;

/** Closed shifts with the figures on their paper, which can come out once more; a cashier's own, the office's all. */
export function PastShiftsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [before, setBefore] = useState<number>();
  const input = before === undefined ? { limit: PAGE_ROWS } : { limit: PAGE_ROWS, before };
  const { value, isCurrent, problem } = useQuery(shiftList, input, ['shift']);
  const reprint = useSupervised(documentReprint);
  const shifts = value?.shifts ?? [];
  const choice = useChoice(shifts, closingOf);
  const printer = usePrinter(choice.item);
  const bounce = useBounce();
  const older = isCurrent ? value?.before : undefined;
  const isNested = reprint.approval !== undefined;

  async function print(): Promise<void> {
    if (!choice.item || !printer || bounce.isOn()) return;
    const answer = await reprint.run({ document: choice.item.closing, drawer: printer.drawer });
    if (answer?.outcome !== 'ok') return;
    notify(t('sales.printed', { drawer: printer.code }));
    bounce.mark();
  }

  function turnTo(page: number | undefined): void {
    // A page begins with its newest.
    if (shifts[0]) choice.choose(shifts[0]);
    setBefore(page);
  }

  useKeys(
    {
      ...choice.keys,
      F3: () => turnTo(undefined),
      F4: () => older && turnTo(older),
      Enter: (event) => (isPressed(event) ? false : void print()),
    },
    { active: !isNested },
  );
  const isEmpty = isCurrent && shifts.length === 0;
  return (
    <Dialog title={t('past.title')} size="64rem" onClose={onClose} mustAnswer={isNested || reprint.busy}>
      <ProblemBox problem={problem} />
      {isEmpty && (
        <Empty icon={<IconLock size={48} stroke={1.3} />} title={t('past.emptyTitle')}>
          <p>{t('past.emptyText')}</p>
        </Empty>
      )}
      {choice.item && (
        <div className={styles.columns}>
          <div className={styles.list}>
            <ChoiceList
              id="past-shifts"
              label={t('past.title')}
              items={shifts}
              keyOf={closingOf}
              choice={choice}
              autoFocus
              row={(shift) => <PastShiftRow shift={shift} />}
            />
            <Pages
              onNewest={before === undefined ? undefined : () => turnTo(undefined)}
              onOlder={older ? () => turnTo(older) : undefined}
            />
          </div>
          <PastShiftPaper shift={choice.item} printer={printer?.drawer} />
        </div>
      )}
      {!isNested && <ProblemBox problem={reprint.problem} />}
      <WaitingBox busy={reprint.busy || !value} />
      <Group justify="flex-end" mt="md">
        {choice.item && !printer && <Text c="dimmed">{t('past.noPrinter')}</Text>}
        <Button
          variant="default"
          size="md"
          data-autofocus={!choice.item || undefined}
          onClick={onClose}
          rightSection={<KeyHint keys="Esc" />}
        >
          {t('common.close')}
        </Button>
        {choice.item && printer && (
          <Button
            size="md"
            loading={reprint.busy}
            onClick={() => void print()}
            rightSection={<KeyHint keys="Enter" />}
          >
            {t('sales.reprint', { drawer: printer.code })}
          </Button>
        )}
      </Group>
      {reprint.approval}
    </Dialog>
  );
}

function closingOf({ closing }: ClosedShiftView): number {
  return closing;
}

/** Where its paper comes out: where the person stands, else beside the drawer that was closed. */
function usePrinter(shift: ClosedShiftView | undefined) {
  const own = useQuery(shiftCurrent, {}, ['shift']).value?.shift;
  const drawers = useQuery(drawerList, {}, ['shift', 'print']).value?.drawers ?? [];
  return printerNear(drawers, [own?.drawer, shift?.drawer]);
}

function Pages(props: { onNewest: (() => void) | undefined; onOlder: (() => void) | undefined }) {
  const { t } = useTranslation();
  if (!props.onNewest && !props.onOlder) return null;
  return (
    <Group gap="sm">
      {props.onNewest && (
        <Button
          variant="default"
          aria-keyshortcuts="F3"
          onClick={props.onNewest}
          rightSection={<KeyHint keys="F3" />}
        >
          {t('past.newest')}
        </Button>
      )}
      {props.onOlder && (
        <Button
          variant="default"
          aria-keyshortcuts="F4"
          onClick={props.onOlder}
          rightSection={<KeyHint keys="F4" />}
        >
          {t('past.older')}
        </Button>
      )}
    </Group>
  );
}
