import type { DrawerView } from '../../../shared/contract/shift.ts';

/**
 * The drawer at which a paper comes out: the first of `nearest` that has a printer, else the center's first printer.
 * Undefined: there is none.
 */
export function printerNear(
  drawers: readonly DrawerView[],
  nearest: readonly (number | undefined)[],
): DrawerView | undefined {
  const printers = drawers.filter(({ printer }) => printer !== null);
  const ranked = nearest.map((wanted) => printers.find(({ drawer }) => drawer === wanted));
  return ranked.find((found) => found !== undefined) ?? printers[0];
}
