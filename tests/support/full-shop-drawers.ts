import { documentReverse } from '../../shared/contract/report.ts';
import { cashDrop, cashIn, cashOut, drawerState, safeCount } from '../../shared/contract/shift.ts';
import type { Shop } from './shop.ts';

/** The safe's shift has been open since the command that made the center. */
const SAFE_SHIFT = 1;

export interface DrawersOfFullShop {
  /** Cash spent from the open till, which can still be taken back. */
  move: number;
}

/** Cash moved by hand in each direction, one of them taken back, and the safe counted note by note. */
export async function moveCash({ manager, cashier, safe }: Shop, shift: number): Promise<DrawersOfFullShop> {
  const parking = { shift: SAFE_SHIFT, amountRupiah: 15_000, kind: 'other-income' as const, memo: 'parkir' };
  await manager.must(cashIn, parking);
  const twice = await manager.must(cashIn, parking);
  await manager.must(documentReverse, { document: twice.move, memo: 'tercatat dua kali' });
  await cashier.must(cashDrop, { shift, amountRupiah: 20_000 });
  const coins = { shift, amountRupiah: 8_000, kind: 'safe' as const, memo: 'uang kecil' };
  await cashier.must(cashIn, coins);
  const { expectedRupiah } = await manager.must(drawerState, { drawer: safe });
  const pieces = Math.floor(expectedRupiah / 1000) - 1;
  const denominations = [{ valueRupiah: 1000 as const, pieces }];
  const count = await manager.must(safeCount, { countedRupiah: pieces * 1000, denominations });
  if (count.differenceRupiah >= 0) throw new Error('the safe of this shop is meant to be short');
  const { move } = await cashier.must(cashOut, {
    shift,
    amountRupiah: 5_000,
    kind: 'expense',
    category: 'air',
    memo: 'galon',
  });
  return { move };
}
