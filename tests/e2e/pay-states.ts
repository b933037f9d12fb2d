/** Every way to pay, what stands in the way of it, and the sale that is done. */
import { priceSet } from '../../shared/contract/product.ts';
import { SPECIAL } from '../support/till-shop.ts';
import { DIALOG, dialogsAre, fillWithAll, open, scan, see } from './reaching.ts';
import type { Stage } from './stage.ts';
import type { State } from './states.ts';

async function sellOne(stage: Stage, ...keys: string[]): Promise<void> {
  await scan(stage, 0);
  await open(stage, 'F8');
  await stage.person.press(...keys, 'Enter');
  await see(stage, '[data-testid=change]');
}

/** A discount above what a cashier may give, paid: a supervisor has to say yes. */
async function askApproval(stage: Stage): Promise<void> {
  await scan(stage, 0, 4);
  await open(stage, 'F5');
  await stage.person.type('50%');
  await stage.person.press('Enter');
  await dialogsAre(stage, 0);
  await open(stage, 'F8');
  await stage.person.press('Enter');
  await see(stage, `${DIALOG} input[type=password]`);
}

export const payStates: readonly State[] = [
  {
    name: 'pay',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 0, 1);
      await open(stage, 'F8');
    },
  },
  {
    name: 'pay-change',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 0, 1);
      await open(stage, 'F8');
      await stage.person.press('2');
    },
  },
  {
    name: 'pay-short',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, SPECIAL.longName, 1);
      await open(stage, 'F8');
      await stage.person.type('20000');
    },
  },
  {
    name: 'pay-odd-change',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, SPECIAL.longName, 1);
      await open(stage, 'F8');
      await stage.person.type('5000000');
      await stage.person.press('Enter');
      await see(stage, `${DIALOG} [role=alert]`);
    },
  },
  {
    name: 'pay-card',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, SPECIAL.longName, 1);
      await open(stage, 'F8');
      await stage.person.press('F6');
      await see(stage, '[data-testid=part-amount]');
    },
  },
  {
    name: 'pay-split',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, SPECIAL.longName, 1);
      await open(stage, 'F8');
      await stage.person.type('500000');
      await stage.person.press('F6');
      await see(stage, '[data-testid=part-amount]');
      await stage.person.type('4411');
      await stage.person.press('Enter');
      await see(stage, `${DIALOG} li`);
      await stage.person.type('200000');
      await stage.person.press('F7');
      await see(stage, '[data-testid=part-amount]');
      await stage.person.press('Enter');
      await see(stage, `${DIALOG} li:nth-child(2)`);
    },
  },
  {
    name: 'till-paid-in-part',
    who: 'cashier',
    async reach(stage) {
      await fillWithAll(stage);
      await open(stage, 'F8');
      await stage.person.type('500000');
      await stage.person.press('F6');
      await see(stage, '[data-testid=part-amount]');
      await stage.person.press('Enter');
      await see(stage, `${DIALOG} li`);
      await stage.person.press('Escape');
      await dialogsAre(stage, 0);
    },
  },
  {
    name: 'pay-qris',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 5, 1);
      await open(stage, 'F8');
      await stage.person.press('F5');
      await see(stage, '[data-testid=qris-amount]');
    },
  },
  {
    name: 'pay-qris-left',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 4);
      await open(stage, 'F8');
      await stage.person.press('F5');
      await see(stage, '[data-testid=qris-amount]');
      await stage.person.press('Escape');
      await see(stage, `${DIALOG} li`);
    },
  },
  { name: 'approval', who: 'cashier', reach: askApproval },
  {
    name: 'price-changed',
    who: 'cashier',
    async reach(stage) {
      const product = stage.shop.products[SPECIAL.soldOut] ?? 0;
      await scan(stage, 0, SPECIAL.soldOut);
      await open(stage, 'F8');
      await stage.office().must(priceSet, { product, priceRupiah: 19_500 });
      await stage.person.press('Enter');
      await see(stage, `${DIALOG} dl`);
    },
    async leave({ office, shop }) {
      await office().must(priceSet, { product: shop.products[SPECIAL.soldOut] ?? 0, priceRupiah: 17_500 });
    },
  },
  { name: 'sale-change', who: 'cashier', reach: (stage) => sellOne(stage, '2') },
  { name: 'sale-exact', who: 'cashier', reach: (stage) => sellOne(stage) },
];
