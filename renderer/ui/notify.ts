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

/** What one person did is not told to the next. */
export function forgetNotices(): void {
  notifications.cleanQueue();
  notifications.clean();
}
