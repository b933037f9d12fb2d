/** Signing in, and a basket from its first scan until it is paid: search, discounts, codes nobody knows. */
import { SPECIAL, tillCode } from '../support/till-shop.ts';
import { DIALOG, fillWithAll, menu, open, scan, see, UNKNOWN_CODE } from './reaching.ts';
import type { State } from './states.ts';

export const basketStates: readonly State[] = [
  { name: 'sign-in', who: 'nobody', reach: (stage) => see(stage, 'input[type=password]') },
  {
    name: 'sign-in-wrong',
    who: 'nobody',
    async reach(stage) {
      await stage.person.type('000000');
      await stage.person.press('Enter');
      await see(stage, '[role=alert]');
    },
  },
  { name: 'till-empty', who: 'cashier', reach: (stage) => see(stage, '[data-testid=total]') },
  { name: 'till-basket', who: 'cashier', reach: (stage) => scan(stage, 0, 1, 2, 4, 5, 6) },
  { name: 'till-everything', who: 'cashier', reach: fillWithAll },
  {
    name: 'till-many',
    who: 'cashier',
    reach: (stage) => scan(stage, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11),
  },
  {
    name: 'till-multiplier',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 0);
      await stage.person.typeByHand('12*');
    },
  },
  {
    name: 'search',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 2);
      await stage.person.typeByHand('a');
      await see(stage, '#till-results [role=option]');
    },
  },
  {
    name: 'search-nothing',
    who: 'cashier',
    async reach(stage) {
      await see(stage, '[data-testid=total]');
      await stage.person.typeByHand('rendang kuda');
    },
  },
  {
    name: 'strange-scan',
    who: 'cashier',
    async reach(stage) {
      await see(stage, '[data-testid=total]');
      await stage.person.scan('K1-990101-0001');
      await see(stage, '[role=alert]');
    },
  },
  {
    name: 'discount-line',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 2, SPECIAL.longName);
      await open(stage, 'F5');
      await stage.person.type('10%');
    },
  },
  {
    name: 'discount-sale',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 2, SPECIAL.longName);
      await open(stage, 'F5');
      await stage.person.press('F5');
      await stage.person.type('5rb');
    },
  },
  {
    name: 'discount-price',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 2, SPECIAL.longName);
      await open(stage, 'F5');
      await stage.person.press('F5', 'F5');
      await stage.person.type('1000000');
    },
  },
  {
    name: 'quantity',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 2, 4);
      await open(stage, 'F4');
      await stage.person.type('40');
    },
  },
  {
    name: 'clear',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 2, 4);
      await open(stage, 'Control+Delete');
    },
  },
  {
    name: 'unknown',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 2);
      await stage.person.scan(UNKNOWN_CODE);
      await see(stage, DIALOG);
      await stage.person.type('b');
      await see(stage, '[role=option]');
    },
  },
  {
    name: 'expired',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 2);
      await stage.person.scan(tillCode(SPECIAL.onlyExpired));
      await see(stage, DIALOG);
    },
  },
  { name: 'visit', who: 'cashier', reach: (stage) => menu(stage, '7', `${DIALOG} input`) },
];
