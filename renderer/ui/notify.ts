import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** Says that something worked, in passing. What did not work is said where it was asked, never here. */
export function notify(message: string): void {
  notifications.show({
    message,
    color: 'teal',
    closeButtonProps: { 'aria-label': i18next.t('common.close') },
  });
}
