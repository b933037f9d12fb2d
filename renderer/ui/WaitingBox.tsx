import { useTranslation } from 'react-i18next';
import { connection } from '../stores/connection.ts';
import { WarningBox } from './ProblemBox.tsx';

/** While an answer is awaited and the engine is away: it is sent again by itself, and must not be done twice. */
export function WaitingBox({ busy }: { busy: boolean }) {
  const { t } = useTranslation();
  const connected = connection((state) => state.connected);
  return busy && !connected ? <WarningBox>{t('problem.waiting')}</WarningBox> : null;
}
