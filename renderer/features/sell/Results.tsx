import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { memo, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductView } from '../../../shared/contract/product.ts';
import { formatQty, qty } from '../../../shared/domain/quantity.ts';
import { moneyText } from '../../ui/Money.tsx';
import { rateText } from '../vendors/terms-text.ts';
import { MAX_RESULTS } from './find-code.ts';
import styles from './Till.module.css';
import type { Search } from './use-search.ts';

export const RESULTS_ID = 'till-results';
/** Height of a row; the style sheet has the same. */
const ROW_PX = 64;
/** The next rows are fetched before the last ones are in sight. */
const ROWS_AHEAD = 10;
/** How much of the list was in sight when it was seen last: a list that comes anew is painted once, not twice. */
let sight = { width: 400, height: 8 * ROW_PX };

export const resultId = ({ product }: ProductView): string => `result-${product}`;

/** What a search found. Only the rows in sight are there, and the chosen one: a screen reader follows it. */
export function Results({ search, onPick }: { search: Search; onPick: (product: ProductView) => void }) {
  const { t } = useTranslation();
  const { products, chosen, wanted } = search;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: products.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 4,
    initialRect: sight,
    rangeExtractor: (range) => [
      ...new Set([...defaultRangeExtractor(range), ...(products.length > 0 ? [chosen] : [])]),
    ],
  });
  // Not the last row that is there: that may be the chosen one.
  const lastSeen = rows.range?.endIndex ?? 0;
  useEffect(() => {
    if (rows.scrollRect) sight = rows.scrollRect;
    if (lastSeen >= products.length - ROWS_AHEAD) search.reachEnd();
  });
  useStill(scroller, products, wanted);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text or choice is what moves the list
  useLayoutEffect(() => {
    if (products.length > 0) rows.scrollToIndex(chosen, { align: 'auto' });
  }, [chosen, wanted]);

  if (products.length === 0) {
    return <p className={styles.nothing}>{search.isAnswered && t('till.nothingFound')}</p>;
  }
  return (
    // What stands below the rows scrolls with them: beside them it would change how much of the list is in sight.
    <div className={styles.results} ref={scroller}>
      <div
        id={RESULTS_ID}
        role="listbox"
        aria-label={t('till.results')}
        className={styles.resultRows}
        style={{ height: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const product = products[index];
          return (
            product && (
              <Result
                key={product.product}
                product={product}
                place={index + 1}
                count={products.length}
                startPx={start}
                isChosen={index === chosen}
                onPick={onPick}
              />
            )
          );
        })}
      </div>
      {search.isAnswered && products.length === MAX_RESULTS && (
        <p className={styles.nothing}>{t('till.moreResults', { count: MAX_RESULTS })}</p>
      )}
    </div>
  );
}

/** A fuller answer puts other rows between those in sight: what a finger is about to touch stays where it is. */
function useStill(
  scroller: RefObject<HTMLDivElement | null>,
  products: readonly ProductView[],
  wanted: string,
): void {
  const shown = useRef({ products, wanted });
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { products, wanted };
    const element = scroller.current;
    if (!element || element.scrollTop === 0 || before.wanted !== wanted) return;
    const uppermost = Math.floor(element.scrollTop / ROW_PX);
    const now = products.findIndex(({ product }) => product === before.products[uppermost]?.product);
    if (now >= 0) element.scrollTop += (now - uppermost) * ROW_PX;
  }, [scroller, products, wanted]);
}

const Result = memo(function Result(props: {
  product: ProductView;
  /** From 1. */
  place: number;
  count: number;
  startPx: number;
  isChosen: boolean;
  onPick: (product: ProductView) => void;
}) {
  const { t } = useTranslation();
  const { product } = props;
  const { name, vendorCode, vendorName, unit, onHandQty, expiredQty, promotion } = product;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field's keys choose a row, rows have none of their own
    <div
      id={resultId(product)}
      role="option"
      tabIndex={-1}
      aria-selected={props.isChosen}
      aria-setsize={props.count}
      aria-posinset={props.place}
      className={styles.result}
      style={{ transform: `translateY(${props.startPx}px)` }}
      // The search field keeps the focus: the till stays ready for a scan.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => props.onPick(product)}
    >
      <span className={styles.resultName}>{name}</span>
      <strong>{moneyText(product.priceRupiah)}</strong>
      <span className={styles.resultDetail}>
        {vendorCode} {vendorName}
      </span>
      <span className={styles.resultDetail}>
        {promotion
          ? t('till.promotionShort', { percent: rateText(promotion.rateBps) })
          : onHandQty <= 0 && expiredQty > 0
            ? t('till.leftExpired')
            : t('till.left', { quantity: `${formatQty(qty(Math.max(onHandQty, 0)))} ${unit}` })}
      </span>
    </div>
  );
});
