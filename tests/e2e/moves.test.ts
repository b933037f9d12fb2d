/**
 * Proves that the goods of a basket that was being put on hold, called back or paid by code when its page was killed are
 * in the books once: nothing of it can be paid or changed until the books have answered, the same command goes again
 * under its own id, and the basket then lies at the till or in its ticket, never in both. Then what a hand does too
 * early or too much: Enter on a PIN before the list of approvers is there, and a note with a figure too many.
 */
import { afterAll, afterEach, beforeAll, expect, onTestFailed, test } from 'vitest';
import { type SaleView, saleGet, saleList, ticketList } from '../../shared/contract/sale.ts';
import { until } from '../support/electron-runtime.ts';
import { PINS } from '../support/shop.ts';
import { openTwoTills, type TillWindow, type TwoTills } from './two-tills.ts';

let day: TwoTills;
let till: TillWindow;

beforeAll(async () => {
  day = await openTwoTills();
  till = day.first;
});

afterAll(() => day?.endDay());

afterEach(async (context) => {
  onTestFailed(() => till.page.screenshot({ path: `test-results/failed-${context.task.name}.png` }).then());
  for (const { watch } of [day.first, day.second]) {
    expect(watch).toEqual({ pointer: [], policy: [], errors: [] });
  }
});

/** Every sale at both tills so far, newest first. */
async function sales(): Promise<SaleView[]> {
  const office = await day.office();
  const found = await office.must(saleList, { limit: 200 });
  return Promise.all(found.sales.map(({ sale }) => office.must(saleGet, { sale })));
}

async function openTickets(): Promise<number> {
  return (await (await day.office()).must(ticketList, { limit: 50 })).tickets.length;
}

const linesOf = ({ page }: TillWindow) => page.getByTestId('cart').locator('> li').count();

/** The page is killed and comes back, with whatever it had kept. */
async function killPage(): Promise<void> {
  await till.page.reload();
  await till.page.getByTestId('total').waitFor();
}

/** While nobody knows where the goods are: the screen says so, and no key, scan or touch does anything to them. */
async function expectLocked(words: RegExp, lines: number): Promise<void> {
  const { page, person } = till;
  await page.getByTestId('moving').filter({ hasText: words }).waitFor();
  await person.shoot(`moving-${String(words).replace(/\W+/g, '-')}`);
  expect(await linesOf(till)).toBe(lines);
  const total = await person.read('total');
  for (const key of ['F8', 'F3', 'F4', 'F5', 'Control+Delete', 'Delete', '+']) await person.press(key);
  await person.scan('8993001000002');
  await until('the scan is over', async () => (await page.getByLabel('Cari barang').inputValue()) === '');
  expect(await page.getByRole('button', { name: /^Bayar/ }).isDisabled()).toBe(true);
  expect(await page.locator('[role=dialog]').count()).toBe(0);
  expect([await linesOf(till), await person.read('total')]).toEqual([lines, total]);
}

const isFree = () =>
  until('the books have answered', async () => (await till.page.getByTestId('moving').count()) === 0);

/** Calls the newest ticket back at the other till and sells it there. */
async function sellAtSecond(lines: number): Promise<void> {
  const { page, person } = day.second;
  await day.second.open(1, 'F3');
  await page.getByRole('button', { name: /^Panggil/, disabled: false }).waitFor();
  await person.press('Enter');
  await until('the basket is there', async () => (await linesOf(day.second)) === lines);
  await day.second.isReady();
  await day.second.pay('Enter');
}

async function holdAs(name: string): Promise<void> {
  await till.open(1, 'F3');
  await till.person.type(name);
  await till.person.press('Enter');
}

test.each([
  ['the ticket was made and nobody heard of it', 'answers'],
  ['the command never arrived', 'calls'],
] as const)('killed while a basket is put on hold: %s', async (_, what) => {
  const before = { sales: (await sales()).length, tickets: await openTickets() };
  await till.scan([0, 1]);
  till.keepBack(what, 'sale.hold');
  await holdAs(`Bu ${what}`);
  const made = what === 'answers' ? 1 : 0;
  await until('it is as far as it gets', async () => (await openTickets()) === before.tickets + made);
  await killPage();
  await expectLocked(/sedang ditahan/, 2);
  till.keepBack('nothing');
  await isFree();
  expect(await linesOf(till)).toBe(0);
  await till.isReady();
  expect(await openTickets()).toBe(before.tickets + 1);
  await sellAtSecond(2);
  expect(await openTickets()).toBe(before.tickets);
  expect(await sales()).toHaveLength(before.sales + 1);
});

test('killed while a basket is called back, and the other till was quicker: it is sold once', async () => {
  const before = { sales: (await sales()).length, tickets: await openTickets() };
  await till.scan([2, 4]);
  await holdAs('Pak Cepat');
  await till.isReady();
  till.keepBack('calls', 'sale.recall');
  await till.open(1, 'F3');
  await till.page.getByRole('button', { name: /^Panggil/, disabled: false }).waitFor();
  await till.person.press('Enter');
  await until('the basket is on its way', async () => (await linesOf(till)) === 2);
  await killPage();
  await expectLocked(/sedang dipanggil/, 2);
  await sellAtSecond(2);
  till.keepBack('nothing');
  await isFree();
  expect(await linesOf(till)).toBe(0);
  await till.page.getByRole('alert').first().waitFor();
  await till.person.shoot('moving-ticket-closed');
  await till.isReady();
  expect(await sales()).toHaveLength(before.sales + 1);
  expect(await openTickets()).toBe(before.tickets);
});

