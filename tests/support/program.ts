/**
 * Starts the program itself in Electron: main and preload bundled from the sources, the built screens (or the
 * fixture page while there are none), and an engine of the test's choice.
 */
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { bundleForElectron } from './bundle.ts';
import {
  type Display,
  launchElectron,
  makeFolder,
  projectRoot,
  type RunningElectron,
  writeReadable,
} from './electron-runtime.ts';

/** Far from the small numbers that the page's own client counts with. */
const ASK_CALL_ID = 900_000_001;
const builtScreens = join(projectRoot, 'build/renderer');
const fixturePage = join(projectRoot, 'tests/fixtures/page');

/** The folder of screens that tests run: the built ones as soon as there are any. */
export const screensFolder = existsSync(join(builtScreens, 'index.html')) ? builtScreens : fixturePage;

/** Bundles the program and the stub engine into a folder of its own, for as many starts as a test file likes. */
export async function buildProgram(): Promise<string> {
  const folder = makeFolder('program');
  await bundleForElectron(join(folder, 'build/electron'), {
    index: 'main/electron/index.ts',
    preload: 'main/electron/preload.ts',
  });
  await bundleForElectron(join(folder, 'stub'), { engine: 'tests/support/stub-engine.ts' });
  cpSync(screensFolder, join(folder, 'build/renderer'), { recursive: true });
  writeReadable(join(folder, 'package.json'), '{"name":"titipan","main":"build/electron/index.cjs"}');
  return folder;
}

export interface Program extends RunningElectron {
  page: Page;
}

/** Starts a built program on a data folder with the stub engine, and waits for its window. */
export async function startProgram(
  folder: string,
  display: Display,
  dataDir: string,
  env: Record<string, string> = {},
): Promise<Program> {
  const running = await launchElectron({
    app: folder,
    display,
    args: ['--data', dataDir],
    env: { TITIPAN_ENGINE: join(folder, 'stub/engine.cjs'), ...env },
  });
  const page = await running.app.firstWindow({ timeout: 30_000 });
  await page.waitForLoadState('load');
  return { ...running, page };
}

/**
 * Asks for a port as the page does and sends frames over it; returns as many answers as were awaited. The page's own
 * client takes every port too and closes the one it had, so on each new port everything is sent anew.
 */
export function exchange(page: Page, texts: string[], answers: number): Promise<string[]> {
  return page.evaluate(
    ([sent, count, ownCall]) =>
      new Promise<string[]>((done) => {
        const isOurs = (text: string) => !text.startsWith('{"v":') || text.includes(ownCall);
        const take = ({ data, ports: [port] }: MessageEvent) => {
          if (data?.type !== 'titipan:port' || !port) return;
          const received: string[] = [];
          port.addEventListener('message', ({ data: text }) => {
            if (!isOurs(text) || received.push(text) !== count) return;
            window.removeEventListener('message', take);
            done(received);
          });
          port.start();
          for (const text of sent) port.postMessage(text);
        };
        window.addEventListener('message', take);
        (window as unknown as { titipan: { requestPort(): void } }).titipan.requestPort();
      }),
    [texts, answers, `"callId":${ASK_CALL_ID},`] as [string[], number, string],
  );
}

/** Asks the engine one question over a port of the test's own, as a client of the wire does. */
export async function ask(page: Page, name: string, input: object): Promise<object> {
  const question = JSON.stringify({ v: 1, kind: 'call', callId: ASK_CALL_ID, name, input });
  const [answer = ''] = await exchange(page, [question], 1);
  return JSON.parse(answer);
}
