/** The office's pages and dialogs, as an administrator meets them. */
import type { Stage } from './stage.ts';
import type { State } from './states.ts';

const DIALOG = '[role=dialog]';
const see = ({ page }: Stage, selector: string) => page.waitForSelector(selector).then(() => undefined);

/** A section of the rail, by its key. */
async function section(stage: Stage, digit: number, awaited: string): Promise<void> {
  await see(stage, 'h1');
  await stage.person.press(`Alt+${digit}`);
  await see(stage, awaited);
}

export const officeStates: readonly State[] = [
  { name: 'office-till', who: 'admin', reach: (stage) => section(stage, 1, 'form select') },
  {
    name: 'drawers',
    who: 'admin',
    async reach(stage) {
      await section(stage, 3, 'main h2');
    },
  },
  { name: 'vendors', who: 'admin', reach: (stage) => section(stage, 4, 'tbody tr') },
  { name: 'products', who: 'admin', reach: (stage) => section(stage, 5, 'tbody tr') },
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
  { name: 'people', who: 'admin', reach: (stage) => section(stage, 8, 'tbody tr') },
  { name: 'settings', who: 'admin', reach: (stage) => section(stage, 9, 'form') },
];
