import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { centerFront } from '../../shared/contract/center.ts';
import { authApprove } from '../../shared/contract/people.ts';
import { newCommandId } from '../engine/client.ts';
import { useCommand } from '../engine/use-command.ts';
import { useQuery } from '../engine/use-query.ts';
import { session } from '../stores/session.ts';
import { Dialog } from './Dialog.tsx';
import { PinField } from './PinField.tsx';
import { ProblemBox } from './ProblemBox.tsx';

/**
 * A second person says yes in place, with an own PIN, to exactly this action and these figures. Gives the command id
 * that was approved together with the one-use approval.
 */
export function ApprovalDialog(props: {
  action: string;
  /** The whole input of the command that will be given. */
  figures: unknown;
  title: string;
  children: ReactNode;
  onApproved: (approval: { commandId: string; approval: string }) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const me = session((state) => state.user?.username);
  const front = useQuery(centerFront, {}, ['users']);
  const { run, busy, problem } = useCommand(authApprove);
  const [username, setUsername] = useState('');
  const [pin, setPin] = useState('');
  const candidates = (front.value?.users ?? []).filter(
    (user) => user.role !== 'cashier' && user.username !== me,
  );
  const chosen = username || candidates[0]?.username || '';

  async function approve(): Promise<void> {
    if (!chosen || !pin) return;
    // The id of the command that will use this approval: the approval is bound to it.
    const commandId = newCommandId();
    const { action, figures } = props;
    const answer = await run({ commandId, action, figures, username: chosen, pin });
    setPin('');
    if (answer?.outcome === 'ok') props.onApproved({ commandId, approval: answer.value.approval });
  }

  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void approve();
        }}
      >
        <Stack gap="sm">
          {props.children}
          {candidates.length === 0 && front.value ? (
            <Text>{t('approval.nobody')}</Text>
          ) : (
            <>
              <NativeSelect
                label={t('approval.who')}
                data={candidates.map((user) => user.username)}
                value={chosen}
                onChange={(event) => setUsername(event.currentTarget.value)}
              />
              <PinField label={t('approval.pin')} value={pin} onChange={setPin} size="md" data-autofocus />
            </>
          )}
          <ProblemBox problem={problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!chosen || !pin}>
              {t('approval.approve')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
