/**
 * The whole bridge between a window and the program: the page asks for a port, and gets it, and a new one after
 * every engine restart, as a window message `{ type: 'titipan:port' }` with the port in `event.ports`. A message
 * `{ type: 'titipan:engine-gone' }` says that the last port is dead and another will follow. And it may ask for the
 * buyer's window, which has no bridge of its own.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { ENGINE_GONE, OPEN_BUYER_DISPLAY, PORT, REQUEST_PORT } from './channels.ts';
import { PAGE_ORIGIN } from './origin.ts';

/** The one thing used of the page's own world, so that this file needs no DOM types beside Node's. */
declare const window: { postMessage(message: object, origin: string, transfer?: unknown[]): void };

ipcRenderer.on(PORT, (event) => window.postMessage({ type: PORT }, PAGE_ORIGIN, event.ports));
ipcRenderer.on(ENGINE_GONE, () => window.postMessage({ type: ENGINE_GONE }, PAGE_ORIGIN));

contextBridge.exposeInMainWorld('titipan', {
  platform: process.platform,
  requestPort(): void {
    ipcRenderer.send(REQUEST_PORT);
  },
  openBuyerDisplay(): void {
    ipcRenderer.send(OPEN_BUYER_DISPLAY);
  },
});
