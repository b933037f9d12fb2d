import { cashInKinds, cashOutKinds } from '../../../shared/contract/shift.ts';

export type Direction = 'in' | 'out' | 'drop';

/** Where the other end of the money is, as the contract has it; a drop goes to the safe and nowhere else. */
export type CashKind = (typeof cashInKinds)[number] | (typeof cashOutKinds)[number];

const kinds: Readonly<Record<Direction, readonly CashKind[]>> = {
  in: cashInKinds,
  out: cashOutKinds,
  drop: [],
};

/** What can be chosen for a drawer; nothing comes into the safe from itself. */
export function kindsOf(direction: Direction, isSafe: boolean): readonly CashKind[] {
  return kinds[direction].filter((kind) => !(isSafe && kind === 'safe'));
}

/** What a center pays in cash; each is an account of its own. The memo says the rest. */
export const expenseCategories = [
  'lain',
  'konsumsi',
  'kemasan',
  'kebersihan',
  'listrik',
  'air',
  'transport',
  'perlengkapan',
  'perbaikan',
  'pemandu',
] as const;
export type ExpenseCategory = (typeof expenseCategories)[number];
