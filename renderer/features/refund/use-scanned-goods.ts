import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { productByCode } from '../../../shared/contract/product.ts';
import type { SaleLineView, SaleView } from '../../../shared/contract/sale.ts';
import { engine } from '../../engine/client.ts';
import { lineOfScan, type Picks, stepped } from './coming-back.ts';
import type { Reason } from './Reasons.tsx';
import type { ScanQueue } from './scan-queue.ts';

/** What a person has chosen so far. */
export interface Chosen {
  picks: Picks;
  reason: Reason | undefined;
  /** Batches whose label was scanned, by line. */
  batches: Readonly<Record<number, number>>;
}

/** Takes one scan after the other: goods of the receipt grow, and what the scan's first keys did as keys is undone. */
export function useScannedGoods(
  scans: ScanQueue,
  sale: SaleView,
  chosen: Chosen,
  setChosen: (next: Chosen) => void,
  /** The line that grew; or none of them, and the sentence that says why. */
  tell: (found: SaleLineView | undefined, sentence: string | undefined) => void,
): void {
  const { t } = useTranslation();
  const before = useRef(chosen);
  const current = useRef({ begin: () => {}, scan: async (_code: string) => {} });
  current.current = {
    begin() {
      before.current = chosen;
    },
    async scan(code) {
      const answer = await engine.call(productByCode, { code });
      const { product, batch } = answer.outcome === 'ok' ? answer.value : { product: null, batch: null };
      const kept = before.current;
      const found = product ? lineOfScan(sale, kept.picks, product.product) : 'none';
      if (found === 'none' || found === 'full') {
        setChosen(kept);
        tell(undefined, t(`refund.scan.${found}`, { name: product?.name ?? code }));
        return;
      }
      const batches = batch === null ? kept.batches : { ...kept.batches, [found.line]: batch };
      // The next scan builds on this one, whether or not the screen has been painted meanwhile.
      before.current = { ...kept, picks: stepped(kept.picks, found, 1), batches };
      setChosen(before.current);
      tell(found, undefined);
    },
  };
  useEffect(
    () => scans.listen({ begin: () => current.current.begin(), scan: (code) => current.current.scan(code) }),
    [scans],
  );
}
