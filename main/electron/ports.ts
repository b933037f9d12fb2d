import { ipcMain, type WebContents } from 'electron';
import { ENGINE_GONE, PORT, REQUEST_PORT } from './channels.ts';
import type { EngineHost } from './engine-host.ts';
import { isFromOwnPage } from './sender.ts';

/** Hands ports to the pages that ask for them, again after every restart of the engine. */
export function servePorts(host: EngineHost): void {
  const asked = new Set<WebContents>();

  function give(contents: WebContents): void {
    const port = host.port();
    if (port) contents.postMessage(PORT, null, [port]);
  }

  ipcMain.on(REQUEST_PORT, (event) => {
    if (!isFromOwnPage(event)) return;
    if (!asked.has(event.sender)) event.sender.once('destroyed', () => asked.delete(event.sender));
    asked.add(event.sender);
    give(event.sender);
  });
  host.onReady(() => {
    for (const contents of asked) give(contents);
  });
  host.onGone(() => {
    for (const contents of asked) contents.send(ENGINE_GONE);
  });
}
