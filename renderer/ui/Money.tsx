import { formatRupiah, isRupiah, rupiah } from '../../shared/domain/money.ts';
import styles from './Money.module.css';

/** An amount in rupiah; `out` is money leaving the center. */
export function Money({ amount, tone, size }: { amount: number; tone?: 'out' | 'work'; size?: 'lg' | 'xl' }) {
  const className = [styles.money, tone && styles[tone], size && styles[size]].filter(Boolean).join(' ');
  return <span className={className}>{moneyText(amount)}</span>;
}

export function moneyText(amount: number): string {
  return isRupiah(amount) ? formatRupiah(rupiah(amount)) : '–';
}
