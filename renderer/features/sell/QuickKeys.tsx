import { IconBolt } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProductView, quickKeys } from '../../../shared/contract/product.ts';
import { useQuery } from '../../engine/use-query.ts';
import { moneyText } from '../../ui/Money.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import styles from './Till.module.css';

/** Goods for one touch: what the office chose, or what sells most. They keep their places while the till is open. */
export const QuickKeys = memo(function QuickKeys({ onPick }: { onPick: (product: ProductView) => void }) {
  const { t } = useTranslation();
  const { value, problem } = useQuery(quickKeys, {}, ['products']);
  if (problem) return <ProblemBox problem={problem} />;
  if (!value) return null;
  if (value.products.length === 0) {
    return (
      <p className={styles.noQuick}>
        <IconBolt size={32} stroke={1.4} aria-hidden />
        {t('till.noQuickKeys')}
      </p>
    );
  }
  return (
    <fieldset className={styles.quick} aria-label={t('till.quickKeys')}>
      {value.products.map((product) => (
        <button
          key={product.product}
          type="button"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(product)}
        >
          <span>{product.name}</span>
          <b>{moneyText(product.priceRupiah)}</b>
        </button>
      ))}
    </fieldset>
  );
});
