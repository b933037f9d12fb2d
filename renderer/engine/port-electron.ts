import type { Client } from '../../shared/wire/client.ts';
import type { Port } from '../../shared/wire/port.ts';
import { createPortEnd } from '../../shared/wire/port-end.ts';

/** What the preload script offers a page under Electron. Everything else goes through the port. */
export interface TitipanBridge {
  /** Asks for a port to the engine, now and after every restart of the engine (main/electron/preload.ts). */
  requestPort(): void;
  /** Opens the window towards the buyer; one that is there already is brought to the front. */
  openBuyerDisplay(): void;
}

declare global {
  interface Window {
    titipan?: TitipanBridge;
  }
}

/** The window messages of the preload script: a port in `event.ports`, and "the last port is dead". */
const PORT = 'titipan:port';
const ENGINE_GONE = 'titipan:engine-gone';

/** Gives the client every port that the preload script hands over, for as long as the page lives. */
export function takeElectronPorts(bridge: TitipanBridge, client: Client): void {
  let current: Port | undefined;
  window.addEventListener('message', (event) => {
    if (event.source !== window) return;
    const type: unknown = (event.data as { type?: unknown } | null)?.type;
    const messagePort = event.ports[0];
    if (type === PORT && messagePort) {
      current = electronPort(messagePort);
      client.connect(current);
    }
    // A MessagePort does not say that its other end has died, so the host does.
    if (type === ENGINE_GONE) current?.close();
  });
  bridge.requestPort();
}

function electronPort(messagePort: MessagePort): Port {
  const end = createPortEnd({
    send: (text) => messagePort.postMessage(text),
    close: () => messagePort.close(),
  });
  messagePort.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') end.deliver(data);
  });
  messagePort.start();
  return end.port;
}
