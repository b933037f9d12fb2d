import { useTranslation } from 'react-i18next';
import type { Problem } from '../../engine/problem.ts';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';

/** Why nothing went back. A drawer without enough cash is helped here otherwise than where a float is missing. */
export function RefundProblem({ problem }: { problem: Problem | undefined }) {
  const { t } = useTranslation();
  if (problem?.kind === 'rejected' && problem.name === 'drawer-short') {
    return <WarningBox tone="bad">{t('refund.drawerShort')}</WarningBox>;
  }
  return <ProblemBox problem={problem} />;
}
