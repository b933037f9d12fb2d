import type { SaleLineView, SaleView } from '../../../shared/contract/sale.ts';
import { lineOfScan, type Picks, stepped } from './coming-back.ts';
import type { Reason } from './Reasons.tsx';

/** What a person has chosen so far of what comes back. */
export interface Chosen {
  picks: Picks;
  reason: Reason | undefined;
  /** Batches whose label was scanned, by line. */
  batches: Readonly<Record<number, number>>;
}

/** Where the choice stands: `get` gives what was `set` last, painted or not. */
export interface ChosenNow {
  get(): Chosen;
  set(next: Chosen): void;
}

/** A scanned product, with the batch of its label where it had one. */
interface ScannedGoods {
  product: number;
  batch: number | null;
}

/**
 * Scans that choose goods of a receipt. The keys of a scan are heard as keys, too, before anybody can know that they
 * are a scan, and a figure in a code is the key of a reason: with the scan's end all of that is taken back. Answers may
 * come late, in the middle of the next scan: what they bring counts whether or not that one is taken back.
 */
interface ScanChoice {
  /** The first key of what may be a scan. */
  begin(): void;
  /** It was one. */
  heard(): void;
  /** One piece more of its line, which is answered; `full` and `none` as `lineOfScan` says them. */
  grow(sale: SaleView, goods: ScannedGoods): SaleLineView | 'full' | 'none';
}

export function createScanChoice(now: ChosenNow): ScanChoice {
  let before = now.get();
  return {
    begin() {
      before = now.get();
    },
    heard: () => now.set(before),
    grow(sale, goods) {
      const { next, found } = grown(sale, now.get(), goods);
      before = grown(sale, before, goods).next;
      now.set(next);
      return found;
    },
  };
}

function grown(sale: SaleView, chosen: Chosen, { product, batch }: ScannedGoods) {
  const found = lineOfScan(sale, chosen.picks, product);
  if (found === 'none' || found === 'full') return { next: chosen, found };
  const batches = batch === null ? chosen.batches : { ...chosen.batches, [found.line]: batch };
  return { next: { ...chosen, picks: stepped(chosen.picks, found, 1), batches }, found };
}
