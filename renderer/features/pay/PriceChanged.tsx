import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../engine/problem.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { WarningBox } from '../../ui/ProblemBox.tsx';
import styles from './Pay.module.css';

export interface PriceChange {
  product: number;
  name: string;
  basketRupiah: number;
  currentRupiah: number;
  /** The buyer was shown less: that may be kept. */
  isRaised: boolean;
}

/** The change of price that a sale was refused for, if it was. */
export function priceChangeOf(problem: Problem | undefined): PriceChange | undefined {
  if (problem?.kind !== 'rejected' || problem.name !== 'price-changed') return undefined;
  const change = problem.details as unknown as Omit<PriceChange, 'isRaised'>;
  return { ...change, isRaised: change.basketRupiah < change.currentRupiah };
}

/** Both figures; Enter takes the new one, F4 keeps the one the buyer saw where that is lower. */
export function PriceChanged({ change, onKeep }: { change: PriceChange; onKeep: () => void }) {
  const { t } = useTranslation();
  const { name, isRaised } = change;
  return (
    <div className={styles.prices}>
      <WarningBox>{t(isRaised ? 'pay.priceChanged' : 'pay.priceRaised', { name })}</WarningBox>
      <dl className={styles.pricePair}>
        <div>
          <dt>{t('pay.oldPrice')}</dt>
          <dd>{moneyText(change.basketRupiah)}</dd>
        </div>
        <div>
          <dt>{t('pay.newPrice')}</dt>
          <dd>{moneyText(change.currentRupiah)}</dd>
        </div>
      </dl>
      {isRaised && (
        <Button variant="default" tabIndex={-1} onClick={onKeep} rightSection={<KeyHint keys="F4" />}>
          {t('pay.keepOldPrice')}
        </Button>
      )}
    </div>
  );
}
