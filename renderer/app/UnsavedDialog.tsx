import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { navigation } from '../stores/navigation.ts';
import { Dialog } from '../ui/Dialog.tsx';

/** Asks before a form is left that holds what has not been saved. */
export function UnsavedDialog() {
  const { t } = useTranslation();
  const wanted = navigation((state) => state.wanted);
  if (!wanted) return null;
  const { leave, stay } = navigation.getState();
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
