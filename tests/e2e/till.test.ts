/**
 * Proves what a cashier relies on between two buyers, in the built program's window: a scan adds a line wherever the
 * focus is and is told apart from typing; `3*` counts for the next piece alone; a parked basket and one that nobody
 * parked outlive the program; an engine that dies in the middle of a basket is said, and nothing of it is lost.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ticketList } from '../../shared/contract/sale.ts';
import { until } from '../support/electron-runtime.ts';
import { SPECIAL, TILL_GOODS, tillCode } from '../support/till-shop.ts';
import { expectNothingAmiss } from './journey.ts';
import { strikeAtOnce } from './keyboard.ts';
import { cartOnScreen } from './sale-steps.ts';
import { keepPictureOfFailure, openTillProgram, type TillProgram } from './till-program.ts';

/** More stops than the till has. */
const MOST_STOPS = 60;
const SEARCH = 'Cari barang';

let till: TillProgram;

beforeAll(async () => {
  till = await openTillProgram();
  await till.signIn();
});

afterAll(() => till?.close());

beforeEach(async (test) => {
  keepPictureOfFailure(till, test);
  await till.person.press('F2');
  if ((await till.person.read('total')) !== 'Rp0') await clearBasket();
});

afterEach(() => expectNothingAmiss(till.program.watch));

/** How many stops the Tab key makes on its way round the page, back to the search. */
async function stopsOfTab(): Promise<number> {
  const { person } = till;
  const isAtSearch = () =>
    person.page.getByLabel(SEARCH).evaluate((field) => field === document.activeElement);
  for (let tabs = 1; tabs <= MOST_STOPS; tabs += 1) {
    await person.press('Tab');
    if (await isAtSearch()) return tabs;
  }
  throw new Error('the Tab key never comes back');
}

function searchText(): Promise<string> {
  return till.person.page.getByLabel(SEARCH).inputValue();
}

async function expectPieces(pieces: number): Promise<void> {
  await till.person.sees(new RegExp(`· ${pieces} barang`));
}

async function clearBasket(): Promise<void> {
  const { person } = till;
  await person.press('Control+Delete');
  await person.page.getByRole('dialog').waitFor();
  await person.press('Enter');
  await until('the basket is empty', async () => (await person.read('total')) === 'Rp0');
  await person.isAt(SEARCH);
}

test('a scan adds its line at every stop of the Tab key, and the focus is back in the search', async () => {
  const { person } = till;
  await person.scan(tillCode(0));
  await expectPieces(1);
  const stops = await stopsOfTab();
  expect(stops).toBeGreaterThan(5);
  for (let stop = 1; stop < stops; stop += 1) {
    await person.isAt(SEARCH);
    for (let tab = 0; tab < stop; tab += 1) await person.press('Tab');
    await person.scan(tillCode(0));
    await expectPieces(1 + stop);
    expect(await searchText()).toBe('');
  }
  await person.isAt(SEARCH);
});

test('what is typed by hand is searched for and never a scan; a scan behind it is a line all the same', async () => {
  const { person } = till;
  await person.typeByHand('8993');
  expect(await searchText()).toBe('8993');
  expect(await person.read('total')).toBe('Rp0');
  await person.press('Escape');
  await person.typeByHand('ker');
  await person.page.getByRole('option').first().waitFor();
  await person.scan(tillCode(1));
  await expectPieces(1);
  expect(await person.read('total')).toBe('Rp32.500');
  expect(await searchText()).toBe('');
});

test('a scan into the amount of the pay dialog is no money', async () => {
  const { person } = till;
  await person.scan(tillCode(2));
  await expectPieces(1);
  await person.press('F8');
  expect(await person.read('cash-due')).toBe('Rp18.000');
  await person.scan(tillCode(0));
  await person.page.getByRole('dialog').getByRole('alert').waitFor();
  expect(await person.page.getByRole('dialog').getByRole('textbox').inputValue()).toBe('');
  await person.press('Escape');
  await expectPieces(1);
});

