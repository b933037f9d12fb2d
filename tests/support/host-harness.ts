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
  /** Told of whatever comes, the end as well. */
  wake(): void;
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
    const opened: OpenPort = { port, received: [], isClosed: false, wake() {} };
    port.on('message', ({ data }) => {
      opened.received.push(data);
      opened.wake();
    });
    port.on('close', () => {
      opened.isClosed = true;
      opened.wake();
    });
    port.start();
    return ports.push(opened) - 1;
  },
  send(at: number, texts: unknown[]): void {
    for (const text of texts) ports[at]?.port.postMessage(text);
  },
  /** Sends each text once the one before it is answered; the answers in their order, pushes left out. */
  async exchange(at: number, texts: string[]): Promise<string[]> {
    const opened = ports[at];
    if (!opened) throw new Error(`no port ${at}`);
    const answers: string[] = [];
    for (const text of texts) {
      const from = opened.received.length;
      opened.port.postMessage(text);
      answers.push(await answerAfter(opened, from));
    }
    return answers;
  },
  received: (at: number) => ports[at]?.received ?? [],
  isClosed: (at: number) => ports[at]?.isClosed,
  close: (at: number) => ports[at]?.port.close(),
  retry: () => host?.retry(),
  stop: () => host?.stop(),
};

/** The first answer among what came after so many texts; `closed` where none can come any more. */
async function answerAfter(opened: OpenPort, from: number): Promise<string> {
  for (;;) {
    const answer = opened.received.slice(from).find((text) => !text.includes('"kind":"push"'));
    if (answer !== undefined) return answer;
    if (opened.isClosed) return 'closed';
    await new Promise<void>((resolve) => {
      opened.wake = resolve;
    });
  }
}

export type Harness = typeof harness;
Object.assign(globalThis, { harness });
app.on('window-all-closed', () => {});
