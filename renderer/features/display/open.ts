import i18next from 'i18next';
import { notify } from '../../ui/notify.ts';

/**
 * Opens the buyer's window: under Electron on the second screen, where it is opened again at the next start; in a
 * browser as a window of its own, to be moved there.
 */
export function openBuyerDisplay(): void {
  if (window.titipan) return window.titipan.openBuyerDisplay();
  const opened = window.open('/?display', 'titipan-buyer-display', 'popup,width=1024,height=768');
  if (opened === null) notify(i18next.t('display.blocked'));
}
