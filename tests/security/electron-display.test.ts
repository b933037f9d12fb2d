/**
 * Proves that the window towards the buyer is opened by the till's page alone, once, as locked as the till's own and
 * without any bridge; that it goes with the till's window; and that it comes back at the next start unless a person
 * closed it. What it shows is proved in tests/e2e.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type Display,
  isRunning,
  makeFolder,
  processTree,
  removeFolder,
  startDisplay,
  until,
} from '../support/electron-runtime.ts';
import { buildProgram, exchange, type Program, startProgram } from '../support/program.ts';

let display: Display;
let folder: string;
let dataDir: string;
let program: Program;

beforeAll(async () => {
  display = await startDisplay();
  folder = await buildProgram();
}, 60_000);

afterAll(async () => {
  await display.stop();
  removeFolder(folder);
});

beforeEach(async () => {
  dataDir = makeFolder('data');
  program = await startProgram(folder, display, dataDir);
}, 60_000);

afterEach(async () => {
  await program.close();
  removeFolder(dataDir);
}, 60_000);

function ask(page: Page): Promise<void> {
  return page.evaluate(() =>
    (window as unknown as { titipan: { openBuyerDisplay(): void } }).titipan.openBuyerDisplay(),
  );
}

/** Asks as the till's page does, and waits for the window. */
async function openDisplay(): Promise<Page> {
  const opened = program.app.waitForEvent('window');
  await ask(program.page);
  const page = await opened;
  await page.waitForLoadState('load');
  return page;
}

function windowCount(): Promise<number> {
  return program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

const mark = () => join(dataDir, 'window', 'buyer-display');

test('it is one window of our own page, without a bridge, as locked as the till’s', async () => {
  const page = await openDisplay();
  expect(page.url()).toBe('app://titipan/?display');
  const seen = await page.evaluate(() => ({
    names: ['titipan', 'require', 'process', 'electron'].filter((name) => name in window),
    opened: window.open('app://titipan/') !== null,
  }));
  expect(seen).toEqual({ names: [], opened: false });
  const preferences = await program.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) =>
      (
        window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences(),
    ),
  );
  const locks = {
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  };
  for (const each of preferences) expect(each).toMatchObject(locks);
  await page.evaluate(() => {
    location.href = 'https://titipan.example/';
  });
  await ask(program.page);
  // Main hears in order: once the till's page has its port, the second wish and the move were heard.
  expect(await exchange(program.page, ['here'], 1)).toEqual(['here']);
  expect(page.url()).toBe('app://titipan/?display');
  expect(await windowCount()).toBe(2);
});

test('no other page is heard, not even one of our own address in another window', async () => {
  const preload = join(folder, 'asks.cjs');
  writeFileSync(preload, `require('electron').ipcRenderer.send('titipan:open-buyer-display');`);
  for (const url of ['app://titipan/', 'data:text/html,<p>app://titipan/</p>']) {
    const opened = program.app.waitForEvent('window');
    await program.app.evaluate(
      ({ BrowserWindow }, given) =>
        new BrowserWindow({ show: false, webPreferences: { preload: given.preload, sandbox: true } })
          .loadURL(given.url)
          .catch(() => {}),
      { preload, url },
    );
    const page = await opened;
    expect(await exchange(program.page, ['mine'], 1)).toEqual(['mine']);
    expect([url, await windowCount()]).toEqual([url, 2]);
    await page.close();
    await until('only the till is left', async () => (await windowCount()) === 1);
  }
});

test('it goes with the till’s window, and comes back with it at the next start', async () => {
  await openDisplay();
  const pids = processTree(program.child.pid ?? 0);
  await program.app.evaluate(({ BrowserWindow }) => {
    const till = BrowserWindow.getAllWindows().find(({ webContents }) => !webContents.getURL().includes('?'));
    setImmediate(() => till?.close());
  });
  await until('every process ended', () => pids.every((pid) => !isRunning(pid)));
  await program.close();
  program = await startProgram(folder, display, dataDir);
  await until('both are open', async () => (await windowCount()) === 2);
});

test('it comes back after a kill; closed by a person, it stays closed', async () => {
  const first = processTree(program.child.pid ?? 0);
  await openDisplay();
  program.child.kill('SIGKILL');
  await until('every process ended', () => first.every((pid) => !isRunning(pid)));
  await program.close();
  program = await startProgram(folder, display, dataDir);
  await until('both are open', async () => (await windowCount()) === 2);
  expect(existsSync(mark())).toBe(true);
  const page = program.app.windows().find((each) => each.url().includes('?display'));
  await page?.evaluate(() => window.close()).catch(() => {});
  await until('the till is alone', async () => (await windowCount()) === 1);
  expect(existsSync(mark())).toBe(false);
  await program.close();
  program = await startProgram(folder, display, dataDir);
  expect(await exchange(program.page, ['alone'], 1)).toEqual(['alone']);
  expect(await windowCount()).toBe(1);
});
