import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { basket } from '../../stores/basket.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { WarningBox } from '../../ui/ProblemBox.tsx';

/** Asks before a whole basket goes. Money that came in for it already is said loudly. */
export function ClearDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { lines, taken, clear } = basket.getState();
  const takenRupiah = taken.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);
  return (
    <Dialog title={t('till.clearTitle')} onClose={onClose} size="sm">
      <Text mb="md">{t('till.clearText', { count: lines.length })}</Text>
      {takenRupiah > 0 && <WarningBox>{t('till.clearTaken', { amount: moneyText(takenRupiah) })}</WarningBox>}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} rightSection={<KeyHint keys="Esc" />}>
          {t('common.cancel')}
        </Button>
        <Button
          color="clay"
          data-autofocus
          rightSection={<KeyHint keys="Enter" />}
          onClick={() => {
            clear();
            onClose();
          }}
        >
          {t('till.clear')}
        </Button>
      </Group>
    </Dialog>
  );
}
