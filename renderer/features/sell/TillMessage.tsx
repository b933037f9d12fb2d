import { IconBarcodeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../engine/problem.ts';
import { till } from '../../stores/till.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import styles from './Till.module.css';

/** What the cashier has to know now: a code nobody knows, or a "no" of the books. Gone with the next good scan. */
export function TillMessage({
  unknown,
  problem,
}: {
  unknown: string | undefined;
  problem: Problem | undefined;
}) {
  const { t } = useTranslation();
  const refused = till((state) => state.problem);
  const shown = problem ?? refused ?? undefined;
  return (
    <>
      {unknown !== undefined && (
        <div className={styles.unknown} role="alert">
          <IconBarcodeOff size={28} aria-hidden />
          <span>
            <strong>{t('till.unknown', { code: unknown })}</strong>
            <br />
            {t('till.unknownNext')}
          </span>
        </div>
      )}
      {shown && (
        <div className={styles.message}>
          <ProblemBox problem={shown} />
        </div>
      )}
    </>
  );
}
