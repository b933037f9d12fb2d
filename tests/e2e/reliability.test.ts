/**
 * Proves that a cashier cannot sell twice and never has to guess: a key pressed twice rings once, an engine killed
 * while the pay dialog is open is said on the screen and the sale is in the books exactly once when it is back, and
 * a page that is loaded again keeps the basket and the person. The built program runs in Electron on real files.
 * That no engine outlives a killed window is proved in electron-window.test.ts.
 */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connectLocally } from '../../main/engine/local-socket.ts';
import { centerGet } from '../../shared/contract/center.ts';
import { printerSet } from '../../shared/contract/printing.ts';
import { type SaleSummary, saleList } from '../../shared/contract/sale.ts';
import { chownTree } from '../support/chown-tree.ts';
import {
  type Display,
  makeFolder,
  processTree,
  removeFolder,
  startDisplay,
  until,
} from '../support/electron-runtime.ts';
import { startEngine, testClient } from '../support/engine.ts';
import { type FakePrinter, startFakePrinter } from '../support/fake-printer.ts';
import { openShop, PINS, signIn } from '../support/shop.ts';
import { type BuiltProgram, copyBuild, startBuilt } from './built-program.ts';
import { expectNothingAmiss } from './journey.ts';
import { type Person, personAt } from './keyboard.ts';
import { receiptOf, scanAll } from './sale-steps.ts';

const CODE = '8991001';
const PRICE = 'Rp18.000';

let display: Display;
let printer: FakePrinter;
let folder: string;
let dataDir: string;
let program: BuiltProgram;
let person: Person;

beforeAll(async () => {
  display = await startDisplay();
  printer = await startFakePrinter('good');
  folder = copyBuild();
  dataDir = makeFolder('data');
  await prepareShop(dataDir, printer.port);
  program = await startBuilt(folder, display, dataDir);
  person = personAt(program.page);
  await person.sees('Siapa yang bekerja?');
  await person.press('s');
  await person.isAt('PIN siti');
  await person.type(PINS.cashier);
  await person.press('Enter');
  await person.sees('Siap memindai');
});

afterAll(async () => {
  await program?.close();
  await printer?.close();
  await display?.stop();
  for (const each of [folder, dataDir]) removeFolder(each);
});

afterEach(() => expectNothingAmiss(program.watch));

/** A shop with an open till, made by an engine of the test's own that is gone before the program starts. */
async function prepareShop(dir: string, printerPort: number): Promise<void> {
  const engine = await startEngine({ dir });
  const { manager, drawer } = await openShop(engine);
  const address = { kind: 'tcp' as const, host: '127.0.0.1', port: printerPort };
  await manager.must(printerSet, { drawer, address, paperMm: 58, profile: 'simple58' });
  await engine.stop();
  chownTree(dir);
}

/** Today's sales as the books have them, asked past the window. */
async function salesInBooks(): Promise<SaleSummary[]> {
  const port = await connectLocally(dataDir);
  if (!port) throw new Error('no engine listens');
  const client = testClient('checker');
  client.connect(port);
  await signIn(client, 'budi', PINS.manager);
  const { day } = await client.must(centerGet, {});
  const { sales } = await client.must(saleList, { day });
  client.close();
  return sales;
}

/** The engine's process, found from outside. */
function enginePid(): number {
  const found = processTree(program.child.pid ?? 0).filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('build/engine/main.js'),
  );
  expect(found).toHaveLength(1);
  return found[0] ?? 0;
}

/** Waits until the sale is done on the screen, and gives its number. */
async function saleOnScreen(before: readonly SaleSummary[]): Promise<string> {
  const known = before.map((sale) => sale.number);
  let number = '';
  await until('another sale is done', async () => {
    number = await person.read('receipt-number');
    return !known.includes(number);
  });
  return number;
}

async function expectOneMore(before: readonly SaleSummary[], number: string): Promise<void> {
  const after = await salesInBooks();
  expect(after.map((sale) => sale.number).sort()).toEqual(
    [...before.map((sale) => sale.number), number].sort(),
  );
  await receiptOf(printer, number);
  expect(printer.received().filter((bytes) => bytes.includes(number))).toHaveLength(1);
  await person.isAt('Cari barang');
}

test('Enter pressed twice, and held down, rings once', async () => {
  const before = await salesInBooks();
  await scanAll(person, [CODE], 1);
  await person.press('F8');
  await person.read('cash-due');
  const { keyboard } = program.page;
  await Promise.all([keyboard.press('Enter'), keyboard.press('Enter')]);
  for (let repeat = 0; repeat < 10; repeat += 1) await keyboard.down('Enter');
  await keyboard.up('Enter');
  await expectOneMore(before, await saleOnScreen(before));
});

test('keys struck without a pause all reach the dialog they open', async () => {
  const { keyboard } = program.page;
  for (let sale = 0; sale < 5; sale += 1) {
    const before = await salesInBooks();
    await scanAll(person, [CODE], 1);
    await Promise.all(['F8', '5', '0', 'Enter'].map((key) => keyboard.press(key)));
    await expectOneMore(before, await saleOnScreen(before));
    expect(await person.read('change')).toBe('Rp32.000');
  }
});

test('who scans and pays in one go pays for the last piece, too', async () => {
  const before = await salesInBooks();
  await scanAll(person, [CODE], 1);
  const pid = enginePid();
  process.kill(pid, 'SIGSTOP');
  await person.scan(CODE);
  await person.press('F8');
  // Nobody has answered yet what was scanned.
  await new Promise((done) => setTimeout(done, 500));
  expect(await person.page.getByTestId('cash-due').count()).toBe(0);
  process.kill(pid, 'SIGCONT');
  expect(await person.read('cash-due')).toBe('Rp36.000');
  await person.press('Enter');
  await expectOneMore(before, await saleOnScreen(before));
});

test('an engine killed before the key is pressed: the screen says so, and the sale comes through', async () => {
  const before = await salesInBooks();
  await scanAll(person, [CODE, CODE], 2);
  await person.press('F8');
  await person.read('cash-due');
  process.kill(enginePid(), 'SIGKILL');
  await person.sees('Terputus, menyambung lagi');
  await person.press('Enter');
  const number = await saleOnScreen(before);
  await person.sees('Tersambung');
  await expectOneMore(before, number);
  expect(await person.page.getByTestId('ticket').count()).toBe(0);
});

test('an engine killed while it works on the sale: the sale is there exactly once', async () => {
  const before = await salesInBooks();
  await scanAll(person, [CODE], 1);
  await person.press('F8');
  await person.read('cash-due');
  const pid = enginePid();
  const pressed = person.press('Enter');
  process.kill(pid, 'SIGKILL');
  await pressed;
  await expectOneMore(before, await saleOnScreen(before));
});

test('a page that is loaded again keeps the basket, the total and the person', async () => {
  const before = await salesInBooks();
  await scanAll(person, [CODE, CODE, CODE], 3);
  const total = await person.read('total');
  expect(total).toBe('Rp54.000');
  await program.page.reload();
  expect(await person.read('total')).toBe(total);
  expect(await person.read('cart')).toContain(PRICE);
  expect(await program.page.getByRole('banner').innerText()).toContain('siti');
  await person.press('F8');
  expect(await person.read('cash-due')).toBe(total);
  await person.press('Enter');
  await expectOneMore(before, await saleOnScreen(before));
});
