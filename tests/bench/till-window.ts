import type { CDPSession, Page } from 'playwright-core';
import { userCreate } from '../../shared/contract/people.ts';
import { printerSet } from '../../shared/contract/printing.ts';
import { shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet } from '../../shared/contract/vendor.ts';
import { chownTree } from '../support/chown-tree.ts';
import {
  type Display,
  makeFolder,
  processTree,
  removeFolder,
  startDisplay,
} from '../support/electron-runtime.ts';
import { type FakePrinter, startFakePrinter } from '../support/fake-printer.ts';
import { openCatalogue, searchText, type Typing, VENDORS } from './catalogue.ts';
import { type Figure, figure, percentile } from './figure.ts';
import { frameIntervals, paintedAfter, settledAfter, watchPaint } from './painted.ts';
import { launchTill, residentBytes, shown } from './window.ts';

const RECEIPTS = 50;
const LINES_OF_A_RECEIPT = 5;
/** The first and the last so many receipts of a row are compared. */
const ENDS = 10;
const SEARCHES = 80;
const QUIET_MS = 80;
const FRAMES = 240;
/** Three frames of 60 a second. */
const SEARCH_BUDGET_FRAMES = 3;

/**
 * The till as its cashier meets it: the program's own window, 50.000 products of 500 vendors, keys at a scanner's
 * pace. Times are taken in the page, from the key to the frame that shows what it did (painted.ts); the floor is one
 * frame of the same page. Fifty receipts of five lines are rung in a row, once beside a good printer and once beside
 * one that takes the connection and never reads.
 */
export async function tillFigures(): Promise<Figure[]> {
  const display = await startDisplay();
  const printer = await startFakePrinter('good');
  const data = makeFolder('data');
  try {
    const { session, typing } = await prepareTill(data, printer);
    await signInOnce(display, data, session);
    const good = await ringRow(display, data, typing);
    printer.become('neverReads');
    const silent = await ringRow(display, data, typing);
    const name = `${RECEIPTS} receipts, printer never answers`;
    return [
      ...figuresOf(good, `${RECEIPTS} receipts`),
      ...figuresOf(silent, name),
      figure(`${name}: a receipt`, mean(silent.receiptsMs), 'ms', mean(good.receiptsMs), 1.15),
      figure(
        'search, key to results painted, p99 (budget 50 ms)',
        percentile(good.searchMs, 0.99),
        'ms',
        good.frameMs,
        SEARCH_BUDGET_FRAMES,
      ),
      figure('search, key to results painted, p50', percentile(good.searchMs, 0.5), 'ms', good.frameMs, null),
    ];
  } finally {
    await display.stop();
    await printer.close();
    removeFolder(data);
  }
}

interface Row {
  readonly frameMs: number;
  readonly scansMs: number[];
  /** What the person waited for the program in each receipt: five lines, the pay dialog, the change. */
  readonly receiptsMs: number[];
  readonly searchMs: number[];
  readonly early: Sizes;
  readonly late: Sizes;
}

interface Sizes {
  readonly heapBytes: number;
  readonly elements: number;
  readonly residentBytes: number;
}

function figuresOf(row: Row, name: string): Figure[] {
  const { frameMs, scansMs, receiptsMs, early, late } = row;
  const [first, last] = [receiptsMs.slice(0, ENDS), receiptsMs.slice(-ENDS)];
  return [
    figure(`${name}: scan to line painted, p50`, percentile(scansMs, 0.5), 'ms', frameMs, 1),
    figure(`${name}: scan to line painted, p99`, percentile(scansMs, 0.99), 'ms', frameMs, 2),
    figure(`${name}: the last ${ENDS} beside the first`, mean(last), 'ms', mean(first), 1.15),
    figure(`${name}: the page's heap`, late.heapBytes / 1e6, 'MB', early.heapBytes / 1e6, 1.15),
    figure(`${name}: elements in the page`, late.elements, '', early.elements, 1.05),
    figure(
      `${name}: memory of all processes`,
      late.residentBytes / 1e6,
      'MB',
      early.residentBytes / 1e6,
      1.1,
    ),
  ];
}

function mean(samples: readonly number[]): number {
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}

async function ringRow(display: Display, data: string, typing: Typing): Promise<Row> {
  const running = await launchTill(display, data);
  try {
    const { page } = running;
    await shown(page, '[data-testid="total"]');
    await watchPaint(page);
    return await measure(page, running.child.pid as number, typing);
  } finally {
    await running.close();
  }
}

