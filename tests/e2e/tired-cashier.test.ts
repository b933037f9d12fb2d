/**
 * Proves that a tired hand gets it right at the till all the same: a double click adds one piece, a scanner without
 * Enter sells what it scans, figures of scanned codes choose no reason of a refund, a mistyped multiplier is none, the
 * same unknown goods are asked about once, a scan in the wrong place is no part of the next, what was said in passing
 * never hides a heading, and long names leave the next line in sight. In the served program, at both sizes of a till.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { vendorCreate } from '../../shared/contract/vendor.ts';
import { TILL_GOODS, tillCode } from '../support/till-shop.ts';
import { strikeAtOnce } from './keyboard.ts';
import { openStage, SIZES, type Stage } from './stage.ts';

const CART = '[data-testid=cart] > li';
/** More goods of one kind than a search asks for at once. */
const MANY = 90;
const UNKNOWN_CODE = '8990000000019';
/** A maker's own EAN-13, whose last figure is right. */
const LONG_CODE = '8990000000020';
/** As long as a name may be. */
const LONG_NAME = 'Dodol garut istimewa rasa mangga arumanis Probolinggo kemasan keluarga besar 1kg';
/** Longer than a double click takes, shorter than reading a new screen. */
const SECOND_CLICK_MS = 140;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage('id');
  const office = stage.office();
  const { vendor } = await office.must(vendorCreate, {
    code: 'KWT-RAHAYU-88',
    name: 'Kelompok Wanita Tani Sumber Rahayu Makmur Sejahtera Tongas',
  });
  const { product } = await office.must(productCreate, {
    vendor,
    name: LONG_NAME,
    barcodes: [LONG_CODE],
    priceRupiah: 98_500,
  });
  await office.must(intakeConfirm, { vendor, lines: [{ product, qty: 5_000 }] });
  // Found among the last, shown among the first.
  for (let number = MANY; number > 0; number -= 1) {
    const name = `Wajik ketan ${String(number).padStart(3, '0')}`;
    await office.must(productCreate, { vendor, name, priceRupiah: 1_000 + number });
  }
});

afterAll(() => stage?.close());

beforeEach(async () => {
  await stage.begin('cashier');
  await stage.person.read('total');
});

afterEach(() => {
  expect(stage.watch.errors).toEqual([]);
  expect(stage.watch.policy).toEqual([]);
});

/** Names and pieces of the lines in the cart. */
function cart(): Promise<string[]> {
  return stage.page
    .locator(CART)
    .evaluateAll((lines) => lines.map((line) => (line as HTMLElement).innerText.replace(/\s+/g, ' ')));
}

async function expectLines(...lines: RegExp[]): Promise<void> {
  await expect.poll(cart).toEqual(lines.map((line) => expect.stringMatching(line)));
}

function searchText(): Promise<string> {
  return stage.page.getByLabel('Cari barang').inputValue();
}

function paste(text: string): Promise<void> {
  return stage.page.evaluate((pasted) => {
    document.execCommand('insertText', false, pasted);
  }, text);
}

test('a double click on what was found adds it once, and nothing of what appears under the pointer', async () => {
  const { page, person } = stage;
  const quick = await page.locator('fieldset button').first().boundingBox();
  if (!quick) throw new Error('no quick keys');
  const [x, y] = [quick.x + 20, quick.y + 20];
  await person.typeByHand('petis udang');
  await page.locator('#till-results [role=option]').waitFor();
  await page.mouse.click(x, y);
  await page.waitForTimeout(SECOND_CLICK_MS);
  await page.mouse.click(x, y);
  await page.waitForTimeout(600);
  await expectLines(/Petis udang asli 250 g 1 pcs/);
  await person.isAt('Cari barang');
  // A quick key that is meant twice is two pieces.
  await page.mouse.dblclick(x, y);
  await expectLines(/Petis/, new RegExp(`${TILL_GOODS[0].name} 2 pcs`));
});

test('a scanner that sends no Enter sells what it scans, piece by piece', async () => {
  const { page, person } = stage;
  for (const pieces of [1, 2]) {
    await strikeAtOnce(page, [...LONG_CODE]);
    await expectLines(new RegExp(`${LONG_NAME} ${pieces} pcs`));
    expect(await searchText()).toBe('');
  }
  // By hand the same figures are a search, which Enter ends.
  await person.typeByHand(LONG_CODE);
  await page.waitForTimeout(600);
  expect(await searchText()).toBe(LONG_CODE);
  await person.press('Enter');
  await expectLines(new RegExp(`${LONG_NAME} 3 pcs`));
});

test('a pasted 3* counts as a typed one does; more than a till sells is no multiplier', async () => {
  const { person } = stage;
  await paste(`3*${tillCode(0)}`);
  expect(await searchText()).toBe(tillCode(0));
  await person.press('Enter');
  await expectLines(/Keripik usus pedas 200 g 3 pcs/);
  await person.typeByHand('99999*');
  expect(await searchText()).toBe('99999*');
  await person.scan(tillCode(1));
  await expectLines(/Keripik/, /Sambal cumi 150 g 1 pcs/);
});

test('the same unknown goods again are one more of them with one key', async () => {
  const { page, person } = stage;
  await person.scan(UNKNOWN_CODE);
  await person.isAt('Penitip');
  await person.type('jono');
  await page.locator('[role=option]').waitFor();
  await person.press('Enter');
  await person.type('Petis tanpa label');
  await person.press('Enter');
  await person.type('12500');
  await person.press('Enter');
  await expectLines(/Petis tanpa label 1 pcs × Rp12.500 · PJ-03/);
  await person.scan(UNKNOWN_CODE);
  await person.isAt('Harga satuan');
  await page.waitForTimeout(400);
  await person.press('Enter');
  await expectLines(/Petis tanpa label 2 pcs × Rp12.500 · PJ-03/);
  await person.isAt('Cari barang');
});

