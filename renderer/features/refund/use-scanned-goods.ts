import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { productByCode } from '../../../shared/contract/product.ts';
import type { SaleLineView, SaleView } from '../../../shared/contract/sale.ts';
import { engine } from '../../engine/client.ts';
import { type ChosenNow, createScanChoice } from './chosen.ts';
import type { ScanQueue } from './scan-queue.ts';

/** Takes one scan after the other: goods of the receipt grow, and what the scan's keys did as keys is undone. */
export function useScannedGoods(
  scans: ScanQueue,
  sale: SaleView,
  chosen: ChosenNow,
  /** The line that grew; or none of them, and the sentence that says why. */
  tell: (found: SaleLineView | undefined, sentence: string | undefined) => void,
): void {
  const { t } = useTranslation();
  const [choice] = useState(() => createScanChoice(chosen));
  async function scan(code: string): Promise<void> {
    const answer = await engine.call(productByCode, { code });
    const { product, batch } = answer.outcome === 'ok' ? answer.value : { product: null, batch: null };
    const found = product ? choice.grow(current.current.sale, { product: product.product, batch }) : 'none';
    if (found !== 'none' && found !== 'full') current.current.tell(found, undefined);
    else current.current.tell(undefined, t(`refund.scan.${found}`, { name: product?.name ?? code }));
  }
  const current = useRef({ sale, tell, scan });
  current.current = { sale, tell, scan };
  useEffect(
    () =>
      scans.listen({
        begin: choice.begin,
        heard: choice.heard,
        scan: (code) => current.current.scan(code),
      }),
    [scans, choice],
  );
}
