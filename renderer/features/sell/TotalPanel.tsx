import { Button } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatQty, ONE, qty } from '../../../shared/domain/quantity.ts';
import { basket, grossRupiah, lineRupiah, saleDiscountRupiah, totalRupiah } from '../../stores/basket.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { arrivedOf, paymentOf, type Rounding } from '../pay/payment.ts';
import { rateText } from '../vendors/terms-text.ts';
import styles from './Till.module.css';

const keepFocus = (event: { preventDefault(): void }) => event.preventDefault();

/** Total and pay, the largest thing on the screen. What is said grows upwards: the button stays where the hand is. */
export const TotalPanel = memo(function TotalPanel(props: { rounding: Rounding; onPay: () => void }) {
  const { t } = useTranslation();
  const lines = basket((state) => state.lines);
  const discount = basket((state) => state.discount);
  const taken = basket((state) => state.taken);
  const isMoving = basket((state) => state.moving !== undefined);
  const content = { lines, discount };
  const total = totalRupiah(content);
  const { inRupiah, awaitedRupiah } = arrivedOf(taken);
  const payment = paymentOf({ totalRupiah: total, taken, typed: '', rounding: props.rounding });
  const cashDue = payment.state === 'open' ? payment.cashDueRupiah : 0;
  const pieces = lines.reduce((sum, line) => sum + (line.qty % ONE === 0 ? line.qty : ONE), 0);
  const offLines = lines.reduce((sum, line) => sum + grossRupiah(line) - lineRupiah(line), 0);
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
    inRupiah > 0 && { name: t('till.taken'), amount: inRupiah },
    awaitedRupiah > 0 && { name: t('till.awaitedQris'), amount: awaitedRupiah },
    cashDue > 0 && cashDue !== total && { name: t('till.cashDueRounded'), amount: cashDue },
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
        <span>
          {t('ticket.lines', { count: lines.length })} ·{' '}
          {t('till.items', { count: pieces === ONE ? 1 : 2, pieces: formatQty(qty(pieces)) })}
        </span>
      </div>
      <output className={styles.totalAmount} data-testid="total">
        {moneyText(total)}
      </output>
      <Button
        size="lg"
        fullWidth
        disabled={lines.length === 0 || isMoving}
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