test('goods scanned where receipts are looked for stay out of the field, and the next scan is whole', async () => {
  const { page, person, receipts } = stage;
  await person.press('Alt+2');
  const field = page.getByLabel('Cari nomor struk');
  await field.waitFor();
  await person.isAt('Cari nomor struk');
  await person.scan(tillCode(0));
  await person.sees(`${tillCode(0)} tidak ditemukan`);
  expect(await field.inputValue()).toBe('');
  await person.scan(receipts[0] ?? '');
  await page.getByRole('dialog', { name: receipts[0] ?? '' }).waitFor();
});

test('figures in scanned codes choose no reason of a refund, however quick the scans', async () => {
  const { page, person, receipts } = stage;
  await person.scan(receipts[1] ?? '');
  await page.locator('[role=dialog] [role=option]').first().waitFor();
  // Between them they have the key of every reason in them.
  const codes = [tillCode(1), tillCode(6), UNKNOWN_CODE];
  await strikeAtOnce(
    page,
    codes.flatMap((code) => [...code, 'Enter']),
  );
  await person.sees(`${UNKNOWN_CODE} tidak ada`);
  expect(await page.locator('[role=dialog] button[aria-pressed=true]').count()).toBe(0);
  await page.waitForTimeout(400);
  await person.press('Enter');
  await expect.poll(() => page.locator('[role=dialog] [role=alert]').allInnerTexts()).not.toEqual([]);
  expect(await page.getByTestId('refund-number').count()).toBe(0);
  expect(await page.getByTestId('refund-cash').innerText()).toContain('Rp40.000');
});

test('what was said in passing goes when a dialog comes', async () => {
  const { page, person } = stage;
  await person.scan(tillCode(0));
  await expectLines(/Keripik/);
  await person.press('F3');
  await person.isAt('Nama (boleh kosong)');
  await person.type('Bus biru');
  await person.press('Enter');
  await person.sees('Bus biru ditahan');
  await person.press('F3');
  await page.locator('[role=dialog] [role=option]').first().waitFor();
  await expect.poll(() => page.getByText('Bus biru ditahan').count()).toBe(0);
});

test('a long name takes two lines at most, wherever goods are chosen', async () => {
  const { page, person } = stage;
  for (const size of SIZES) {
    await stage.resize(size);
    await person.scan(LONG_CODE);
    await page.locator(`${CART}[aria-current=true]`).waitFor();
    const name = `${CART}[aria-current=true] button > span:first-child`;
    expect(await linesOf(name)).toBeLessThanOrEqual(2);
    const width = await page.locator(name).evaluate((span) => span.getBoundingClientRect().width);
    expect(width, 'the buttons of the line leave its name room').toBeGreaterThan(300);
    await person.typeByHand('dodol');
    const found = '#till-results [role=option]';
    await page.locator(found).waitFor();
    expect(await linesOf(`${found} > span:first-child`)).toBe(2);
    const fits = await page.locator(found).evaluate((row) => row.scrollHeight <= row.clientHeight);
    expect(fits, 'a row holds its two lines and what stands below them').toBe(true);
    await person.press('Escape');
    await person.scan(UNKNOWN_CODE);
    await person.isAt('Penitip');
    await person.type('KWT');
    await page.locator('[role=dialog] [role=option]').waitFor();
    expect(await linesOf('[role=dialog] [role=option] > span')).toBeLessThanOrEqual(2);
    expect(await linesOf('[role=dialog] [role=option] > b')).toBe(1);
    await person.press('Escape');
    await person.isAt('Cari barang');
  }
});

test('a finger goes through the whole list, and what it is about to touch stays where it is', async () => {
  const { page, person } = stage;
  await person.typeByHand('ketan');
  await page.locator('#till-results [aria-setsize="30"]').first().waitFor();
  // So far nobody has come near the end of what was fetched.
  await scrollTo(8);
  const row = page.locator('#till-results [aria-posinset="16"] > span').first();
  await row.waitFor();
  const name = await row.innerText();
  expect(await row.evaluate((span) => span.parentElement?.ariaSetSize)).toBe('30');
  await scrollTo(15);
  await expect.poll(uppermost).toBe(name);
  await scrollTo(MANY);
  await expect.poll(() => page.locator(`#till-results [aria-posinset="${MANY}"]`).count()).toBe(1);
});

/** Scrolls the list of results to its row `index`, as a finger does. */
function scrollTo(index: number): Promise<void> {
  return stage.page.locator('#till-results').evaluate((list, row) => {
    const height = list.firstElementChild?.getBoundingClientRect().height ?? 0;
    list.parentElement?.scrollTo({ top: row * height });
  }, index);
}

/** The name of the row at the upper edge of the list once it has all of its rows; '' before. */
function uppermost(): Promise<string> {
  return stage.page.locator('#till-results').evaluate((list, count) => {
    const top = list.parentElement?.getBoundingClientRect().top ?? 0;
    const row = [...list.querySelectorAll(`[aria-setsize="${count}"]`)].find((each) => {
      const box = each.getBoundingClientRect();
      return box.top <= top && box.bottom > top;
    });
    return row?.firstElementChild?.textContent ?? '';
  }, MANY);
}

/** How many lines of text an element shows. */
function linesOf(selector: string): Promise<number> {
  return stage.page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { lineHeight } = getComputedStyle(element);
      return Math.round(element.getBoundingClientRect().height / Number.parseFloat(lineHeight));
    });
}
