import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { type shiftClose, shiftCurrent } from '../../../shared/contract/shift.ts';
import { useQuery } from '../../engine/use-query.ts';
import { navigation } from '../../stores/navigation.ts';
import { Empty } from '../../ui/Empty.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { Page, Sheet } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { CountForm } from './CountForm.tsx';
import styles from './Shift.module.css';

type Closed = OutputOf<typeof shiftClose>;

/** Blind close: the counted cash first, what was expected only afterwards. */
export function ClosePage() {
  const { t } = useTranslation();
  const shift = useQuery(shiftCurrent, {}, ['shift']);
  const [closed, setClosed] = useState<Closed>();
  if (closed) return <ClosedShift closed={closed} />;
  if (!shift.value) return <ProblemBox problem={shift.problem} />;
  const current = shift.value.shift;
  return (
    <Page title={t('close.title')}>
      {current ? (
        <CountForm shift={current} onClosed={setClosed} />
      ) : (
        <Empty icon={<IconLock size={48} stroke={1.3} />} title={t('close.emptyTitle')}>
          <p>{t('close.emptyText')}</p>
          <Button onClick={() => navigation.getState().go({ section: 'till' })} autoFocus>
            {t('shift.open')}
          </Button>
        </Empty>
      )}
    </Page>
  );
}

function ClosedShift({ closed }: { closed: Closed }) {
  const { t } = useTranslation();
  const { differenceRupiah: difference } = closed;
  const name = difference === 0 ? 'exact' : difference > 0 ? 'over' : 'short';
  return (
    <Page title={t('close.doneTitle', { number: closed.number })}>
      <Sheet>
        <div role="status">
          <strong
            className={`${styles.difference} ${difference < 0 ? styles.bad : styles.good}`}
            data-testid="difference"
          >
            {t(`close.${name}`, { amount: moneyText(Math.abs(difference)) })}
          </strong>
          <dl className={styles.results}>
            <dt>{t('close.counted')}</dt>
            <dd>{moneyText(closed.countedRupiah)}</dd>
            <dt>{t('close.expected')}</dt>
            <dd>{moneyText(closed.expectedRupiah)}</dd>
            <dt>{t('close.difference')}</dt>
            <dd>{moneyText(difference)}</dd>
          </dl>
          <p>{t('close.toSafe')}</p>
        </div>
        <Button onClick={() => navigation.getState().go({ section: 'till' })} autoFocus>
          {t('close.back')}
        </Button>
      </Sheet>
    </Page>
  );
}
