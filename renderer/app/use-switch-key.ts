import { useEffect, useRef } from 'react';
import { connection } from '../stores/connection.ts';
import { till } from '../stores/till.ts';
import { tillDialog } from '../stores/till-dialog.ts';
import { comboOf, isDialogOpen } from '../ui/keys.ts';

/**
 * Alt+S, for another person who takes over. It works in front of the till's dialogs, too, and closes them: they are
 * quickly opened again and the basket stays. It does not where an answer is still awaited: what came of it must be seen.
 */
export function useSwitchKey(onSwitch: () => void): void {
  const current = useRef(onSwitch);
  current.current = onSwitch;
  useEffect(() => {
    function hear(event: KeyboardEvent): void {
      if (comboOf(event) !== 'Alt+s') return;
      event.preventDefault();
      event.stopPropagation();
      const { dialog, close } = tillDialog.getState();
      const answerAwaited = !connection.getState().connected || till.getState().sending.length > 0;
      if (answerAwaited || (isDialogOpen() && dialog === null)) return;
      close();
      current.current();
    }
    window.addEventListener('keydown', hear, true);
    return () => window.removeEventListener('keydown', hear, true);
  }, []);
}
