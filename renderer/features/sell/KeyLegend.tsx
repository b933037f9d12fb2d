import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../ui/KeyHint.tsx';
import styles from './Till.module.css';

const keysOf = {
  lines: [
    ['3 *', 'multiply'],
    ['+ −', 'quantity'],
    ['↑ ↓', 'choose'],
    ['Del', 'remove'],
  ],
  results: [
    ['↑ ↓', 'chooseResult'],
    ['Enter', 'addResult'],
    ['Esc', 'endSearch'],
  ],
} as const;

/** The keys that have no button of their own: those of the lines, or those of the list while something is searched. */
export const KeyLegend = memo(function KeyLegend({ of }: { of: keyof typeof keysOf }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.legend} aria-label={t('till.keys')}>
      {keysOf[of].map(([key, name]) => (
        <div key={name}>
          <dt>
            <KeyHint keys={key} />
          </dt>
          <dd>{t(`till.key.${name}`)}</dd>
        </div>
      ))}
    </dl>
  );
});
