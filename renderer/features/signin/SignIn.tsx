import { useTranslation } from 'react-i18next';
import { ConnectionStrip } from '../../app/ConnectionStrip.tsx';
import { LanguageButton, SchemeButton } from '../../app/Looks.tsx';
import { WarningBox } from '../../ui/ProblemBox.tsx';
import { useScanGuard } from '../../ui/use-scan-guard.ts';
import styles from './SignIn.module.css';
import { SignInForm, type SignInPerson } from './SignInForm.tsx';

/** The first screen of a working day: whose till this is, who is working, a PIN. */
export function SignIn({ name, users }: { name: string; users: readonly SignInPerson[] }) {
  const { t } = useTranslation();
  // A scan is no PIN: taken for one, it would make the next try wait.
  const scannedInVain = useScanGuard();
  return (
    <main className={styles.page}>
      <div className={styles.strip}>
        <ConnectionStrip />
      </div>
      <div className={styles.looks}>
        <LanguageButton />
        <SchemeButton />
      </div>
      <header className={styles.head}>
        <img src="/icon.svg" alt="" width={44} height={44} />
        <div>
          <h1>{name || 'Titipan'}</h1>
          <p>{t('signIn.who')}</p>
        </div>
      </header>
      {scannedInVain && <WarningBox>{t('signIn.scanFirst')}</WarningBox>}
      <SignInForm users={users} />
    </main>
  );
}
