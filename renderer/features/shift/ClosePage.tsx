import { Button } from '@mantine/core';
import { IconBuildingBank, IconCash, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { type ShiftView, type shiftClose, shiftCurrent } from '../../../shared/contract/shift.ts';
import { useQuery } from '../../engine/use-query.ts';
import { navigation } from '../../stores/navigation.ts';
import { isOffice, session } from '../../stores/session.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { CashDialog } from './CashDialog.tsx';
import { ClosedShift } from './ClosedShift.tsx';
import { CountForm } from './CountForm.tsx';
import { DrawersPage } from './DrawersPage.tsx';
import { PastShiftsButton } from './PastShiftsButton.tsx';

interface Closed {
  shift: number;
  hasPrinter: boolean;
  figures: OutputOf<typeof shiftClose>;
}

/** Blind close of the own till. The office finds every drawer and the safe behind it. */
export function ClosePage() {
  const { t } = useTranslation();
  const office = isOffice(session((state) => state.user));
  const shift = useQuery(shiftCurrent, {}, ['shift']);
  const [closed, setClosed] = useState<Closed>();
  const [drawers, setDrawers] = useState(false);
  if (closed) {
    return (
      <ClosedShift {...closed} onDone={() => navigation.getState().go({ section: 'till' })}>
        {t('close.back')}
      </ClosedShift>
    );
  }
  if (!shift.value) return <ProblemBox problem={shift.problem} />;
  const current = shift.value.shift;
  if (office && (drawers || !current)) return <DrawersPage onBack={current && (() => setDrawers(false))} />;
  if (!current) return <NothingToClose />;
  const { hasPrinter } = current;
  return (
    <Page
      title={t('close.titleOf', { drawer: current.drawerCode })}
      actions={
        <>
          <PastShiftsButton />
          <CashButton shift={current} />
          {office && (
            <Button
              variant="default"
              leftSection={<IconBuildingBank size={18} aria-hidden />}
              onClick={() => setDrawers(true)}
            >
              {t('drawers.title')}
            </Button>
          )}
        </>
      }
    >
      <CountForm
        shift={current.shift}
        onClosed={(figures) => setClosed({ shift: current.shift, hasPrinter, figures })}
      />
    </Page>
  );
}

function NothingToClose() {
  const { t } = useTranslation();
  return (
    <Page title={t('close.title')} actions={<PastShiftsButton />}>
      <Empty icon={<IconLock size={48} stroke={1.3} />} title={t('close.emptyTitle')}>
        <p>{t('close.emptyText')}</p>
        <Button onClick={() => navigation.getState().go({ section: 'till' })} autoFocus>
          {t('shift.open')}
        </Button>
      </Empty>
    </Page>
  );
}

/** Cash that has to be written down before the count would otherwise make a difference of it. */
function CashButton({ shift }: { shift: ShiftView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconCash size={18} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('cash.open')}
      </Button>
      {open && <CashDialog shift={shift} onClose={() => setOpen(false)} />}
    </>
  );
}
