/**
 * The fourth way to the engine: a real Electron whose Node child runs the engine as it is built, on a data folder of
 * its own, spoken to through a MessagePort as a window speaks.
 */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { bundleForNode, nodeBundles } from '../../scripts/build.mjs';
import { bundleForElectron } from './bundle.ts';
import { chownTree } from './chown-tree.ts';
import {
  launchElectron,
  makeFolder,
  nodeBinary,
  projectRoot,
  removeFolder,
  startDisplay,
  until,
  writeReadable,
} from './electron-runtime.ts';
import type { Harness } from './host-harness.ts';

type Methods = { [Name in keyof Harness]: Harness[Name] };

export interface ElectronWay {
  /** Sends each text once the one before it is answered; answers what the engine said. */
  exchange(texts: string[]): Promise<string[]>;
  /** What happened to the engine so far: `ready` once, where nothing went wrong. */
  events(): Promise<string[]>;
  /** Lets the engine drain; answers how it ended. */
  stop(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Starts it on a data folder that nobody has open. The folder is given to the person without rights. */
export async function openElectronWay(dataDir: string): Promise<ElectronWay> {
  const bundles = await bundleAll();
  chownTree(dataDir);
  const display = await startDisplay();
  const electron = await launchElectron({ app: bundles, display });

  function call<Name extends keyof Methods>(
    name: Name,
    ...args: Parameters<Methods[Name]>
  ): Promise<Awaited<ReturnType<Methods[Name]>>> {
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

  async function close(): Promise<void> {
    await electron.close();
    await display.stop();
    removeFolder(bundles);
  }

  try {
    const entry = join(bundles, 'engine/main.js');
    await call('start', 'node-child', { entry, nodeBinary, start: { dataDir } });
    await until('the engine is ready', async () => (await call('events')).length > 0);
    const events = await call('events');
    if (events[0] !== 'ready') throw new Error(`the engine did not start: ${events}`);
    const port = await call('open');
    return {
      exchange: (texts) => call('exchange', port, texts),
      events: () => call('events'),
      stop: async () => (await call('stop'))?.how,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The harness for Electron's main, and the engine with its workers as the build makes them. */
async function bundleAll(): Promise<string> {
  const bundles = makeFolder('every-way');
  await bundleForElectron(bundles, { main: 'tests/support/host-harness.ts' });
  writeReadable(join(bundles, 'package.json'), '{"name":"every-way","main":"main.cjs"}');
  const ofEngine = nodeBundles.filter(({ folder }) => folder === 'build/engine');
  if (ofEngine.length === 0) throw new Error('the build makes no engine');
  for (const bundle of ofEngine) await bundleForNode({ ...bundle, folder: join(bundles, 'engine') });
  writeReadable(join(bundles, 'engine/package.json'), '{"type":"module"}');
  // The one package that stays outside the bundle, with its native file.
  mkdirSync(join(bundles, 'node_modules'));
  symlinkSync(join(projectRoot, 'node_modules/better-sqlite3'), join(bundles, 'node_modules/better-sqlite3'));
  return bundles;
}
