import { Button, Group } from '@mantine/core';
import {
  IconCash,
  IconCashRegister,
  IconEye,
  IconLock,
  IconReportMoney,
  IconVault,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DrawerView, drawerState } from '../../../shared/contract/shift.ts';
import { useQuery } from '../../engine/use-query.ts';
import { moneyText } from '../../ui/Money.tsx';
import { Sheet } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { formatMoment } from '../../ui/problem-text.ts';
import { CashDialog } from './CashDialog.tsx';
import styles from './Shift.module.css';
import { CashLines } from './ShiftFigures.tsx';
import { ShiftReportDialog } from './ShiftReportDialog.tsx';

/**
 * One drawer: who has it and since when. What it holds is shown only when asked for: whoever counts it next should not
 * know.
 */
export function DrawerCard(props: {
  drawer: DrawerView;
  onClose: (shift: number) => void;
  onCount: () => void;
}) {
  const { t } = useTranslation();
  const { drawer } = props;
  const { shift, isSafe } = drawer;
  const [shown, setShown] = useState(false);
  const [dialog, setDialog] = useState<'cash' | 'report'>();
  const hasPrinter = drawer.printer !== null;
  return (
    <Sheet>
      <h2 className={styles.drawerName}>
        {isSafe ? <IconVault size={24} aria-hidden /> : <IconCashRegister size={24} aria-hidden />}
        {drawer.code} · {drawer.name}
      </h2>
      <p className={styles.hint}>{holderText(t, drawer)}</p>
      {shown && <DrawerFigures drawer={drawer} />}
      <Group gap="xs">
        {shift !== null && (
          <>
            <Button
              variant="default"
              leftSection={<IconEye size={18} aria-hidden />}
              aria-expanded={shown}
              onClick={() => setShown(!shown)}
            >
              {t(shown ? 'drawers.hide' : 'drawers.show')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconCash size={18} aria-hidden />}
              onClick={() => setDialog('cash')}
            >
              {t('cash.open')}
            </Button>
          </>
        )}
        {isSafe && (
          <Button
            variant="default"
            leftSection={<IconReportMoney size={18} aria-hidden />}
            onClick={props.onCount}
          >
            {t('safe.count')}
          </Button>
        )}
        {!isSafe && shift !== null && (
          <>
            <Button
              variant="default"
              leftSection={<IconReportMoney size={18} aria-hidden />}
              onClick={() => setDialog('report')}
            >
              {t('report.open')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconLock size={18} aria-hidden />}
              onClick={() => props.onClose(shift)}
            >
              {t('drawers.close')}
            </Button>
          </>
        )}
      </Group>
      {dialog === 'cash' && shift !== null && (
        <CashDialog
          shift={{ shift, drawerCode: drawer.code, hasPrinter, isSafe }}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'report' && shift !== null && (
        <ShiftReportDialog
          shift={{ shift, drawerCode: drawer.code, hasPrinter }}
          onClose={() => setDialog(undefined)}
        />
      )}
    </Sheet>
  );
}

function holderText(t: ReturnType<typeof useTranslation>['t'], drawer: DrawerView): string {
  if (drawer.isSafe) return t('drawers.safe');
  if (drawer.openedBy === null || drawer.openedAt === null) return t('drawers.closed');
  return t('drawers.heldBy', { username: drawer.openedBy, at: formatMoment(drawer.openedAt) });
}

function DrawerFigures({ drawer }: { drawer: DrawerView }) {
  const { t } = useTranslation();
  const { value, problem } = useQuery(drawerState, { drawer: drawer.drawer }, [
    'shift',
    'sales',
    'settlements',
  ]);
  if (!value) return <ProblemBox problem={problem} />;
  const { lastCount } = value;
  return (
    <>
      <CashLines figures={value} sinceCount={lastCount !== null} />
      {lastCount && (
        <p className={styles.hint}>
          {t('safe.last', {
            number: lastCount.number,
            counted: moneyText(lastCount.countedRupiah),
            difference: moneyText(lastCount.differenceRupiah),
          })}
        </p>
      )}
    </>
  );
}
