import { IconBus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { basket } from '../../stores/basket.ts';
import { tillDialog } from '../../stores/till-dialog.ts';
import { isLocked } from './locked.ts';
import styles from './Till.module.css';

/** Which bus or group these sales belong to, while one is set. */
export function VisitStrip() {
  const { t } = useTranslation();
  const visit = basket((state) => state.visit);
  if (visit === null) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.visit}
      data-testid="visit"
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => isLocked() || tillDialog.getState().open({ name: 'visit' })}
    >
      <IconBus size={20} aria-hidden />
      <span>{t('till.visit', { visit })}</span>
      <span className={styles.visitChange}>{t('till.visitChange')}</span>
    </button>
  );
}
