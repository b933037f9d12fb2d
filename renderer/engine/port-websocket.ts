import type { Port } from '../../shared/wire/port.ts';

/** The engine's address for a page that the engine's own host served. */
export function wireAddress(location: { protocol: string; host: string }): string {
  return `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/wire`;
}

/** Opens one WebSocket and gives it as a port once it is open. Rejects when it closes before that. */
export function openWebSocketPort(address: string): Promise<Port> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    const port = webSocketPort(socket);
    socket.addEventListener('open', () => resolve(port), { once: true });
    port.onClose(() => reject(new Error('the connection was refused')));
  });
}

function webSocketPort(socket: WebSocket): Port {
  const messageListeners: ((text: string) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let open = true;
  socket.addEventListener('message', (event) => {
    if (typeof event.data !== 'string') return;
    for (const listener of messageListeners) listener(event.data);
  });
  socket.addEventListener(
    'close',
    () => {
      open = false;
      for (const listener of closeListeners) listener();
    },
    { once: true },
  );
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage(listener) {
      messageListeners.push(listener);
    },
    onClose(listener) {
      if (open) closeListeners.push(listener);
      else listener();
    },
    close() {
      socket.close();
    },
  };
}
