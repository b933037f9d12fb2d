import {
  type EngineToHost,
  failedMessage,
  type HostToEngine,
  isCallText,
  readHostToEngine,
  type StartMessage,
} from '../../shared/wire/host-messages.ts';
import type { Port } from '../../shared/wire/port.ts';
import { createPortEnd, type PortEnd } from '../../shared/wire/port-end.ts';
import { watchParent } from './parent-watch.ts';

/** After a host vanished the engine may drain this long; then it ends whatever it is doing. */
const DRAIN_WITHOUT_HOST_MS = 1_200;
/** A utilityProcess may lose its last message when it exits at once, so `stopped` gets this long to travel. */
const LAST_MESSAGE_MS = 300;
/** More than any shop has windows; a host that opens ports without end is broken. */
const PORTS_MAX = 64;
/** Texts handed to the relay and not yet taken by the host. A window that stops reading loses its port. */
const UNSENT_LENGTH_MAX = 32 * 1024 * 1024;

export type HostStartOptions = Omit<StartMessage, 'type'>;

/** What the engine does for its host. */
export interface HostHandlers {
  /** Opens the books. A thrown error's `code` (else `name`) and `message` reach the person at the screen. */
  start(options: HostStartOptions): Promise<{ seq: number }>;
  /** A window's port. Listeners must be attached before returning, or first frames are lost. Only after start. */
  port(port: Port, id: number): void;
  /** Finishes what is under way and closes the books. Called once, also when the host vanished. */
  stop(): Promise<void>;
}

/** The part of a transferred MessagePort that both Electron and this file know. */
export interface TransferredPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** How messages travel between this process and its host. */
interface Channel {
  post(message: EngineToHost, sent?: () => void): void;
  onMessage(listener: (value: unknown, transferred: TransferredPort | undefined) => void): void;
  onHostGone(listener: () => void): void;
}

/**
 * Serves the host that started this process, an Electron utilityProcess or a Node child with an IPC channel.
 * The process ends itself after `stopped`, after a failed start, and within two seconds of losing its host.
 * Throws when the process was started by neither.
 */
export function connectToHost(handlers: HostHandlers): void {
  const channel = parentPortChannel() ?? nodeChildChannel();
  if (!channel) throw new Error('engine: started without a host (neither parentPort nor an IPC channel)');
  // A Ctrl-C in the terminal reaches the whole process group; the host decides when the engine ends.
  process.on('SIGINT', () => {});
  const link = createLink(channel, handlers);
  process.on('SIGTERM', () => void link.stop());
  channel.onMessage((value, transferred) => {
    const message = readHostToEngine(value);
    if (message) link.receive(message, transferred);
    else transferred?.close();
  });
  channel.onHostGone(() => {
    setTimeout(() => process.exit(1), DRAIN_WITHOUT_HOST_MS).unref();
    void link.stop();
  });
}

interface Link {
  receive(message: HostToEngine, transferred: TransferredPort | undefined): void;
  stop(): Promise<void>;
}

function createLink(channel: Channel, handlers: HostHandlers): Link {
  const ports = new Map<number, PortEnd>();
  let state: 'new' | 'starting' | 'ready' | 'stopping' = 'new';
  let unsentLength = 0;

  async function start({ type: _, ...options }: StartMessage): Promise<void> {
    if (state !== 'new') return;
    state = 'starting';
    try {
      const { seq } = await handlers.start(options);
      if (hasStopped()) return;
      state = 'ready';
      channel.post({ type: 'ready', seq });
    } catch (error) {
      channel.post(failureOf(error));
      setTimeout(() => process.exit(1), LAST_MESSAGE_MS);
    }
  }

  function hasStopped(): boolean {
    return state === 'stopping';
  }

  async function stop(): Promise<void> {
    if (hasStopped()) return;
    const wasReady = state === 'ready';
    state = 'stopping';
    try {
      if (wasReady) await handlers.stop();
      channel.post({ type: 'stopped' });
    } catch (error) {
      // No `stopped`: the host must learn that this end was not a clean one.
      console.error('engine: could not stop cleanly', error);
    }
    setTimeout(() => process.exit(0), LAST_MESSAGE_MS);
  }

  /** Gives the engine a port; undefined when ports cannot be taken now, and then nothing is kept. */
  function admit(id: number, transport: { send(text: string): void; close(): void }): PortEnd | undefined {
    if (state !== 'ready' || ports.size >= PORTS_MAX || ports.has(id)) return undefined;
    const end = createPortEnd(transport, () => ports.delete(id));
    ports.set(id, end);
    handlers.port(end.port, id);
    return end;
  }

  function openTransferred(id: number, transferred: TransferredPort): void {
    const end = admit(id, {
      send: (text) => transferred.postMessage(text),
      close: () => transferred.close(),
    });
    if (!end) return transferred.close();
    transferred.on('message', ({ data }) => (isCallText(data) ? end.deliver(data) : end.port.close()));
    transferred.on('close', () => end.shut());
    transferred.start();
  }

  function openRelayed(id: number): void {
    const end = admit(id, {
      send: (text) => relay(id, text),
      close: () => channel.post({ type: 'port-close', port: id }),
    });
    if (!end && !ports.has(id)) channel.post({ type: 'port-close', port: id });
  }

  function relay(id: number, text: string): void {
    unsentLength += text.length;
    if (unsentLength > UNSENT_LENGTH_MAX) {
      unsentLength -= text.length;
      return ports.get(id)?.port.close();
    }
    channel.post({ type: 'frame', port: id, text }, () => {
      unsentLength -= text.length;
    });
  }

  function receive(message: HostToEngine, transferred: TransferredPort | undefined): void {
    if (message.type === 'port' && transferred) return openTransferred(message.port, transferred);
    transferred?.close();
    if (message.type === 'start') return void start(message);
    if (message.type === 'stop') return void stop();
    if (message.type === 'port-open') return openRelayed(message.port);
    if (message.type === 'frame') return ports.get(message.port)?.deliver(message.text);
    if (message.type === 'port-close') return ports.get(message.port)?.shut();
  }

  return { receive, stop };
}

/** An EngineError carries a stable code and a sentence for the person; anything else is shown as it is. */
function failureOf(error: unknown): EngineToHost {
  if (!(error instanceof Error)) return failedMessage('start-failed', String(error));
  console.error('engine: could not start', error);
  const name = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return failedMessage(name, error.message);
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: TransferredPort[] }) => void): unknown;
}

/** Electron ends a utilityProcess by itself when its main process vanishes, so no host watch is needed here. */
function parentPortChannel(): Channel | undefined {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (!parentPort) return undefined;
  return {
    post(message, sent) {
      parentPort.postMessage(message);
      sent?.();
    },
    onMessage(listener) {
      parentPort.on('message', ({ data, ports }) => listener(data, ports[0]));
    },
    onHostGone() {},
  };
}

function nodeChildChannel(): Channel | undefined {
  if (!process.send) return undefined;
  return {
    post(message, sent) {
      // Posting to a host that has just vanished fails; `disconnect` tells the same and is handled.
      if (process.connected) process.send?.(message, undefined, undefined, () => sent?.());
    },
    onMessage(listener) {
      process.on('message', (value) => listener(value, undefined));
    },
    onHostGone(listener) {
      process.once('disconnect', listener);
      watchParent();
    },
  };
}
