import type { Port } from '../../shared/wire/port.ts';
import { createPortEnd } from '../../shared/wire/port-end.ts';

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
  const end = createPortEnd({
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  });
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') end.deliver(data);
  });
  socket.addEventListener('close', () => end.shut(), { once: true });
  return end.port;
}
