import type { MessagePortMain } from 'electron';
import { launchNodeChild } from './engine-node-child.ts';
import type { EngineEnd, EngineFailure, EngineLaunchOptions, EngineProcess } from './engine-process.ts';
import { launchUtility } from './engine-utility.ts';
import { createRestartBudget } from './restart-budget.ts';

/** How long a drain may take before the engine is killed; a kill loses nothing that was acknowledged. */
export const DRAIN_TIMEOUT_MS = 5_000;

/** Starts one engine process, of either kind. */
export type LaunchEngine = (options: EngineLaunchOptions) => EngineProcess;

export interface EngineHost {
  /** A new port to the running engine, or undefined while there is none; `onReady` then tells when to ask again. */
  port(): MessagePortMain | undefined;
  /** Called at every start that succeeded, the restarts too: windows need new ports. */
  onReady(listener: () => void): void;
  /** The engine ended without saying so. It is started again by itself. */
  onGone(listener: () => void): void;
  /** The engine will not be started again unless `retry` is called. */
  onFailed(listener: (failure: EngineFailure) => void): void;
  /** Starts again after a failure, at a person's wish. Does nothing otherwise. */
  retry(): void;
  /**
   * Drains within `DRAIN_TIMEOUT_MS`, else kills; tells how the engine ended, undefined when none was running. May
   * be called more than once.
   */
  stop(): Promise<EngineEnd | undefined>;
  pid(): number | undefined;
}

/** The kind of engine process for a runtime: better-sqlite3 needs Node-API 10, which came with Node 22.14. */
export function chooseLaunch(nodeVersion: string): LaunchEngine {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 14) ? launchUtility : launchNodeChild;
}

/** Keeps an engine running: starts it, starts it again when it vanishes, and says so when that is no use. */
export function startEngineHost(launch: LaunchEngine, options: EngineLaunchOptions): EngineHost {
  const readyListeners: (() => void)[] = [];
  const goneListeners: (() => void)[] = [];
  const failedListeners: ((failure: EngineFailure) => void)[] = [];
  const budget = createRestartBudget();
  let state: 'starting' | 'ready' | 'waiting' | 'failed' | 'stopping' = 'starting';
  let engine: EngineProcess | undefined;
  let restartTimer: NodeJS.Timeout | undefined;

  function start(): void {
    state = 'starting';
    engine = launch(options);
    engine.onReady(() => {
      if (state !== 'starting') return;
      state = 'ready';
      for (const listener of readyListeners) listener();
    });
    engine.onEnd(ended);
  }

  function ended(end: EngineEnd): void {
    engine = undefined;
    if (state === 'stopping') return;
    if (end.how === 'failed') return fail(end.failure);
    console.error(`titipan: engine ended: ${end.how === 'gone' ? end.detail : 'stopped unasked'}`);
    const waitMs = budget.nextWaitMs(performance.now());
    if (waitMs === undefined) return fail(unstableFailure);
    state = 'waiting';
    restartTimer = setTimeout(start, waitMs);
    for (const listener of goneListeners) listener();
  }

  function fail(failure: EngineFailure): void {
    state = 'failed';
    console.error(`titipan: ${failure.name}: ${failure.sentence}`);
    for (const listener of failedListeners) listener(failure);
  }

  start();
  return {
    port: () => (state === 'ready' ? engine?.port() : undefined),
    onReady: (listener) => void readyListeners.push(listener),
    onGone: (listener) => void goneListeners.push(listener),
    onFailed: (listener) => void failedListeners.push(listener),
    retry() {
      if (state !== 'failed') return;
      budget.forgive();
      start();
    },
    async stop() {
      state = 'stopping';
      clearTimeout(restartTimer);
      const end = await engine?.stop(DRAIN_TIMEOUT_MS);
      if (end?.how === 'gone') console.error(`titipan: engine did not end cleanly: ${end.detail}`);
      return end;
    },
    pid: () => engine?.pid(),
  };
}

const unstableFailure: EngineFailure = {
  name: 'engine-unstable',
  sentence:
    'Mesin Titipan berhenti berulang kali dalam satu menit. / The engine stopped again and again within a minute.',
};
