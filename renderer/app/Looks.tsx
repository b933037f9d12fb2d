import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { preferences } from '../stores/preferences.ts';
import styles from './Looks.module.css';

/** The other language, one click away, named in itself. */
export function LanguageButton() {
  const language = preferences((state) => state.language);
  const other = language === 'id' ? 'en' : 'id';
  return (
    <button
      type="button"
      className={styles.look}
      lang={other}
      onClick={() => preferences.getState().setLanguage(other)}
    >
      <IconLanguage size={18} aria-hidden />
      <span className={styles.whole}>{other === 'en' ? 'English' : 'Indonesia'}</span>
      <span className={styles.short} aria-hidden>
        {other.toUpperCase()}
      </span>
    </button>
  );
}

/** Light and dark. */
export function SchemeButton() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'light' ? 'dark' : 'light';
  return (
    <button
      type="button"
      className={styles.look}
      aria-label={t(`shell.${other}`)}
      onClick={() => setColorScheme(other)}
    >
      {other === 'dark' ? <IconMoon size={18} aria-hidden /> : <IconSun size={18} aria-hidden />}
    </button>
  );
}