test('killed while a basket is called back, and nobody heard that it was: it is at the till and sells', async () => {
  const before = { sales: (await sales()).length, tickets: await openTickets() };
  await till.scan([2, 4]);
  await holdAs('Pak Sabar');
  await till.isReady();
  till.keepBack('answers', 'sale.recall');
  await till.open(1, 'F3');
  await till.page.getByRole('button', { name: /^Panggil/, disabled: false }).waitFor();
  await till.person.press('Enter');
  await until('the ticket is closed', async () => (await openTickets()) === before.tickets);
  await killPage();
  await expectLocked(/sedang dipanggil/, 2);
  till.keepBack('nothing');
  await isFree();
  expect(await linesOf(till)).toBe(2);
  await till.pay('Enter');
  expect(await sales()).toHaveLength(before.sales + 1);
  expect(await openTickets()).toBe(before.tickets);
});

test('killed while a code is made: it comes back as a part of its basket, and is paid', async () => {
  const before = { sales: (await sales()).length, tickets: await openTickets() };
  await till.scan([0]);
  await till.open(1, 'F8');
  till.keepBack('answers', 'qris.show');
  await till.person.press('F5');
  await until('the ticket is there', async () => (await openTickets()) === before.tickets + 1);
  // Paid in cash as well, it could be sold twice.
  await till.person.press('Enter');
  await till.person.sees(/Kode QRIS untuk keranjang ini sedang dibuat/);
  await till.person.shoot('moving-qris-in-pay');
  expect(await sales()).toHaveLength(before.sales);
  await killPage();
  await expectLocked(/sedang dibuat/, 1);
  till.keepBack('nothing');
  await isFree();
  await till.open(1, 'F8');
  expect(await till.person.read('qris-amount')).toBe('Rp25.000');
  await till.person.typeByHand('9871');
  await till.person.press('Enter');
  await till.person.read('receipt-number');
  await till.isReady();
  const after = await sales();
  expect(after).toHaveLength(before.sales + 1);
  expect(after[0]?.tenders).toEqual([{ kind: 'qris', amountRupiah: 25_000, reference: '9871' }]);
  expect(await openTickets()).toBe(before.tickets);
});

test('a code that is awaited may be left, and is found in the payment when it has come', async () => {
  await till.scan([0]);
  await till.open(1, 'F8');
  till.keepBack('answers', 'qris.show');
  await till.person.press('F5');
  await till.open(0, 'Escape');
  await expectLocked(/sedang dibuat/, 1);
  till.keepBack('nothing');
  await isFree();
  await till.open(1, 'F8');
  await till.person.read('qris-amount');
  await till.person.typeByHand('4711');
  await till.person.press('Enter');
  await till.person.read('receipt-number');
  await till.isReady();
});

test('Enter on the PIN before the list of approvers is there counts once it is', async () => {
  const before = (await sales()).length;
  await till.scan([0, 4]);
  await till.open(1, 'F5');
  await till.person.typeByHand('50%');
  await till.open(0, 'Enter');
  await till.open(1, 'F8');
  till.keepBack('answers', 'center.front');
  await till.open(2, 'Enter');
  await till.person.isAt('PIN penyetuju');
  await till.person.type(PINS.manager);
  await till.person.press('Enter');
  await till.page.locator('[role=dialog]').last().locator('button[data-loading]').waitFor();
  till.keepBack('nothing');
  await till.person.read('receipt-number');
  await till.isReady();
  expect(await sales()).toHaveLength(before + 1);
});

test('a note with a figure too many is asked about; the second Enter of a nervous hand does not pay', async () => {
  const before = (await sales()).length;
  await till.scan([2]);
  await till.open(1, 'F8');
  await till.person.typeByHand('200000');
  await till.person.press('Enter', 'Enter');
  await till.person.sees(/Kembalian Rp182\.000\?/);
  await till.person.shoot('odd-change');
  expect(await till.page.locator('[role=dialog]').count()).toBe(1);
  await till.person.press('Backspace');
  await until('it is forgotten', async () => (await till.page.getByText(/Kembalian Rp182/).count()) === 0);
  await till.person.press('Enter');
  await till.person.read('receipt-number');
  expect(await sales()).toHaveLength(before + 1);
  await till.isReady();

  await till.scan([2]);
  await till.open(1, 'F8');
  await till.person.typeByHand('200000');
  await till.person.press('Enter');
  await till.person.sees(/Kembalian Rp182\.000\?/);
  expect(await sales()).toHaveLength(before + 1);
  await until('the second press came after reading', async () => {
    await till.person.press('Enter');
    return (await sales()).length === before + 2;
  });
  expect((await sales())[0]).toMatchObject({ totalRupiah: 18_000, changeRupiah: 182_000 });
  await till.isReady();
});
