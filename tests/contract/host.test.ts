/**
 * Proves that both kinds of engine process keep one promise to the windows: frames there and back in order,
 * ports that close, a clean stop known by the engine's own word, restarts within bounds, and no engine left
 * behind. It runs the real host in a real Electron against a stub engine that uses the real host link.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleForElectron } from '../support/bundle.ts';
import {
  type Display,
  handOver,
  isRunning,
  launchElectron,
  makeFolder,
  nodeBinary,
  type RunningElectron,
  removeFolder,
  startDisplay,
  until,
  writeReadable,
} from '../support/electron-runtime.ts';
import type { Harness } from '../support/host-harness.ts';

type Methods = { [Name in keyof Harness]: Harness[Name] };
type Result<Name extends keyof Methods> = Awaited<ReturnType<Methods[Name]>>;

const bundles = makeFolder('host-bundles');
let display: Display;
let electron: RunningElectron;
let dataDir: string;

beforeAll(async () => {
  display = await startDisplay();
  const sources = { main: 'tests/support/host-harness.ts', engine: 'tests/support/stub-engine.ts' };
  await bundleForElectron(bundles, sources);
  writeReadable(join(bundles, 'package.json'), '{"name":"host-harness","main":"main.cjs"}');
}, 60_000);

afterAll(async () => {
  await display.stop();
  removeFolder(bundles);
});

beforeEach(async () => {
  dataDir = makeFolder('host-data');
  electron = await launchElectron({ app: bundles, display });
}, 60_000);

afterEach(async () => {
  await electron.close();
  removeFolder(dataDir);
}, 60_000);

/** Calls the harness inside Electron's main process. */
function call<Name extends keyof Methods>(
  name: Name,
  ...args: Parameters<Methods[Name]>
): Promise<Result<Name>> {
  return electron.app.evaluate(
    (_electron, [method, values]) => {
      const { harness } = globalThis as unknown as {
        harness: Record<string, (...all: unknown[]) => unknown>;
      };
      return harness[method]?.(...values) as never;
    },
    [name, args] as [string, unknown[]],
  );
}

const kinds = ['utility', 'node-child'] as const;

