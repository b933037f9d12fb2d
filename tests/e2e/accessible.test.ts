/**
 * Proves that axe finds nothing serious on any screen of the narrow path, in the light and in the dark: a real shop
 * with a vendor, goods, an open drawer and a draft settlement, shown in Chromium against `serve`.
 */
import axe from 'axe-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saleComplete } from '../../shared/contract/sale.ts';
import { settlementPrepare } from '../../shared/contract/settlement.ts';
import { type Served, startServe } from '../support/command-line.ts';
import { makeFolder, removeFolder } from '../support/electron-runtime.ts';
import { startEngine } from '../support/engine.ts';
import { openShop, PINS, signIn } from '../support/shop.ts';
import { openBrowser, type RunningBrowser } from './browser.ts';

const SECTIONS_OF_ADMIN = 9;
const SECTIONS_OF_CASHIER = 3;
const CODE = '8991001';

let dataDir: string;
let served: Served;
let browser: RunningBrowser;
const sessions = { admin: '', cashier: '' };

beforeAll(async () => {
  dataDir = makeFolder('data');
  const engine = await startEngine({ dir: dataDir });
  const shop = await openShop(engine);
  const tenders = [{ kind: 'cash' as const, amountRupiah: 20_000 }];
  const lines = [{ product: shop.product, qty: 1000, priceRupiah: 18_000 }];
  await shop.cashier.must(saleComplete, { shift: shop.shift, lines, totalRupiah: 18_000, tenders });
  await shop.manager.must(settlementPrepare, { vendor: shop.vendor });
  sessions.admin = await signIn(shop.admin, 'ratna', PINS.admin);
  sessions.cashier = await signIn(shop.cashier, 'siti', PINS.cashier);
  await engine.stop();
  served = await startServe(['--data', dataDir, '--port', '0']);
  browser = await openBrowser(served.url);
});

afterAll(async () => {
  await browser?.close();
  await served?.stop();
  removeFolder(dataDir);
});

interface Finding {
  screen: string;
  rule: string;
  where: string;
}

async function findings(screen: string): Promise<Finding[]> {
  const { page } = browser;
  // Colours that are still fading are nobody's colours.
  await page.waitForFunction(() => document.getAnimations().every((move) => move.playState !== 'running'));
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run();
    return found.map(({ id, impact, nodes }) => ({ id, impact, where: nodes[0]?.html ?? '' }));
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, where }) => ({ screen, rule: id, where }));
}

async function showAs(person: keyof typeof sessions, scheme: 'light' | 'dark'): Promise<void> {
  await browser.page.evaluate(
    ([token, look]) => {
      sessionStorage.setItem('titipan.session', token as string);
      localStorage.setItem('mantine-color-scheme-value', look as string);
    },
    [sessions[person], scheme],
  );
  await browser.page.reload();
  await browser.page.waitForSelector('nav');
}

async function everySection(
  person: keyof typeof sessions,
  count: number,
  scheme: string,
): Promise<Finding[]> {
  const all: Finding[] = [];
  for (let section = 1; section <= count; section += 1) {
    await browser.page.keyboard.press(`Alt+${section}`);
    await browser.page.waitForSelector('h1');
    await browser.page.waitForTimeout(200);
    all.push(...(await findings(`${scheme} ${person} section ${section}`)));
  }
  return all;
}

test('sign-in', async () => {
  await browser.page.waitForSelector('input');
  expect(await findings('sign-in')).toEqual([]);
});

test('the check bites: a picture without words is found', async () => {
  await browser.page.evaluate(() => document.body.append(new Image(10, 10)));
  expect(await findings('broken')).toMatchObject([{ rule: 'image-alt' }]);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the office, ${scheme}`, async () => {
    await showAs('admin', scheme);
    expect(await everySection('admin', SECTIONS_OF_ADMIN, scheme)).toEqual([]);
  });

  test(`the till, ${scheme}`, async () => {
    await showAs('cashier', scheme);
    expect(await everySection('cashier', SECTIONS_OF_CASHIER, scheme)).toEqual([]);
    const { keyboard } = browser.page;
    await keyboard.press('Alt+1');
    await browser.page.waitForSelector('[data-testid="total"]');
    await keyboard.type(CODE);
    await keyboard.press('Enter');
    await browser.page.waitForSelector('[data-testid="cart"] li');
    expect(await findings(`${scheme} basket`)).toEqual([]);
    await keyboard.press('F8');
    await browser.page.waitForSelector('[data-testid="cash-due"]');
    expect(await findings(`${scheme} pay`)).toEqual([]);
    await keyboard.press('Enter');
    await browser.page.waitForSelector('[data-testid="change"]');
    expect(await findings(`${scheme} change`)).toEqual([]);
  });
}
