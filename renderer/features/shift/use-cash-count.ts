import { useState } from 'react';
import { parseRupiah } from '../../../shared/domain/money.ts';
import { type Counts, countedRupiah, denominationsOf } from './count.ts';

export interface CashCount {
  counts: Counts;
  setPieces(valueRupiah: number, text: string): void;
  sum: string;
  setSum(text: string): void;
  /** Something was typed: by notes or as a sum. */
  touched: boolean;
  /** Rupiah; undefined where the typed sum is no amount. Nothing typed is 0. */
  rupiah: number | undefined;
  /** As the contract takes it: the sum, and the notes where they were counted. */
  told: { countedRupiah: number; denominations?: ReturnType<typeof denominationsOf> } | undefined;
}

/** Cash counted note by note, or told as a sum; a sum that was typed counts. */
export function useCashCount(): CashCount {
  const [counts, setCounts] = useState<Counts>({});
  const [sum, setSum] = useState('');
  const bySum = sum.trim() !== '';
  const byNotes = Object.values(counts).some((pieces) => pieces !== '');
  const typed = bySum ? parseRupiah(sum) : countedRupiah(counts);
  const rupiah = typed !== undefined && typed >= 0 ? typed : undefined;
  return {
    counts,
    setPieces: (valueRupiah, text) => setCounts((before) => ({ ...before, [valueRupiah]: text })),
    sum,
    setSum,
    touched: bySum || byNotes,
    rupiah,
    told:
      rupiah === undefined
        ? undefined
        : { countedRupiah: rupiah, ...(!bySum && byNotes && { denominations: denominationsOf(counts) }) },
  };
}
