/**
 * `npm start`: the till in a window, or, where no window can be shown, the same till served to a browser on this
 * machine. What follows `--` is passed on to either: `npm start -- --data DIR --port N`.
 */
import { join } from 'node:path';
import { build } from './build.mjs';
import { findDisplay } from './display.mjs';
import { endWith, isRoot, projectFolder, runInForeground, say } from './process.mjs';
import { ensureReady } from './setup.mjs';

async function start(args) {
  const display = await findDisplay();
  const ready = await ensureReady({ electron: display !== undefined });
  await build(ready);
  if (ready.electronPath) return startWindow(ready.electronPath, ready.nodePath, display, args);
  if (display) say(`no window, because ${ready.electronProblem}; serving the till to a browser instead.`);
  else say('no display here: serving the till to a browser instead.');
  return runInForeground(ready.nodePath, [join('main', 'headless', 'cli.ts'), 'serve', ...args]);
}

function startWindow(electronPath, nodePath, display, args) {
  const switches = [];
  if (isRoot && process.platform === 'linux') {
    say(
      'running as root: Chromium refuses its sandbox, so it is off (--no-sandbox). Prefer an ordinary user.',
    );
    switches.push('--no-sandbox');
  }
  if (display === 'wayland') switches.push('--ozone-platform=wayland');
  // Set by the terminal of some editors; it would turn Electron into a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return runInForeground(electronPath, [...switches, projectFolder, ...args], {
    env: { ...env, TITIPAN_NODE: nodePath },
  });
}

start(process.argv.slice(2))
  .then((code) => {
    process.exitCode = code;
  })
  .catch(endWith);
