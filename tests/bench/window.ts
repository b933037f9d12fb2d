import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chownTree } from '../support/chown-tree.ts';
import {
  type Display,
  launchElectron,
  makeFolder,
  processStatus,
  processTree,
  projectRoot,
  type RunningElectron,
  removeFolder,
  startDisplay,
} from '../support/electron-runtime.ts';
import { type Figure, figure, percentile } from './figure.ts';
import { openBenchShop } from './shop.ts';

const STARTS = 7;
const SALES = 1_000;
/** A barcode of the bench shop. */
const CODE = '1001';

/**
 * Cold start: from starting the process to the signed-in till showing a scanned line, the session resumed; beside the
 * same Electron opening a window with an empty page. Memory: resident set summed over the process tree after a
 * thousand sales by keyboard, beside that of the empty window.
 */
export async function windowFigures(sales = SALES): Promise<Figure[]> {
  const display = await startDisplay();
  const data = makeFolder('data');
  const empty = makeFolder('empty');
  try {
    await prepareSignedInTill(display, data);
    writeEmptyApp(empty);
    const tillMs: number[] = [];
    const emptyMs: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      emptyMs.push(await timed(() => startEmpty(display, empty)));
      tillMs.push(await timed(() => startTill(display, data)));
    }
    const emptyBytes = await memoryOf(await startEmpty(display, empty), async () => {});
    const tillBytes = await memoryOf(await startTill(display, data), (page) => sellByKeyboard(page, sales));
    return [
      figure('cold start to the first scan', percentile(tillMs, 0.5), 'ms', percentile(emptyMs, 0.5), 1.5),
      figure(`memory after ${sales} sales`, tillBytes / 1e6, 'MB', emptyBytes / 1e6, 1.5),
    ];
  } finally {
    await display.stop();
    removeFolder(data);
    removeFolder(empty);
  }
}

interface Started extends RunningElectron {
  readonly page: Page;
}

/** A shop with an open drawer, whose window is signed in as the person who opened it. */
async function prepareSignedInTill(display: Display, data: string): Promise<void> {
  const shop = await openBenchShop(data);
  await shop.running.stop();
  chownTree(data);
  const running = await launchTill(display, data);
  await running.page.evaluate((token) => localStorage.setItem('titipan.session', token), shop.session);
  await running.close();
}

/** Starts the built program on a data folder and waits until its window is loaded. */
export async function launchTill(display: Display, data: string): Promise<Started> {
  const running = await launchElectron({ app: projectRoot, display, args: ['--data', data] });
  const page = await running.app.firstWindow({ timeout: 60_000 });
  await page.waitForLoadState('load');
  return { ...running, page };
}

async function startTill(display: Display, data: string): Promise<Started> {
  const started = await launchTill(display, data);
  await shown(started.page, '[data-testid="total"]');
  await scan(started.page);
  return started;
}

/** Waits without keeping hold of what it found: a kept element would count as the program's memory. */
export function shown(page: Page, selector: string): Promise<void> {
  return page.locator(selector).first().waitFor();
}

/** Types as a scanner does and waits until the line stands in the cart. */
async function scan(page: Page): Promise<void> {
  await page.keyboard.type(CODE);
  await page.keyboard.press('Enter');
  await shown(page, '[data-testid="cart"] li');
}

async function startEmpty(display: Display, app: string): Promise<Started> {
  const running = await launchElectron({ app, display });
  const page = await running.app.firstWindow({ timeout: 60_000 });
  await page.waitForLoadState('load');
  return { ...running, page };
}

function writeEmptyApp(folder: string): void {
  writeFileSync(join(folder, 'package.json'), '{"name":"empty","main":"index.cjs"}');
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>empty</title>');
  writeFileSync(
    join(folder, 'index.cjs'),
    `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1366, height: 768 }).loadFile('index.html'));
app.on('window-all-closed', () => app.quit());
`,
  );
}

async function timed(start: () => Promise<Started>): Promise<number> {
  const before = performance.now();
  const started = await start();
  const tookMs = performance.now() - before;
  await started.page.keyboard.press('Control+Delete').catch(() => {});
  await started.close();
  return tookMs;
}

async function sellByKeyboard(page: Page, sales: number): Promise<void> {
  for (let sale = 0; sale < sales; sale += 1) {
    if (sale > 0) await scan(page);
    await page.keyboard.press('F8');
    await shown(page, '[data-testid="cash-due"]');
    await page.keyboard.press('Enter');
    await shown(page, '[data-testid="receipt-number"]');
  }
}

async function memoryOf(started: Started, work: (page: Page) => Promise<void>): Promise<number> {
  await work(started.page);
  // Long enough for the engine's idle checkpoint and for collected garbage to go back.
  await new Promise((done) => setTimeout(done, 5_000));
  const bytes = processTree(started.child.pid as number).reduce((sum, pid) => sum + residentBytes(pid), 0);
  await started.close();
  return bytes;
}

/** Memory of one process that is its own or shared; 0 when it is gone. */
export function residentBytes(pid: number): number {
  return Number(processStatus(pid)?.match(/^VmRSS:\s+(\d+) kB/m)?.[1] ?? 0) * 1024;
}
