import { Button } from '@mantine/core';
import { IconCash, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatQty, ONE, qty } from '../../../shared/domain/quantity.ts';
import { type CashStep, type RoundingMode, roundCash } from '../../../shared/domain/tender.ts';
import { basket, totalRupiah } from '../../stores/basket.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
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

/** Total and pay, the largest thing on the screen. */
export function TotalPanel(props: { rounding: Rounding; onPay: () => void; onClear: () => void }) {
  const { t } = useTranslation();
  const content = basket();
  const { lines } = content;
  const total = totalRupiah(content);
  const due = cashDueOf(total, props.rounding);
  const pieces = lines.reduce((sum, line) => sum + (line.qty % ONE === 0 ? line.qty : ONE), 0);
  const keepFocus = (event: { preventDefault(): void }) => event.preventDefault();
  return (
    <div className={styles.total}>
      <div className={styles.totalRow}>
        <span>{t('till.total')}</span>
        <span>{t('till.pieces', { lines: lines.length, pieces: formatQty(qty(pieces)) })}</span>
      </div>
      <output className={styles.totalAmount} data-testid="total">
        {moneyText(total)}
      </output>
      {due !== total && (
        <div className={styles.totalRow}>
          <span>{t('till.cashDueRounded')}</span>
          <span>{moneyText(due)}</span>
        </div>
      )}
      <div className={styles.payRow}>
        <Button
          size="lg"
          variant="default"
          disabled={lines.length === 0}
          onPointerDown={keepFocus}
          onClick={props.onClear}
          aria-label={t('till.key.clear')}
        >
          <IconTrash size={22} aria-hidden />
        </Button>
        <Button
          size="lg"
          disabled={lines.length === 0}
          onPointerDown={keepFocus}
          onClick={props.onPay}
          aria-keyshortcuts="F8"
          leftSection={<IconCash size={24} aria-hidden />}
          rightSection={<KeyHint keys="F8" />}
        >
          {t('till.payCash')}
        </Button>
      </div>
    </div>
  );
}
