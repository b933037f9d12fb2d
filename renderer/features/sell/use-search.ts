import { useRef, useState } from 'react';
import { type ProductView, productSearch } from '../../../shared/contract/product.ts';
import type { Problem } from '../../engine/problem.ts';
import { useQuery } from '../../engine/use-query.ts';
import { holds } from './codes.ts';
import { MAX_RESULTS } from './find-code.ts';

/** What is asked for at once: several times what is in sight. The rest comes when somebody goes that far. */
const FIRST_RESULTS = 30;

export interface Search {
  /** What is searched for; '' while nothing is. */
  wanted: string;
  /** Only products that hold what is typed now, also while the answer for it is on its way. */
  products: readonly ProductView[];
  /** False while what is shown is only what the text before had in common with this one. */
  isAnswered: boolean;
  problem: Problem | undefined;
  /** Index of the chosen product. */
  chosen: number;
  /** A person moved the choice away from the first. */
  moved: boolean;
  choose(index: number): void;
  /** The end of the list is near: brings what else there is, up to MAX_RESULTS. */
  reachEnd(): void;
}

/**
 * Asks for `wanted`, one question under way at a time; `typed` is what stands in the field, to which `wanted` follows.
 * Another text begins with the first product.
 */
export function useSearch(wanted: string, typed: string): Search {
  const [goneThrough, setGoneThrough] = useState('');
  const limit = goneThrough === wanted ? MAX_RESULTS : FIRST_RESULTS;
  const found = useQuery(productSearch, wanted ? { text: wanted, limit } : null, ['products']);
  const last = useRef<readonly ProductView[]>([]);
  const [choice, setChoice] = useState<{ typed: string; product: number }>();
  if (wanted === '') last.current = [];
  else if (found.isCurrent && found.value) last.current = found.value.products;
  const isAnswered = wanted !== '' && wanted === typed && found.isCurrent && found.value !== undefined;
  const products = isAnswered ? last.current : last.current.filter((product) => holds(product, typed));
  // By the product itself: a fuller answer moves it to another place.
  const moved =
    choice?.typed === typed ? products.findIndex(({ product }) => product === choice.product) : -1;
  return {
    wanted,
    products,
    isAnswered,
    problem: found.problem,
    chosen: Math.max(moved, 0),
    moved: moved > 0,
    choose(index) {
      const product = products[Math.min(Math.max(index, 0), products.length - 1)];
      if (product) setChoice({ typed, product: product.product });
    },
    reachEnd() {
      if (isAnswered && products.length === FIRST_RESULTS) setGoneThrough(wanted);
    },
  };
}
