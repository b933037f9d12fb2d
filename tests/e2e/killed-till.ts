/**
 * The built program in its window, of which any process may be killed at any moment, and that comes back the way a
 * person would bring it back: the engine and the window's own process return by themselves, the whole program is
 * started again.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { type Display, isRunning, processTree, until } from '../support/electron-runtime.ts';
import { type RunningPacked, startDebuggedBuild } from '../support/packaged.ts';

/**
 * What dies. `power`: engine and program at once, the engine standing still before, so that whatever is on its way to
 * it never arrives.
 */
export const DEATHS = ['engine', 'window', 'program', 'power'] as const;
export type Death = (typeof DEATHS)[number];

export interface KilledTill {
  /** Does something with the window; throws when the window dies meanwhile, which Playwright may not notice. */
  with<Result>(work: (page: Page) => Promise<Result>): Promise<Result>;
  /** Looks for the processes now, so that the blow itself takes no time; undefined when one is not there. */
  prepare(death: Death): Blow | undefined;
  /** Brings a window back that the test can talk to. */
  revive(): Promise<void>;
  close(): Promise<void>;
}

export interface Blow {
  /** Called before `strike`, some time or none. */
  freeze(): void;
  strike(): void;
}

export async function startKilledTill(
  folder: string,
  display: Display,
  dataDir: string,
): Promise<KilledTill> {
  let running: RunningPacked = await startDebuggedBuild(folder, display, dataDir);

  async function startAgain(): Promise<void> {
    const ended = running;
    await ended.close();
    running = await startDebuggedBuild(folder, display, dataDir);
  }

  const hasEnded = () => running.child.exitCode !== null || running.child.signalCode !== null;

  return {
    with: (work) => whileAlive(running.page, work),
    prepare(death) {
      const program = running.child.pid ?? 0;
      const engine = processOf(program, 'engine');
      const window = processOf(program, 'window');
      const victims = { engine: [engine], window: [window], program: [program], power: [engine, program] }[
        death
      ];
      if (victims.some((pid) => pid === undefined) || !isRunning(program)) return undefined;
      return {
        freeze: () => {
          if (death === 'power') send(engine, 'SIGSTOP');
        },
        strike: () => {
          for (const pid of victims) send(pid, 'SIGKILL');
        },
      };
    },
    async revive() {
      // Who connects too early gets hold of the dead window and is never answered.
      const isBack = () => hasEnded() || processOf(running.child.pid ?? 0, 'window') !== undefined;
      await until('the window has a process again', isBack);
      if (hasEnded()) return startAgain();
      try {
        await running.reconnect();
      } catch {
        // A window that died too often ends the program: it is opened anew.
        await until(
          'the program has ended',
          () => running.child.exitCode !== null || running.child.signalCode !== null,
        );
        await startAgain();
      }
    },
    close: () => running.close(),
  };
}

/** What a living window does within this, however busy the machine is. */
const ANSWER_TIMEOUT_MS = 20_000;

async function whileAlive<Result>(page: Page, work: (page: Page) => Promise<Result>): Promise<Result> {
  let stop: () => void = () => {};
  const dead = new Promise<never>((_, reject) => {
    const die = () => reject(new Error('the window died'));
    const timer = setTimeout(die, ANSWER_TIMEOUT_MS);
    page.once('crash', die);
    page.once('close', die);
    stop = () => {
      clearTimeout(timer);
      page.off('crash', die);
      page.off('close', die);
    };
  });
  try {
    return await Promise.race([work(page), dead]);
  } finally {
    stop();
  }
}

/** The engine's process or the window's, found from outside. */
function processOf(rootPid: number, victim: 'engine' | 'window'): number | undefined {
  const mark = victim === 'engine' ? /build\/engine\/main\.js|node\.mojom/ : /--type=renderer/;
  return processTree(rootPid).find((pid) => mark.test(commandLine(pid)));
}

/** A process that is gone already cannot be killed again. */
function send(pid: number | undefined, signal: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid as number, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
