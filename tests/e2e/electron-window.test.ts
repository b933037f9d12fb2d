/**
 * Proves that the program's window and its engine find each other and stay together: at the start, after a
 * reload, after the engine dies, and that a person is told in words when they cannot. It drives the real main
 * process, window and host link in Electron, as an unprivileged user, with a stub engine.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Display,
  electronBinary,
  isRunning,
  makeFolder,
  personEnvironment,
  processTree,
  removeFolder,
  startDisplay,
  TEST_SWITCHES,
  unprivileged,
  until,
} from '../support/electron-runtime.ts';
import { buildProgram, exchange, type Program, startProgram } from '../support/program.ts';

let display: Display;
let folder: string;
let dataDir: string;
let program: Program | undefined;

beforeAll(async () => {
  display = await startDisplay();
  folder = await buildProgram();
}, 60_000);

afterAll(async () => {
  await display.stop();
  removeFolder(folder);
});

beforeEach(() => {
  dataDir = makeFolder('data');
});

afterEach(async () => {
  await program?.close();
  program = undefined;
  removeFolder(dataDir);
}, 60_000);

/** The engine's process id, found from outside: the Node child, or Electron's utility process of that name. */
function enginePid(program: Program): number {
  const commandLine = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  const found = processTree(program.child.pid ?? 0).filter((pid) =>
    /stub\/engine\.cjs|node\.mojom/.test(commandLine(pid)),
  );
  expect(found).toHaveLength(1);
  return found[0] ?? 0;
}

/** Starts the program as a second double click does; resolves with its exit code, -1 when it goes on running. */
function startAgain(dataDir: string): Promise<number | null> {
  const home = makeFolder('home');
  const second = spawn(unprivileged(electronBinary(), home), [folder, ...TEST_SWITCHES, '--data', dataDir], {
    env: personEnvironment(home, display),
    stdio: 'ignore',
    cwd: home,
  });
  return new Promise((done) => {
    const timer = setTimeout(() => {
      second.kill('SIGKILL');
      done(-1);
    }, 20_000);
    second.once('exit', (code) => {
      clearTimeout(timer);
      removeFolder(home);
      done(code);
    });
  });
}

describe('the window', { timeout: 60_000 }, () => {
  test('reaches the engine through its port, and again after a reload', async () => {
    program = await startProgram(folder, display, dataDir);
    expect(program.page.url()).toBe('app://titipan/');
    expect(await exchange(program.page, ['one', 'two'], 2)).toEqual(['one', 'two']);
    await program.page.reload();
    expect(await exchange(program.page, ['three'], 1)).toEqual(['three']);
  });

  test('is told when the engine is gone and given a new port without asking', async () => {
    program = await startProgram(folder, display, dataDir);
    await exchange(program.page, ['one'], 1);
    // Installed first and awaited second: the news of a killed engine travels faster than a second call would.
    await program.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      window.addEventListener('message', ({ data, ports: [port] }) => {
        // The page's own first port may still be on its way.
        if (data.type === 'titipan:engine-gone' || heard.length > 0) heard.push(data.type);
        if (!port || heard.length === 0) return;
        port.addEventListener('message', ({ data: answer }) => {
          if (!answer.startsWith('{"v":')) heard.push(answer);
        });
        port.start();
        port.postMessage('after the restart');
      });
    });
    process.kill(enginePid(program), 'SIGKILL');
    const { page } = program;
    const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    await until('three messages came', async () => (await heard()).length >= 3);
    expect(await heard()).toEqual(['titipan:engine-gone', 'titipan:port', 'after the restart']);
  });

  test('shows why the books are not open, and opens them when the person tries again', async () => {
    writeFileSync(join(dataDir, 'fault.txt'), 'fail');
    program = await startProgram(folder, display, dataDir);
    await program.page.waitForURL('app://titipan/failure');
    const text = await program.page.textContent('body');
    expect(text).toContain('Titipan tidak dapat dibuka');
    expect(text).toContain('Berkas ini dibuat oleh Titipan yang lebih baru.');
    expect(text).toContain('database-from-the-future');
    writeFileSync(join(dataDir, 'fault.txt'), '');
    await program.page.click('a');
    await program.page.waitForURL('app://titipan/');
    expect(await exchange(program.page, ['open'], 1)).toEqual(['open']);
  });

  test('says so when the data folder cannot be used', async () => {
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    program = await startProgram(folder, display, join(file, 'below'));
    await program.page.waitForURL('app://titipan/failure');
    expect(await program.page.textContent('[role=alert]')).toContain('Folder data tidak dapat dipakai');
  });

  test('comes back by itself when its own process dies', async () => {
    program = await startProgram(folder, display, dataDir);
    const crashed = program.page.waitForEvent('crash');
    await program.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    await crashed;
    const { app } = program;
    await until('the page is loaded again', () =>
      app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        return (
          contents?.isCrashed() === false && !contents.isLoading() && contents.getURL() === 'app://titipan/'
        );
      }),
    );
  });
});

describe('the program', { timeout: 60_000 }, () => {
  test('waits for its engine to drain before it ends, and leaves nothing behind', async () => {
    mkdirSync(join(dataDir, 'slow-stop'));
    program = await startProgram(folder, display, dataDir);
    await exchange(program.page, ['one'], 1);
    const pids = processTree(program.child.pid ?? 0);
    expect(pids.length).toBeGreaterThan(3);
    await program.app.evaluate(({ app }) => void setImmediate(() => app.quit()));
    await until('every process ended', () => pids.every((pid) => !isRunning(pid)));
    expect(readFileSync(join(dataDir, 'stopped.txt'), 'utf8')).toBe('drained');
  });

  test('leaves nothing behind either when it is killed', async () => {
    program = await startProgram(folder, display, dataDir);
    await exchange(program.page, ['one'], 1);
    const pids = processTree(program.child.pid ?? 0);
    program.child.kill('SIGKILL');
    await until('every process ended', () => pids.every((pid) => !isRunning(pid)));
  });

  test('runs once a data folder: a second start shows the first window, another folder opens its own', async () => {
    program = await startProgram(folder, display, dataDir);
    const { app } = program;
    await app.evaluate((electron) => {
      electron.app.once('second-instance', () => Object.assign(globalThis, { isSecondSeen: true }));
    });
    expect(await startAgain(dataDir)).toBe(0);
    expect(await app.evaluate(() => (globalThis as { isSecondSeen?: boolean }).isSecondSeen)).toBe(true);
    const otherDir = makeFolder('data');
    const other = await startProgram(folder, display, otherDir);
    expect(await exchange(other.page, ['other'], 1)).toEqual(['other']);
    await other.close();
    removeFolder(otherDir);
  });

  test('keeps its folder to its owner and makes no secret where there is no keystore', async () => {
    const newDir = join(dataDir, 'new');
    program = await startProgram(folder, display, newDir);
    const [what] = await exchange(program.page, ['what'], 1);
    expect(JSON.parse(what ?? '')).toMatchObject({ secretLength: 0 });
    expect(existsSync(join(newDir, 'keystore.bin'))).toBe(false);
    expect(statSync(newDir).mode & 0o777).toBe(0o700);
  });
});
