import { useTranslation } from 'react-i18next';
import { moneyText } from '../../ui/Money.tsx';
import styles from './Shift.module.css';

/** What a blind count came to against the books: the difference is the largest thing to see. */
export function CountResult({
  figures,
}: {
  figures: { countedRupiah: number; expectedRupiah: number; differenceRupiah: number };
}) {
  const { t } = useTranslation();
  const { differenceRupiah: difference } = figures;
  const name = difference === 0 ? 'exact' : difference > 0 ? 'over' : 'short';
  return (
    <div role="status">
      <strong
        className={`${styles.difference} ${difference < 0 ? styles.bad : styles.good}`}
        data-testid="difference"
      >
        {t(`close.${name}`, { amount: moneyText(Math.abs(difference)) })}
      </strong>
      <dl className={styles.results}>
        <dt>{t('close.counted')}</dt>
        <dd>{moneyText(figures.countedRupiah)}</dd>
        <dt>{t('close.expected')}</dt>
        <dd>{moneyText(figures.expectedRupiah)}</dd>
        <dt>{t('close.difference')}</dt>
        <dd>{moneyText(difference)}</dd>
      </dl>
    </div>
  );
}
