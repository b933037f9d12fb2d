import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { type DrawerView, drawerList, type shiftClose } from '../../../shared/contract/shift.ts';
import { useQuery } from '../../engine/use-query.ts';
import { session } from '../../stores/session.ts';
import { Page } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { CashMoves } from './CashMoves.tsx';
import { ClosedShift } from './ClosedShift.tsx';
import { CountForm } from './CountForm.tsx';
import { DrawerCard } from './DrawerCard.tsx';
import { NewDrawerDialog } from './NewDrawerDialog.tsx';
import { PastShiftsButton } from './PastShiftsButton.tsx';
import { SafeCount } from './SafeCount.tsx';
import styles from './Shift.module.css';

/** What the office is doing with a drawer: counting it for somebody who has left, or counting the safe. */
type Doing =
  | { name: 'closing'; drawer: DrawerView; shift: number }
  | { name: 'closed'; drawer: DrawerView; shift: number; figures: OutputOf<typeof shiftClose> }
  | { name: 'counting' };

/** Every drawer and the safe: who has it, what it holds and why, cash moved by hand. For the office. */
export function DrawersPage({ onBack }: { onBack: (() => void) | null }) {
  const { t } = useTranslation();
  const drawers = useQuery(drawerList, {}, ['shift', 'sales', 'print']);
  const isAdmin = session((state) => state.user?.role === 'admin');
  const [doing, setDoing] = useState<Doing>();
  const [adding, setAdding] = useState(false);
  const rest = () => setDoing(undefined);
  // The safe comes last: what is most looked at are the tills.
  const sorted = drawers.value?.drawers.toSorted((a, b) => Number(a.isSafe) - Number(b.isSafe)) ?? [];
  if (doing?.name === 'counting') return <SafeCount onDone={rest} />;
  if (doing?.name === 'closed') {
    return (
      <ClosedShift {...doing} hasPrinter={doing.drawer.printer !== null} onDone={rest}>
        {t('drawers.title')}
      </ClosedShift>
    );
  }
  if (doing?.name === 'closing') {
    const { drawer, shift } = doing;
    return (
      <Page title={t('close.titleFor', { drawer: drawer.code, username: drawer.openedBy ?? '' })}>
        <CountForm
          shift={shift}
          onCancel={rest}
          onClosed={(figures) => setDoing({ name: 'closed', drawer, shift, figures })}
        />
      </Page>
    );
  }
  return (
    <Page
      title={t('drawers.title')}
      actions={
        <>
          <PastShiftsButton />
          {isAdmin && (
            <Button
              variant="default"
              leftSection={<IconPlus size={18} aria-hidden />}
              onClick={() => setAdding(true)}
            >
              {t('drawers.new')}
            </Button>
          )}
          {onBack && (
            <Button variant="default" onClick={onBack}>
              {t('drawers.own')}
            </Button>
          )}
        </>
      }
    >
      <ProblemBox problem={drawers.problem} />
      <div className={styles.drawers}>
        {sorted.map((drawer) => (
          <DrawerCard
            key={drawer.drawer}
            drawer={drawer}
            onClose={(shift) => setDoing({ name: 'closing', drawer, shift })}
            onCount={() => setDoing({ name: 'counting' })}
          />
        ))}
      </div>
      <CashMoves drawers={sorted} />
      {adding && <NewDrawerDialog proposedCode={nextCode(sorted)} onClose={() => setAdding(false)} />}
    </Page>
  );
}

/** K2 after K1: the first code of a till that nobody has yet. */
function nextCode(drawers: readonly DrawerView[]): string {
  let number = 1;
  while (drawers.some(({ code }) => code === `K${number}`)) number += 1;
  return `K${number}`;
}
