/** The office's pages and dialogs, as an administrator meets them. */
import { printJobs } from '../../shared/contract/printing.ts';
import { shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { until } from '../support/electron-runtime.ts';
import { DIALOG, see } from './reaching.ts';
import type { Stage } from './stage.ts';
import type { State } from './states.ts';

/** More than any page has stops. */
const MAX_TABS = 60;
const MANY_CLOSINGS = 55;

/** A section of the rail, by its key. */
async function section(stage: Stage, digit: number, awaited: string): Promise<void> {
  await see(stage, 'h1');
  await stage.person.press(`Alt+${digit}`);
  await see(stage, awaited);
}

/** Goes on by Tab to what matches, and presses Enter there. */
async function pressOn({ page, person }: Stage, selector: string): Promise<void> {
  await page.waitForSelector(selector);
  for (let tabs = 0; tabs < MAX_TABS; tabs += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
      return person.press('Enter');
    }
    await person.press('Tab');
  }
  throw new Error(`${selector} is not reached by Tab`);
}

/** More closed shifts than a page of them holds. */
async function closeOften({ office, shop: { drawer } }: Stage): Promise<void> {
  for (let closed = 0; closed < MANY_CLOSINGS; closed += 1) {
    const { shift } = await office().must(shiftOpen, { drawer, floatRupiah: 0 });
    await office().must(shiftClose, { shift, countedRupiah: 0 });
  }
  await until('their slips are printed', async () => (await office().must(printJobs, {})).jobs.length === 0);
}

export const officeStates: readonly State[] = [
  { name: 'office-till', who: 'admin', reach: (stage) => section(stage, 1, 'form select') },
  {
    name: 'drawers',
    who: 'admin',
    reach: (stage) => section(stage, 3, 'main h2'),
  },
  {
    name: 'drawers-shown',
    who: 'admin',
    async reach(stage) {
      await section(stage, 3, 'main h2');
      await pressOn(stage, 'main button[aria-expanded]');
      await see(stage, 'main [aria-expanded=true]');
    },
  },
  {
    name: 'safe-count',
    who: 'admin',
    async reach(stage) {
      await section(stage, 3, 'main h2');
      // The safe's card is the last: see, move cash, count.
      await pressOn(stage, 'main button[aria-expanded] ~ button:last-child');
      await see(stage, '[data-testid=counted]');
    },
  },
  {
    name: 'past-closings',
    who: 'admin',
    async reach(stage) {
      await closeOften(stage);
      await section(stage, 3, 'main h2');
      await stage.person.press('F6');
      await see(stage, `${DIALOG} canvas`);
      await stage.person.press('F4');
      await see(stage, `${DIALOG} button[aria-keyshortcuts=F3]`);
      await see(stage, `${DIALOG} canvas`);
    },
  },
  {
    name: 'vendors',
    who: 'admin',
    reach: (stage) => section(stage, 4, 'tbody tr'),
  },
  {
    name: 'vendor',
    who: 'admin',
    async reach(stage) {
      await section(stage, 4, 'tbody tr');
      await pressOn(stage, 'tbody tr:nth-child(3) button');
      await see(stage, 'main h2');
    },
  },
  { name: 'products', who: 'admin', reach: (stage) => section(stage, 5, 'tbody tr') },
  {
    name: 'price',
    who: 'admin',
    async reach(stage) {
      await section(stage, 5, 'tbody tr');
      await pressOn(stage, 'tbody tr:nth-child(2) button');
      await see(stage, DIALOG);
    },
  },
  {
    name: 'labels',
    who: 'admin',
    async reach(stage) {
      await section(stage, 5, 'tbody tr');
      await pressOn(stage, 'tbody tr:nth-child(2) td:last-child button');
      await see(stage, `${DIALOG} canvas`);
    },
  },
  {
    name: 'quick-keys-choice',
    who: 'admin',
    async reach(stage) {
      await section(stage, 5, 'tbody tr');
      await stage.person.press('F6');
      await see(stage, `${DIALOG} [role=option]`);
    },
  },
  {
    name: 'import',
    who: 'admin',
    async reach(stage) {
      await section(stage, 5, 'tbody tr');
      await stage.person.press('F4');
    },
  },
  { name: 'intake', who: 'admin', reach: (stage) => section(stage, 6, 'main input') },
  { name: 'settle', who: 'admin', reach: (stage) => section(stage, 7, 'h1') },
  {
    name: 'settlement',
    who: 'admin',
    async reach(stage) {
      await section(stage, 7, 'tbody tr');
      await pressOn(stage, 'tbody button');
      await see(stage, '[data-testid=settlement-state]');
    },
  },
  { name: 'people', who: 'admin', reach: (stage) => section(stage, 8, 'tbody tr') },
  { name: 'settings', who: 'admin', reach: (stage) => section(stage, 9, 'form') },
  {
    name: 'settings-printer',
    who: 'admin',
    async reach(stage) {
      await section(stage, 9, 'form');
      await pressOn(stage, 'main form summary');
      await pressOn(stage, 'main form button[aria-expanded=false]');
      await see(stage, 'main canvas');
    },
  },
];
