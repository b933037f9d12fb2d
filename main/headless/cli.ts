import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { defaultDataFolder } from '../data-folder.ts';
import { EngineError } from '../engine/engine-error.ts';
import { KeysError } from '../engine/seal/keys-file.ts';
import { HELP } from './help.ts';
import { EXIT, tell, UsageError, type VerbResult } from './outcome.ts';

/**
 * The command line: one verb, one JSON on stdout, everything else on stderr. A verb's code is loaded when it is
 * asked for, because a call should not wait for a web server it does not need.
 */

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

async function run(verb: string, args: string[]): Promise<VerbResult> {
  switch (verb) {
    case 'serve':
      return runServe(args);
    case 'call':
      return runCall(args);
    case 'verify':
    case 'replay': {
      const { values, positionals } = read(args, { data: text }, 1);
      const { replayVerb, verify } = await import('./verify.ts');
      const asked = { dir: dataFolder(values.data), place: positionals[0] && resolve(positionals[0]) };
      return verb === 'verify' ? verify(asked) : replayVerb(asked);
    }
    case 'backup': {
      const { values } = read(args, { data: text, into: text }, 0);
      const { backup } = await import('./backup.ts');
      return backup({ dir: dataFolder(values.data), into: values.into });
    }
    case 'restore':
      return runRestore(args);
    case 'demo':
      throw new UsageError('The demo center comes with a later version.');
    default:
      throw new UsageError(`There is no verb ${verb}. --help lists them.`);
  }
}

async function runServe(args: string[]): Promise<VerbResult> {
  const { values } = read(args, { data: text, port: text, host: text }, 0);
  if (values.host !== undefined && values.host !== '127.0.0.1') {
    throw new UsageError(
      'serve is for this machine only (127.0.0.1); other machines come with a later version.',
    );
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new UsageError('--port needs a number from 0 to 65535.');
  }
  const { serve } = await import('./serve.ts');
  return serve({
    dir: dataFolder(values.data),
    port,
    ready: (json) => void process.stdout.write(`${JSON.stringify(json)}\n`),
  });
}

async function runCall(args: string[]): Promise<VerbResult> {
  const options = {
    data: text,
    as: text,
    id: text,
    approval: text,
    'approved-by': text,
    blob: text,
    list: flag,
  };
  const { values, positionals } = read(args, options, 2);
  if (values.list) return (await import('./list.ts')).listContract();
  const [name, json] = positionals;
  if (name === undefined) throw new UsageError('call needs a NAME; "call --list" prints them all.');
  const { call } = await import('./call.ts');
  const { as, id, approval, blob } = values;
  const approvedBy = values['approved-by'];
  return call({ dir: dataFolder(values.data), name, json, as, id, approval, approvedBy, blob });
}

async function runRestore(args: string[]): Promise<VerbResult> {
  const { values, positionals } = read(args, { data: text }, 1);
  const [from] = positionals;
  // Never the folder that is used when nobody names one: a restore is too big a step to take by default.
  if (from === undefined || values.data === undefined) {
    throw new UsageError('restore needs a BACKUPFOLDER and --data EMPTYDIR.');
  }
  const { restore } = await import('./backup.ts');
  return restore({ from: resolve(from), dir: dataFolder(values.data) });
}

function read<Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
  mostPositionals: number,
) {
  let parsed: ReturnType<typeof parse<Options>>;
  try {
    parsed = parse(args, options);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (parsed.positionals.length > mostPositionals) {
    throw new UsageError(`What is "${parsed.positionals[mostPositionals]}"? --help shows the usage.`);
  }
  return parsed;
}

function parse<Options extends ParseArgsOptionsConfig>(args: string[], options: Options) {
  return parseArgs({ args, options, allowPositionals: true, strict: true });
}

function dataFolder(named: string | undefined): string {
  if (named === '') throw new UsageError('--data needs a folder.');
  return resolve(named ?? defaultDataFolder(process.platform, process.env, homedir()));
}

/** What went wrong, as a result: a sentence for the person, its stable name for programs, never a stack for either. */
function failed(error: unknown): VerbResult {
  if (error instanceof UsageError) {
    tell(`titipan: ${error.message}`);
    return { exit: EXIT.usage };
  }
  const sentence = error instanceof Error ? error.message : String(error);
  tell(`titipan: ${sentence}`);
  return { json: { outcome: 'failed', name: nameOf(error), sentence }, exit: EXIT.failed };
}

function nameOf(error: unknown): string {
  if (error instanceof EngineError) return error.code;
  if (error instanceof KeysError) return `keys-${error.problem}`;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  // Not foreseen: a bug, and the one case in which somebody needs to know where.
  tell(error instanceof Error ? (error.stack ?? '') : '');
  return 'unexpected';
}

/** stdout may be a pipe that takes its time; the process ends when it has taken everything. */
function end({ json, exit }: VerbResult): void {
  if (json === undefined) process.exit(exit);
  process.stdout.write(`${JSON.stringify(json)}\n`, () => process.exit(exit));
}

const [verb, ...args] = process.argv.slice(2);
if (verb === undefined || ['help', '--help', '-h'].includes(verb) || args.includes('--help')) {
  process.stderr.write(HELP);
  process.exitCode = verb === undefined ? EXIT.usage : EXIT.ok;
} else {
  // An end that was asked for still runs what was left for the exit: temporary copies are removed.
  if (verb !== 'serve') {
    process.once('SIGINT', () => process.exit(130));
    process.once('SIGTERM', () => process.exit(143));
  }
  end(await run(verb, args).catch(failed));
}
