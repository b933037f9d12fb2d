import { Button, Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { basket } from '../../stores/basket.ts';
import { navigation } from '../../stores/navigation.ts';
import { session } from '../../stores/session.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { WarningBox } from '../../ui/ProblemBox.tsx';
import { OwnPinDialog } from './OwnPinDialog.tsx';
import { SignInForm, type SignInPerson } from './SignInForm.tsx';

/**
 * Another person takes over in place. Who was here stays signed in until the other's PIN is right; their basket waits
 * for them, and the other finds their own. Who is here changes the own PIN from here, too.
 */
export function SwitchDialog(props: { users: readonly SignInPerson[]; onClose: () => void }) {
  const { t } = useTranslation();
  const user = session((state) => state.user);
  const me = user?.username;
  const [changingPin, setChangingPin] = useState(false);
  const lines = basket((state) => state.lines.length);
  const unsaved = navigation((state) => state.unsaved);
  const others = props.users.filter((user) => user.username !== me);
  useKeys({ F4: () => setChangingPin(true) }, { active: !changingPin });
  return (
    <Dialog title={t('switch.title')} size="46rem" onClose={props.onClose} mustAnswer={changingPin}>
      {lines > 0 && (
        <Text mb="sm" c="dimmed">
          {t('switch.basket', { count: lines, username: me })}
        </Text>
      )}
      {unsaved && <WarningBox>{t('switch.unsaved')}</WarningBox>}
      {others.length === 0 ? (
        <>
          <Text mb="md">{t('switch.nobody')}</Text>
          <Group justify="flex-end">
            <Button onClick={props.onClose} data-autofocus>
              {t('common.close')}
            </Button>
          </Group>
        </>
      ) : (
        <SignInForm
          users={others}
          onSignedIn={props.onClose}
          cancel={
            <Button variant="default" onClick={props.onClose}>
              {t('switch.stay', { username: me })}
            </Button>
          }
        />
      )}
      <Group mt="md">
        <Button
          variant="default"
          leftSection={<IconKey size={18} aria-hidden />}
          rightSection={<KeyHint keys="F4" />}
          aria-keyshortcuts="F4"
          onClick={() => setChangingPin(true)}
        >
          {t('ownPin.open')}
        </Button>
      </Group>
      {user && changingPin && (
        <OwnPinDialog user={user} onClose={() => setChangingPin(false)} onChanged={props.onClose} />
      )}
    </Dialog>
  );
}
