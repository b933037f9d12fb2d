import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { LeaveDialog } from '../../ui/LeaveDialog.tsx';
import { PrinterForm } from '../printing/PrinterForm.tsx';
import styles from './SetupWizard.module.css';

/** A receipt printer, or none yet: the till sells without one. What was typed and not saved is not passed over. */
export function PrinterStep({ drawer, onDone }: { drawer: number; onDone: () => void }) {
  const { t } = useTranslation();
  const [saved, setSaved] = useState(false);
  const [unsaved, setUnsaved] = useState(false);
  const [asking, setAsking] = useState(false);
  const next = () => (unsaved ? setAsking(true) : onDone());
  useKeys({ F8: next });
  return (
    <div>
      <h2>{t('setup.printer.title')}</h2>
      <p className={styles.lead}>{t('setup.printer.lead')}</p>
      <PrinterForm
        drawer={drawer}
        onSaved={() => setSaved(true)}
        onUnsaved={(_, isUnsaved) => setUnsaved(isUnsaved)}
        autoFocus
      />
      <div className={styles.foot}>
        <Button
          size="md"
          variant={saved ? 'filled' : 'default'}
          onClick={next}
          rightSection={<KeyHint keys="F8" />}
        >
          {t(saved ? 'setup.next' : 'setup.printer.skip')}
        </Button>
      </div>
      {asking && <LeaveDialog onStay={() => setAsking(false)} onLeave={onDone} />}
    </div>
  );
}
