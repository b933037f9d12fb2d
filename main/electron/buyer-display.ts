import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { app, type BrowserWindow, ipcMain, screen } from 'electron';
import { OPEN_BUYER_DISPLAY } from './channels.ts';
import { displayPlace } from './display-place.ts';
import { BUYER_DISPLAY_URL } from './origin.ts';
import { isFromOwnPage } from './sender.ts';
import { openLocked } from './window.ts';

/**
 * Opens the buyer's window when the till's page asks, at most one, and at the next start again unless a person closed
 * it. It goes with the till's window. `mark` is the file that says that there is one.
 */
export function serveBuyerDisplay(till: BrowserWindow, mark: string): void {
  let display: BrowserWindow | undefined;
  let isEnding = false;
  app.on('before-quit', () => {
    isEnding = true;
  });
  till.on('closed', () => {
    isEnding = true;
    display?.destroy();
  });
  // Nobody else hears this channel, and from another window it is no wish of the cashier.
  ipcMain.on(OPEN_BUYER_DISPLAY, (event) => {
    if (isFromOwnPage(event) && !till.isDestroyed() && event.sender === till.webContents) open();
  });
  if (existsSync(mark)) open();

  function open(): void {
    // The keys stay with the till: shown, but never given the focus.
    if (display) return display.showInactive();
    const tillScreen = screen.getDisplayMatching(till.getBounds()).id;
    const opened = openLocked(BUYER_DISPLAY_URL, {
      ...displayPlace(screen.getAllDisplays(), tillScreen),
      title: 'Titipan',
      show: false,
      onHopeless: () => opened.destroy(),
    });
    display = opened;
    opened.once('ready-to-show', () => opened.showInactive());
    opened.once('closed', () => {
      display = undefined;
      if (!isEnding) remember(false);
    });
    remember(true);
  }

  function remember(isOpen: boolean): void {
    try {
      if (isOpen) writeFileSync(mark, '');
      else rmSync(mark, { force: true });
    } catch (error) {
      // The next start begins without the window, or with one too many; selling goes on.
      console.error("titipan: the buyer's window is not remembered", error);
    }
  }
}
