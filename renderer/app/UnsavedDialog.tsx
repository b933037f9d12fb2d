import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { navigation } from '../stores/navigation.ts';
import { session } from '../stores/session.ts';
import { Dialog } from '../ui/Dialog.tsx';

/** Asks before a form is left that holds what has not been saved. */
export function UnsavedDialog() {
  const { t } = useTranslation();
  const wanted = navigation((state) => state.wanted);
  if (!wanted) return null;
  const { stay } = navigation.getState();
  const leave = () => {
    navigation.getState().leave();
    if (wanted === 'out') session.getState().signOut();
  };
  return (
    <Dialog title={t('unsaved.title')} onClose={stay}>
      <Text mb="md">{t('unsaved.text')}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={leave}>
          {t('unsaved.leave')}
        </Button>
        <Button data-autofocus onClick={stay}>
          {t('unsaved.stay')}
        </Button>
      </Group>
    </Dialog>
  );
}
