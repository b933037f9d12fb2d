import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { WarningBox } from '../../ui/ProblemBox.tsx';
import styles from './Pay.module.css';
import type { PriceChange } from './price-change.ts';

/** Both figures; Enter takes the new one, F4 keeps the one of the basket where that may be. */
export function PriceChanged({ change, onKeep }: { change: PriceChange; onKeep: () => void }) {
  const { t } = useTranslation();
  const { name, keepAs } = change;
  const isLower = change.currentRupiah < change.basketRupiah;
  const currentRupiah = moneyText(change.currentRupiah);
  return (
    <div className={styles.prices}>
      <WarningBox>
        {keepAs === 'kept'
          ? t('pay.priceChanged', { name })
          : isLower
            ? t('pay.priceRaised', { name })
            : t('rejection.price-not-kept', { product: name, currentRupiah })}
      </WarningBox>
      {keepAs === 'override' && <WarningBox>{t('pay.paidOldPrice')}</WarningBox>}
      <dl className={styles.pricePair}>
        <div>
          <dt>{t('pay.oldPrice')}</dt>
          <dd>{moneyText(change.basketRupiah)}</dd>
        </div>
        <div>
          <dt>{t('pay.newPrice')}</dt>
          <dd>{currentRupiah}</dd>
        </div>
      </dl>
      {keepAs && (
        <Button variant="default" tabIndex={-1} onClick={onKeep} rightSection={<KeyHint keys="F4" />}>
          {t('pay.keepOldPrice')}
        </Button>
      )}
    </div>
  );
}
