import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/**
 * Says that something worked, in passing. What did not work is said where it was asked, never here. The newest takes
 * the place of the one before: in a rush a sentence that waits its turn would speak of somebody else's basket.
 */
export function notify(message: string): void {
  forgetNotices();
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
