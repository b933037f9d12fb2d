import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageButton, SchemeButton } from '../../app/Looks.tsx';
import { CenterStep } from './CenterStep.tsx';
import { PeopleStep } from './PeopleStep.tsx';
import { PrinterStep } from './PrinterStep.tsx';
import { RecoveryStep } from './RecoveryStep.tsx';
import styles from './SetupWizard.module.css';

const steps = ['center', 'recovery', 'printer', 'people'] as const;

/** The first start: the center and its administrator, the recovery code, a printer, the people. */
export function SetupWizard({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const [drawer, setDrawer] = useState(0);
  const next = () => setAt((step) => step + 1);
  const step = steps[at];
  return (
    <main className={styles.page}>
      <div className={styles.looks}>
        <LanguageButton />
        <SchemeButton />
      </div>
      <header className={styles.head}>
        <img src="/icon.svg" alt="" width={40} height={40} />
        <h1>{t('setup.title')}</h1>
      </header>
      <ol className={styles.steps} aria-label={t('setup.steps')}>
        {steps.map((name, index) => (
          <li key={name} aria-current={index === at ? 'step' : undefined} data-done={index < at || undefined}>
            <span aria-hidden>{index + 1}</span> {t(`setup.step.${name}`)}
          </li>
        ))}
      </ol>
      <div className={styles.card}>
        {step === 'center' && (
          <CenterStep
            onDone={(tillDrawer) => {
              setDrawer(tillDrawer);
              next();
            }}
          />
        )}
        {step === 'recovery' && <RecoveryStep onDone={next} />}
        {step === 'printer' && <PrinterStep drawer={drawer} onDone={next} />}
        {step === 'people' && <PeopleStep onDone={onDone} />}
      </div>
    </main>
  );
}
