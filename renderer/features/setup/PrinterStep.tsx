import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PrinterForm } from '../printing/PrinterForm.tsx';
import styles from './SetupWizard.module.css';

/** A receipt printer, or none yet: the till sells without one. */
export function PrinterStep({ drawer, onDone }: { drawer: number; onDone: () => void }) {
  const { t } = useTranslation();
  const [saved, setSaved] = useState(false);
  useKeys({ F8: onDone });
  return (
    <div>
      <h2>{t('setup.printer.title')}</h2>
      <p className={styles.lead}>{t('setup.printer.lead')}</p>
      <PrinterForm drawer={drawer} onSaved={() => setSaved(true)} autoFocus />
      <div className={styles.foot}>
        <Button
          size="md"
          variant={saved ? 'filled' : 'default'}
          onClick={onDone}
          rightSection={<KeyHint keys="F8" />}
        >
          {t(saved ? 'setup.next' : 'setup.printer.skip')}
        </Button>
      </div>
    </div>
  );
}
