/** Selling, as a cashier does it by scanner and by typing, and the paper that must come out of it. */
import { expect } from 'vitest';
import { until } from '../support/electron-runtime.ts';
import type { FakePrinter } from '../support/fake-printer.ts';
import { readPaper } from '../support/paper.ts';
import { COUNTED_NOTES } from './figures.ts';
import type { Person } from './keyboard.ts';

/** A receipt as a person reads it from the paper, every figure as it is printed. */
export interface Receipt {
  number: string;
  lines: { name: string; quantity: string; price: string; amount: string }[];
  total: string;
  tendered: string;
  change: string;
  kicks: number;
}

/** Opens the till with 200.000 of change money that was brought from outside the books. */
export async function openDrawer(person: Person): Promise<void> {
  await person.isAt('Uang kembalian di laci');
  await person.fill({ 'Uang kembalian di laci': '200000' });
  await person.shoot('12-open-drawer');
  await person.press('Enter');
  await person.sees('Siap memindai');
}

/** Scans codes one after the other and waits until the last of them is in the cart. */
export async function scanAll(person: Person, codes: readonly string[], pieces: number): Promise<void> {
  for (const code of codes) await person.scan(code);
  await person.sees(new RegExp(`· ${pieces} barang`));
}

/** Types `2*` and a part of a name, and takes what is found first. */
export async function addBySearch(
  person: Person,
  typed: { multiplier: string; part: string },
  name: string,
): Promise<void> {
  await person.typeByHand(typed.multiplier);
  await person.typeByHand(typed.part);
  await person.page.getByRole('option', { name }).waitFor();
  await person.shoot('15-till-search');
  await person.press('Enter');
  await person.page.getByTestId('cart').getByText(name).waitFor();
}

/**
 * Pays with one note: looks up the key that stands beside it, as anyone does.
 * Gives how many keys it took since the last scan.
 */
export async function payWithNote(person: Person, note: string): Promise<number> {
  const before = person.keys();
  await person.press('F8');
  const button = person.page.getByRole('button', { name: note });
  await button.waitFor();
  const digit = await button.locator('kbd').innerText();
  await person.press(digit);
  await person.shoot('14-pay');
  await person.press('Enter');
  await person.read('receipt-number');
  return person.keys() - before;
}

/** Pays exactly. Gives how many keys it took since the last line. */
export async function payExactly(person: Person): Promise<number> {
  const before = person.keys();
  await person.press('F8');
  await person.page.getByTestId('cash-due').waitFor();
  await person.press('Enter');
  await person.read('receipt-number');
  return person.keys() - before;
}

/** Waits for the receipt with this number among the jobs a printer has received, and reads it. */
export async function receiptOf(printer: FakePrinter, number: string): Promise<Receipt> {
  let found: Receipt | undefined;
  await until(`the receipt ${number} is on paper`, () => {
    found = printer
      .received()
      .filter((bytes) => bytes.includes(number))
      .map(readReceipt)
      .find((receipt) => receipt !== undefined);
    return found !== undefined;
  });
  return found as Receipt;
}

/** Undefined while the paper is still coming out. */
function readReceipt(bytes: Buffer): Receipt | undefined {
  let paper: ReturnType<typeof readPaper>;
  try {
    paper = readPaper(bytes);
  } catch {
    return undefined;
  }
  const texts = paper.lines.map((line) => line.text);
  const figure = (word: string) =>
    texts.map((text) => new RegExp(`^${word} +(\\S+)$`).exec(text)?.[1]).find((found) => found);
  const number = figure('No\\.');
  const total = figure('TOTAL');
  const tendered = figure('Tunai');
  const change = figure('Kembalian');
  if (!number || !total || !tendered || !change) return undefined;
  const lines = texts.flatMap((text, index) => {
    const match = /^(\S+) x (\S+) +(\S+)$/.exec(text);
    if (!match) return [];
    const [, quantity = '', price = '', amount = ''] = match;
    return [{ name: texts[index - 1] ?? '', quantity, price, amount }];
  });
  return { number, lines, total, tendered, change, kicks: paper.kicks.length };
}

/** The lines of the cart as they stand on the screen, in the words of a receipt. */
export async function cartOnScreen(person: Person): Promise<Receipt['lines']> {
  const lines = await person.page.getByTestId('cart').getByRole('listitem').all();
  return Promise.all(
    lines.map(async (line) => {
      const text = (await line.innerText()).replace(/\s+/g, ' ');
      const match = /^\d+ (.+?) (\S+) pcs × Rp(\S+) · \S+ .*Rp(\S+)$/.exec(text);
      expect(match, `a line of the cart: ${text}`).not.toBeNull();
      const [, name = '', quantity = '', price = '', amount = ''] = match ?? [];
      return { name, quantity, price, amount };
    }),
  );
}

/** Counts the drawer note by note. What should be in it must not be seen before it was counted. */
export async function closeBlind(person: Person): Promise<void> {
  await person.press('Alt+3');
  await person.sees('Tutup kasir');
  await person.page.getByLabel(/100\.000/).waitFor();
  expect(await person.page.locator('main').innerText()).not.toContain('295.000');
  for (const count of COUNTED_NOTES) {
    await person.type(count);
    await person.press('Enter');
  }
  expect(await person.read('counted')).toBe('Rp295.000');
  await person.shoot('17-close');
  await person.press('F8');
  expect(await person.read('difference')).toBe('Pas');
  await person.shoot('18-closed');
}
