import { isRupiah, parseRupiah, type Rupiah, rupiah } from '../../../shared/domain/money.ts';
import { quickCash } from '../../../shared/domain/tender.ts';

/** The largest note there is, rupiah: nobody hands it over to get it, or more, back. */
const LARGEST_NOTE_RUPIAH = 100_000;

/** How many quick-cash keys the pay dialog offers: one digit chooses one. */
export const QUICK_CASH_KEYS = 5;

/** The amounts behind the keys 1 to 5: notes above the amount due, without the exact amount (that is plain Enter). */
export function quickCashKeys(cashDueRupiah: Rupiah): Rupiah[] {
  return quickCash(cashDueRupiah)
    .filter((amount) => amount !== cashDueRupiah)
    .slice(0, QUICK_CASH_KEYS);
}

/**
 * What the buyer handed over, from what the cashier typed. Nothing typed is the exact amount. One digit is a
 * quick-cash key, because no note is below Rp6. Two or three digits below the amount due are thousands (`50` is a
 * note of 50.000). Returns undefined for what is no amount.
 */
export function readTendered(typed: string, cashDueRupiah: Rupiah): Rupiah | undefined {
  const text = typed.trim();
  if (text === '') return cashDueRupiah;
  if (/^[1-9]$/.test(text)) return quickCashKeys(cashDueRupiah)[Number(text) - 1];
  const amount = parseRupiah(text);
  if (amount === undefined || amount < 0) return undefined;
  if (/^\d{2,3}$/.test(text) && amount < cashDueRupiah && isRupiah(amount * 1000))
    return rupiah(amount * 1000);
  return amount;
}

/**
 * True for cash that was surely mistyped: the change would reach the largest note or more, so a note was handed over
 * for nothing. What a quick-cash key offers is always meant. `tenderedRupiah` as it was read, not as it was typed.
 */
export function isOddTender(tenderedRupiah: Rupiah, cashDueRupiah: Rupiah): boolean {
  if (tenderedRupiah - cashDueRupiah < LARGEST_NOTE_RUPIAH) return false;
  return !quickCashKeys(cashDueRupiah).includes(tenderedRupiah);
}
