import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clockConfirm } from '../../../shared/contract/center.ts';
import { useCommand } from '../../engine/use-command.ts';
import { connection } from '../../stores/connection.ts';
import { isOffice, session } from '../../stores/session.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { formatMoment } from '../../ui/problem-text.ts';

/** The engine refuses to post because the clock looks wrong; a manager looks at it and says it is right. */
export function ClockDialog() {
  const { t } = useTranslation();
  const doubt = connection((state) => state.doubtedClock);
  const office = isOffice(session((state) => state.user));
  const { run, busy, problem } = useCommand(clockConfirm);
  if (!doubt) return null;
  const close = () => connection.getState().doubtClock(null);

  async function confirm(): Promise<void> {
    const answer = await run({});
    if (answer?.outcome === 'ok') close();
  }

  return (
    <Dialog title={t('clock.title')} onClose={close}>
      <Stack gap="sm">
        <Text>
          {t('clock.text', {
            now: formatMoment(doubt.now),
            last: formatMoment(doubt.lastAt),
          })}
        </Text>
        <Text>{t(office ? 'clock.office' : 'clock.cashier')}</Text>
        <ProblemBox
          problem={problem?.kind === 'rejected' && problem.name === 'clock-doubtful' ? undefined : problem}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {t('clock.wrong')}
          </Button>
          {office && (
            <Button onClick={() => void confirm()} loading={busy}>
              {t('clock.right')}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}
