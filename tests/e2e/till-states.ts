/** The till's screens and dialogs, and those of signing in, the buyer's window and the end of a shift. */
import type { Page } from 'playwright-core';
import { priceSet } from '../../shared/contract/product.ts';
import { PINS } from '../support/shop.ts';
import { SPECIAL, tillCode } from '../support/till-shop.ts';
import type { Stage } from './stage.ts';
import type { State } from './states.ts';

const CART = '[data-testid=cart] > li';
const DIALOG = '[role=dialog]';
const UNKNOWN_CODE = '8990000000019';

const see = ({ page }: Stage, selector: string) => page.waitForSelector(selector).then(() => undefined);
const dialogsAre = ({ page }: Stage, count: number) =>
  page.waitForFunction(([name, many]) => document.querySelectorAll(name as string).length === many, [
    DIALOG,
    count,
  ] as const);

/** Scans goods by their places in TILL_GOODS, each once its forerunner is in the cart. */
async function scan(stage: Stage, ...goods: number[]): Promise<void> {
  await see(stage, '[data-testid=total]');
  for (const index of goods) await stage.person.scan(tillCode(index));
  await stage.page
    .locator(CART)
    .nth(new Set(goods).size - 1)
    .waitFor();
}

/** Presses a key that opens a dialog. */
async function open(stage: Stage, ...keys: string[]): Promise<void> {
  await see(stage, '[data-testid=total]');
  await stage.person.press(...keys);
  await see(stage, DIALOG);
}

async function sellOne(stage: Stage, ...keys: string[]): Promise<void> {
  await scan(stage, 0);
  await open(stage, 'F8');
  await stage.person.press(...keys, 'Enter');
  await see(stage, '[data-testid=change]');
}

/** A basket in which every kind of line stands: promotion, more than on the book, nameless goods, discounts, a group. */
async function fillWithAll(stage: Stage): Promise<void> {
  const { person, page } = stage;
  await scan(stage, SPECIAL.promoted, SPECIAL.longName, 0);
  await person.typeByHand('30*');
  await person.scan(tillCode(4));
  await page.locator(CART).nth(3).waitFor();
  await person.scan(UNKNOWN_CODE);
  await see(stage, DIALOG);
  await person.type('jono');
  await see(stage, '[role=option]');
  await person.press('Enter');
  await person.type('Petis tanpa label');
  await person.press('Enter');
  await person.type('12500');
  await person.press('Enter');
  await page.locator(CART).nth(4).waitFor();
  await dialogsAre(stage, 0);
  await person.press('ArrowUp', 'F5');
  await see(stage, DIALOG);
  await person.type('5%');
  await person.press('Enter');
  await dialogsAre(stage, 0);
  await person.press('F5');
  await see(stage, DIALOG);
  await person.press('F5');
  await person.type('10000');
  await person.press('Enter');
  await dialogsAre(stage, 0);
  await menu(stage, '7', `${DIALOG} input`);
  await person.type('Bus biru 2');
  await person.press('Enter');
  await see(stage, '[data-testid=visit]');
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

/** Pays while the engine is away: nobody knows of the sale. */
async function payInVain(stage: Stage): Promise<void> {
  await stage.stopEngine();
  await see(stage, '[data-testid=engine-away]');
  await open(stage, 'F8');
  await stage.person.press('Enter');
  await see(stage, `${DIALOG} [data-loading]`);
}

/** Scans a receipt of this shift: its refund opens. */
async function scanReceipt(stage: Stage, number: string): Promise<void> {
  await see(stage, '[data-testid=total]');
  await stage.person.scan(number);
  await see(stage, `${DIALOG} [role=listbox]`);
}

/** Opens the menu and answers it, and what it leads to, by digits; each alone, as a hand does. */
async function menu(stage: Stage, digits: string, awaited: string): Promise<void> {
  await open(stage, 'F10');
  for (const digit of digits) {
    const before = await stage.page.locator(DIALOG).innerHTML();
    await stage.person.press(digit);
    await stage.page.waitForFunction(
      ([name, earlier]) => document.querySelector(name as string)?.innerHTML !== earlier,
      [DIALOG, before] as const,
    );
  }
  await see(stage, awaited);
}

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

export const tillStates: readonly State[] = [
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
  { name: 'visit', who: 'cashier', reach: (stage) => menu(stage, '7', `${DIALOG} input`) },
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
      await stage.person.type(stage.receipts[2] ?? '');
      await stage.person.press('Enter');
      await see(stage, `${DIALOG} tbody`);
    },
  },
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

/** From the engine's death to the next morning; they come in this order. */
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
];
