/** Bundles parts of the program for a test the way the build does, into a folder the test owns. */

import { join } from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from './electron-runtime.ts';

/** For Electron's main process and preload: CommonJS for the oldest runtime we start on. */
export async function bundleForElectron(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [join(projectRoot, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    external: ['electron'],
    logLevel: 'error',
  });
}