/** The catalogue of the engine's own bench, a cashier with an open drawer, a printer beside it. */
async function prepareTill(data: string, printer: FakePrinter): Promise<{ session: string; typing: Typing }> {
  const typing = await openCatalogue(data);
  const { running, must, signIn } = typing;
  for (let vendor = 1; vendor <= VENDORS; vendor += 1)
    await must(agreementSet, { vendor, terms: { model: 'percent', rateBps: 1_500 } });
  await must(userCreate, { username: 'kasir', name: 'Kasir', role: 'cashier', pin: '914726' });
  await must(printerSet, {
    drawer: 1,
    address: { kind: 'tcp', host: '127.0.0.1', port: printer.port },
    paperMm: 58,
    profile: 'simple58',
  });
  const session = await signIn('kasir', '914726');
  await must(shiftOpen, { drawer: 1, floatRupiah: 1_000_000, floatFrom: 'opening' });
  await running.stop();
  chownTree(data);
  return { session, typing };
}

async function signInOnce(display: Display, data: string, session: string): Promise<void> {
  const running = await launchTill(display, data);
  await running.page.evaluate((token) => localStorage.setItem('titipan.session', token), session);
  await running.close();
}

async function measure(page: Page, pid: number, typing: Typing): Promise<Row> {
  const cdp = await page.context().newCDPSession(page);
  const frameMs = percentile(await frameIntervals(page, FRAMES), 0.5);
  const scansMs: number[] = [];
  const receiptsMs: number[] = [];
  // One receipt before the clock: the program's code is read and compiled at its first use.
  await ringReceipt(page, typing);
  let early: Sizes | undefined;
  while (receiptsMs.length < RECEIPTS) {
    const { linesMs, payMs } = await ringReceipt(page, typing);
    scansMs.push(...linesMs);
    receiptsMs.push(linesMs.reduce((sum, ms) => sum + ms, payMs));
    if (receiptsMs.length === ENDS) early = await sizes(page, cdp, pid);
  }
  const late = await sizes(page, cdp, pid);
  const searchMs = await search(page, typing);
  return { frameMs, scansMs, receiptsMs, searchMs, early: early as Sizes, late };
}

async function ringReceipt(
  page: Page,
  { codes, random }: Typing,
): Promise<{ linesMs: number[]; payMs: number }> {
  const linesMs: number[] = [];
  const scanned = new Set<string>();
  while (scanned.size < LINES_OF_A_RECEIPT) {
    const code = codes[Math.floor(random() * codes.length)] as string;
    if (scanned.has(code)) continue;
    scanned.add(code);
    const wish = { selector: '[data-testid="cart"] li', count: scanned.size };
    linesMs.push(
      await paintedAfter(page, wish, async () => {
        await page.keyboard.type(code);
        await page.keyboard.press('Enter');
      }),
    );
  }
  const asked = { selector: '[data-testid="cash-due"]', count: 1 };
  const openMs = await paintedAfter(page, asked, () => page.keyboard.press('F8'));
  const done = { selector: '[data-testid="receipt-number"]', count: 1 };
  const doneMs = await paintedAfter(page, done, () => page.keyboard.press('Enter'));
  return { linesMs, payMs: openMs + doneMs };
}

/** Types many texts by hand; each key is waited for until the results stand still. */
async function search(page: Page, typing: Typing): Promise<number[]> {
  const times: number[] = [];
  const wish = { selector: 'main', quietMs: QUIET_MS };
  for (let text = 0; text < SEARCHES; text += 1) {
    for (const key of searchText(typing).toLowerCase().slice(0, 12)) {
      const tookMs = await settledAfter(page, wish, () => page.keyboard.press(key === ' ' ? 'Space' : key));
      if (tookMs !== null) times.push(tookMs);
    }
    await settledAfter(page, wish, () => page.keyboard.press('Escape'));
  }
  return times;
}

async function sizes(page: Page, cdp: CDPSession, pid: number): Promise<Sizes> {
  // Twice: what the first collection frees may hold what the second can.
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return {
    heapBytes: usedSize,
    elements: await page.evaluate(() => document.querySelectorAll('*').length),
    residentBytes: processTree(pid).reduce((sum, each) => sum + residentBytes(each), 0),
  };
}
