/**
 * Proves that the program a shop gets can do the shop's work: what `npm run dist` packs is started from its own
 * executable on an empty folder and walked, by keyboard alone over Chromium's debugging protocol, from the first
 * start over people, vendors, products and intake to a sale with change and its receipt on a real socket.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Display } from '../support/electron-runtime.ts';
import {
  isRunning,
  makeFolder,
  processTree,
  removeFolder,
  startDisplay,
  until,
} from '../support/electron-runtime.ts';
import { type FakePrinter, startFakePrinter } from '../support/fake-printer.ts';
import { type PackedProgram, packProgram, type RunningPacked, startPacked } from '../support/packaged.ts';
import { expectNoSecret, expectSoundCopy } from './afterwards.ts';
import { COMMANDS } from './figures.ts';
import { walkOf, walkToFirstSale } from './journey.ts';
import { watchContext } from './keyboard.ts';

let display: Display;
let printer: FakePrinter;
let packed: PackedProgram;
let running: RunningPacked;
let dataDir: string;
let sheetDir: string;

beforeAll(async () => {
  display = await startDisplay();
  printer = await startFakePrinter('good');
  dataDir = makeFolder('data');
  sheetDir = makeFolder('sheet');
  packed = await packProgram();
  running = await startPacked(packed.executable, display, dataDir);
}, 300_000);

afterAll(async () => {
  await running?.close();
  await printer?.close();
  await display?.stop();
  packed?.remove();
  for (const each of [dataDir, sheetDir]) removeFolder(each);
});

test('from an empty folder to the first receipt, in the packed program', async () => {
  const [context] = running.browser.contexts();
  if (!context) throw new Error('the program shows nothing');
  const watch = await watchContext(context);
  await running.page.reload();
  const walked = await walkToFirstSale(walkOf('packed', { page: running.page, watch }, printer, sheetDir));
  const pids = processTree(running.child.pid ?? 0);
  await running.close();
  await until('every process ended', () => pids.every((pid) => !isRunning(pid)));
  await expectSoundCopy(dataDir, { commands: COMMANDS.toFirstSale });
  expectNoSecret(walked, [dataDir], running.log());
  expect(running.log()).not.toMatch(/engine ended|bug in the main process/);
});
