import { join } from 'node:path';

/**
 * The folder that holds the books when nobody named one with `--data`. Decided here and nowhere else, so that
 * the window, the headless till and the command line on one machine all speak of the same shop.
 * Source: the XDG base directory rules on Linux, Application Support on macOS, roaming data on Windows.
 */
export function defaultDataFolder(
  platform: string,
  environment: Readonly<Record<string, string | undefined>>,
  homeFolder: string,
): string {
  if (platform === 'win32')
    return join(environment.APPDATA || join(homeFolder, 'AppData', 'Roaming'), 'titipan');
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'titipan');
  return join(environment.XDG_DATA_HOME || join(homeFolder, '.local', 'share'), 'titipan');
}
