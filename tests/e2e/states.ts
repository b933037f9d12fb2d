/**
 * Every screen and dialog as a person meets it, and how one gets there with keyboard and scanner. In an order that
 * works: some leave something behind (a receipt, a closed shift) that a later one shows.
 */
import type { Page } from 'playwright-core';
import { basketStates } from './basket-states.ts';
import { buyerStates } from './buyer-states.ts';
import { closingStates } from './closing-states.ts';
import { counterStates } from './counter-states.ts';
import { officeStates } from './office-states.ts';
import { payStates } from './pay-states.ts';
import { type Stage, still, type Who } from './stage.ts';

export interface State {
  /** Also the beginning of its pictures' names. */
  name: string;
  who: Who;
  /** The window to look at, where it is not the till's own. */
  window?: 'buyer';
  /** From a page that was just loaded. */
  reach(stage: Stage): Promise<void>;
  /** Puts right what would be in the way of the next state. */
  leave?(stage: Stage): Promise<void>;
}

export const STATES: readonly State[] = [
  ...basketStates,
  ...payStates,
  ...counterStates,
  ...buyerStates,
  ...closingStates,
  ...officeStates,
];

/** Reaches one state after the other and shows each, when nothing moves any more. */
export async function walk(
  stage: Stage,
  show: (state: State, page: Page) => Promise<void>,
  isWanted: (state: State) => boolean = () => true,
): Promise<void> {
  for (const state of STATES.filter(isWanted)) {
    await stage.begin(state.who);
    await state.reach(stage);
    const page = state.window ? stage.newestPage() : stage.page;
    await still(page);
    await show(state, page);
    await state.leave?.(stage);
  }
}
