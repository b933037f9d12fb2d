import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigation } from '../../stores/navigation.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PersonForm } from '../settings/PersonForm.tsx';
import styles from './SetupWizard.module.css';

/** The people who will work here: a cashier, and a manager as the second pair of eyes at a settlement. */
export function PeopleStep({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [added, setAdded] = useState<string[]>([]);
  function finish(): void {
    navigation.getState().setUnsaved(false);
    navigation.getState().go({ section: 'vendors' });
    onDone();
  }
  useKeys({ F8: finish });
  return (
    <div>
      <h2>{t('setup.people.title')}</h2>
      <p className={styles.lead}>{t('setup.people.lead')}</p>
      <PersonForm
        key={added.length}
        proposed={added.length === 0 ? 'cashier' : 'manager'}
        onSaved={(username) => setAdded((before) => [...before, username])}
      />
      {added.length > 0 && (
        <ul className={styles.added} aria-label={t('setup.people.added')}>
          {added.map((username) => (
            <li key={username}>{username}</li>
          ))}
        </ul>
      )}
      <div className={styles.foot}>
        <Button
          size="md"
          variant={added.length > 0 ? 'filled' : 'default'}
          onClick={finish}
          rightSection={<KeyHint keys="F8" />}
        >
          {t('setup.people.done')}
        </Button>
      </div>
    </div>
  );
}
