/** The program as `npm run build` left it, in Electron, with its own engine: nothing bundled or stubbed for a test. */
import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  type Display,
  launchElectron,
  makeFolder,
  projectRoot,
  type RunningElectron,
} from '../support/electron-runtime.ts';
import { type Watch, watchContext } from './keyboard.ts';

/** A copy of the build beside the project's own packages: a build that runs meanwhile cannot disturb a journey. */
export function copyBuild(): string {
  const built = join(projectRoot, 'build');
  if (!existsSync(join(built, 'renderer/index.html'))) throw new Error('nothing is built: npm run build');
  const folder = makeFolder('built');
  cpSync(built, join(folder, 'build'), { recursive: true });
  cpSync(join(projectRoot, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

export interface BuiltProgram extends RunningElectron {
  page: Page;
  watch: Watch;
  /** All that the program has said so far. */
  output(): string;
}

/** Starts the built program on a data folder and waits for its window, which is watched from a load of its own. */
export async function startBuilt(folder: string, display: Display, dataDir: string): Promise<BuiltProgram> {
  const running = await launchElectron({ app: folder, display, args: ['--data', dataDir] });
  let output = '';
  for (const stream of [running.child.stdout, running.child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  const watch = await watchContext(running.app.context());
  const page = await running.app.firstWindow({ timeout: 30_000 });
  await page.waitForLoadState('load');
  await page.reload();
  return { ...running, page, watch, output: () => output };
}
