import { join } from 'node:path';
import { app, BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { PAGE_URL } from './origin.ts';
import { createRestartBudget } from './restart-budget.ts';

/** The size of the screens tills have; a person may change it. */
const WINDOW_SIZE = { width: 1366, height: 768, minWidth: 800, minHeight: 600 };

/** Opens the program's window on its screens and loads them again, within bounds, when their process dies. */
export function openWindow(): BrowserWindow {
  const preload = join(__dirname, 'preload.cjs');
  return openLocked(PAGE_URL, { ...WINDOW_SIZE, title: 'Titipan', preload, onHopeless: () => app.quit() });
}

/** A window on one of our own pages that may do nothing but show it. Without `preload` it has no bridge at all. */
export function openLocked(
  url: string,
  options: BrowserWindowConstructorOptions & {
    preload?: string;
    /** Its process died again and again. */
    onHopeless: () => void;
  },
): BrowserWindow {
  const { preload, onHopeless, ...given } = options;
  const window = new BrowserWindow({
    ...given,
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      ...(preload && { preload }),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      // Chromium's own spelling checker fetches dictionaries from the network.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.removeMenu();
  const budget = createRestartBudget();
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    console.error(`titipan: the process of ${url} ended: ${reason}`);
    const waitMs = budget.nextWaitMs(performance.now());
    if (waitMs === undefined) return onHopeless();
    setTimeout(() => !window.isDestroyed() && show(window, url), waitMs);
  });
  show(window, url);
  return window;
}

/** Loads one of our own pages. A load cut short by the next one is no failure. */
export function show(window: BrowserWindow, url: string): void {
  window.loadURL(url).catch((error) => console.error(`titipan: ${url} was not loaded: ${error.message}`));
}
