import { useTranslation } from 'react-i18next';
import type { Problem } from '../../engine/problem.ts';
import { moneyText } from '../../ui/Money.tsx';
import { WarningBox } from '../../ui/ProblemBox.tsx';

export interface PriceChange {
  product: number;
  name: string;
  basketRupiah: number;
  currentRupiah: number;
}

/** The change of price that a sale was refused for, if it was. */
export function priceChangeOf(problem: Problem | undefined): PriceChange | undefined {
  if (problem?.kind !== 'rejected' || problem.name !== 'price-changed') return undefined;
  return problem.details as unknown as PriceChange;
}

/** Both figures; Enter takes the new one. */
export function PriceChanged({ change }: { change: PriceChange }) {
  const { t } = useTranslation();
  return (
    <WarningBox>
      {t('pay.priceChanged', {
        name: change.name,
        before: moneyText(change.basketRupiah),
        now: moneyText(change.currentRupiah),
      })}
    </WarningBox>
  );
}
