import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recoveryIssue } from '../../../shared/contract/people.ts';
import { useCommand } from '../../engine/use-command.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import styles from './SetupWizard.module.css';

/** Shows the recovery code once, big. It exists nowhere else in readable form, so the person confirms having noted it. */
export function RecoveryStep({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { run, busy, problem } = useCommand(recoveryIssue);
  const [code, setCode] = useState<string>();
  const asked = useRef(false);

  async function issue(): Promise<void> {
    const answer = await run({});
    if (answer?.outcome === 'ok') setCode(answer.value.code);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: issued once, when the step opens
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void issue();
  }, []);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (code) onDone();
        else void issue();
      }}
    >
      <h2>{t('setup.recovery.title')}</h2>
      <p className={styles.lead}>{t('setup.recovery.lead')}</p>
      {code && (
        <output className={styles.code} data-testid="recovery-code">
          {code}
        </output>
      )}
      <ProblemBox problem={problem} />
      <div className={styles.foot}>
        {code ? (
          <Button key="noted" type="submit" size="md" autoFocus rightSection={<KeyHint keys="Enter" />}>
            {t('setup.recovery.noted')}
          </Button>
        ) : (
          <Button key="again" type="submit" size="md" loading={busy}>
            {t('setup.recovery.again')}
          </Button>
        )}
      </div>
    </form>
  );
}
