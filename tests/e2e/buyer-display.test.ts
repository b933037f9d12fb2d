/**
 * Proves what the buyer sees in the second window of the built program: the goods as they are scanned, the QRIS code so
 * that a reader of another maker's reads it off the picture, the change, and a welcome between two buyers; in the till's
 * language and colours, without ever taking the keys from the till, and again after the till's page was loaded anew.
 */
import {
  BinaryBitmap,
  DecodeHintType,
  GlobalHistogramBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
} from '@zxing/library';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { centerChange } from '../../shared/contract/center.ts';
import { parseQris } from '../../shared/domain/qris.ts';
import { chownTree } from '../support/chown-tree.ts';
import { type Display, makeFolder, removeFolder, startDisplay, until } from '../support/electron-runtime.ts';
import { startEngine } from '../support/engine.ts';
import { openShop, PINS } from '../support/shop.ts';
import { STATIC_QRIS } from '../support/till-shop.ts';
import { type BuiltProgram, copyBuild, startBuilt } from './built-program.ts';
import { expectNothingAmiss } from './journey.ts';
import { type Person, personAt } from './keyboard.ts';
import { scanAll } from './sale-steps.ts';

const CODE = '8991001';

let xServer: Display;
let folder: string;
let dataDir: string;
let program: BuiltProgram;
let person: Person;
let buyer: Page;

beforeAll(async () => {
  xServer = await startDisplay();
  folder = copyBuild();
  dataDir = makeFolder('data');
  const engine = await startEngine({ dir: dataDir });
  const { admin } = await openShop(engine);
  await admin.must(centerChange, { qrisStatic: STATIC_QRIS });
  await engine.stop();
  chownTree(dataDir);
  program = await startBuilt(folder, xServer, dataDir);
  person = personAt(program.page);
  await person.sees('Siapa yang bekerja?');
  await person.press('s');
  await person.isAt('PIN siti');
  await person.type(PINS.cashier);
  await person.press('Enter');
  await person.sees('Siap memindai');
  const opened = program.app.waitForEvent('window');
  await person.press('F10');
  await person.sees('Layar pembeli');
  await person.press('6');
  buyer = await opened;
  await buyer.getByText('Selamat datang').waitFor();
});

afterAll(async () => {
  await program?.close();
  await xServer?.stop();
  for (const each of [folder, dataDir]) removeFolder(each);
});

afterEach(() => expectNothingAmiss(program.watch));

function seen(testId: string): Promise<string> {
  return buyer.getByTestId(testId).innerText();
}

/** What a phone reads off the code as it is painted. */
async function readCode(page: Page): Promise<string> {
  const png = (await page.getByTestId('qr-code').screenshot()).toString('base64');
  const { width, height, grey } = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), {
      width: image.width,
      height: image.height,
    });
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let grey = '';
    for (let dot = 0; dot < data.length; dot += 4) grey += (data[dot] ?? 0) > 127 ? '1' : '0';
    return { width: image.width, height: image.height, grey };
  }, png);
  const source = new RGBLuminanceSource(
    Uint8ClampedArray.from(grey, (dot) => (dot === '1' ? 255 : 0)),
    width,
    height,
  );
  // The dots as they are: this reader's search for a code in a photograph overlooks clean pictures.
  const hints = new Map([[DecodeHintType.PURE_BARCODE, true]]);
  return new QRCodeReader().decode(new BinaryBitmap(new GlobalHistogramBinarizer(source)), hints).getText();
}

test('the goods stand there as they are scanned, and the keys stay with the till', async () => {
  await scanAll(person, [CODE, CODE], 2);
  await until('both pieces are shown', async () => (await seen('display-total')) === 'Rp36.000');
  expect(await buyer.locator('main').innerText()).toContain('2 pcs × Rp18.000');
  await person.isAt('Cari barang');
  expect(await buyer.evaluate(() => document.hasFocus())).toBe(false);
});

test('the code to pay can be read off the window, for the amount and the ticket beside it', async () => {
  await person.press('F8');
  await person.press('F5');
  await buyer.getByTestId('qr-code').waitFor();
  const text = await readCode(buyer);
  const code = parseQris(text);
  if (!code.ok) throw new Error(`not a QRIS code: ${text}`);
  expect(code).toMatchObject({ isStatic: false, amountRupiah: 36_000 });
  expect(await seen('display-total')).toBe('Rp36.000');
  expect(await buyer.locator('main').innerText()).toContain(code.bill);
  await program.page.getByTestId('qr-code').waitFor();
  expect(await readCode(program.page)).toBe(text);
});

test('what came in is taken off, and the change stands there until the next buyer', async () => {
  await person.press('Escape');
  await person.read('parts');
  await person.press('Delete');
  await person.press('Delete');
  await person.read('cash-due');
  await person.typeByHand('10');
  await person.press('F6');
  await person.read('part-amount');
  await person.press('Enter');
  await until('the rest is shown', async () => (await seen('display-total')) === 'Rp26.000');
  await person.typeByHand('30');
  await person.press('Enter');
  expect(await person.read('change')).toBe('Rp4.000');
  await buyer.getByTestId('display-change').waitFor();
  expect(await seen('display-change')).toBe('Rp4.000');
  await scanAll(person, [CODE], 1);
  await until('the next goods are shown', async () => (await seen('display-total')) === 'Rp18.000');
});

test('it follows the till’s language and colours, and a till that was loaded again', async () => {
  const { page } = program;
  await page.locator('button[lang=en]').press('Enter');
  await until('English', async () => (await buyer.evaluate(() => document.documentElement.lang)) === 'en');
  const scheme = () =>
    buyer.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme'));
  const before = await scheme();
  await page.getByRole('button', { name: before === 'light' ? /dark/i : /light/i }).press('Enter');
  await until('the other colours', async () => (await scheme()) !== before);
  await page.reload();
  await until('the goods are there again', async () => (await seen('display-total')) === 'Rp18.000');
  await person.read('cart');
  await person.press('Control+Delete');
  await person.press('Enter');
  await buyer.getByText('Welcome').waitFor();
});
