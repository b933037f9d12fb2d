/** What a till does besides selling: parked baskets, refunds, cash, papers, people, and what was sold. */
import { priceSet } from '../../shared/contract/product.ts';
import { DIALOG, dialogsAre, menu, open, scan, see } from './reaching.ts';
import type { Stage } from './stage.ts';
import type { State } from './states.ts';

const NEW_PIN = '640281';

/** Scans a receipt of this shift: its refund opens. */
async function scanReceipt(stage: Stage, number: string): Promise<void> {
  await see(stage, '[data-testid=total]');
  await stage.person.scan(number);
  await see(stage, `${DIALOG} [role=listbox]`);
}

/** The dialog of the own PIN, in front of the one of persons. */
async function openOwnPin(stage: Stage): Promise<void> {
  await open(stage, 'Alt+s');
  await stage.person.press('F4');
  await dialogsAre(stage, 2);
}

export const counterStates: readonly State[] = [
  {
    name: 'hold',
    who: 'cashier',
    async reach(stage) {
      await scan(stage, 2, 4);
      await open(stage, 'F3');
      await stage.person.type('Pak Hadi, bus biru');
    },
  },
  {
    name: 'tickets',
    who: 'cashier',
    async reach(stage) {
      await open(stage, 'F3');
      await see(stage, `${DIALOG} [role=option]`);
    },
  },
  {
    name: 'ticket-discard',
    who: 'cashier',
    async reach(stage) {
      await open(stage, 'F3');
      await see(stage, `${DIALOG} [role=option]`);
      await stage.person.press('Delete');
      await dialogsAre(stage, 2);
    },
  },
  {
    name: 'ticket-changed',
    who: 'cashier',
    async reach(stage) {
      const { office, person, shop } = stage;
      await office().must(priceSet, { product: shop.products[0] ?? 0, priceRupiah: 27_500 });
      await open(stage, 'F3');
      await see(stage, `${DIALOG} [role=option]`);
      // The oldest of them: the basket of Bu Tini, taken before it was looked at.
      await person.press('PageDown', 'Enter');
      await see(stage, `${DIALOG} li:has-text("27.500")`);
    },
    async leave({ office, shop }) {
      await office().must(priceSet, { product: shop.products[0] ?? 0, priceRupiah: 25_000 });
    },
  },
  { name: 'refund', who: 'cashier', reach: (stage) => scanReceipt(stage, stage.receipts[0] ?? '') },
  {
    name: 'refund-chosen',
    who: 'cashier',
    async reach(stage) {
      await scanReceipt(stage, stage.receipts[1] ?? '');
      await stage.person.press('+', '1');
    },
  },
  {
    name: 'refund-done',
    who: 'cashier',
    async reach(stage) {
      await scanReceipt(stage, stage.receipts[1] ?? '');
      await stage.person.press('+', '1', 'Enter');
      await see(stage, `${DIALOG} [data-testid=refund-number]`);
    },
  },
  {
    name: 'receipt-find',
    who: 'cashier',
    reach: (stage) => menu(stage, '1', `${DIALOG} [role=option]`),
  },
  { name: 'void', who: 'cashier', reach: (stage) => menu(stage, '2', `${DIALOG} li`) },
  { name: 'reprint', who: 'cashier', reach: (stage) => menu(stage, '3', `${DIALOG} canvas`) },
  { name: 'cash', who: 'cashier', reach: (stage) => menu(stage, '4', '[aria-keyshortcuts="3"]') },
  {
    name: 'cash-out',
    who: 'cashier',
    async reach(stage) {
      await menu(stage, '42', DIALOG);
    },
  },
  {
    name: 'cash-form',
    who: 'cashier',
    async reach(stage) {
      await menu(stage, '421', '[data-testid=cash-amount]');
      await stage.person.type('35000');
    },
  },
  {
    name: 'cash-from-safe',
    who: 'cashier',
    async reach(stage) {
      await menu(stage, '414', '[data-testid=cash-amount]');
      await stage.person.type('50000');
    },
  },
  {
    name: 'cash-done',
    who: 'cashier',
    async reach(stage) {
      await menu(stage, '43', '[data-testid=cash-amount]');
      await stage.person.type('100000');
      await stage.person.press('Enter');
      await see(stage, '[data-testid=cash-number]');
    },
  },
  { name: 'shift-report', who: 'cashier', reach: (stage) => menu(stage, '5', '[type=submit]') },
  { name: 'menu', who: 'cashier', reach: (stage) => open(stage, 'F10') },
  { name: 'print-jobs-none', who: 'cashier', reach: (stage) => open(stage, 'F9') },
  {
    name: 'print-jobs',
    who: 'cashier',
    async reach(stage) {
      stage.printer.become('resetsMidJob');
      await menu(stage, '3', `${DIALOG} canvas`);
      await stage.person.press('Enter');
      await dialogsAre(stage, 0);
      await open(stage, 'F9');
      await see(stage, `${DIALOG} [role=option] [data-bad]`);
      await see(stage, `${DIALOG} canvas`);
    },
    async leave({ page, printer, person }) {
      printer.become('good');
      await person.press('Enter');
      await page.waitForSelector(`${DIALOG} [role=option]`, { state: 'detached' });
    },
  },
  { name: 'switch', who: 'cashier', reach: (stage) => scan(stage, 0).then(() => open(stage, 'Alt+s')) },
  { name: 'own-pin', who: 'cashier', reach: openOwnPin },
  {
    name: 'own-pin-wrong',
    who: 'cashier',
    async reach(stage) {
      await openOwnPin(stage);
      for (const pin of ['111222', NEW_PIN, NEW_PIN]) {
        await stage.person.type(pin);
        await stage.person.press('Enter');
      }
      await see(stage, `${DIALOG} .mantine-PasswordInput-error`);
    },
  },
  {
    name: 'own-pin-simple',
    who: 'cashier',
    async reach(stage) {
      await openOwnPin(stage);
      await stage.person.type('111222');
      await stage.person.press('Enter');
      await stage.person.type('345678');
      await stage.person.press('Enter');
      await see(stage, `${DIALOG} .mantine-PasswordInput-error`);
    },
  },
  {
    name: 'unsaved',
    who: 'cashier',
    async reach(stage) {
      await stage.person.press('Alt+3');
      await see(stage, '[data-testid=counted]');
      await stage.person.type('5');
      await stage.person.press('Alt+1');
      await see(stage, DIALOG);
    },
  },
  {
    name: 'sales',
    who: 'cashier',
    async reach(stage) {
      await see(stage, '[data-testid=total]');
      await stage.person.press('Alt+2');
      await see(stage, 'tbody tr');
    },
  },
  {
    name: 'sale',
    who: 'cashier',
    async reach(stage) {
      await see(stage, '[data-testid=total]');
      await stage.person.press('Alt+2');
      await see(stage, 'tbody tr');
      await stage.person.scan(stage.receipts[2] ?? '');
      await see(stage, `${DIALOG} tbody`);
    },
  },
];
