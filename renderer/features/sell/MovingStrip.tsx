import { IconHourglass } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { MoveEnd } from '../../engine/moves.ts';
import { basket } from '../../stores/basket.ts';
import { connection } from '../../stores/connection.ts';
import { moves } from '../../stores/moves.ts';
import { till } from '../../stores/till.ts';
import { tillDialog } from '../../stores/till-dialog.ts';
import { notify } from '../../ui/notify.ts';
import styles from './Till.module.css';

const GIVE_AGAIN_MS = 5_000;

/**
 * The basket is on its way to a ticket, or from one, and nobody knows yet whether it arrived: the same command is given
 * until the books answer. Until then the basket can only be looked at, and this says so.
 */
export function MovingStrip() {
  const { t } = useTranslation();
  const moving = basket((state) => state.moving);
  const connected = connection((state) => state.connected);
  // The dialog from which it was sent says itself that it waits.
  const isAlone = tillDialog((state) => state.dialog === null);
  const id = moving?.id;

  useEffect(() => {
    if (!connected || id === undefined) return;
    const tell = (end: MoveEnd | undefined) => {
      if (!end) return;
      if (end.problem) till.getState().tell(end.problem);
      else if (end.move.kind === 'hold') {
        const { code = '' } = end;
        notify(t('tickets.held', { name: end.move.input.name ?? code, code }));
      }
    };
    const again = () => void moves.resume().then(tell);
    again();
    const timer = setInterval(again, GIVE_AGAIN_MS);
    return () => clearInterval(timer);
  }, [connected, id, t]);

  if (!moving || !isAlone) return null;
  return (
    <div className={styles.awaited} role="status" data-testid="moving">
      <IconHourglass size={22} aria-hidden />
      {t(`till.moving.${moving.kind}`)}
    </div>
  );
}
