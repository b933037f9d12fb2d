import { cashDrop, cashIn, cashOut } from '../../../shared/contract/shift.ts';
import type { Problem } from '../../engine/problem.ts';
import { useCommand } from '../../engine/use-command.ts';
import type { CashKind, Direction, ExpenseCategory } from './cash-choices.ts';

export interface Move {
  shift: number;
  direction: Direction;
  kind: CashKind | undefined;
  category: ExpenseCategory;
  amountRupiah: number;
  memo: string;
}

export interface MoveCash {
  busy: boolean;
  problem: Problem | undefined;
  /** Gives the number of its document, or undefined when it did not happen. */
  run(move: Move): Promise<string | undefined>;
  /** Forgets why the last one did not happen. */
  clear(): void;
}

/** One of the three commands that move cash by hand. */
export function useMoveCash(): MoveCash {
  const moneyIn = useCommand(cashIn);
  const moneyOut = useCommand(cashOut);
  const drop = useCommand(cashDrop);

  async function give({ shift, direction, kind, category, amountRupiah, memo }: Move) {
    if (direction === 'drop') return drop.run({ shift, amountRupiah });
    if (direction === 'in' && kind && kind !== 'expense')
      return moneyIn.run({ shift, amountRupiah, kind, memo });
    if (kind === 'bank') return moneyOut.run({ shift, amountRupiah, kind, memo });
    return moneyOut.run({ shift, amountRupiah, kind: 'expense', category, memo });
  }

  return {
    busy: moneyIn.busy || moneyOut.busy || drop.busy,
    problem: moneyIn.problem ?? moneyOut.problem ?? drop.problem,
    async run(move) {
      const answer = await give(move);
      return answer?.outcome === 'ok' ? answer.value.number : undefined;
    },
    clear() {
      for (const command of [moneyIn, moneyOut, drop]) command.clear();
    },
  };
}
