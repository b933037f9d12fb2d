/**
 * An Electron main process for the host contract test: the real host over either kind of engine process, driven
 * from outside through `globalThis.harness`, with main itself in the place of a window.
 */
import { app, type MessagePortMain } from 'electron';
import { type EngineHost, startEngineHost } from '../../main/electron/engine-host.ts';
import { launchNodeChild } from '../../main/electron/engine-node-child.ts';
import type { EngineLaunchOptions } from '../../main/electron/engine-process.ts';
import { launchUtility } from '../../main/electron/engine-utility.ts';

interface OpenPort {
  port: MessagePortMain;
  received: string[];
  isClosed: boolean;
}

let host: EngineHost | undefined;
const events: string[] = [];
const ports: OpenPort[] = [];

const harness = {
  async start(kind: 'utility' | 'node-child', options: EngineLaunchOptions): Promise<void> {
    await app.whenReady();
    host = startEngineHost(kind === 'utility' ? launchUtility : launchNodeChild, options);
    host.onReady(() => events.push('ready'));
    host.onGone(() => events.push('gone'));
    host.onFailed(({ name, sentence }) => events.push(`failed ${name}: ${sentence}`));
  },
  events: () => events,
  pid: () => host?.pid(),
  hasPort: () => host?.port() !== undefined,
  /** Opens a port as a window would get it; returns its number here, or -1. */
  open(): number {
    const port = host?.port();
    if (!port) return -1;
    const opened: OpenPort = { port, received: [], isClosed: false };
    port.on('message', ({ data }) => opened.received.push(data));
    port.on('close', () => {
      opened.isClosed = true;
    });
    port.start();
    return ports.push(opened) - 1;
  },
  send(at: number, texts: unknown[]): void {
    for (const text of texts) ports[at]?.port.postMessage(text);
  },
  received: (at: number) => ports[at]?.received ?? [],
  isClosed: (at: number) => ports[at]?.isClosed,
  close: (at: number) => ports[at]?.port.close(),
  retry: () => host?.retry(),
  stop: () => host?.stop(),
};

export type Harness = typeof harness;
Object.assign(globalThis, { harness });
app.on('window-all-closed', () => {});