describe.each(kinds)('an engine in a %s', { timeout: 60_000 }, (kind) => {
  async function start(keystoreSecret?: string, binary = nodeBinary): Promise<void> {
    const start = { dataDir, ...(keystoreSecret && { keystoreSecret }) };
    await call('start', kind, { entry: join(bundles, 'engine.cjs'), nodeBinary: binary, start });
  }

  async function happened(...wanted: string[]): Promise<void> {
    await until(`the host said ${wanted}`, async () => {
      const events = await call('events');
      return wanted.every((event, index) => events[index]?.startsWith(event));
    });
  }

  async function startReady(): Promise<number> {
    await start();
    await happened('ready');
    return call('open');
  }

  async function frames(at: number, count: number): Promise<string[]> {
    await until(`${count} frames came back`, async () => (await call('received', at)).length >= count);
    return call('received', at);
  }

  test('gets its start options and carries frames both ways, in order, up to their bound', async () => {
    await start('c2VjcmV0');
    await happened('ready');
    const port = await call('open');
    const texts = Array.from({ length: 500 }, (_, index) => `frame ${index}`);
    const large = 'é'.repeat(200 * 1024);
    await call('send', port, [...texts, large, 'after', 'what']);
    const received = await frames(port, 503);
    expect(received.slice(0, 500)).toEqual(texts);
    expect(received[500] === large).toBe(true);
    expect(received[501]).toBe('after');
    expect(JSON.parse(received[502] ?? '')).toMatchObject({ id: 1, secretLength: 8 });
  });

  test('keeps two ports apart and tells either side of a close', async () => {
    const first = await startReady();
    const second = await call('open');
    await call('send', first, ['from first']);
    await call('send', second, ['from second']);
    expect(await frames(first, 1)).toEqual(['from first']);
    expect(await frames(second, 1)).toEqual(['from second']);
    await call('close', first);
    await until('the engine heard of the close', async () => {
      await call('send', second, ['what']);
      return (await call('received', second)).some((text) => text.includes('closed 1'));
    });
    await call('send', second, ['close']);
    await until('the window heard of the close', async () => (await call('isClosed', second)) === true);
    expect(await call('events')).toEqual(['ready']);
  });

  test('closes a port that sends something else than a frame, and only that port', async () => {
    const bad = await startReady();
    const long = await call('open');
    const good = await call('open');
    await call('send', bad, [{ not: 'a text' }]);
    await call('send', long, ['x'.repeat(256 * 1024 + 1)]);
    await until('the bad port closed', async () => (await call('isClosed', bad)) === true);
    await until('the long port closed', async () => (await call('isClosed', long)) === true);
    await call('send', good, ['still here']);
    expect(await frames(good, 1)).toEqual(['still here']);
  });

  test.each(['crash', 'exit'])('is started again after a %s, and windows get new ports', async (how) => {
    const port = await startReady();
    const firstPid = (await call('pid')) ?? 0;
    await call('send', port, [how]);
    await happened('ready', 'gone', 'ready');
    expect(isRunning(firstPid)).toBe(false);
    const next = await call('open');
    await call('send', next, ['again']);
    expect(await frames(next, 1)).toEqual(['again']);
  });

  test('is given up after three restarts in a minute, with a sentence, and tried again when a person asks', async () => {
    writeFileSync(join(dataDir, 'fault.txt'), 'exit-at-start');
    await start();
    await happened('gone', 'gone', 'gone', 'failed engine-unstable: Mesin Titipan berhenti berulang kali');
    expect(await call('hasPort')).toBe(false);
    writeFileSync(join(dataDir, 'fault.txt'), '');
    await call('retry');
    await happened('gone', 'gone', 'gone', 'failed', 'ready');
  });

  test('that cannot open its books says why once and is not started again', async () => {
    writeFileSync(join(dataDir, 'fault.txt'), 'fail');
    await start();
    await happened('failed database-from-the-future: Berkas ini dibuat oleh Titipan yang lebih baru.');
    expect(await call('pid')).toBe(undefined);
    expect(await call('events')).toHaveLength(1);
  });

  test('drains when it is stopped, and its stop is not a crash', async () => {
    await startReady();
    const pid = (await call('pid')) ?? 0;
    expect(await call('stop')).toEqual({ how: 'stopped' });
    expect(readFileSync(join(dataDir, 'stopped.txt'), 'utf8')).toBe('drained');
    await until('the engine ended', () => !isRunning(pid));
    expect(await call('events')).toEqual(['ready']);
  });

  test.each(['hang', 'busy'])('is killed when it does not stop in time (%s)', async (how) => {
    if (how === 'hang') mkdirSync(join(dataDir, 'hang-at-stop'));
    const port = await startReady();
    const pid = (await call('pid')) ?? 0;
    if (how === 'busy') await call('send', port, ['busy']);
    expect(await call('stop')).toMatchObject({ how: 'gone' });
    await until('the engine ended', () => !isRunning(pid));
    expect(await call('events')).toEqual(['ready']);
  });

  test.each(['idle', 'busy'])(
    'does not outlive a main process that is killed while it is %s',
    async (how) => {
      const port = await startReady();
      const pid = (await call('pid')) ?? 0;
      if (how === 'busy') await call('send', port, ['busy']);
      expect(isRunning(pid)).toBe(true);
      const killedAtMs = performance.now();
      electron.child.kill('SIGKILL');
      await until('the orphan ended', () => !isRunning(pid));
      console.log(`${kind} ${how}: orphan ended after ${Math.round(performance.now() - killedAtMs)} ms`);
      if (kind === 'node-child' && how === 'idle')
        expect(existsSync(join(dataDir, 'stopped.txt'))).toBe(true);
    },
  );

  if (kind === 'node-child') {
    test('whose Node is missing is given up with a sentence', async () => {
      await start(undefined, '/nowhere/node');
      await happened('gone', 'gone', 'gone', 'failed engine-unstable');
    });
  }
});

handOver(bundles);
