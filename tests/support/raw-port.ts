/**
 * The three ways of a frame to the engine, as raw texts in and out: what the engine answers must not depend on the
 * way. One server behind all of them.
 */
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { listenLocally, socketPath } from '../../main/engine/local-socket.ts';
import { type HttpServer, startHttp } from '../../main/headless/http.ts';
import { portPair } from '../../shared/wire/port.ts';
import type { WireServer } from '../../shared/wire/server.ts';
import { temporaryFolder } from './engine.ts';

export const CLOSED = 'closed';

export interface RawPort {
  send(text: string): void;
  /** The next answer in the order of arrival, `CLOSED` at the end; pushes are left out. */
  next(): Promise<string>;
  close(): void;
}

export interface Ways {
  readonly http: HttpServer;
  readonly dir: string;
  memory(): Promise<RawPort>;
  webSocket(): Promise<RawPort>;
  localSocket(): Promise<RawPort>;
  close(): Promise<void>;
}

export const WAY_NAMES = ['memory', 'webSocket', 'localSocket'] as const;

export async function openWays(server: WireServer): Promise<Ways> {
  const dir = temporaryFolder('titipan-ways');
  const http = await startHttp({ screens: screensIn(dir), port: 0, server });
  const closeSocket = await listenLocally(dir, (port) => server.serve(port, 'local'));
  return {
    http,
    dir,
    async memory() {
      const [mine, theirs] = portPair();
      server.serve(theirs, 'page');
      const inbox = createInbox();
      mine.onMessage(inbox.take);
      mine.onClose(() => inbox.take(CLOSED));
      return { send: (text) => mine.send(text), next: inbox.next, close: () => mine.close() };
    },
    async webSocket() {
      const origin = `http://127.0.0.1:${http.port}`;
      const socket = new WebSocket(`ws://127.0.0.1:${http.port}/wire`, { origin });
      const inbox = createInbox();
      socket.on('message', (data) => inbox.take(data.toString()));
      socket.on('close', () => inbox.take(CLOSED));
      socket.on('error', () => undefined);
      await once(socket, 'open');
      return { send: (text) => socket.send(text), next: inbox.next, close: () => socket.close() };
    },
    async localSocket() {
      const socket = connect(socketPath(dir));
      const inbox = createInbox();
      let received = '';
      socket.setEncoding('utf8').on('data', (part: string) => {
        const lines = (received + part).split('\n');
        received = lines.pop() ?? '';
        for (const line of lines) inbox.take(line);
      });
      socket.on('close', () => inbox.take(CLOSED));
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      return { send: (text) => socket.write(`${text}\n`), next: inbox.next, close: () => socket.destroy() };
    },
    async close() {
      await http.close();
      await closeSocket();
      rmSync(dir, { recursive: true });
    },
  };
}

/** A folder of screens with everything in it that must and must not be served. */
export function screensIn(dir: string): string {
  const screens = join(dir, 'screens');
  mkdirSync(join(screens, 'assets'), { recursive: true });
  writeFileSync(
    join(screens, 'index.html'),
    '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><title>Titipan</title>',
  );
  writeFileSync(join(screens, 'assets', 'app-abc123.js'), 'export {};');
  writeFileSync(join(screens, '.hidden.json'), '{}');
  writeFileSync(join(screens, 'notes.md'), 'not a kind of file the screens have');
  writeFileSync(join(dir, 'outside.json'), '{}');
  return screens;
}

function createInbox() {
  const texts: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  return {
    take(text: string) {
      if (text.includes('"kind":"push"')) return;
      const first = waiting.shift();
      if (first) first(text);
      else texts.push(text);
    },
    next(): Promise<string> {
      const text = texts.shift();
      if (text !== undefined) return Promise.resolve(text);
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
