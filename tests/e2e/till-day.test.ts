/**
 * Proves that two tills come through the busiest day: buyers who pay in every way, codes that are shown to one and paid
 * after the next, discounts that need a yes, baskets called back twice at once, prices that change under a basket, a PIN
 * that is taken away in the middle of one, scans and double presses in the wrong place, and an engine that dies when it
 * has done what it was told and not said so. Nothing happens twice, nothing is lost, the till is always ready for the
 * next scan; at the end the books are whole and the drawer holds what was counted by hand.
 */
import { afterAll, afterEach, beforeAll, expect, onTestFailed, test } from 'vitest';
import { pinSet, userList } from '../../shared/contract/people.ts';
import { priceSet, promotionEnd, promotionList } from '../../shared/contract/product.ts';
import { journalSearch } from '../../shared/contract/report.ts';
import { type SaleView, saleByNumber, saleGet, saleList, ticketList } from '../../shared/contract/sale.ts';
import { cashList, drawerState, shiftSummary } from '../../shared/contract/shift.ts';
import { until } from '../support/electron-runtime.ts';
import { PINS } from '../support/shop.ts';
import { SPECIAL } from '../support/till-shop.ts';
import { openTwoTills, type TillWindow, type TwoTills } from './two-tills.ts';

const NEW_PIN = '640281';
const OWN_PIN = '952064';

let day: TwoTills;
let till: TillWindow;
let isClosed = false;

beforeAll(async () => {
  day = await openTwoTills();
  till = day.first;
});

afterAll(async () => {
  if (!isClosed) await day?.endDay();
});

afterEach(async (context) => {
  onTestFailed(() => till.page.screenshot({ path: `test-results/failed-${context.task.name}.png` }).then());
  for (const { watch } of [day.first, day.second]) {
    expect(watch.policy).toEqual([]);
    // An engine that is killed refuses connections; the browser says so on its console.
    expect(watch.errors.filter((error) => !error.includes('/wire'))).toEqual([]);
  }
});

async function saleOf(number: string): Promise<SaleView> {
  const office = await day.office();
  const { sale } = await office.must(saleByNumber, { number });
  return office.must(saleGet, { sale });
}

async function salesSoFar(): Promise<number> {
  const office = await day.office();
  return (await office.must(saleList, { shift: day.shop.shift, limit: 200 })).sales.length;
}

async function ticketsNamed(name: string): Promise<number> {
  const office = await day.office();
  return (await office.must(ticketList, { limit: 50 })).tickets.filter((ticket) => ticket.name === name)
    .length;
}

/** A supervisor says yes at the till. */
async function approve({ person }: TillWindow): Promise<void> {
  await person.isAt('PIN penyetuju');
  await person.type(PINS.manager);
  await person.press('Enter');
}

test('a bus of buyers who pay in every way', async () => {
  const office = await day.office();
  const drawer = async () => (await office.must(drawerState, { drawer: day.shop.drawer })).expectedRupiah;
  const before = await drawer();
  let cashRupiah = 0;
  for (const round of [0, 1, 2]) {
    await till.scan([0, 1]);
    await till.pay('Enter');
    cashRupiah += 57_500;
    await till.scan([2, 4]);
    await till.pay('1', 'Enter');
    cashRupiah += 56_500;
    await till.scan([5, round]);
    await till.pay('F6', 'Enter');
    // Half by card, the rest in cash: the second press of a double Enter does not take it.
    await till.scan([9]);
    const sales = await salesSoFar();
    await till.open(1, 'F8');
    await till.person.typeByHand('500rb');
    await till.person.press('F6');
    await till.person.read('part-amount');
    await till.person.press('Enter', 'Enter');
    await till.page.getByTestId('cash-due').filter({ hasText: 'Rp750.000' }).waitFor();
    expect(await salesSoFar()).toBe(sales);
    await until('the double press is over', async () => {
      await till.person.press('Enter');
      return (await salesSoFar()) === sales + 1;
    });
    cashRupiah += 750_000;
    await till.isReady();
  }
  expect((await drawer()) - before).toBe(cashRupiah);
  const { sales, tenders } = await office.must(shiftSummary, { shift: day.shop.shift });
  expect(sales).toBe(1 + 12);
  expect(tenders).toEqual([{ kind: 'debit', amountRupiah: 3 * 500_000 + 3 * 75_000 + 75_500 }]);
});

test('a code is shown, the next buyer is served, and the first comes back and pays', async () => {
  await till.scan([0, 1]);
  await till.open(1, 'F8');
  await till.person.press('F5');
  await till.person.read('qris-amount');
  await till.person.press('F3');
  await till.isReady();
  await till.scan([2]);
  await till.pay('Enter');
  await till.open(1, 'F3');
  await till.page.getByRole('option', { name: /Rp57\.500/ }).waitFor();
  await till.person.press('Enter');
  await till.person.read('qris-amount');
  await till.person.typeByHand('9871');
  await till.person.press('Enter');
  const sale = await saleOf(await till.person.read('receipt-number'));
  expect(sale.tenders).toEqual([{ kind: 'qris', amountRupiah: 57_500, reference: '9871' }]);
  await till.isReady();
});

