/**
 * Finds the Electron at hand, gives it a display, and starts it under Playwright as a person without rights, so
 * that Chromium's sandbox is on in every test. Nothing of the caller's environment is handed over.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { _electron, type ElectronApplication, errors } from 'playwright-core';
import { findElectron } from '../../scripts/electron-runtime.mjs';

export const projectRoot = resolve(import.meta.dirname, '../..');
export const nodeBinary = join(projectRoot, 'node_modules/node/bin/node');
/** Nobody: owns nothing, may do nothing. */
const UNPRIVILEGED_ID = 65_534;
/** A test machine has no graphics card; Chromium would start, lose and restart its GPU process to learn that. */
export const TEST_SWITCHES = ['--disable-gpu'];
const CLOSE_TIMEOUT_MS = 15_000;
const isRoot = process.getuid?.() === 0;

/** The Electron to start: the normal download, else the development runtime of closed networks. */
export function electronBinary(): string {
  const found = findElectron();
  if (!found) throw new Error('no Electron here: run npm run setup');
  return found.electronPath;
}

/** A folder of the person without rights, removed by `removeFolder`. */
export function makeFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `titipan-${name}-`));
  handOver(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Gives a file or folder to the person without rights. */
export function handOver(path: string): void {
  if (isRoot) chownSync(path, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
}

export interface Display {
  name: string;
  stop(): Promise<void>;
}

/** Starts an X server without a screen on a free number. */
export async function startDisplay(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1366x768x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  const number = await new Promise<string>((done, failed) => {
    server.once('error', failed);
    server.once('exit', (code) => failed(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3]?.on('data', (chunk: Buffer) => done(chunk.toString().trim()));
  });
  return {
    name: `:${number}`,
    async stop() {
      server.kill();
      await ended;
    },
  };
}

/** The environment of a person who just logged in, with a home of their own. */
export function personEnvironment(home: string, display: Display): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    DISPLAY: display.name,
    TITIPAN_NODE: nodeBinary,
  };
}

/** A program to start in place of `binary` that first gives up root; the binary itself where we are not root. */
export function unprivileged(binary: string, home: string): string {
  if (!isRoot) return binary;
  const wrapper = join(home, 'as-nobody.sh');
  const ids = `--reuid=${UNPRIVILEGED_ID} --regid=${UNPRIVILEGED_ID} --clear-groups`;
  writeFileSync(wrapper, `#!/bin/sh\nexec setpriv ${ids} --inh-caps=-all -- "${binary}" "$@"\n`);
  chmodSync(wrapper, 0o755);
  return wrapper;
}

export interface ElectronOptions {
  /** A folder with a package.json whose `main` is the program. */
  app: string;
  display: Display;
  args?: string[];
  env?: Record<string, string>;
}

/** A started Electron; `home` is its person's home, gone after `close`. */
export interface RunningElectron {
  app: ElectronApplication;
  child: ChildProcess;
  home: string;
  close(): Promise<void>;
}

/** A start takes two seconds, on a busy machine ten. */
const LAUNCH_TIMEOUT_MS = 30_000;
/** Playwright's hand-shake with Electron hangs now and then (playwright#19854): then the start is tried again. */
const LAUNCHES_MAX = 3;

/** Starts Electron with an app folder under Playwright. */
export async function launchElectron(options: ElectronOptions): Promise<RunningElectron> {
  const home = makeFolder('home');
  const running = await launch(options, home, 1);
  const child = running.process();
  return {
    app: running,
    child,
    home,
    async close() {
      // Playwright's close waits for as long as the program likes; a test may not.
      const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_TIMEOUT_MS);
      await running.close().catch(() => {});
      clearTimeout(timer);
      removeFolder(home);
    },
  };
}

async function launch(options: ElectronOptions, home: string, attempt: number): Promise<ElectronApplication> {
  const { app, display, args = [], env = {} } = options;
  try {
    return await _electron.launch({
      executablePath: unprivileged(electronBinary(), home),
      args: [app, ...TEST_SWITCHES, ...args],
      env: { ...personEnvironment(home, display), ...env },
      cwd: home,
      chromiumSandbox: true,
      timeout: LAUNCH_TIMEOUT_MS,
    });
  } catch (error) {
    const hung = error instanceof errors.TimeoutError && String(error).includes('<ws connected>');
    if (!hung || attempt === LAUNCHES_MAX) throw error;
    console.warn(`Playwright did not get hold of Electron, start ${attempt} of ${LAUNCHES_MAX}`);
    return launch(options, home, attempt + 1);
  }
}

/** True while a process runs; one that ended and was not yet collected by its parent counts as ended. */
export function isRunning(pid: number): boolean {
  const status = processStatus(pid);
  return status !== undefined && !/^State:\s+[ZX]/m.test(status);
}

/** /proc/PID/status as text, undefined when there is no such process. */
export function processStatus(pid: number): string | undefined {
  try {
    return readFileSync(join('/proc', String(pid), 'status'), 'utf8');
  } catch {
    return undefined;
  }
}

/** All processes below one, itself included. */
export function processTree(rootPid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const status = /^\d+$/.test(name) ? processStatus(Number(name)) : undefined;
    const parent = Number(status?.match(/^PPid:\s+(\d+)/m)?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(rootPid);
}

/** Waits until `check` holds; fails with `what` after a bound far beyond what any good run needs. */
export async function until(
  what: string,
  check: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> {
  const endAtMs = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > endAtMs) throw new Error(`waited in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** Writes a file, and the folders above it, that the person without rights may read. */
export function writeReadable(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
