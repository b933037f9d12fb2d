/**
 * Takes the README's picture of the till: the real program in a real window, on a small shop made for the purpose,
 * its basket filled by scanner. Run by `npm run screenshots`. Pictures of every other screen come from the journeys:
 * `SHOTS=folder npm test -- narrow-path`.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import { chownTree } from '../support/chown-tree.ts';
import { makeFolder, projectRoot, removeFolder, startDisplay } from '../support/electron-runtime.ts';
import { startEngine, type TestClient } from '../support/engine.ts';
import { openShop, PINS } from '../support/shop.ts';
import { copyBuild, startBuilt } from './built-program.ts';
import { type Person, personAt } from './keyboard.ts';

const PICTURE = join(projectRoot, 'docs/till.png');
const MOST_BYTES = 200_000;

const VENDORS = [
  { code: 'BU-01', name: 'Keripik Bu Sri', rateBps: 2_000 },
  { code: 'DW-02', name: 'Dapur Wulan', rateBps: 1_500 },
  { code: 'PJ-03', name: 'Petis Pak Jono', rateBps: 1_500 },
  { code: 'MT-04', name: 'Batik Mutiara', rateBps: 2_500 },
] as const;

/** In the order in which they are scanned; `times` is typed as `3*` before the scan. */
const BASKET = [
  { vendor: 'BU-01', name: 'Keripik usus pedas 200 g', priceRupiah: 25_000, times: 2 },
  { vendor: 'DW-02', name: 'Sambal cumi 150 g', priceRupiah: 32_500, times: 1 },
  { vendor: 'PJ-03', name: 'Petis udang asli 250 g', priceRupiah: 18_000, times: 3 },
  { vendor: 'BU-01', name: 'Keripik tempe 250 g', priceRupiah: 22_000, times: 1 },
  { vendor: 'DW-02', name: 'Abon tuna 100 g', priceRupiah: 38_500, times: 1 },
  { vendor: 'MT-04', name: 'Tas batik kecil', priceRupiah: 75_000, times: 1 },
  { vendor: 'PJ-03', name: 'Terasi bakar', priceRupiah: 7_500, times: 4 },
] as const;

const codeOf = (index: number) => `89930010${String(index).padStart(5, '0')}`;

async function makeShop(dir: string): Promise<void> {
  const engine = await startEngine({ dir });
  const { manager } = await openShop(engine);
  const vendors = new Map<string, number>();
  for (const { code, name, rateBps } of VENDORS) {
    const { vendor } = await manager.must(vendorCreate, { code, name });
    await manager.must(agreementSet, { vendor, terms: { model: 'percent', rateBps } });
    vendors.set(code, vendor);
  }
  for (const [index, goods] of BASKET.entries()) {
    await addProduct(manager, vendors.get(goods.vendor) ?? 0, index);
  }
  await engine.stop();
  chownTree(dir);
}

async function addProduct(manager: TestClient, vendor: number, index: number): Promise<void> {
  const { name, priceRupiah } = BASKET[index] as (typeof BASKET)[number];
  const barcodes = [codeOf(index)];
  const { product } = await manager.must(productCreate, { vendor, name, barcodes, priceRupiah });
  await manager.must(intakeConfirm, { vendor, lines: [{ product, qty: 24_000 }] });
}

async function fillBasket(person: Person): Promise<void> {
  await person.sees('Siapa yang bekerja?');
  await person.press('s');
  await person.isAt('PIN siti');
  await person.type(PINS.cashier);
  await person.press('Enter');
  await person.sees('Siap memindai');
  let pieces = 0;
  for (const [index, { times }] of BASKET.entries()) {
    if (times > 1) await person.typeByHand(`${times}*`);
    await person.scan(codeOf(index));
    pieces += times;
    await person.sees(`${index + 1} baris · ${pieces} barang`);
  }
}

const display = await startDisplay();
const dataDir = makeFolder('data');
const folder = copyBuild();
await makeShop(dataDir);
const program = await startBuilt(folder, display, dataDir);
try {
  await fillBasket(personAt(program.page));
  // A pointer that rests in the middle of the screen would light up a line.
  await program.page.mouse.move(0, 0);
  await program.page.screenshot({ path: PICTURE, animations: 'disabled' });
} finally {
  await program.close();
  await display.stop();
  for (const each of [dataDir, folder]) removeFolder(each);
}
const { size } = statSync(PICTURE);
if (size > MOST_BYTES) throw new Error(`${PICTURE} has ${size} bytes, more than ${MOST_BYTES}`);
console.info(`${PICTURE}: ${size} bytes`);