test('a discount above the limit: a wrong PIN, a no, a yes, and one sale', async () => {
  const before = await salesSoFar();
  await till.scan([0, 4]);
  await till.open(1, 'F5');
  await till.person.typeByHand('50%');
  await till.open(0, 'Enter');
  await till.open(1, 'F8');
  await till.open(2, 'Enter');
  await till.page.getByRole('option', { name: /^budi/ }).waitFor();
  await till.person.isAt('PIN penyetuju');
  await till.person.type('111111');
  await till.person.press('Enter');
  await till.person.sees('PIN salah');
  await till.open(1, 'Escape');
  await until('nothing is under way', async () => {
    await till.person.press('Enter');
    return (await till.page.locator('[role=dialog]').count()) === 2;
  });
  await approve(till);
  const { totalRupiah } = await saleOf(await till.person.read('receipt-number'));
  expect(totalRupiah).toBe(25_000 + 38_500 / 2);
  expect(await salesSoFar()).toBe(before + 1);
  await till.isReady();
});

test('a parked basket is called back at both tills at once, and one has it', async () => {
  await till.scan([0, 2]);
  await till.open(1, 'F3');
  await till.person.type('Bu Dua Kasir');
  await till.person.press('Enter', 'Enter');
  await till.isReady();
  expect(await ticketsNamed('Bu Dua Kasir')).toBe(1);
  const both = [day.first, day.second];
  for (const each of both) {
    await each.open(1, 'F3');
    await each.page.getByRole('button', { name: /^Panggil/, disabled: false }).waitFor();
    await each.page.getByText('Petis udang').first().waitFor();
  }
  await Promise.all(both.map(({ person }) => person.press('Enter')));
  const lines = () => Promise.all(both.map(({ page }) => page.getByTestId('cart').locator('> li').count()));
  await until('one till has the basket', async () => (await lines()).sort().join() === '0,2');
  expect(await ticketsNamed('Bu Dua Kasir')).toBe(0);
  const owner = (await lines())[0] === 2 ? day.first : day.second;
  const other = owner === day.first ? day.second : day.first;
  if ((await other.page.locator('[role=dialog]').count()) > 0) await other.open(0, 'Escape');
  for (const each of both) await each.isReady();
  await owner.pay('Enter');
});

test('prices and promotions change under the basket, and there is always a way on', async () => {
  const office = await day.office();
  const product = day.shop.products[0] ?? 0;
  const setPrice = (priceRupiah: number) => office.must(priceSet, { product, priceRupiah });
  await till.scan([0]);
  await setPrice(27_000);
  await till.open(1, 'F8');
  await till.person.press('Enter');
  await till.person.sees(/sudah berubah/);
  await till.person.press('F4');
  expect(await saleOf(await till.person.read('receipt-number'))).toMatchObject({ totalRupiah: 25_000 });
  await till.isReady();
  // A price that fell below the one that was just kept.
  await till.scan([0]);
  await setPrice(30_000);
  await till.open(1, 'F8');
  await till.person.press('Enter');
  await till.person.sees(/sudah berubah/);
  await setPrice(20_000);
  await till.person.press('F4');
  await till.person.sees(/sudah turun/);
  await finishSoon(20_000);
  await till.scan([SPECIAL.promoted]);
  const { promotions } = await office.must(promotionList, { limit: 10 });
  await office.must(promotionEnd, { promotion: promotions[0]?.promotion ?? 0 });
  await till.open(1, 'F8');
  await till.person.press('Enter');
  await till.person.sees(/sudah tidak berlaku/);
  await finishSoon(22_000);
  await setPrice(25_000);
});

/** Presses Enter until the sale is done: what was just said on the screen has to stand there for a moment. */
async function finishSoon(totalRupiah: number): Promise<void> {
  const before = await salesSoFar();
  await until('the sale is done', async () => {
    await till.person.press('Enter');
    return (await salesSoFar()) > before;
  });
  expect(await saleOf(await till.person.read('receipt-number'))).toMatchObject({ totalRupiah });
  await till.isReady();
}

test('no scan presses a key of a dialog, and none is taken for a PIN', async () => {
  const before = await salesSoFar();
  await till.scan([0]);
  for (const keys of [['F8'], ['F3'], ['F5'], ['F9'], ['F10'], ['F10', '2'], ['Control+Delete'], ['Alt+s']]) {
    for (const key of keys) await till.open(1, key);
    await till.person.scan('8993001000001');
    await till.page.getByText(/Pindaian tidak dipakai|Itu hasil pindai/).waitFor();
    await till.open(0, 'Escape');
  }
  await till.isReady();
  expect(await salesSoFar()).toBe(before);
  expect(await till.page.getByTestId('cart').locator('> li').count()).toBe(1);
  await till.pay('Enter');
});

