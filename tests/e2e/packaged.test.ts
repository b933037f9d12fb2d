/**
 * Proves that what `npm run dist` packs is the program: it starts from its own executable as an unprivileged user,
 * shows the screens, opens real books through the real engine, ends cleanly, and carries the switches and files
 * it should and no others.
 */

import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFuses, wantedFuses } from '../../scripts/fuses.mjs';
import {
  type Display,
  electronBinary,
  isRunning,
  makeFolder,
  processStatus,
  processTree,
  projectRoot,
  removeFolder,
  startDisplay,
  unprivileged,
  until,
} from '../support/electron-runtime.ts';
import { type PackedProgram, packProgram, startPacked } from '../support/packaged.ts';
import { ask } from '../support/program.ts';

let display: Display;
let packed: PackedProgram;

beforeAll(async () => {
  display = await startDisplay();
  packed = await packProgram();
}, 300_000);

afterAll(async () => {
  await display?.stop();
  packed?.remove();
});

describe('the packed program', () => {
  test('opens its window and its books, twice in a row, and leaves nothing running', async () => {
    const dataDir = makeFolder('data');
    for (const _ of ['new books', 'the same books again']) {
      const running = await startPacked(packed.executable, display, dataDir);
      expect(running.page.url()).toBe('app://titipan/');
      const answer = await ask(running.page, 'system.status', {});
      expect(answer).toMatchObject({ outcome: 'ok', value: { version: expect.any(String), created: false } });
      const pids = processTree(running.child.pid ?? 0);
      await running.close();
      await until('every process ended', () => pids.every((pid) => !isRunning(pid)));
      expect(running.log()).not.toMatch(/engine ended|bug in the main process|could not start/);
    }
    expect(readdirSync(dataDir)).toContain('window');
    removeFolder(dataDir);
  }, 120_000);

  test('shows its screens without one complaint of the content policy', async () => {
    const dataDir = makeFolder('data');
    const running = await startPacked(packed.executable, display, dataDir);
    const complaints: string[] = [];
    running.page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    running.page.on('pageerror', (error) => complaints.push(error.message));
    await running.page.reload();
    await until('the screens are there', () =>
      running.page.evaluate(() => document.querySelector('#root')?.firstElementChild != null),
    );
    expect(complaints).toEqual([]);
    // The control: a complaint would have been heard.
    await running.page.evaluate(() => {
      const style = Object.assign(document.createElement('style'), { textContent: 'p { color: red }' });
      document.head.append(style);
    });
    await until('the policy complained', () =>
      complaints.some((text) => text.includes('Content Security Policy')),
    );
    if (process.env.SCREENSHOT) await running.page.screenshot({ path: process.env.SCREENSHOT });
    await running.close();
    removeFolder(dataDir);
  }, 120_000);

  test('runs its page under the sandbox', async () => {
    const dataDir = makeFolder('data');
    const running = await startPacked(packed.executable, display, dataDir);
    const statuses = processTree(running.child.pid ?? 0).map((pid) => processStatus(pid) ?? '');
    expect(statuses.filter((status) => /^Seccomp:\s+2$/m.test(status)).length).toBeGreaterThan(0);
    expect(statuses.filter((status) => /^Uid:\s+0\s/m.test(status))).toEqual([]);
    await running.close();
    removeFolder(dataDir);
  }, 120_000);

  test('cannot be made a plain Node or be debugged, as an unfused Electron can', async () => {
    const home = makeFolder('home');
    const said = async (binary: string, args: string[], env: Record<string, string>): Promise<string> => {
      const options = { env: { PATH: '/usr/bin:/bin', HOME: home, ...env }, timeout: 20_000 };
      const run = promisify(execFile)(unprivileged(binary, home), args, options);
      const { stdout, stderr } = await run.catch((error) => error);
      return `${stdout}${stderr}`;
    };
    const asNode = (binary: string) =>
      said(binary, ['-p', '["plain", "node"].join(" ")'], { ELECTRON_RUN_AS_NODE: '1' });
    // Without a display both end at once; the debugger of the unfused one is up before that.
    const debugged = (binary: string) => said(binary, ['--inspect=0', projectRoot], {});
    expect(await asNode(electronBinary())).toContain('plain node');
    expect(await asNode(packed.executable)).not.toContain('plain node');
    expect(await debugged(electronBinary())).toContain('Debugger listening');
    expect(await debugged(packed.executable)).not.toContain('Debugger listening');
    removeFolder(home);
  }, 120_000);

  test('has every fuse of its executable set as decided', async () => {
    const fuses = await readFuses(packed.executable);
    expect(fuses.size).toBeGreaterThanOrEqual(7);
    const wanted = new Map(Object.entries(wantedFuses).map(([fuse, isOn]) => [Number(fuse), isOn]));
    for (const [fuse, isOn] of fuses) expect([fuse, isOn]).toEqual([fuse, wanted.get(fuse)]);
  });

  test('carries the engine and one native file outside its archive, and no loader, sources or maps', () => {
    const resources = join(packed.folder, 'resources');
    const library = join(resources, 'app.asar.unpacked/node_modules/better-sqlite3');
    expect(readdirSync(join(library, 'prebuilds'))).toEqual([`${process.platform}-${process.arch}.node`]);
    for (const name of ['deps', 'src', 'build']) expect(existsSync(join(library, name))).toBe(false);
    expect(existsSync(join(resources, 'app'))).toBe(false);
    const files = readdirSync(resources, { recursive: true }).map(String);
    expect(files).toContain('app.asar');
    expect(files).toContain(join('app.asar.unpacked', 'build', 'engine', 'main.js'));
    expect(files.filter((name) => name.endsWith('.map'))).toEqual([]);
  });
});
