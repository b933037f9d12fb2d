import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes sure that a file's content is on the disk and not only on its way. */
export function syncFile(file: string): void {
  // Windows syncs only what is open for writing.
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The same for a folder's list of names, after a rename. */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder to sync it; a rename is durable there without.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
