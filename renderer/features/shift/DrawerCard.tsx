import { Button, Group } from '@mantine/core';
import {
  IconCash,
  IconCashRegister,
  IconEye,
  IconLock,
  IconReportMoney,
  IconVault,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
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
  const { shift, isSafe, code } = drawer;
  const [shown, setShown] = useState(false);
  const [dialog, setDialog] = useState<'cash' | 'report'>();
  const Icon = isSafe ? IconVault : IconCashRegister;
  return (
    <Sheet>
      <h2 className={styles.drawerName}>
        <Icon size={24} aria-hidden /> {isSafe ? drawer.name : `${code} · ${drawer.name}`}
      </h2>
      <p className={styles.hint}>{holderText(t, drawer)}</p>
      {shift !== null && (
        <>
          {shown && <DrawerFigures drawer={drawer} />}
          <Group gap="xs">
            <Action icon={IconEye} isOpen={shown} onClick={() => setShown(!shown)}>
              {t(shown ? 'drawers.hide' : 'drawers.show')}
            </Action>
            <Action icon={IconCash} onClick={() => setDialog('cash')}>
              {t('cash.open')}
            </Action>
            {isSafe ? (
              <Action icon={IconLock} onClick={props.onCount}>
                {t('safe.count')}
              </Action>
            ) : (
              <>
                <Action icon={IconReportMoney} onClick={() => setDialog('report')}>
                  {t('report.open')}
                </Action>
                <Action icon={IconLock} onClick={() => props.onClose(shift)}>
                  {t('drawers.close')}
                </Action>
              </>
            )}
          </Group>
          <DrawerDialog drawer={drawer} shift={shift} dialog={dialog} onClose={() => setDialog(undefined)} />
        </>
      )}
    </Sheet>
  );
}

function Action(props: { icon: typeof IconEye; isOpen?: boolean; onClick: () => void; children: ReactNode }) {
  const { icon: Icon, isOpen, onClick, children } = props;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={18} aria-hidden />}
      aria-expanded={isOpen}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

function DrawerDialog(props: {
  drawer: DrawerView;
  shift: number;
  dialog: 'cash' | 'report' | undefined;
  onClose: () => void;
}) {
  const { shift, dialog, onClose } = props;
  const { code, printer, isSafe } = props.drawer;
  const place = { shift, drawerCode: code, hasPrinter: printer !== null, isSafe };
  if (dialog === 'cash') return <CashDialog shift={place} onClose={onClose} />;
  if (dialog === 'report') return <ShiftReportDialog shift={place} onClose={onClose} />;
  return null;
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
