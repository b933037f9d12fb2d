import type { MessagePortMain } from 'electron';
import { type HostToEngine, readEngineToHost, type StartMessage } from '../../shared/wire/host-messages.ts';

/** Opening may include a migration with a verified backup before it; past this something is wrong. */
const START_TIMEOUT_MS = 10 * 60_000;
/** A killed process is gone at once; this only bounds waiting for a word of it that never comes. */
const EXIT_TIMEOUT_MS = 2_000;

export interface EngineLaunchOptions {
  /** The engine's bundle, an absolute path. */
  entry: string;
  /** The Node that runs it when the engine is a plain Node child. */
  nodeBinary: string;
  start: Omit<StartMessage, 'type'>;
}

/** Why the engine does not serve: `name` is stable, `sentence` is for the person at the screen. */
export interface EngineFailure {
  name: string;
  sentence: string;
}

/** How an engine process ended: `stopped` is its own word, whatever its exit code; `failed` it could not start. */
export type EngineEnd =
  | { how: 'stopped' }
  | { how: 'failed'; failure: EngineFailure }
  | { how: 'gone'; detail: string };

/** One engine process, of either kind. It is never started again; the supervisor launches another. */
export interface EngineProcess {
  pid(): number | undefined;
  /** Called once, when the engine has opened its files. */
  onReady(listener: (seq: number) => void): void;
  /** Called once, when the process has ended, however it did. Called at once when it has already. */
  onEnd(listener: (end: EngineEnd) => void): void;
  /** A new port to the engine; the returned end is for a window. Closed at once unless the engine is ready. */
  port(): MessagePortMain;
  /** Asks the engine to drain and kills it after `timeoutMs`. Resolves when the process has ended. */
  stop(timeoutMs: number): Promise<EngineEnd>;
}

/** What the two kinds of engine process do differently. */
export interface EngineChannel {
  pid(): number | undefined;
  post(message: HostToEngine): void;
  /** Makes a port with this id and returns the window's end. */
  openPort(id: number): MessagePortMain;
  /** The engine closed a relayed port or sent a frame on it. Never called where ports are transferred. */
  onRelayed(
    message: { type: 'frame'; port: number; text: string } | { type: 'port-close'; port: number },
  ): void;
  /** Closes every relayed port: the process is gone. */
  closePorts(): void;
  kill(): void;
}

/** What a channel reports. Each may be called more often than once, or after the end: that is tolerated here. */
export interface EngineEvents {
  onMessage(value: unknown): void;
  /** The process has ended, or can no longer be spoken with. */
  onExit(detail: string, isProcessEnded: boolean): void;
}

/** Builds the life of one engine process over a channel: start, ready, ports, and exactly one end. */
export function createEngineProcess(
  options: EngineLaunchOptions,
  open: (events: EngineEvents) => EngineChannel,
): EngineProcess {
  const readyListeners: ((seq: number) => void)[] = [];
  const endListeners: ((end: EngineEnd) => void)[] = [];
  let isReady = false;
  let lastPortId = 0;
  /** What the engine itself said about its end; without it every end is `gone`. */
  let saidEnd: EngineEnd | undefined;
  let end: EngineEnd | undefined;

  const startTimer = setTimeout(() => {
    saidEnd ??= { how: 'failed', failure: startTimeoutFailure };
    killAndEnd('start took too long');
  }, START_TIMEOUT_MS);

  const channel = open({
    onMessage: receive,
    onExit(detail, isProcessEnded) {
      // A process that still runs holds the database's lock, so the next one must not start before it is dead.
      if (isProcessEnded) finish(detail);
      else killAndEnd(detail);
    },
  });
  channel.post({ type: 'start', ...options.start });

  function receive(value: unknown): void {
    const message = end ? undefined : readEngineToHost(value);
    if (!message) return;
    if (message.type === 'frame' || message.type === 'port-close') return channel.onRelayed(message);
    if (message.type === 'stopped') {
      saidEnd ??= { how: 'stopped' };
      return killAndEnd('stopped');
    }
    if (message.type === 'failed') {
      saidEnd ??= { how: 'failed', failure: { name: message.name, sentence: message.sentence } };
      return killAndEnd('failed');
    }
    if (isReady) return;
    isReady = true;
    clearTimeout(startTimer);
    for (const listener of readyListeners) listener(message.seq);
  }

  function killAndEnd(detail: string): void {
    channel.kill();
    setTimeout(() => finish(detail), EXIT_TIMEOUT_MS).unref();
  }

  function finish(detail: string): void {
    if (end) return;
    clearTimeout(startTimer);
    isReady = false;
    end = saidEnd ?? { how: 'gone', detail };
    channel.closePorts();
    for (const listener of endListeners) listener(end);
  }

  function onEnd(listener: (end: EngineEnd) => void): void {
    if (end) listener(end);
    else endListeners.push(listener);
  }

  return {
    pid: channel.pid,
    onReady(listener) {
      readyListeners.push(listener);
    },
    onEnd,
    port() {
      lastPortId += 1;
      const windowEnd = channel.openPort(lastPortId);
      if (!isReady) windowEnd.close();
      return windowEnd;
    },
    stop(timeoutMs) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => killAndEnd('did not stop in time'), timeoutMs);
        onEnd((how) => {
          clearTimeout(timer);
          resolve(how);
        });
        if (!end) channel.post({ type: 'stop' });
      });
    },
  };
}

const startTimeoutFailure: EngineFailure = {
  name: 'start-timeout',
  sentence: 'Mesin Titipan tidak siap dalam sepuluh menit. / The engine was not ready within ten minutes.',
};
