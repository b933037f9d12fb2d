import { createHash } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { MAX_FRAME_LENGTH } from '../../shared/wire/frame.ts';
import type { Port } from '../../shared/wire/port.ts';

/**
 * The owner's own way to a running engine: a socket file in the data folder that only its owner may open, a named
 * pipe on Windows. Frames are lines of JSON, which never contain a line break.
 */

/** A socket's path has room for about 107 bytes; a longer folder gets its socket in the temporary folder. */
const LONGEST_SOCKET_PATH = 100;
/** A frame that is too large is still told so in words; past twice the bound nobody waits for its end. */
const MAX_LINE_LENGTH = 2 * MAX_FRAME_LENGTH;
/** An answer may be longer than a call: a statement, a list of products. */
const MAX_ANSWER_LENGTH = 64 * MAX_FRAME_LENGTH;

export function socketPath(dir: string): string {
  const full = resolve(dir);
  const name = createHash('sha256').update(full).digest('hex').slice(0, 32);
  if (process.platform === 'win32') return `\\\\.\\pipe\\titipan-${name}`;
  const path = join(full, 'engine.sock');
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return path;
  return join(tmpdir(), `titipan-${userInfo().uid}-${name}.sock`);
}

/** Listens for the owner's ports. Only the engine that holds the books may call this: an old socket file is removed. */
export function listenLocally(dir: string, onPort: (port: Port) => void): Promise<() => Promise<void>> {
  const path = socketPath(dir);
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    onPort(socketPort(socket, MAX_LINE_LENGTH));
  });
  return new Promise((done, failed) => {
    server.once('error', failed);
    // Nobody else may open it, not even between listening and the change of its mode.
    const before = process.platform === 'win32' ? undefined : process.umask(0o177);
    server.listen(path, () => {
      if (before !== undefined) {
        process.umask(before);
        chmodSync(path, 0o600);
      }
      done(
        () =>
          new Promise((closed) => {
            for (const socket of sockets) socket.end();
            server.close(() => closed());
            setTimeout(() => {
              for (const socket of sockets) socket.destroy();
            }, 500).unref();
          }),
      );
    });
  });
}

/** A port to the engine that serves this folder, or undefined when none does. */
export function connectLocally(dir: string): Promise<Port | undefined> {
  return new Promise((done) => {
    const socket = connect(socketPath(dir));
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      done(socketPort(socket, MAX_ANSWER_LENGTH));
    });
    socket.once('error', () => done(undefined));
  });
}

function socketPort(socket: Socket, maxLineLength: number): Port {
  const messageListeners: ((text: string) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let received = '';
  let open = true;
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    if (!open) return;
    open = false;
    for (const listener of closeListeners) listener();
  });
  socket.on('data', (text: string) => {
    received += text;
    let end = received.indexOf('\n');
    while (end >= 0) {
      const line = received.slice(0, end);
      received = received.slice(end + 1);
      for (const listener of messageListeners) listener(line);
      end = received.indexOf('\n');
    }
    // A line without end is no frame; waiting for more of it would fill the memory.
    if (received.length > maxLineLength) socket.destroy();
  });
  return {
    send(text) {
      if (open) socket.write(`${text}\n`);
    },
    onMessage(listener) {
      messageListeners.push(listener);
    },
    onClose(listener) {
      if (open) closeListeners.push(listener);
      else listener();
    },
    close() {
      socket.end();
    },
  };
}
