import { IconCloudCheck, IconLogout, IconPlugConnectedX, IconUser } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CenterView } from '../../shared/contract/center.ts';
import { shiftCurrent } from '../../shared/contract/shift.ts';
import { systemStatus } from '../../shared/contract/system.ts';
import { formatTime } from '../../shared/domain/calendar.ts';
import { useQuery } from '../engine/use-query.ts';
import { PrintBadge } from '../features/printing/PrintBadge.tsx';
import { connection } from '../stores/connection.ts';
import { navigation } from '../stores/navigation.ts';
import { isOffice, session } from '../stores/session.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { LanguageButton, SchemeButton } from './Looks.tsx';
import styles from './Shell.module.css';

const HOUR_MS = 3_600_000;
/** A backup older than this is said loudly. */
const STALE_BACKUP_MS = 26 * HOUR_MS;
const CLOCK_STEP_MS = 10_000;

/** What is always in sight: whose center, which shift, who, printer, engine, clock, backup. */
export function Header({ center }: { center: CenterView | undefined }) {
  const { t } = useTranslation();
  const user = session((state) => state.user);
  const shift = useQuery(shiftCurrent, {}, ['shift']).value?.shift;
  const now = useNow();
  const offset = center?.utcOffsetMinutes ?? 420;
  return (
    <header className={styles.header}>
      <span className={styles.brand}>{center?.name ?? 'Titipan'}</span>
      <span className={styles.fact}>
        {shift ? (
          <>
            {t('shell.shift')} <strong>{shift.drawerCode}</strong>
          </>
        ) : (
          t('shell.noShift')
        )}
      </span>
      <span className={styles.spacer} />
      {isOffice(user) && <BackupAge now={now} />}
      <PrintBadge />
      <EngineState />
      <LanguageButton />
      <SchemeButton />
      <button
        type="button"
        className={styles.chip}
        aria-keyshortcuts="Alt+0"
        onClick={() => session.getState().signOut()}
        title={t('shell.signOut')}
      >
        <IconUser size={17} aria-hidden />
        {user?.username}
        <IconLogout size={17} aria-hidden />
        <span className={styles.wide}>{t('shell.signOut')}</span>
        <KeyHint keys="Alt 0" />
      </button>
      <time className={styles.clock}>{formatTime(now, offset)}</time>
    </header>
  );
}

function EngineState() {
  const { t } = useTranslation();
  const connected = connection((state) => state.connected);
  return (
    <span className={connected ? styles.fact : `${styles.chip} ${styles.alarm}`} role="status">
      {connected ? <IconCloudCheck size={18} aria-hidden /> : <IconPlugConnectedX size={18} aria-hidden />}
      <span className={connected ? styles.wide : undefined}>
        {t(connected ? 'shell.connected' : 'shell.disconnected')}
      </span>
    </span>
  );
}

function BackupAge({ now }: { now: number }) {
  const { t } = useTranslation();
  const { value, ask } = useQuery(systemStatus, {}, ['center']);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the age grows with the clock, nothing is pushed for it
  useEffect(ask, [Math.floor(now / 300_000)]);
  if (!value) return null;
  const { lastBackupAt } = value;
  if (!value.recoveryIssued || lastBackupAt === null) {
    return (
      <button
        type="button"
        className={`${styles.chip} ${styles.alarm}`}
        onClick={() => navigation.getState().go({ section: 'settings' })}
      >
        {t(value.recoveryIssued ? 'shell.noBackup' : 'shell.noRecovery')}
      </button>
    );
  }
  const ageMs = Math.max(0, now - lastBackupAt);
  const hours = Math.floor(ageMs / HOUR_MS);
  const age =
    hours < 1
      ? t('shell.minutesAgo', { count: Math.floor(ageMs / 60_000) })
      : t('shell.hoursAgo', { count: hours });
  const stale = ageMs > STALE_BACKUP_MS;
  return (
    <span className={stale ? `${styles.chip} ${styles.alarm}` : styles.fact}>
      {t('shell.backup', { age })}
    </span>
  );
}

function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), CLOCK_STEP_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
