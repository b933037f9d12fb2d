/**
 * Packs the program as `npm run dist -- --dir` does and starts the result as a person would, from its own
 * executable; the window is driven over Chromium's debugging protocol, because the packed program refuses Node's.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import {
  type Display,
  makeFolder,
  nodeBinary,
  personEnvironment,
  projectRoot,
  removeFolder,
  unprivileged,
  until,
} from './electron-runtime.ts';

const START_TIMEOUT_MS = 60_000;
const END_TIMEOUT_MS = 15_000;

export interface PackedProgram {
  /** The unpacked program. */
  folder: string;
  executable: string;
  remove(): void;
}

/** Packs build/ into a folder of the test's own. Takes about 20 s. */
export async function packProgram(): Promise<PackedProgram> {
  const output = makeFolder('packed');
  const script = join(projectRoot, 'scripts/dist.mjs');
  const { stdout } = await promisify(execFile)(nodeBinary, [script, '--dir', '--output', output], {
    cwd: projectRoot,
  });
  const folder = stdout.trim();
  return {
    folder,
    executable: join(folder, 'titipan'),
    remove: () => rmSync(output, { recursive: true, force: true }),
  };
}

export interface RunningPacked {
  child: ChildProcess;
  browser: Browser;
  page: Page;
  /** What the program wrote so far: warnings and faults. */
  log(): string;
  /** Ends the program as closing its window does, else kills it. */
  close(): Promise<void>;
}

/** Starts a packed program on a data folder and waits for its window. */
export async function startPacked(
  executable: string,
  display: Display,
  dataDir: string,
): Promise<RunningPacked> {
  const home = makeFolder('home');
  const { TITIPAN_NODE: _, ...env } = personEnvironment(home, display);
  const child = spawn(unprivileged(executable, home), ['--remote-debugging-port=0', '--data', dataDir], {
    cwd: home,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const address = () => output.match(/DevTools listening on (ws:\S+)/)?.[1];
  await until('the program can be spoken with', () => address() !== undefined, START_TIMEOUT_MS).catch(
    (error) => {
      child.kill('SIGKILL');
      throw new Error(`${error.message}; it said: ${output}`);
    },
  );
  // Connecting while the window is still being made can hang, so the window's own address is awaited first.
  await until('its window has loaded', () => hasOwnPage(address() ?? ''), START_TIMEOUT_MS);
  const browser = await chromium.connectOverCDP(address() ?? '', {
    timeout: START_TIMEOUT_MS,
    // Electron has no browser contexts, so Playwright's usual settings for one are refused.
    noDefaults: true,
  });
  const pages = () => browser.contexts().flatMap((context) => context.pages());
  await until(
    'its window is there',
    () => pages().some((page) => page.url().startsWith('app://')),
    START_TIMEOUT_MS,
  );
  const page = pages().find((each) => each.url().startsWith('app://')) as Page;
  await page.waitForLoadState('load');
  return {
    child,
    browser,
    page,
    log: () => output,
    async close() {
      const ended = new Promise((done) => (child.exitCode === null ? child.once('exit', done) : done(0)));
      const timer = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
      await page.close().catch(() => {});
      await ended;
      clearTimeout(timer);
      await browser.close().catch(() => {});
      removeFolder(home);
    },
  };
}

/** Whether the debugging server at this WebSocket address lists one of our pages. */
async function hasOwnPage(address: string): Promise<boolean> {
  const response = await fetch(`http://${new URL(address).host}/json/list`);
  const targets = (await response.json()) as { type: string; url: string; title: string }[];
  return targets.some(
    ({ type, url, title }) => type === 'page' && url.startsWith('app://') && title === 'Titipan',
  );
}
