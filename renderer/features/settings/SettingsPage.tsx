import { Button, Group, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recoveryIssue } from '../../../shared/contract/people.ts';
import { drawerList } from '../../../shared/contract/shift.ts';
import { backupTake, systemStatus } from '../../../shared/contract/system.ts';
import { useCommand } from '../../engine/use-command.ts';
import { askAgain, useQuery } from '../../engine/use-query.ts';
import { session } from '../../stores/session.ts';
import { Page, Sheet } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { formatMoment } from '../../ui/problem-text.ts';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { PrinterForm } from '../printing/PrinterForm.tsx';
import { drawerText } from '../printing/printer-draft.ts';
import styles from './SettingsPage.module.css';

/** Backup, recovery code, printers. */
export function SettingsPage() {
  const { t } = useTranslation();
  const drawers = useQuery(drawerList, {}, ['shift', 'center', 'print']).value?.drawers ?? [];
  const isAdmin = session((state) => state.user?.role === 'admin');
  const [unsaved, setUnsaved] = useState<readonly number[]>([]);
  const noteUnsaved = useCallback((drawer: number, isUnsaved: boolean) => {
    setUnsaved((before) => [...before.filter((other) => other !== drawer), ...(isUnsaved ? [drawer] : [])]);
  }, []);
  useUnsaved(unsaved.length > 0);
  return (
    <Page title={t('section.settings')}>
      <div className={styles.columns}>
        <div>
          <BackupSheet />
          {isAdmin && <RecoverySheet />}
        </div>
        <div>
          {drawers.map((drawer) => (
            <Sheet key={drawer.drawer} title={t('printer.of', { drawer: drawerText(drawer) })}>
              <PrinterForm
                drawer={drawer.drawer}
                known={drawer.printer}
                onUnsaved={noteUnsaved}
                others={drawers.filter(({ drawer: other, printer }) => printer && other !== drawer.drawer)}
              />
            </Sheet>
          ))}
        </div>
      </div>
    </Page>
  );
}

function BackupSheet() {
  const { t } = useTranslation();
  const status = useQuery(systemStatus, {}, ['center']);
  const { run, busy, problem } = useCommand(backupTake);
  const [path, setPath] = useState<string>();
  const last = status.value?.lastBackupAt;

  async function take(): Promise<void> {
    const answer = await run({});
    if (answer?.outcome !== 'ok') return;
    setPath(answer.value.path);
    askAgain('center');
  }

  return (
    <Sheet title={t('backup.title')}>
      <Text mb="sm">{last ? t('backup.last', { at: formatMoment(last) }) : t('backup.never')}</Text>
      <Group>
        <Button onClick={() => void take()} loading={busy}>
          {t('backup.now')}
        </Button>
      </Group>
      {busy && <Text mt="sm">{t('backup.running')}</Text>}
      {path && (
        <Text mt="sm" className={styles.path} role="status">
          {t('backup.done', { path })}
        </Text>
      )}
      <ProblemBox problem={problem} />
    </Sheet>
  );
}

function RecoverySheet() {
  const { t } = useTranslation();
  const { run, busy, problem } = useCommand(recoveryIssue);
  const [code, setCode] = useState<string>();

  async function issue(): Promise<void> {
    const answer = await run({});
    if (answer?.outcome !== 'ok') return;
    setCode(answer.value.code);
    askAgain('center');
  }

  return (
    <Sheet title={t('recovery.title')}>
      <Text mb="sm">{t('recovery.text')}</Text>
      {code ? (
        <>
          <output className={styles.code}>{code}</output>
          <Button onClick={() => setCode(undefined)}>{t('setup.recovery.noted')}</Button>
        </>
      ) : (
        <Button variant="default" onClick={() => void issue()} loading={busy}>
          {t('recovery.issue')}
        </Button>
      )}
      <ProblemBox problem={problem} />
    </Sheet>
  );
}
