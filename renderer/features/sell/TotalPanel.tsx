import { Button } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatQty, ONE, qty } from '../../../shared/domain/quantity.ts';
import { type CashStep, type RoundingMode, roundCash } from '../../../shared/domain/tender.ts';
import { basket, grossRupiah, linesRupiah, saleDiscountRupiah, totalRupiah } from '../../stores/basket.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { rateText } from '../vendors/terms-text.ts';
import styles from './Till.module.css';

export interface Rounding {
  stepRupiah: CashStep | number;
  mode: RoundingMode;
}

/** What a total comes to in cash. */
export function cashDueOf(
  total: ReturnType<typeof totalRupiah>,
  rounding: Rounding,
): ReturnType<typeof totalRupiah> {
  return roundCash(total, rounding.stepRupiah as CashStep, rounding.mode);
}

const keepFocus = (event: { preventDefault(): void }) => event.preventDefault();

/** Total and pay, the largest thing on the screen. Its height never changes: the button stays where the hand is. */
export const TotalPanel = memo(function TotalPanel(props: { rounding: Rounding; onPay: () => void }) {
  const { t } = useTranslation();
  const lines = basket((state) => state.lines);
  const discount = basket((state) => state.discount);
  const content = { lines, discount };
  const total = totalRupiah(content);
  const due = cashDueOf(total, props.rounding);
  const pieces = lines.reduce((sum, line) => sum + (line.qty % ONE === 0 ? line.qty : ONE), 0);
  const offLines = lines.reduce((sum, line) => sum + grossRupiah(line), 0) - linesRupiah(lines);
  const offSale = saleDiscountRupiah(content);
  const facts = [
    offLines > 0 && { name: t('till.offLines'), amount: -offLines },
    offSale > 0 && {
      name:
        discount && 'bps' in discount
          ? t('till.offSalePercent', { percent: rateText(discount.bps) })
          : t('till.offSale'),
      amount: -offSale,
    },
    due !== total && { name: t('till.cashDueRounded'), amount: due },
  ].filter((fact) => fact !== false);
  return (
    <div className={styles.total}>
      <dl className={styles.sums}>
        {facts.map(({ name, amount }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{moneyText(amount)}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.totalRow}>
        <span>{t('till.total')}</span>
        <span>{t('till.pieces', { lines: lines.length, pieces: formatQty(qty(pieces)) })}</span>
      </div>
      <output className={styles.totalAmount} data-testid="total">
        {moneyText(total)}
      </output>
      <Button
        size="lg"
        fullWidth
        disabled={lines.length === 0}
        tabIndex={-1}
        onMouseDown={keepFocus}
        onClick={props.onPay}
        aria-keyshortcuts="F8"
        leftSection={<IconCash size={24} aria-hidden />}
        rightSection={<KeyHint keys="F8" />}
      >
        {t('till.pay')}
      </Button>
    </div>
  );
});
