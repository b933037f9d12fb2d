import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../ui/KeyHint.tsx';
import styles from './Till.module.css';

const keys = [
  ['3 *', 'multiply'],
  ['+ −', 'quantity'],
  ['↑ ↓', 'choose'],
  ['Del', 'remove'],
  ['F4', 'setQuantity'],
  ['F8', 'pay'],
  ['F9', 'printQueue'],
  ['Ctrl Del', 'clear'],
] as const;

/** What the keys do, while nothing is searched. */
export function KeyLegend() {
  const { t } = useTranslation();
  return (
    <dl className={styles.legend} aria-label={t('till.keys')}>
      {keys.map(([key, name]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>
            <KeyHint keys={key} />
          </dt>
          <dd>{t(`till.key.${name}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
