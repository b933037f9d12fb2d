/**
 * Electron's main process: opens the window, keeps the engine alive beside it and brings the two together. It
 * knows nothing of the books.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, Menu, protocol, safeStorage, session, type WebContents } from 'electron';
import { serveBuyerDisplay } from './buyer-display.ts';
import { chooseLaunch, type EngineHost, startEngineHost } from './engine-host.ts';
import type { EngineFailure } from './engine-process.ts';
import { failurePage } from './failure-page.ts';
import { loadKeystoreSecret } from './keystore.ts';
import { lockDown, lockDownSession } from './lock-down.ts';
import { dataDirOf } from './options.ts';
import { FAILURE_URL, PAGE_URL, RETRY_URL } from './origin.ts';
import { programPaths } from './paths.ts';
import { servePorts } from './ports.ts';
import { registerScheme, serveScheme } from './protocol.ts';
import { openWindow, show } from './window.ts';

let window: BrowserWindow | undefined;
let host: EngineHost | undefined;
let failure: EngineFailure | undefined;

const dataDir = dataDirOf(process.argv.slice(1));
if (dataDir === undefined) {
  console.error('titipan: --data needs a folder, e.g. --data /srv/titipan');
  app.exit(2);
} else {
  begin(dataDir);
}

function begin(dataDir: string): void {
  process.on('uncaughtException', endAfterBug);
  app.setName('Titipan');
  // Root has no sandbox to enable, and asking for one all the same ends every child process.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  registerScheme();
  failure = openDataFolder(dataDir);
  // The lock belongs to the browser's folder, so there is one program a data folder, not one a machine.
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.on('second-instance', focusWindow);
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', drainBeforeQuit);
  lockDown(app, takeRetry);
  app.whenReady().then(() => open(dataDir));
}

/** Makes the data folder, with the browser's own files in it. Returns why it cannot be used, if it cannot. */
function openDataFolder(dataDir: string): EngineFailure | undefined {
  const profile = join(dataDir, 'window');
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 });
    app.setPath('userData', profile);
    return undefined;
  } catch (error) {
    // The window still needs somewhere to keep its files, to say what is wrong.
    app.setPath('userData', mkdtempSync(join(tmpdir(), 'titipan-window-')));
    const why = error instanceof Error ? error.message : String(error);
    return {
      name: 'data-folder-unusable',
      sentence: `Folder data tidak dapat dipakai: ${dataDir} (${why}). / The data folder cannot be used.`,
    };
  }
}

function open(dataDir: string): void {
  Menu.setApplicationMenu(null);
  const { engine, nodeBinary, screens } = programPaths();
  lockDownSession(session.defaultSession);
  serveScheme(protocol, {
    folder: screens,
    failurePage: () => failure && failurePage(failure, dataDir),
  });
  window = openWindow();
  serveBuyerDisplay(window, join(app.getPath('userData'), 'buyer-display'));
  if (failure) return show(window, FAILURE_URL);
  const keystoreSecret = loadKeystoreSecret(dataDir, safeStorage, process.platform);
  host = startEngineHost(chooseLaunch(process.versions.node), {
    entry: engine,
    nodeBinary,
    start: { dataDir, ...(keystoreSecret && { keystoreSecret }) },
  });
  servePorts(host);
  host.onFailed((why) => {
    failure = why;
    if (window && !window.isDestroyed()) show(window, FAILURE_URL);
  });
}

/** The failure page's only link. Without a host the folder itself was the trouble, and that needs a new start. */
function takeRetry(contents: WebContents, url: string): boolean {
  if (url !== RETRY_URL || !failure || contents.getURL() !== FAILURE_URL) return false;
  if (!host) {
    app.relaunch();
    app.quit();
    return true;
  }
  failure = undefined;
  host.retry();
  if (window) show(window, PAGE_URL);
  return true;
}

function focusWindow(): void {
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** A bug in here must not end as Electron's own dialog, which stops everything until somebody reads it. */
function endAfterBug(error: unknown): void {
  console.error('titipan: bug in the main process', error);
  void Promise.resolve(host?.stop()).finally(() => app.exit(1));
}

let isDrained = false;

/** Holds the quit until the engine has written what is under way; a person's second quit does not hurry it. */
function drainBeforeQuit(event: Electron.Event): void {
  if (isDrained || !host) return;
  event.preventDefault();
  void host.stop().finally(() => {
    isDrained = true;
    app.quit();
  });
}
