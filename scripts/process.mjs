/**
 * What every script here needs: where the project lies, one-line messages, and child processes that
 * neither outlive us nor swallow a signal. Plain Node 20, no dependency: it runs before `npm ci` has.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The clone's folder, with its trailing separator removed. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

const orphanCheckMs = 250;

export const isWindows = process.platform === 'win32';
export const isRoot = process.getuid?.() === 0;

/** One line to the person. Always stderr, so that stdout stays the result of the verb that was asked for. */
export function say(text) {
  process.stderr.write(`titipan: ${text}\n`);
}

/** A failure that the person can do something about: shown as one sentence, without a stack. */
export class Stop extends Error {}

/** Ends a script: a `Stop` as its sentence, anything else with its stack. */
export function endWith(error) {
  if (error instanceof Stop) say(error.message);
  else console.error(error);
  process.exitCode = 1;
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ capture?: boolean, timeoutMs?: number } & import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number, output: string }>} exit code (1 for a signal, 124 after
 *   `timeoutMs`, 127 when there is no such command) and, with `capture`, what it wrote to stdout and stderr.
 */
export function run(command, args, { capture = false, timeoutMs = 0, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: projectFolder,
      // Chatter of tools goes to our stderr: file descriptor 2 twice.
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
      shell: isWindows && command === 'npm',
      ...options,
    });
    let output = '';
    let timedOut = false;
    child.stdout?.on('data', (part) => (output += part));
    child.stderr?.on('data', (part) => (output += part));
    const timer =
      timeoutMs > 0 &&
      setTimeout(() => {
        timedOut = true;
        child.kill('SIGKILL');
      }, timeoutMs);
    const finish = (code) => {
      if (timer) clearTimeout(timer);
      resolve({ code, output });
    };
    child.once('error', (error) => {
      output += error.message;
      finish(127);
    });
    child.once('close', (code) => finish(timedOut ? 124 : (code ?? 1)));
  });
}

/**
 * Hands the terminal to a child until it ends, passing on the signals that ask us to stop.
 * Ctrl+C in a terminal already reaches the child (same process group), so SIGINT is passed on only without one.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} the exit code to leave with; 128 + n when a signal ended the child.
 */
export function runInForeground(command, args, { env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: projectFolder, stdio: 'inherit', env });
    const forward = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = isWindows ? ['SIGINT', 'SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const orphanWatch = whenNpmIsGone(() => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearInterval(orphanWatch);
      for (const name of signals) process.off(name, forward);
      resolve(code ?? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0));
    });
  });
}

/** npm hands a signal to the shell it started us in, and some shells die of it without telling us. */
function whenNpmIsGone(action) {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event || isWindows) return undefined;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    action();
  }, orphanCheckMs);
  return watch;
}
