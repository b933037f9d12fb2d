/**
 * A Port carries whole text frames in order between a client and the engine's door. Everything that can
 * carry text is a port: a MessagePort, a relay to a Node child, a WebSocket, a local socket, two arrays in a test.
 * A port never interprets what it carries and never throws from `send` after it has closed.
 */
export interface Port {
  send(text: string): void;
  onMessage(listener: (text: string) => void): void;
  /** Called once, whoever closed it. Called at once when the port is closed already. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Two ends of an in-memory port. Delivery is asynchronous, as it is on every real port. */
export function portPair(): [Port, Port] {
  const left = memoryEnd();
  const right = memoryEnd();
  left.peer = right;
  right.peer = left;
  return [left.port, right.port];
}

interface MemoryEnd {
  port: Port;
  peer: MemoryEnd | undefined;
  deliver(text: string): void;
  shut(): void;
}

function memoryEnd(): MemoryEnd {
  const messageListeners: ((text: string) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let open = true;
  const end: MemoryEnd = {
    peer: undefined,
    deliver(text) {
      if (open) for (const listener of messageListeners) listener(text);
    },
    shut() {
      if (!open) return;
      open = false;
      for (const listener of closeListeners) listener();
    },
    port: {
      send(text) {
        if (open) queueMicrotask(() => end.peer?.deliver(text));
      },
      onMessage(listener) {
        messageListeners.push(listener);
      },
      onClose(listener) {
        if (open) closeListeners.push(listener);
        else listener();
      },
      close() {
        queueMicrotask(() => end.peer?.shut());
        end.shut();
      },
    },
  };
  return end;
}
