import { useRef, useState } from 'react';
import { type ProductView, productSearch } from '../../../shared/contract/product.ts';
import type { Problem } from '../../engine/problem.ts';
import { useQuery } from '../../engine/use-query.ts';
import { holds } from './codes.ts';
import { MAX_RESULTS } from './find-code.ts';

export interface Search {
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
}

/** Asks for a text with every key, one question under way at a time. Another text begins with the first product. */
export function useSearch(wanted: string): Search {
  const found = useQuery(productSearch, wanted ? { text: wanted, limit: MAX_RESULTS } : null, ['products']);
  const last = useRef<readonly ProductView[]>([]);
  const [choice, setChoice] = useState<{ wanted: string; product: number }>();
  const isAnswered = wanted !== '' && found.isCurrent && found.value !== undefined;
  if (isAnswered && found.value) last.current = found.value.products;
  else if (wanted === '') last.current = [];
  const products = isAnswered ? last.current : last.current.filter((product) => holds(product, wanted));
  // By the product itself: a fuller answer moves it to another place.
  const moved =
    choice?.wanted === wanted ? products.findIndex(({ product }) => product === choice.product) : -1;
  return {
    wanted,
    products,
    isAnswered,
    problem: found.problem,
    chosen: Math.max(moved, 0),
    moved: moved > 0,
    choose(index) {
      const product = products[Math.min(Math.max(index, 0), products.length - 1)];
      if (product) setChoice({ wanted, product: product.product });
    },
  };
}
