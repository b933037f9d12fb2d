/** How a person gets to the till's screens and dialogs with keyboard and scanner: the steps that many states begin with. */
import { SPECIAL, tillCode } from '../support/till-shop.ts';
import type { Stage } from './stage.ts';

const CART = '[data-testid=cart] > li';
export const DIALOG = '[role=dialog]';
export const UNKNOWN_CODE = '8990000000019';

export const see = ({ page }: Stage, selector: string) =>
  page.waitForSelector(selector).then(() => undefined);
export const dialogsAre = ({ page }: Stage, count: number) =>
  page.waitForFunction(([name, many]) => document.querySelectorAll(name as string).length === many, [
    DIALOG,
    count,
  ] as const);

/** Scans goods by their places in TILL_GOODS, each once its forerunner is in the cart. */
export async function scan(stage: Stage, ...goods: number[]): Promise<void> {
  await see(stage, '[data-testid=total]');
  for (const index of goods) await stage.person.scan(tillCode(index));
  await stage.page
    .locator(CART)
    .nth(new Set(goods).size - 1)
    .waitFor();
}

/** Presses a key that opens a dialog. */
export async function open(stage: Stage, ...keys: string[]): Promise<void> {
  await see(stage, '[data-testid=total]');
  await stage.person.press(...keys);
  await see(stage, DIALOG);
}

/** A basket in which every kind of line stands: promotion, more than on the book, nameless goods, discounts, a group. */
export async function fillWithAll(stage: Stage): Promise<void> {
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

/** Opens the menu and answers it, and what it leads to, by digits; each alone, as a hand does. */
export async function menu(stage: Stage, digits: string, awaited: string): Promise<void> {
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
