import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '../stores/connection.ts';
import { notify } from '../ui/notify.ts';
import styles from './Shell.module.css';

/** A reconnect within this time is nobody's business; an engine that restarts takes longer. */
const BLINK_MS = 800;
/** After so long somebody has to look at the machine with the books. */
const LONG_LOSS_MS = 20_000;

/** Says across the whole screen that the engine is away, and once, quietly, that it is back. */
export function ConnectionStrip() {
  const { t } = useTranslation();
  const connected = connection((state) => state.connected);
  const [loss, setLoss] = useState<'none' | 'lost' | 'long'>('none');
  const told = useRef(false);
  useEffect(() => {
    if (connected) {
      setLoss('none');
      if (told.current) notify(t('shell.back'));
      told.current = false;
      return;
    }
    const soon = setTimeout(() => {
      told.current = true;
      setLoss('lost');
    }, BLINK_MS);
    const later = setTimeout(() => setLoss('long'), LONG_LOSS_MS);
    return () => {
      clearTimeout(soon);
      clearTimeout(later);
    };
  }, [connected, t]);
  if (loss === 'none') return null;
  return (
    <div className={styles.strip} role="alert" data-testid="engine-away">
      <IconPlugConnectedX size={22} aria-hidden />
      <strong>{t('shell.lost')}</strong>
      <span>{t(loss === 'long' ? 'shell.lostLong' : 'shell.lostSafe')}</span>
    </div>
  );
}
