/**
 * `npm run screenshots`: the README's picture of the till, taken of the real program in a real window, its basket filled
 * by scanner. `npm run screenshots -- FOLDER`: every state of every screen, in both sizes, schemes and languages.
 */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chownTree } from '../support/chown-tree.ts';
import { makeFolder, projectRoot, removeFolder, startDisplay } from '../support/electron-runtime.ts';
import { startFakePrinter } from '../support/fake-printer.ts';
import { PINS } from '../support/shop.ts';
import { SPECIAL, tillCode } from '../support/till-shop.ts';
import { copyBuild, startBuilt } from './built-program.ts';
import { openBusyShop } from './busy-shop.ts';
import { type Person, personAt } from './keyboard.ts';
import { takeEveryState } from './state-pictures.ts';

const PICTURE = join(projectRoot, 'docs/till.png');
const MOST_BYTES = 200_000;

/** What is scanned, in this order, by its place in TILL_GOODS; `times` is typed as `3*` before the scan. */
const BASKET = [
  { goods: 0, times: 2 },
  { goods: 1, times: 1 },
  { goods: 2, times: 3 },
  { goods: SPECIAL.promoted, times: 1 },
  { goods: 4, times: 1 },
  { goods: 5, times: 1 },
  { goods: 6, times: 4 },
] as const;

async function fillBasket(person: Person): Promise<void> {
  await person.sees('Siapa yang bekerja?');
  await person.press('s');
  await person.isAt('PIN siti');
  await person.type(PINS.cashier);
  await person.press('Enter');
  await person.sees('Siap memindai');
  let pieces = 0;
  for (const [index, { goods, times }] of BASKET.entries()) {
    if (times > 1) await person.typeByHand(`${times}*`);
    await person.scan(tillCode(goods));
    pieces += times;
    await person.sees(`${index + 1} baris · ${pieces} barang`);
  }
}

async function takeTill(): Promise<void> {
  const display = await startDisplay();
  const printer = await startFakePrinter('good');
  const dataDir = makeFolder('data');
  const folder = copyBuild();
  await openBusyShop(dataDir, printer.port);
  chownTree(dataDir);
  const program = await startBuilt(folder, display, dataDir);
  try {
    await fillBasket(personAt(program.page));
    // A pointer that rests in the middle of the screen would light up a line.
    await program.page.mouse.move(0, 0);
    await program.page.screenshot({ path: PICTURE, animations: 'disabled' });
  } finally {
    await program.close();
    await display.stop();
    await printer.close();
    for (const each of [dataDir, folder]) removeFolder(each);
  }
  const { size } = statSync(PICTURE);
  if (size > MOST_BYTES) throw new Error(`${PICTURE} has ${size} bytes, more than ${MOST_BYTES}`);
  console.info(`${PICTURE}: ${size} bytes`);
}

const [folder, wanted] = process.argv.slice(2);
if (folder === undefined) await takeTill();
else await takeEveryState(resolve(folder), wanted);
