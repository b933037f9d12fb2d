/** Proves where a paper comes out: where the person stands, else beside what it is about, else wherever a printer is. */
import { expect, test } from 'vitest';
import { printerNear } from '../../renderer/features/printing/printer-near.ts';
import type { DrawerView } from '../../shared/contract/shift.ts';

const drawer = (number: number, hasPrinter: boolean) =>
  ({ drawer: number, printer: hasPrinter ? {} : null }) as DrawerView;
const DRAWERS = [drawer(1, false), drawer(2, true), drawer(3, true)];
const near = (...nearest: (number | undefined)[]) => printerNear(DRAWERS, nearest)?.drawer;

test('the nearest drawer that has a printer, in the order asked for', () => {
  expect(near(3, 2)).toBe(3);
  expect(near(2, 3)).toBe(2);
  expect(near(1, 3)).toBe(3);
  expect(near(undefined, 3)).toBe(3);
});

test('else the first printer there is, else none', () => {
  expect(near(1, undefined)).toBe(2);
  expect(near()).toBe(2);
  expect(near(99)).toBe(2);
  expect(printerNear([drawer(1, false)], [1])).toBeUndefined();
  expect(printerNear([], [1])).toBeUndefined();
});
