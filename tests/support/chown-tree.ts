import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { handOver } from './electron-runtime.ts';

/** Gives a folder and all in it to the person without rights, as whom Electron runs in tests. */
export function chownTree(folder: string): void {
  handOver(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    handOver(join(entry.parentPath, entry.name));
  }
}
