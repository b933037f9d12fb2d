import type { ReactNode } from 'react';
import styles from './Empty.module.css';

/** An empty place: says what belongs there and offers the first step. */
export function Empty({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className={styles.empty}>
      <span aria-hidden>{icon}</span>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
