import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { PAGE_URL } from './origin.ts';
import { createRestartBudget } from './restart-budget.ts';

/** The size of the screens tills have; a person may change it. */
const WINDOW_SIZE = { width: 1366, height: 768, minWidth: 800, minHeight: 600 };

/** Opens the program's window on its screens and loads them again, within bounds, when their process dies. */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    ...WINDOW_SIZE,
    title: 'Titipan',
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(__dirname, 'preload.cjs'),
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
    console.error(`titipan: the window's process ended: ${reason}`);
    const waitMs = budget.nextWaitMs(performance.now());
    if (waitMs === undefined) return app.quit();
    setTimeout(() => !window.isDestroyed() && show(window, PAGE_URL), waitMs);
  });
  show(window, PAGE_URL);
  return window;
}

/** Loads one of our own pages. A load cut short by the next one is no failure. */
export function show(window: BrowserWindow, url: string): void {
  window.loadURL(url).catch((error) => console.error(`titipan: ${url} was not loaded: ${error.message}`));
}
