/** From the engine's death to the next morning; they come in this order. */
import { PINS } from '../support/shop.ts';
import { DIALOG, open, scan, see } from './reaching.ts';
import type { Stage } from './stage.ts';
import type { State } from './states.ts';

/** Pays while the engine is away: nobody knows of the sale. */
async function payInVain(stage: Stage): Promise<void> {
  await stage.stopEngine();
  await see(stage, '[data-testid=engine-away]');
  await open(stage, 'F8');
  await stage.person.press('Enter');
  await see(stage, `${DIALOG} [data-loading]`);
}

/** What one has closed so far, after the drawer was closed. */
async function openPastClosings(stage: Stage): Promise<void> {
  await see(stage, 'form select');
  await stage.person.press('Alt+3');
  await see(stage, 'main [aria-keyshortcuts=F6]');
  await stage.person.press('F6');
  await see(stage, `${DIALOG} [role=option]`);
}

export const closingStates: readonly State[] = [
  {
    name: 'engine-lost',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 0, 1);
      await stage.stopEngine();
      await see(stage, '[data-testid=engine-away]');
    },
    leave: (stage) => stage.startEngine(),
  },
  {
    name: 'pay-waiting',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 0, 1);
      await payInVain(stage);
    },
    leave: (stage) => stage.startEngine(),
  },
  {
    name: 'sale-unrecorded',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 0, 1);
      await payInVain(stage);
      await stage.restart();
      await see(stage, '[data-testid=ticket] button');
    },
  },
  {
    name: 'close',
    who: 'cashier',
    async reach(stage) {
      await see(stage, '[data-testid=total]');
      await stage.person.press('Alt+3');
      await see(stage, '[data-testid=counted]');
      for (const count of ['3', '2', '7']) {
        await stage.person.type(count);
        await stage.person.press('Enter');
      }
    },
  },
  {
    name: 'close-approval',
    who: 'cashier',
    async reach(stage) {
      await see(stage, '[data-testid=total]');
      await stage.person.press('Alt+3');
      await see(stage, '[data-testid=counted]');
      await stage.person.type('9');
      await stage.person.press('F8');
      await see(stage, `${DIALOG} input[type=password]`);
    },
  },
  {
    name: 'close-done',
    who: 'cashier',
    async reach(stage) {
      await see(stage, '[data-testid=total]');
      await stage.person.press('Alt+3');
      await see(stage, '[data-testid=counted]');
      await stage.person.type('9');
      await stage.person.press('F8');
      await see(stage, `${DIALOG} [role=option]`);
      await stage.person.type(PINS.manager);
      await stage.person.press('Enter');
      await see(stage, '[data-testid=difference]');
    },
  },
  { name: 'open', who: 'cashier', reach: (stage) => see(stage, 'form select') },
  {
    name: 'open-notes',
    who: 'cashier',
    async reach(stage) {
      await see(stage, 'form select');
      await stage.person.press('F4');
      await see(stage, '[data-testid=float]');
    },
  },
  {
    name: 'close-nothing',
    who: 'cashier',
    async reach(stage) {
      await see(stage, 'form select');
      await stage.person.press('Alt+3');
    },
  },
  {
    name: 'past-closings-own',
    who: 'cashier',
    async reach(stage) {
      await openPastClosings(stage);
      await see(stage, `${DIALOG} [role=option]:nth-child(2)`);
    },
  },
  {
    name: 'past-closings-approval',
    who: 'cashier',
    async reach(stage) {
      await openPastClosings(stage);
      await stage.person.press('Enter');
      await see(stage, `${DIALOG} input[type=password]`);
    },
  },
];
