import {
  IconCloudCheck,
  IconDatabaseExport,
  IconLogout,
  IconPlugConnectedX,
  IconUser,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CenterView } from '../../shared/contract/center.ts';
import { systemStatus } from '../../shared/contract/system.ts';
import { formatTime } from '../../shared/domain/calendar.ts';
import { useQuery } from '../engine/use-query.ts';
import { PrintBadge } from '../features/printing/PrintBadge.tsx';
import { ShiftFact } from '../features/shift/ShiftFact.tsx';
import { connection } from '../stores/connection.ts';
import { navigation } from '../stores/navigation.ts';
import { isOffice, session } from '../stores/session.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { LanguageButton, SchemeButton } from './Looks.tsx';
import styles from './Shell.module.css';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A backup older than this is said loudly: more than a day, so that a daily one at another hour is no trouble. */
const STALE_BACKUP_MS = 26 * HOUR_MS;
const CLOCK_STEP_MS = 10_000;
const BACKUP_STEP_MS = 5 * MINUTE_MS;

/** What is always in sight: whose center, which shift, who, printer, engine, clock, backup. */
export function Header(props: {
  center: CenterView | undefined;
  onSwitch: () => void;
  onSignOut: () => void;
}) {
  const { center } = props;
  const now = useNow();
  const offset = center?.utcOffsetMinutes ?? 420;
  return (
    <header className={styles.header}>
      <span className={styles.brand} title={center?.name}>
        {center?.name ?? 'Titipan'}
      </span>
      <ShiftFact now={now} />
      <span className={styles.spacer} />
      <BackupAge now={now} />
      <PrintBadge />
      <EngineState />
      <LanguageButton />
      <SchemeButton />
      <PersonChip {...props} />
      <time className={styles.clock}>{formatTime(now, offset)}</time>
    </header>
  );
}

function PersonChip({ onSwitch, onSignOut }: { onSwitch: () => void; onSignOut: () => void }) {
  const { t } = useTranslation();
  const user = session((state) => state.user);
  return (
    <span className={styles.pair}>
      <button
        type="button"
        className={styles.chip}
        aria-keyshortcuts="Alt+S"
        onClick={onSwitch}
        title={t('shell.switch')}
      >
        <IconUser size={17} aria-hidden />
        {user?.username}
        <span className={styles.spoken}>, {t('shell.switch')}</span>
        <KeyHint keys="Alt S" />
      </button>
      <button
        type="button"
        className={styles.chip}
        aria-keyshortcuts="Alt+0"
        onClick={onSignOut}
        title={t('shell.signOut')}
      >
        <IconLogout size={17} aria-hidden />
        <span className={styles.wide}>{t('shell.signOut')}</span>
        <KeyHint keys="Alt 0" />
      </button>
    </span>
  );
}

function EngineState() {
  const { t } = useTranslation();
  const connected = connection((state) => state.connected);
  return (
    <span className={connected ? styles.fact : `${styles.chip} ${styles.alarm}`} role="status">
      {connected ? <IconCloudCheck size={18} aria-hidden /> : <IconPlugConnectedX size={18} aria-hidden />}
      <span className={styles.roomy}>{t(connected ? 'shell.connected' : 'shell.disconnected')}</span>
    </span>
  );
}

/** How old the newest backup is: quiet, until nobody made one for more than a day. The office is led to the button. */
function BackupAge({ now }: { now: number }) {
  const { t } = useTranslation();
  const office = isOffice(session((state) => state.user));
  const { value, ask } = useQuery(systemStatus, {}, ['center']);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the age grows with the clock, nothing is pushed for it
  useEffect(ask, [Math.floor(now / BACKUP_STEP_MS)]);
  if (!value) return null;
  const { lastBackupAt, recoveryIssued } = value;
  const ageMs = lastBackupAt === null ? undefined : Math.max(0, now - lastBackupAt);
  const missing = office && !recoveryIssued ? 'shell.noRecovery' : 'shell.noBackup';
  const words =
    ageMs === undefined || !recoveryIssued ? t(missing) : t('shell.backup', { age: ageText(t, ageMs) });
  const fine = recoveryIssued && ageMs !== undefined && ageMs <= STALE_BACKUP_MS;
  if (fine) {
    return (
      <span className={`${styles.fact} ${styles.quiet}`} title={words}>
        <IconDatabaseExport size={18} aria-hidden />
        <span>{words}</span>
      </span>
    );
  }
  const className = `${styles.chip} ${styles.alarm} ${styles.giving}`;
  // A cashier can do nothing about it but tell somebody.
  if (!office) {
    return (
      <span className={className} title={words}>
        <span>{words}</span>
      </span>
    );
  }
  return (
    <button
      type="button"
      className={className}
      title={words}
      onClick={() => navigation.getState().go({ section: 'settings' })}
    >
      <span>{words}</span>
    </button>
  );
}

function ageText(t: ReturnType<typeof useTranslation>['t'], ageMs: number): string {
  if (ageMs < MINUTE_MS) return t('shell.justNow');
  if (ageMs < HOUR_MS) return t('shell.minutesAgo', { count: Math.floor(ageMs / MINUTE_MS) });
  if (ageMs < 2 * DAY_MS) return t('shell.hoursAgo', { count: Math.floor(ageMs / HOUR_MS) });
  return t('shell.daysAgo', { count: Math.floor(ageMs / DAY_MS) });
}

function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), CLOCK_STEP_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
