import { Button, NativeSelect, Radio, Stack } from '@mantine/core';
import { IconCashRegister, IconCoins } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DrawerView, drawerList, shiftOpen } from '../../../shared/contract/shift.ts';
import { formatNumber } from '../../../shared/domain/money.ts';
import { useCommand } from '../../engine/use-command.ts';
import { useQuery } from '../../engine/use-query.ts';
import { navigation } from '../../stores/navigation.ts';
import { isOffice, session } from '../../stores/session.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { moneyText } from '../../ui/Money.tsx';
import { MoneyInput } from '../../ui/MoneyInput.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { formatMoment } from '../../ui/problem-text.ts';
import { useScanGuard } from '../../ui/use-scan-guard.ts';
import { WaitingBox } from '../../ui/WaitingBox.tsx';
import { NotesFields } from './NotesFields.tsx';
import styles from './Shift.module.css';
import { type CashCount, useCashCount } from './use-cash-count.ts';

/** Opens the till: which drawer, how much change money, and where that money comes from. */
export function OpenShift({ onOpened }: { onOpened: () => void }) {
  const { t } = useTranslation();
  const drawers = useQuery(drawerList, {}, ['shift', 'center']);
  const { run, busy, problem } = useCommand(shiftOpen);
  const [drawer, setDrawer] = useState('');
  const [byNotes, setByNotes] = useState(false);
  const [asked, setAsked] = useState<'safe' | 'opening'>();
  const count = useCashCount();
  const tills = (drawers.value?.drawers ?? []).filter((entry) => !entry.isSafe);
  // The first float of a new center cannot come from its empty safe.
  const from = asked ?? (drawers.value?.drawers.find((entry) => entry.isSafe)?.isEmpty ? 'opening' : 'safe');
  const free = tills.filter((entry) => entry.shift === null);
  const chosen = drawer || String(free[0]?.drawer ?? '');
  const scannedInVain = useScanGuard();
  useKeys({ F4: toggleNotes });

  /** What was typed goes along where it can: notes have a sum, a sum has no notes. */
  function toggleNotes(): void {
    count.setSum(byNotes && count.touched ? formatNumber(count.rupiah ?? 0) : '');
    setByNotes(!byNotes);
  }

  async function open(): Promise<void> {
    if (!chosen || count.rupiah === undefined) return;
    const answer = await run({ drawer: Number(chosen), floatRupiah: count.rupiah, floatFrom: from });
    if (answer?.outcome === 'ok') onOpened();
  }

  if (drawers.value && free.length === 0) return <AllTaken tills={tills} />;
  return (
    <div className={styles.center}>
      <form
        className={byNotes ? `${styles.card} ${styles.wideCard}` : styles.card}
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <h1>
          <IconCashRegister size={30} aria-hidden /> {t('shift.openTitle')}
        </h1>
        <p>{t('shift.openLead')}</p>
        <div className={byNotes ? styles.cardColumns : undefined}>
          {byNotes && <NotesFields count={count} />}
          <Stack gap="md">
            {scannedInVain && <WarningBox>{t('shift.scanFirst')}</WarningBox>}
            <NativeSelect
              label={t('shift.drawer')}
              data={tills.map((entry) => ({
                value: String(entry.drawer),
                label: entry.openedBy
                  ? t('shift.busyDrawer', { code: entry.code, name: entry.name, username: entry.openedBy })
                  : `${entry.code} · ${entry.name}`,
                disabled: entry.shift !== null,
              }))}
              value={chosen}
              onChange={(event) => setDrawer(event.currentTarget.value)}
            />
            <FloatField count={count} byNotes={byNotes} onToggle={toggleNotes} />
            <Radio.Group
              label={t('shift.floatFrom')}
              value={from}
              onChange={(value) => setAsked(value as typeof from)}
            >
              <Stack gap="xs" mt="xs">
                <Radio value="safe" label={t('shift.fromSafe')} description={t('shift.fromSafeHint')} />
                <Radio
                  value="opening"
                  label={t('shift.fromOutside')}
                  description={t('shift.fromOutsideHint')}
                />
              </Stack>
            </Radio.Group>
            <ProblemBox problem={problem} />
            <WaitingBox busy={busy} />
            <Button
              type="submit"
              size="lg"
              loading={busy}
              disabled={!chosen}
              rightSection={<KeyHint keys="Enter" />}
            >
              {t('shift.open')}
            </Button>
          </Stack>
        </div>
      </form>
    </div>
  );
}

/** The change money as a sum, or what the notes beside it come to. */
function FloatField(props: { count: CashCount; byNotes: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  const { count, byNotes } = props;
  return (
    <div>
      {byNotes ? (
        <>
          <span>{t('shift.float')}</span>
          <output className={styles.sum} data-testid="float">
            {moneyText(count.rupiah ?? 0)}
          </output>
        </>
      ) : (
        <MoneyInput
          size="lg"
          label={t('shift.float')}
          description={t('shift.floatHint')}
          placeholder="0"
          value={count.sum}
          onChange={count.setSum}
          autoFocus
        />
      )}
      <Button
        variant="subtle"
        size="compact-md"
        mt={6}
        leftSection={<IconCoins size={18} aria-hidden />}
        rightSection={<KeyHint keys="F4" />}
        aria-keyshortcuts="F4"
        onClick={props.onToggle}
      >
        {t(byNotes ? 'shift.asSum' : 'shift.byNotes')}
      </Button>
    </div>
  );
}

/** Nothing is free: says who has what, and what to do about it. */
function AllTaken({ tills }: { tills: DrawerView[] }) {
  const { t } = useTranslation();
  const office = isOffice(session((state) => state.user));
  return (
    <div className={styles.center}>
      <div className={styles.card}>
        <h1>
          <IconCashRegister size={30} aria-hidden /> {t('shift.takenTitle')}
        </h1>
        {tills.map((till) => (
          <p key={till.drawer} className={styles.taken}>
            {t('shift.taken', {
              code: till.code,
              username: till.openedBy ?? '',
              at: formatMoment(till.openedAt ?? 0),
            })}
          </p>
        ))}
        <p>{t(office ? 'shift.takenOffice' : 'shift.takenNext')}</p>
        {office && (
          <Button size="lg" onClick={() => navigation.getState().go({ section: 'close' })} autoFocus>
            {t('drawers.title')}
          </Button>
        )}
      </div>
    </div>
  );
}
