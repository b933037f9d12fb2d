import type { WebSocket } from 'ws';
import type { Port } from '../../shared/wire/port.ts';
import { createPortEnd } from '../../shared/wire/port-end.ts';

/** A page that stops reading loses its port before its answers fill the memory. */
const MAX_UNSENT_BYTES = 32 * 1024 * 1024;
const PING_EVERY_MS = 30_000;
/** Close code of RFC 6455 for data of a kind that is not taken. */
const UNSUPPORTED = 1003;

/** A browser's WebSocket as a port. A connection that does not answer one ping by the next is gone. */
export function webSocketPort(socket: WebSocket): Port {
  const end = createPortEnd(
    {
      send(text) {
        if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.terminate();
        else if (socket.readyState === socket.OPEN) socket.send(text);
      },
      close: () => socket.close(),
    },
    () => clearInterval(pings),
  );
  let hasAnswered = true;
  const pings = setInterval(() => {
    if (!hasAnswered) return socket.terminate();
    hasAnswered = false;
    socket.ping();
  }, PING_EVERY_MS);
  socket.on('pong', () => {
    hasAnswered = true;
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary) socket.close(UNSUPPORTED);
    else end.deliver(data.toString());
  });
  socket.on('close', () => end.shut());
  // A frame that is too large or malformed ends the connection by itself; there is nobody to tell.
  socket.on('error', () => socket.terminate());
  return end.port;
}
