import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { basket } from '../../stores/basket.ts';
import { Dialog } from '../../ui/Dialog.tsx';

/** Asks before a whole basket goes. */
export function ClearDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('till.clearTitle')} onClose={onClose} size="sm">
      <Text mb="md">{t('till.clearText', { count: basket.getState().lines.length })}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button
          color="clay"
          data-autofocus
          onClick={() => {
            basket.getState().clear();
            onClose();
          }}
        >
          {t('till.clear')}
        </Button>
      </Group>
    </Dialog>
  );
}
