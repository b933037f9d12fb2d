import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../engine/problem.ts';
import styles from './ProblemBox.module.css';
import { problemText } from './problem-text.ts';

/** Says in a sentence what went wrong and what to do; read aloud when it appears. Nothing when there is no problem. */
export function ProblemBox({ problem, children }: { problem: Problem | undefined; children?: ReactNode }) {
  const { t } = useTranslation();
  if (!problem) return null;
  return (
    <div role="alert" className={styles.box}>
      <IconAlertTriangle size={20} aria-hidden />
      <span>{problemText(t, problem)}</span>
      {children}
    </div>
  );
}

/** A sentence of the screen's own, in the same dress. */
export function WarningBox(props: { tone?: 'warn' | 'bad' | 'good'; children: ReactNode }) {
  const { tone = 'warn', children } = props;
  const Icon = tone === 'good' ? IconCircleCheck : IconAlertTriangle;
  return (
    <div role="alert" className={tone === 'bad' ? styles.box : `${styles.box} ${styles[tone]}`}>
      <Icon size={20} aria-hidden />
      <span>{children}</span>
    </div>
  );
}
