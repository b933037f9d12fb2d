import type { ReactNode } from 'react';
import styles from './Page.module.css';

/** An office page: a title with its actions, then the content, which scrolls by itself. */
export function Page({
  title,
  actions,
  children,
}: {
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{title}</h1>
        <div className={styles.actions}>{actions}</div>
      </header>
      <section
        className={styles.content}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={typeof title === 'string' ? title : undefined}
      >
        {children}
      </section>
    </div>
  );
}

/** A quiet sheet of paper on the page. */
export function Sheet({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <div className={styles.sheet}>
      {title && <h2>{title}</h2>}
      {children}
    </div>
  );
}
