/** The buyer's window. */
import type { Page } from 'playwright-core';
import { SPECIAL } from '../support/till-shop.ts';
import { DIALOG, dialogsAre, scan, see } from './reaching.ts';
import type { Stage } from './stage.ts';
import type { State } from './states.ts';

/** Opens the buyer's window beside the till. */
async function openDisplay({ page, person }: Stage): Promise<Page> {
  await page.waitForSelector('[data-testid=total]');
  const opened = page.context().waitForEvent('page');
  await person.press('F10');
  await page.waitForSelector(DIALOG);
  await person.press('6');
  const display = await opened;
  await display.waitForSelector('main');
  return display;
}

export const buyerStates: readonly State[] = [
  {
    name: 'buyer-welcome',
    who: 'cashier',
    window: 'buyer',
    async reach(stage) {
      await openDisplay(stage);
    },
  },
  {
    name: 'buyer-basket',
    who: 'cashier',
    window: 'buyer',
    async reach(stage) {
      await scan(stage, 0, SPECIAL.promoted, SPECIAL.longName);
      const display = await openDisplay(stage);
      await display.waitForSelector('[data-testid=display-total]');
    },
  },
  {
    name: 'buyer-qris',
    who: 'cashier',
    window: 'buyer',
    async reach(stage) {
      await scan(stage, 5, 1);
      const display = await openDisplay(stage);
      await dialogsAre(stage, 0);
      await stage.person.press('F8');
      await see(stage, DIALOG);
      await stage.person.press('F5');
      await see(stage, '[data-testid=qris-amount]');
      await display.waitForSelector('svg');
    },
  },
  {
    name: 'buyer-change',
    who: 'cashier',
    window: 'buyer',
    async reach(stage) {
      await scan(stage, 5, 1);
      const display = await openDisplay(stage);
      await dialogsAre(stage, 0);
      await stage.person.press('F8');
      await see(stage, DIALOG);
      await stage.person.press('2', 'Enter');
      await display.waitForSelector('[data-testid=display-change]');
    },
  },
];
