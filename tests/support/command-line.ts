/** Runs the program's command line as a person's shell would: a process of its own for every verb. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const projectRoot = resolve(import.meta.dirname, '../..');
const commandLine = join(projectRoot, 'main/headless/cli.ts');
/** Reading the sources anew is most of a short verb's time. */
const environment = { ...process.env, NODE_COMPILE_CACHE: join(projectRoot, 'node_modules/.cache/compile') };

export interface Ran {
  exit: number | null;
  stdout: string;
  stderr: string;
  /** stdout as the one JSON it must be; undefined when there was nothing on it. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the answer it asked for
  json: any;
}

export interface RunOptions {
  stdin?: string;
  env?: Record<string, string>;
}

export async function runVerb(args: string[], { stdin = '', env = {} }: RunOptions = {}): Promise<Ran> {
  const child = spawn(process.execPath, [commandLine, ...args], { env: { ...environment, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    stdout += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part) => {
    stderr += part;
  });
  // A verb that needs no input may be gone before it is all written.
  child.stdin.on('error', () => undefined).end(stdin);
  const [exit] = (await once(child, 'close')) as [number | null];
  return { exit, stdout, stderr, json: stdout === '' ? undefined : JSON.parse(stdout) };
}

export interface Served {
  url: string;
  port: number;
  child: ChildProcess;
  stderr(): string;
  /** Asks it to end and answers its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `serve` and waits for the one line that says it serves. Throws with its words when it ends before. */
export async function startServe(args: string[], env: Record<string, string> = {}): Promise<Served> {
  const child = spawn(process.execPath, [commandLine, 'serve', ...args], {
    env: { ...environment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (part) => {
    stderr += part;
  });
  const line = await Promise.race([
    once(child.stdout.setEncoding('utf8'), 'data').then(([text]) => text as string),
    ended.then(() => undefined),
  ]);
  if (line === undefined) throw new Error(`serve ended: ${stderr}`);
  const { url, port } = JSON.parse(line) as { url: string; port: number };
  return {
    url,
    port,
    child,
    stderr: () => stderr,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const [exit] = await ended;
      return exit;
    },
  };
}
