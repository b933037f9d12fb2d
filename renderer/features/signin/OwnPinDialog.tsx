import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserView } from '../../../shared/contract/people.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { notify } from '../../ui/notify.ts';
import { PinField } from '../../ui/PinField.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { problemText } from '../../ui/problem-text.ts';
import { WaitingBox } from '../../ui/WaitingBox.tsx';
import { fieldOf, flawOf, type PinDraft, type PinFieldName, type PinFlaw, pinFields } from './own-pin.ts';
import { useOwnPin } from './use-own-pin.ts';
import { useWait } from './use-wait.ts';

const NOTHING: PinDraft = { old: '', fresh: '', again: '' };

/** A person's own PIN: the old one, and the new one twice. Enter leads to what is still missing, then changes it. */
export function OwnPinDialog(props: { user: UserView; onClose: () => void; onChanged: () => void }) {
  const { t } = useTranslation();
  const { user, onClose } = props;
  const { change, busy, problem, clear } = useOwnPin(user);
  const [draft, setDraft] = useState(NOTHING);
  const [flaw, setFlaw] = useState<PinFlaw>();
  const fields = useRef<Partial<Record<PinFieldName, HTMLInputElement | null>>>({});
  const waitSeconds = useWait(problem);
  const isWaiting = waitSeconds > 0;
  const refused = fieldOf(problem);
  const forget = useRef(clear);
  forget.current = clear;
  // The sentence says how long to wait: it goes when the wait is over.
  useEffect(() => (isWaiting ? () => forget.current() : undefined), [isWaiting]);

  async function submit(): Promise<void> {
    if (busy || isWaiting) return;
    const found = flawOf(draft);
    if (found) {
      // The first Enter is how a hand goes on to the next field, no mistake.
      const isHere = document.activeElement === fields.current[found.field];
      setFlaw(found.why === 'missing' && !isHere ? undefined : found);
      fields.current[found.field]?.focus();
      return;
    }
    setFlaw(undefined);
    if (await change(draft.old, draft.fresh)) {
      notify(t('ownPin.done'));
      props.onChanged();
    } else {
      setDraft({ ...draft, old: '' });
      fields.current.old?.focus();
    }
  }

  function type(name: PinFieldName, value: string): void {
    setDraft({ ...draft, [name]: value });
    setFlaw(undefined);
    if (!isWaiting) clear();
  }

  const errorOf = (name: PinFieldName) => {
    if (flaw?.field === name) return flawText(t, flaw);
    return problem && refused === name ? problemText(t, problem) : undefined;
  };
  return (
    <Dialog title={t('ownPin.title', { username: user.username })} onClose={onClose} mustAnswer={busy}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <Text c="dimmed">{t('ownPin.lead')}</Text>
          {pinFields.map((name) => (
            <PinField
              key={name}
              label={t(`ownPin.${name}`)}
              description={name === 'fresh' ? t('people.pinHint') : undefined}
              value={draft[name]}
              onChange={(value) => type(name, value)}
              inputRef={(element) => {
                fields.current[name] = element;
              }}
              error={errorOf(name)}
              readOnly={busy}
              size="md"
              data-autofocus={name === 'old' || undefined}
            />
          ))}
          {!refused && <ProblemBox problem={problem} />}
          <WaitingBox busy={busy} />
          <Group justify="flex-end">
            <Button
              variant="default"
              size="md"
              disabled={busy}
              onClick={onClose}
              rightSection={<KeyHint keys="Esc" />}
            >
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              size="md"
              loading={busy}
              disabled={isWaiting}
              rightSection={<KeyHint keys="Enter" />}
            >
              {isWaiting ? t('signIn.wait', { count: waitSeconds }) : t('ownPin.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function flawText(t: ReturnType<typeof useTranslation>['t'], { why }: PinFlaw): string {
  if (why === 'missing') return t('form.required');
  if (why === 'differs') return t('people.pinsDiffer');
  return why === 'same' ? t('ownPin.same') : t(`rejection.${why}`);
}
