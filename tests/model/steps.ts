/** One step of a history: what happens next, and how long after the last. */
import type { Dice } from './dice.ts';
import * as drawer from './steps-drawer.ts';
import * as money from './steps-money.ts';
import * as office from './steps-office.ts';
import * as paper from './steps-paper.ts';
import * as till from './steps-till.ts';
import type { TwoBooks } from './two-books.ts';

export interface Step {
  books: TwoBooks;
  dice: Dice;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How often each happens, in a hundred or so. The first is what a step shrinks to. */
const KINDS: readonly [weight: number, (step: Step) => Promise<void>][] = [
  [30, till.sell],
  [9, till.bringBack],
  [3, till.takeBackLast],
  [3, drawer.payBuyer],
  [4, drawer.match],
  [6, drawer.moveCash],
  [2, till.park],
  [3, till.closeTill],
  [2, till.openTill],
  [9, office.takeIn],
  [7, office.loseOrReturn],
  [4, office.resolve],
  [8, office.changeTerms],
  [6, office.changeSettings],
  [7, money.moveVendorMoney],
  [12, money.settle],
  [4, money.run],
  [8, money.reverse],
  [4, paper.putOnPaper],
];
const WHOLE = KINDS.reduce((sum, [weight]) => sum + weight, 0);

export async function takeStep({ books, dice }: Step): Promise<void> {
  let luck = dice.below(WHOLE);
  // A night passes now and then; two nights and more make the clock doubtful, which somebody then has to confirm.
  books.pass(dice.chance(4) ? DAY_MS * (1 + dice.below(2)) : dice.below(25) * MINUTE_MS);
  for (const [weight, happens] of KINDS) {
    if (luck < weight) return happens({ books, dice });
    luck -= weight;
  }
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
