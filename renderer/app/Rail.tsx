import { useTranslation } from 'react-i18next';
import { navigation, type Section } from '../stores/navigation.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import styles from './Shell.module.css';
import type { sectionsOf } from './sections.ts';

/** The sections with their keys, always in sight. */
export function Rail({ current, entries }: { current: Section; entries: ReturnType<typeof sectionsOf> }) {
  const { t } = useTranslation();
  return (
    <nav className={styles.rail} aria-label={t('shell.sections')}>
      {entries.map(({ section, icon: Icon }, index) => (
        <button
          type="button"
          key={section}
          className={styles.item}
          aria-current={section === current ? 'page' : undefined}
          aria-keyshortcuts={`Alt+${index + 1}`}
          onClick={() => navigation.getState().go({ section })}
        >
          <Icon size={22} stroke={1.7} aria-hidden />
          {t(`section.${section}`)}
          <KeyHint keys={`Alt ${index + 1}`} />
        </button>
      ))}
    </nav>
  );
}
