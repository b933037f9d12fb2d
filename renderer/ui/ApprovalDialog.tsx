import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { centerFront } from '../../shared/contract/center.ts';
import { authApprove } from '../../shared/contract/people.ts';
import { newCommandId } from '../engine/client.ts';
import { useCommand } from '../engine/use-command.ts';
import { useQuery } from '../engine/use-query.ts';
import { session } from '../stores/session.ts';
import { ChoiceList, optionId } from './ChoiceList.tsx';
import { useChoice } from './choice.ts';
import { Dialog } from './Dialog.tsx';
import { KeyHint } from './KeyHint.tsx';
import { useKeys } from './keys.ts';
import { PinField } from './PinField.tsx';
import { ProblemBox } from './ProblemBox.tsx';
import { WaitingBox } from './WaitingBox.tsx';

const LIST = 'approval-people';

/**
 * A second person says yes in place, with an own PIN, to exactly this action and these figures. Gives the command id
 * that was approved together with the one-use approval. Who it is: ↑ and ↓, while the PIN has the focus.
 */
export function ApprovalDialog(props: {
  action: string;
  /** The whole input of the command that will be given. */
  figures: unknown;
  title: string;
  /** What the yes is for, in figures a person reads. */
  children: ReactNode;
  onApproved: (approval: { commandId: string; approval: string }) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const me = session((state) => state.user?.username);
  const front = useQuery(centerFront, {}, ['users']);
  const { run, busy, problem } = useCommand(authApprove);
  const [pin, setPin] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const candidates = (front.value?.users ?? []).filter(
    ({ role, username }) => role !== 'cashier' && username !== me,
  );
  const choice = useChoice(candidates, ({ username }) => username);
  const username = choice.item?.username;
  // Enter may be struck before the list has come: it counts for whom the list then has first, like any other Enter.
  const [struckEarly, setStruckEarly] = useState(false);
  useKeys(choice.keys);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list is there
  useEffect(() => {
    if (!struckEarly || !front.value) return;
    setStruckEarly(false);
    void approve();
  }, [struckEarly, front.value]);

  async function approve(): Promise<void> {
    if (!pin) return;
    if (!front.value) return setStruckEarly(true);
    if (!username) return;
    // The id of the command that will use this approval: the approval is bound to it.
    const commandId = newCommandId();
    const { action, figures } = props;
    const answer = await run({ commandId, action, figures, username, pin });
    setPin('');
    if (answer?.outcome === 'ok') props.onApproved({ commandId, approval: answer.value.approval });
    else field.current?.focus();
  }

  return (
    <Dialog title={props.title} onClose={props.onClose} mustAnswer={busy}>
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
              <Group justify="space-between" gap="xs">
                <Text fw={600}>{t('approval.who')}</Text>
                {candidates.length > 1 && (
                  <Text size="sm">
                    <KeyHint keys="↑ ↓" /> {t('approval.choose')}
                  </Text>
                )}
              </Group>
              <ChoiceList
                id={LIST}
                label={t('approval.who')}
                items={candidates}
                keyOf={(user) => user.username}
                choice={choice}
                row={(user) => (
                  <Group justify="space-between">
                    <Text fw={600}>{user.username}</Text>
                    <Text size="sm" c="dimmed">
                      {t(`role.${user.role}`)}
                    </Text>
                  </Group>
                )}
              />
              <PinField
                inputRef={field}
                label={t('approval.pin')}
                value={pin}
                onChange={(typed) => {
                  setStruckEarly(false);
                  setPin(typed);
                }}
                size="lg"
                readOnly={busy}
                aria-controls={LIST}
                aria-activedescendant={username && optionId(LIST, username)}
                data-autofocus
              />
            </>
          )}
          <ProblemBox problem={problem ?? front.problem} />
          <WaitingBox busy={busy} />
          <Group justify="flex-end">
            <Button
              variant="default"
              onClick={props.onClose}
              disabled={busy}
              rightSection={<KeyHint keys="Esc" />}
            >
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              loading={busy || (struckEarly && !front.problem)}
              disabled={!pin || (front.value !== undefined && !username)}
              rightSection={<KeyHint keys="Enter" />}
            >
              {t('approval.approve')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
