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
  electronBinary,
  makeFolder,
  nodeBinary,
  personEnvironment,
  projectRoot,
  removeFolder,
  TEST_SWITCHES,
  unprivileged,
  until,
} from './electron-runtime.ts';

const START_TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 8_000;
const CONNECT_ATTEMPTS = 6;
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
  /** Finds the window again after its own process died and another took its place. */
  reconnect(): Promise<Page>;
  /** Ends the program as closing its window does, else kills it. */
  close(): Promise<void>;
}

/** Starts a packed program on a data folder and waits for its window. */
export function startPacked(executable: string, display: Display, dataDir: string): Promise<RunningPacked> {
  return startDebugged({ executable, args: [] }, display, dataDir);
}

/** Starts what `npm run build` made in a folder the same way, for tests whose window dies and comes back. */
export function startDebuggedBuild(
  folder: string,
  display: Display,
  dataDir: string,
): Promise<RunningPacked> {
  const env = { TITIPAN_NODE: nodeBinary };
  return startDebugged({ executable: electronBinary(), args: [folder], env }, display, dataDir);
}

async function startDebugged(
  program: { executable: string; args: string[]; env?: Record<string, string> },
  display: Display,
  dataDir: string,
): Promise<RunningPacked> {
  const home = makeFolder('home');
  const { TITIPAN_NODE: _, ...env } = personEnvironment(home, display);
  const child = spawn(
    unprivileged(program.executable, home),
    [...program.args, ...TEST_SWITCHES, '--remote-debugging-port=0', '--data', dataDir],
    {
      cwd: home,
      env: { ...env, ...program.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const address = () => output.match(/DevTools listening on (ws:\S+)/)?.[1] ?? '';
  const started = () => {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the program ended with ${child.exitCode ?? child.signalCode}`);
    return address() !== '' && hasOwnPage(address());
  };
  // Connecting while the window is still being made can hang, so the window's own address is awaited first.
  const saidAll = new Promise((done) => child.once('close', done));
  await until('the window has loaded', started, START_TIMEOUT_MS).catch(async (error) => {
    child.kill('SIGKILL');
    await saidAll;
    removeFolder(home);
    throw new Error(`${error.message}; it said: ${output}`);
  });
  let { browser, page } = await connectToPage(address());
  await page.waitForLoadState('load');
  return {
    child,
    get browser() {
      return browser;
    },
    get page() {
      return page;
    },
    log: () => output,
    async reconnect() {
      await browser.close().catch(() => {});
      await until('the window has loaded again', started, START_TIMEOUT_MS);
      ({ browser, page } = await connectToPage(address()));
      return page;
    },
    async close() {
      const isOver = child.exitCode !== null || child.signalCode !== null;
      const ended = new Promise((done) => (isOver ? done(0) : child.once('exit', done)));
      const timer = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
      await page.close().catch(() => {});
      await ended;
      clearTimeout(timer);
      await browser.close().catch(() => {});
      removeFolder(home);
    },
  };
}

/** On a busy machine a connection now and then misses the page that is there; another one finds it. */
async function connectToPage(address: string): Promise<{ browser: Browser; page: Page }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // Electron has no browser contexts, so Playwright's usual settings for one are refused.
      const options = { timeout: CONNECT_TIMEOUT_MS, noDefaults: true };
      const browser = await chromium.connectOverCDP(address, options);
      const find = () =>
        browser
          .contexts()
          .flatMap((context) => context.pages())
          .find(isOwnPage);
      await until('the connection knows the page', () => find() !== undefined, CONNECT_TIMEOUT_MS);
      return { browser, page: find() as Page };
    } catch (error) {
      if (attempt === CONNECT_ATTEMPTS) throw error;
    }
  }
}

function isOwnPage(page: Page): boolean {
  return page.url().startsWith('app://titipan/');
}

/** Whether the debugging server at this WebSocket address lists one of our pages. */
async function hasOwnPage(address: string): Promise<boolean> {
  const response = await fetch(`http://${new URL(address).host}/json/list`);
  const targets = (await response.json()) as { type: string; url: string; title: string }[];
  return targets.some(
    ({ type, url, title }) => type === 'page' && url.startsWith('app://') && title === 'Titipan',
  );
}
