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

/** Asks for a port as the page does and sends frames over it; returns as many answers as were awaited. */
export function exchange(page: Page, texts: string[], answers: number): Promise<string[]> {
  return page.evaluate(
    ([sent, count]) =>
      new Promise<string[]>((done) => {
        const received: string[] = [];
        const take = (event: MessageEvent) => {
          const [port] = event.ports;
          if (event.data?.type !== 'titipan:port' || !port) return;
          window.removeEventListener('message', take);
          // The page's own code may use this port as well, so its frames of the wire are left out.
          port.addEventListener('message', ({ data }) => {
            if (!data.startsWith('{"v":') && received.push(data) === count) done(received);
          });
          port.start();
          for (const text of sent) port.postMessage(text);
        };
        window.addEventListener('message', take);
        (window as unknown as { titipan: { requestPort(): void } }).titipan.requestPort();
      }),
    [texts, answers] as [string[], number],
  );
}

/** Asks the engine one question over a port of the test's own, as a client of the wire does. */
export async function ask(page: Page, name: string, input: object): Promise<object> {
  return page.evaluate(
    ([question, callId]) =>
      new Promise<object>((done) => {
        const take = (event: MessageEvent) => {
          const [port] = event.ports;
          if (event.data?.type !== 'titipan:port' || !port) return;
          window.removeEventListener('message', take);
          port.addEventListener('message', ({ data }) => {
            const answer = JSON.parse(data);
            if (answer.callId === callId) done(answer);
          });
          port.start();
          port.postMessage(question);
        };
        window.addEventListener('message', take);
        (window as unknown as { titipan: { requestPort(): void } }).titipan.requestPort();
      }),
    [JSON.stringify({ v: 1, kind: 'call', callId: ASK_CALL_ID, name, input }), ASK_CALL_ID] as [
      string,
      number,
    ],
  );
}
