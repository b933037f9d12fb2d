import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { basket } from '../../stores/basket.ts';
import { navigation } from '../../stores/navigation.ts';
import { session } from '../../stores/session.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { WarningBox } from '../../ui/ProblemBox.tsx';
import { SignInForm, type SignInPerson } from './SignInForm.tsx';

/**
 * Another person takes over in place. Who was here stays signed in until the other's PIN is right; their basket waits
 * for them, and the other finds their own.
 */
export function SwitchDialog(props: { users: readonly SignInPerson[]; onClose: () => void }) {
  const { t } = useTranslation();
  const me = session((state) => state.user?.username);
  const lines = basket((state) => state.lines.length);
  const unsaved = navigation((state) => state.unsaved);
  const others = props.users.filter((user) => user.username !== me);
  return (
    <Dialog title={t('switch.title')} size="46rem" onClose={props.onClose}>
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
    </Dialog>
  );
}
