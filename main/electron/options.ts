import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { defaultDataFolder } from '../data-folder.ts';

/**
 * The data folder a start asks for: `--data DIR` or `--data=DIR`, else the one every host on this machine takes.
 * Returns an absolute path, or undefined when `--data` came without a folder.
 */
export function dataDirOf(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === '--data' || arg.startsWith('--data='));
  if (at === -1) return defaultDataFolder(process.platform, process.env, homedir());
  const named = args[at] === '--data' ? args[at + 1] : args[at]?.slice('--data='.length);
  return named && !named.startsWith('--') ? resolve(named) : undefined;
}
