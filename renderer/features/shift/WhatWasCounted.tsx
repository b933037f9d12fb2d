import { useTranslation } from 'react-i18next';
import { Money } from '../../ui/Money.tsx';
import styles from './Shift.module.css';

/** For whoever says yes to a large difference: what was counted, not what was expected. */
export function WhatWasCounted({ countedRupiah }: { countedRupiah: number }) {
  const { t } = useTranslation();
  return (
    <div>
      <p className={styles.hint}>{t('close.approveText')}</p>
      <Money amount={countedRupiah} size="lg" />
    </div>
  );
}
