import type { App, Session, WebContents } from 'electron';
import { isOwnIndex, parseUrl } from './origin.ts';

/** Schemes a page of ours may ask for at all; the network is the engine's business, never the window's. */
const OWN_SCHEMES = new Set(['app:', 'blob:', 'data:', 'devtools:']);

/**
 * Denies every web page of the program whatever it could ask of the machine or the network, present and future
 * windows alike. `onOwnNavigation` may take a navigation as a wish of the person; true means it was one.
 */
export function lockDown(app: App, onOwnNavigation: (contents: WebContents, url: string) => boolean): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-navigate', (event, url) => {
      if (!onOwnNavigation(contents, url) && isOwnIndex(url)) return;
      event.preventDefault();
    });
  });
}

/** Denies permissions, devices and every request that is not for our own files. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !OWN_SCHEMES.has(parseUrl(details.url)?.protocol ?? '') });
  });
}
