/** Bundles parts of the program for a test exactly as the build does, into a folder the test owns. */
import { join } from 'node:path';
import { bundleForNode } from '../../scripts/build.mjs';
import { projectRoot } from './electron-runtime.ts';

/** Makes `folder/<name>.cjs` of each entry (name → source in the project) for the oldest Electron we start on. */
export async function bundleForElectron(folder: string, entries: Record<string, string>): Promise<void> {
  for (const [name, source] of Object.entries(entries)) {
    // One at a time: two entries bundled together would share a chunk, which a sandboxed preload cannot load.
    const alone = { [name]: join(projectRoot, source) };
    await bundleForNode({ folder, format: 'cjs', target: 'node18', entries: alone });
  }
}