test('a PIN is changed by the office in the middle of a basket, which waits for its person', async () => {
  const admin = await day.office('admin');
  const { users } = await admin.must(userList, {});
  const user = users.find(({ username }) => username === 'siti')?.user ?? 0;
  await till.scan([0, 1]);
  await admin.must(pinSet, { user, pin: NEW_PIN });
  await till.person.scan('8993001000002');
  await till.person.isAt('PIN siti');
  await till.person.type(NEW_PIN);
  await till.person.press('Enter');
  await till.isReady();
  expect(await till.person.read('total')).toBe('Rp57.500');
  await till.pay('Enter');
});

test('a cashier changes the own PIN in the middle of a basket and stays; only the new one opens the till', async () => {
  const { person } = till;
  await till.scan([0, 2]);
  await till.open(1, 'Alt+s');
  await till.open(2, 'F4');
  await person.isAt('PIN lama');
  // Each Enter leads to what is still missing. A wrong old PIN is told under its field, and the rest stays typed.
  for (const pin of [PINS.cashier, OWN_PIN, OWN_PIN]) {
    await person.type(pin);
    await person.press('Enter');
  }
  await person.sees('PIN salah. Coba lagi.');
  await person.isAt('PIN lama');
  await person.type(NEW_PIN);
  await till.open(0, 'Enter');
  await person.sees('PIN Anda sudah diganti.');
  await till.isReady();
  expect(await person.read('total')).toBe('Rp43.000');
  await person.press('Alt+0');
  await person.isAt('PIN siti');
  await person.type(NEW_PIN);
  await person.press('Enter');
  await person.sees('PIN salah');
  await person.type(OWN_PIN);
  await person.press('Enter');
  await till.isReady();
  expect(await person.read('total')).toBe('Rp43.000');
  await till.pay('Enter');
});

test('an engine that did as it was told and died before it said so: nothing is done twice', async () => {
  const { person } = till;
  await person.typeByHand('3*');
  await till.scan([6]);
  const number = await till.pay('Enter');
  await person.scan(number);
  await person.sees(/Mengapa kembali/);
  await person.press('1');
  await loseAnswer(
    () => person.press('Enter'),
    async () => (await saleOf(number)).refunds.length === 1,
  );
  // The hand is nervous; the dialog stays until the answer is there.
  await person.press('Enter', 'Escape', 'Enter');
  await day.revive();
  expect(await person.read('refund-hand-out')).toBe('Rp7.500');
  expect((await saleOf(number)).refunds).toHaveLength(1);
  await till.open(0, 'Enter');

  await till.open(1, 'F10');
  for (const [digit, next] of [
    ['4', 'Kas laci K1'],
    ['2', 'Kas laci K1 · Kas keluar'],
    ['1', 'Kas laci K1 · Kas keluar · Biaya'],
  ] as const) {
    await person.press(digit);
    await person.sees(next);
  }
  await person.isAt('Jumlah');
  await person.type('7000');
  await person.press('Enter');
  await person.typeByHand('es batu');
  const moves = async () =>
    (await (await day.office()).must(cashList, { limit: 50 })).moves.filter(({ memo }) => memo === 'es batu');
  await loseAnswer(
    () => person.press('Enter'),
    async () => (await moves()).length === 1,
  );
  await person.press('Escape', 'Enter');
  await day.revive();
  await person.read('cash-number');
  expect(await moves()).toHaveLength(1);
});

/** The command arrives and happens; its answer does not come back before the engine is dead. */
async function loseAnswer(give: () => Promise<void>, hasHappened: () => Promise<boolean>): Promise<void> {
  till.withholdAnswers(true);
  await give();
  await until('it has happened', hasHappened);
  await day.kill();
  till.withholdAnswers(false);
}

test('the drawer is counted blind, a difference needs a yes, and the books of the day are whole', async () => {
  await till.page.reload();
  await till.isReady();
  await till.person.press('Alt+3');
  await till.person.isAt('Rp100.000 ×');
  await till.person.fill({ 'Jumlah uang di laci': '100000' });
  await till.person.press('F8');
  await approve(till);
  expect(await till.person.read('difference')).toMatch(/^Kurang Rp/);
  // The paper is the office's: once more with its yes only.
  await till.open(1, 'F6');
  await till.page.getByRole('option', { name: /^K1 · siti\s*Kurang Rp/ }).waitFor();
  await till.person.press('Enter');
  await approve(till);
  await till.person.sees('Salinan dikirim ke printer K1.');
  const office = await day.office();
  const printed = await office.must(journalSearch, { name: 'document.reprint', outcome: 'ok' });
  expect(printed.rows).toMatchObject([{ actor: 'siti', approver: 'budi' }]);
  isClosed = true;
  await day.endDay();
});
