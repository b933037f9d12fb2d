/** Proves the order of the till's quick keys: no product twice, no more than fit, and both ends stand still. */
import { expect, test } from 'vitest';
import { added, moved, without } from '../../renderer/features/products/quick-order.ts';
import type { ProductView } from '../../shared/contract/product.ts';

const goods = (product: number) => ({ product }) as ProductView;
const order = (...products: number[]) => products.map(goods);
const numbers = (list: readonly ProductView[]) => list.map(({ product }) => product);

test('a product is added at the end, once, while there is room', () => {
  expect(numbers(added(order(1, 2), goods(3), 3))).toEqual([1, 2, 3]);
  expect(numbers(added(order(1, 2), goods(2), 3))).toEqual([1, 2]);
  expect(numbers(added(order(1, 2, 3), goods(4), 3))).toEqual([1, 2, 3]);
});

test('it moves one place and stays at either end', () => {
  expect(numbers(moved(order(1, 2, 3), goods(3), -1))).toEqual([1, 3, 2]);
  expect(numbers(moved(order(1, 2, 3), goods(1), 1))).toEqual([2, 1, 3]);
  expect(numbers(moved(order(1, 2, 3), goods(1), -1))).toEqual([1, 2, 3]);
  expect(numbers(moved(order(1, 2, 3), goods(3), 1))).toEqual([1, 2, 3]);
  expect(numbers(moved(order(1, 2, 3), goods(9), 1))).toEqual([1, 2, 3]);
});

test('what is taken away is gone, and only that', () => {
  expect(numbers(without(order(1, 2, 3), goods(2)))).toEqual([1, 3]);
  expect(numbers(without(order(1, 2, 3), goods(9)))).toEqual([1, 2, 3]);
});
