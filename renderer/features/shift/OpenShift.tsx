import { Button, NativeSelect, Radio, Stack } from '@mantine/core';
import { IconCashRegister } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { drawerList, shiftOpen } from '../../../shared/contract/shift.ts';
import { parseRupiah } from '../../../shared/domain/money.ts';
import { useCommand } from '../../engine/use-command.ts';
import { useQuery } from '../../engine/use-query.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { MoneyInput } from '../../ui/MoneyInput.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import styles from './Shift.module.css';

/** Opens the till: which drawer, how much change money, and where that money comes from. */
export function OpenShift({ onOpened }: { onOpened: () => void }) {
  const { t } = useTranslation();
  const drawers = useQuery(drawerList, {}, ['shift', 'center']);
  const { run, busy, problem } = useCommand(shiftOpen);
  const [drawer, setDrawer] = useState('');
  const [float, setFloat] = useState('');
  const [asked, setAsked] = useState<'safe' | 'opening'>();
  const tills = (drawers.value?.drawers ?? []).filter((entry) => !entry.isSafe);
  // The first float of a new center cannot come from its empty safe.
  const from = asked ?? (drawers.value?.drawers.find((entry) => entry.isSafe)?.isEmpty ? 'opening' : 'safe');
  const free = tills.filter((entry) => entry.shift === null);
  const chosen = drawer || String(free[0]?.drawer ?? '');
  const amount = float.trim() === '' ? 0 : parseRupiah(float);

  async function open(): Promise<void> {
    if (!chosen || amount === undefined || amount < 0) return;
    const answer = await run({ drawer: Number(chosen), floatRupiah: amount, floatFrom: from });
    if (answer?.outcome === 'ok') onOpened();
  }

  return (
    <div className={styles.center}>
      <form
        className={styles.card}
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <h1>
          <IconCashRegister size={30} aria-hidden /> {t('shift.openTitle')}
        </h1>
        <p>{t('shift.openLead')}</p>
        <Stack gap="md">
          {drawers.value && free.length === 0 && <WarningBox>{t('shift.noDrawer')}</WarningBox>}
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
          <MoneyInput
            size="lg"
            label={t('shift.float')}
            description={t('shift.floatHint')}
            placeholder="0"
            value={float}
            onChange={setFloat}
            autoFocus
          />
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
      </form>
    </div>
  );
}
