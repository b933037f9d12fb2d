/**
 * Proves that the same path can be walked in a browser: Chromium against `serve` on this machine, from an empty
 * folder to a paid vendor, by keyboard and scanner alone, with the same paper, the same books, and nothing secret
 * left in the data folder or in what the browser keeps.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Served, startServe } from '../support/command-line.ts';
import { makeFolder, removeFolder } from '../support/electron-runtime.ts';
import { type FakePrinter, startFakePrinter } from '../support/fake-printer.ts';
import { expectNoSecret, expectSoundBooks, expectSoundCopy } from './afterwards.ts';
import { openBrowser, type RunningBrowser } from './browser.ts';
import { COMMANDS } from './figures.ts';
import { type Walked, walkNarrowPath, walkOf } from './journey.ts';

let printer: FakePrinter;
let dataDir: string;
let sheetDir: string;
let served: Served;
let browser: RunningBrowser;
let walked: Walked;

beforeAll(async () => {
  printer = await startFakePrinter('good');
  dataDir = makeFolder('data');
  sheetDir = makeFolder('sheet');
  served = await startServe(['--data', dataDir, '--port', '0']);
  browser = await openBrowser(served.url);
});

afterAll(async () => {
  await browser?.close();
  await served?.stop();
  await printer?.close();
  for (const each of [dataDir, sheetDir]) removeFolder(each);
});

test('from an empty folder to a paid vendor, by keyboard alone', async () => {
  walked = await walkNarrowPath(walkOf('chromium', browser, printer, sheetDir));
});

test('leaves sound books, while the engine runs and after it was ended', async () => {
  await expectSoundBooks(dataDir);
  await expectSoundCopy(dataDir, { commands: COMMANDS.whole, backup: walked.backup });
  expectNoSecret(walked, [dataDir, browser.profile], served.stderr());
  await browser.context.close();
  expect(await served.stop()).toBe(0);
  expectNoSecret(walked, [dataDir, browser.profile], served.stderr());
  await expectSoundBooks(dataDir);
});
