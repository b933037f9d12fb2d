import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSteady } from '../../ui/bounce.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import type { RecallChange } from './recalled.ts';
import styles from './Tickets.module.css';

/** What is otherwise now than when the basket was parked; read once, then the till goes on. */
export function RecallChanges({ changes, onClose }: { changes: RecallChange[]; onClose: () => void }) {
  const { t } = useTranslation();
  const understood = useSteady(onClose);
  return (
    <Dialog title={t('tickets.changedTitle')} onClose={onClose}>
      <ul className={styles.changes}>
        {changes.map(({ kind, name, beforeRupiah, nowRupiah }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is shown once and never changes
          <li key={index}>
            {t(`tickets.changed.${kind}`, {
              name,
              before: moneyText(beforeRupiah),
              now: moneyText(nowRupiah),
            })}
          </li>
        ))}
      </ul>
      <Group justify="flex-end">
        <Button size="md" data-autofocus onClick={understood} rightSection={<KeyHint keys="Enter" />}>
          {t('tickets.understood')}
        </Button>
      </Group>
    </Dialog>
  );
}