test('3* means three of the next piece and one of the piece after it, typed or scanned in one go', async () => {
  const { person } = till;
  await person.typeByHand('3*');
  await person.scan(tillCode(0));
  await expectPieces(3);
  await person.scan(tillCode(1));
  await expectPieces(4);
  await person.scan(`2*${tillCode(2)}`);
  await person.scan(tillCode(4));
  await expectPieces(7);
  expect((await cartOnScreen(person)).map(({ name, quantity }) => [name, quantity])).toEqual([
    [TILL_GOODS[0].name, '3'],
    [TILL_GOODS[1].name, '1'],
    [TILL_GOODS[2].name, '2'],
    [TILL_GOODS[4].name, '1'],
  ]);
  // 3 × 25.000 + 32.500 + 2 × 18.000 + 38.500.
  expect(await person.read('total')).toBe('Rp182.000');
});

test('two scans without a pause between them are two lines, and the second one’s 2* is its own', async () => {
  const codes = [tillCode(0), `2*${tillCode(1)}`];
  const keys = codes.flatMap((code) => [...code, 'Enter']);
  await strikeAtOnce(till.person.page, keys);
  await expectPieces(3);
  expect(await till.person.read('total')).toBe('Rp90.000');
});

test('a parked basket waits over a restart of the program and comes back whole', async () => {
  const { person } = till;
  await person.scan(tillCode(0));
  await person.scan(tillCode(SPECIAL.promoted));
  await expectPieces(2);
  const total = await person.read('total');
  const lines = await cartOnScreen(person);
  await person.press('F3');
  await person.isAt('Nama (boleh kosong)');
  await person.type('Pak Hadi');
  await person.press('Enter');
  await until('the basket is gone', async () => (await person.read('total')) === 'Rp0');
  await till.restart();
  await till.person.read('total');
  expect(await till.person.read('total')).toBe('Rp0');
  await till.person.press('F3');
  const parked = till.person.page.getByRole('option', { name: 'Pak Hadi' });
  while ((await parked.getAttribute('aria-selected')) !== 'true') await till.person.press('ArrowDown');
  await till.person.press('Enter');
  await expectPieces(2);
  expect(await till.person.read('total')).toBe(total);
  expect(await cartOnScreen(till.person)).toEqual(lines);
  const { tickets } = await till.inBooks((manager) => manager.must(ticketList, { limit: 50 }));
  expect(tickets.map(({ name }) => name)).not.toContain('Pak Hadi');
});

test('a basket that nobody parked is still there when the program was closed and opened', async () => {
  const { person } = till;
  await person.scan(tillCode(0));
  await person.scan(`2*${tillCode(4)}`);
  await expectPieces(3);
  await person.press('F5');
  await person.page.getByRole('dialog').waitFor();
  await person.type('10%');
  await person.press('Enter');
  // 25.000 + 77.000 less a tenth.
  await until('the discount counts', async () => (await person.read('total')) === 'Rp94.300');
  await till.restart();
  expect(await till.person.read('cart')).toContain(TILL_GOODS[4].name);
  expect(await till.person.read('total')).toBe('Rp94.300');
  await expectPieces(3);
});

test('an engine that dies in the middle of a basket is said; what is scanned meanwhile comes, and is sold once', async () => {
  const { person } = till;
  await person.scan(tillCode(0));
  await expectPieces(1);
  // Back within a moment it is nobody's business: the second death makes it stay away longer.
  const first = till.enginePid();
  process.kill(first as number, 'SIGKILL');
  await until('another engine begins', () => ![undefined, first].includes(till.enginePid()));
  process.kill(till.enginePid() as number, 'SIGKILL');
  await person.page.getByTestId('engine-away').waitFor();
  await person.scan(tillCode(1));
  await expectPieces(2);
  await person.page.getByTestId('engine-away').waitFor({ state: 'detached' });
  expect(await person.read('total')).toBe('Rp57.500');
  await person.press('F8');
  await person.read('cash-due');
  await person.press('Enter');
  const sale = await till.saleInBooks(await person.read('receipt-number'));
  expect(sale.totalRupiah).toBe(57_500);
});
