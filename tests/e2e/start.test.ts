/**
 * Proves that `npm start` does what README says, run as whoever runs the tests, root included: with a display a window
 * with the till's first screen, without one the same till on 127.0.0.1 and how to sign in; both end when told to.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { processTree, projectRoot, startDisplay, until } from '../support/electron-runtime.ts';
import { temporaryFolder } from '../support/engine.ts';

let started: ChildProcess | undefined;
let output = '';

afterEach(() => {
  started?.kill('SIGKILL');
  started = undefined;
});

function start(args: string[], env: Record<string, string>): ChildProcess {
  output = '';
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  const child = spawn(process.execPath, [join(projectRoot, 'scripts/start.mjs'), ...args], {
    cwd: projectRoot,
    env: { ...rest, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  started = child;
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** Ends it as a terminal would and expects every process below it to be gone. */
async function endsWith(child: ChildProcess): Promise<void> {
  const below = processTree(child.pid as number);
  child.kill('SIGTERM');
  await once(child, 'exit');
  await until('nothing is left running', () =>
    below.every((pid) => processTree(pid).length === 1 && !isAlive(pid)),
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('with a display: a window with the first screen, and no process that dies and comes again', async () => {
  const display = await startDisplay();
  const port = await freePort();
  const args = ['--data', temporaryFolder(), `--remote-debugging-port=${port}`, '--disable-gpu'];
  const child = start(args, { DISPLAY: display.name });
  const pages = async (): Promise<{ type: string }[]> =>
    (await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined))?.json() ?? [];
  await until(
    'the window has a page',
    async () => (await pages()).some(({ type }) => type === 'page'),
    60_000,
  );
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
  const page = browser.contexts()[0]?.pages()[0];
  // Until the engine answers, a window may show its name alone for a moment.
  await page?.waitForSelector('h1:has-text("Menyiapkan")');
  expect(page?.url()).toBe('app://titipan/');
  expect(await page?.textContent('h1')).toBe('Menyiapkan pusat oleh-oleh');
  expect(output).not.toContain('FATAL');
  await browser.close();
  await endsWith(child);
  await display.stop();
});

test('without a display: the address, and how to begin', async () => {
  const port = await freePort();
  const child = start(['--data', temporaryFolder(), '--port', String(port)], {});
  await until('it serves', () => output.includes(`http://127.0.0.1:${port}/`), 60_000);
  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<div id="root">');
  await until('it says how to begin', () => output.includes('follow the first steps'));
  await endsWith(child);
});
