import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { centerFront } from '../../shared/contract/center.ts';
import { useQuery } from '../engine/use-query.ts';
import { SetupWizard } from '../features/setup/SetupWizard.tsx';
import { SignIn } from '../features/signin/SignIn.tsx';
import { connection } from '../stores/connection.ts';
import { navigation } from '../stores/navigation.ts';
import { session } from '../stores/session.ts';
import { forgetNotices } from '../ui/notify.ts';
import { ProblemBox } from '../ui/ProblemBox.tsx';
import { Shell } from './Shell.tsx';
import styles from './Start.module.css';

/** Decides what a person sees first: the set-up of a new center, the sign-in, or the work. */
export function Start() {
  const front = useQuery(centerFront, {}, ['center', 'users']);
  const { phase, user } = session();
  const frontVersion = connection((state) => state.frontVersion);
  const [inWizard, setInWizard] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the engine said otherwise
  useEffect(front.ask, [frontVersion]);
  useEffect(() => {
    if (phase !== 'out') return;
    navigation.getState().reset();
    forgetNotices();
  }, [phase]);
  const created = front.value?.created;
  // The wizard goes on after the center exists: recovery code, printer and people belong to it.
  useEffect(() => {
    if (created === false) setInWizard(true);
  }, [created]);

  if (!front.value) return <Waiting problem={front.problem} />;
  if (inWizard) return <SetupWizard onDone={() => setInWizard(false)} />;
  if (phase === 'asking') return <Waiting />;
  if (phase === 'out') return <SignIn name={front.value.name} users={front.value.users} />;
  // Nothing of what one person had open is left when another takes over.
  return <Shell key={user?.user} users={front.value.users} />;
}

function Waiting({ problem }: { problem?: Parameters<typeof ProblemBox>[0]['problem'] }) {
  const { t } = useTranslation();
  return (
    <main className={styles.waiting} aria-busy="true">
      <img src="/icon.svg" alt="" width={56} height={56} />
      <h1>Titipan</h1>
      <p>{t('start.waiting')}</p>
      <ProblemBox problem={problem} />
    </main>
  );
}
