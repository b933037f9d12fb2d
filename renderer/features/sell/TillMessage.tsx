import { IconBarcodeOff, IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { MAX_SALE_LINES } from '../../../shared/contract/sale.ts';
import { till } from '../../stores/till.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import styles from './Till.module.css';
import type { Notice } from './use-taking.ts';

/** What the cashier has to know now: what a scan came to, or a "no" of the books. Gone with the next good scan. */
export function TillMessage({ notice, awaited }: { notice: Notice | undefined; awaited: number }) {
  const { t } = useTranslation();
  const refused = till((state) => state.problem);
  const problem = notice?.kind === 'problem' ? notice.problem : (refused ?? undefined);
  return (
    <>
      {awaited > 0 && (
        <div className={styles.awaited} role="status">
          <IconHourglass size={22} aria-hidden />
          {t('till.awaited', { count: awaited })}
        </div>
      )}
      {notice && notice.kind !== 'problem' && (
        <div className={styles.unknown} role="alert">
          <IconBarcodeOff size={28} aria-hidden />
          <strong>
            {notice.kind === 'full'
              ? t('till.full', { count: MAX_SALE_LINES })
              : t('till.strange', { text: notice.text })}
          </strong>
        </div>
      )}
      {problem && (
        <div className={styles.message}>
          <ProblemBox problem={problem} />
        </div>
      )}
    </>
  );
}
