import type { Port } from './port.ts';

/** One end of a transport as a port: `port` for the door or the client, `deliver` and `shut` for what comes from outside. */
export interface PortEnd {
  port: Port;
  deliver(text: string): void;
  /** The other side has closed. */
  shut(): void;
}

/** Makes a Port over any transport. `forget` is called once, when it closed from either side. A closed port is silent. */
export function createPortEnd(
  transport: { send(text: string): void; close(): void },
  forget: () => void = () => {},
): PortEnd {
  const messageListeners: ((text: string) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let open = true;

  function shut(): void {
    if (!open) return;
    open = false;
    forget();
    for (const listener of closeListeners) listener();
  }

  return {
    deliver(text) {
      for (const listener of messageListeners) if (open) listener(text);
    },
    shut,
    port: {
      send(text) {
        if (open) transport.send(text);
      },
      onMessage(listener) {
        messageListeners.push(listener);
      },
      onClose(listener) {
        if (open) closeListeners.push(listener);
        else listener();
      },
      close() {
        if (!open) return;
        transport.close();
        shut();
      },
    },
  };
}
