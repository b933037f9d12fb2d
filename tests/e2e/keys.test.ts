/**
 * Proves how many keys the commonest work takes after the last scan, counted at the keyboard of the built program in
 * its window: exact cash two, with change three, one line of a receipt brought back at most six. What a scanner types
 * is no key; everything else is. The books are asked whether that was really all.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawerState } from '../../shared/contract/shift.ts';
import { until } from '../support/electron-runtime.ts';
import { readPaper } from '../support/paper.ts';
import { picturesOf, readCode } from '../support/paper-codes.ts';
import { TILL_GOODS, tillCode } from '../support/till-shop.ts';
import { expectNothingAmiss } from './journey.ts';
import { scanAll } from './sale-steps.ts';
import { openTillProgram, type TillProgram } from './till-program.ts';

const GOODS = [0, 1, 2] as const;
/** 25.000 + 32.500 + 18.000. */
const TOTAL_RUPIAH = 75_500;

/** Across paper of 58 mm. */
const PAPER_DOTS = 384;

let till: TillProgram;

beforeAll(async () => {
  till = await openTillProgram();
  await till.signIn();
});

afterAll(() => till?.close());

async function scanGoods(): Promise<void> {
  await scanAll(till.person, GOODS.map(tillCode), GOODS.length);
  expect(await till.person.read('total')).toBe('Rp75.500');
}

/** Strikes keys one after the other, each as soon as the screen is where it belongs, and gives how many they were. */
async function counted(work: () => Promise<unknown>): Promise<number> {
  const before = till.person.keys();
  await work();
  return till.person.keys() - before;
}

/** The number of a receipt as its paper carries it for a scanner. */
async function scannedFromPaper(number: string): Promise<string> {
  let code: string | undefined;
  await until(`the code of ${number} is on paper`, () => {
    const job = till.printer.received().find((bytes) => bytes.includes(number));
    code = job && codeIn(job);
    return code !== undefined;
  });
  return code as string;
}

function codeIn(job: Buffer): string | undefined {
  try {
    return picturesOf(readPaper(job))
      .map((picture) => readCode(picture, PAPER_DOTS))
      .find((seen) => seen?.format === 'qr')?.text;
  } catch {
    // Still coming out.
    return undefined;
  }
}

test('exact cash: two keys after the last scan', async () => {
  const { person } = till;
  await scanGoods();
  const keys = await counted(async () => {
    await person.press('F8');
    await person.read('cash-due');
    await person.press('Enter');
    expect(await person.read('change')).toBe('Uang pas');
  });
  expect(keys).toBeLessThanOrEqual(2);
  const sale = await till.saleInBooks(await person.read('receipt-number'));
  expect(sale).toMatchObject({
    totalRupiah: TOTAL_RUPIAH,
    tenders: [{ kind: 'cash', amountRupiah: TOTAL_RUPIAH }],
    changeRupiah: 0,
  });
  expect(sale.lines.map(({ name, qty }) => [name, qty])).toEqual(
    GOODS.map((index) => [TILL_GOODS[index].name, 1_000]),
  );
});

test('with change: three keys after the last scan', async () => {
  const { person } = till;
  await scanGoods();
  const keys = await counted(async () => {
    await person.press('F8');
    const note = person.page.getByRole('button', { name: 'Rp100.000' });
    await note.waitFor();
    await person.press(await note.locator('kbd').innerText());
    await person.press('Enter');
    expect(await person.read('change')).toBe('Rp24.500');
  });
  expect(keys).toBeLessThanOrEqual(3);
  const sale = await till.saleInBooks(await person.read('receipt-number'));
  expect(sale).toMatchObject({
    totalRupiah: TOTAL_RUPIAH,
    tenders: [{ kind: 'cash', amountRupiah: 100_000 }],
    changeRupiah: 24_500,
  });
});

test('one line of a receipt brought back: at most six keys, the scans of receipt and goods beside them', async () => {
  const { person } = till;
  await scanGoods();
  await person.press('F8', 'Enter');
  const number = await person.read('receipt-number');
  const before = await drawerNow();
  await person.scan(await scannedFromPaper(number));
  await person.sees(`${number}`);
  await person.page.getByRole('option', { name: TILL_GOODS[1].name }).waitFor();
  await person.scan(tillCode(1));
  await person.page.getByTestId('refund-cash').filter({ hasText: 'Rp32.500' }).waitFor();
  const keys = await counted(async () => {
    // Whole and sold again; then done, and the sum that is to be handed out is read.
    await person.press('1');
    await person.press('Enter');
    expect(await person.read('refund-hand-out')).toBe('Rp32.500');
    await person.press('Enter');
    await person.isAt('Cari barang');
  });
  expect(keys).toBeLessThanOrEqual(6);
  const { lines, refunds } = await till.saleInBooks(number);
  expect(lines.map(({ refundedQty }) => refundedQty)).toEqual([0, 1_000, 0]);
  expect(refunds).toMatchObject([{ netRupiah: 32_500, isVoid: false }]);
  expect((await drawerNow()) - before).toBe(-32_500);
});

test('nothing was amiss, and no hand touched a mouse', () => {
  expectNothingAmiss(till.program.watch);
});

/** Cash that should lie in the drawer, rupiah. */
function drawerNow(): Promise<number> {
  return till.inBooks(
    async (manager) => (await manager.must(drawerState, { drawer: till.shop.drawer })).expectedRupiah,
  );
}
