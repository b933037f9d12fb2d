/**
 * `npm run dist`: packs the program into dist/. On an open network electron-builder makes this platform's
 * installers (electron-builder.yml). On a closed one Electron and the installer tools cannot be downloaded: there
 * the development runtime is packed into a folder that is named so and is for trying out only. `--dir` makes the
 * unpacked folder on any network; `--output DIR` puts it elsewhere.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { endWith, isWindows, projectFolder, run, Stop, say } from './process.mjs';
import { ensureReady } from './setup.mjs';

const readJson = (path) => JSON.parse(readFileSync(join(projectFolder, path), 'utf8'));

/**
 * Packs what is in build/.
 * @param {{ ready: { nodePath: string, electronPath: string, electronVersion: string }, dir: boolean, output: string }} wanted
 * @returns {Promise<string | undefined>} the unpacked folder, when one was asked for or nothing else can be made.
 */
export async function pack({ ready, dir, output }) {
  const isClosedNetwork = ready.electronVersion !== readJson('node_modules/electron/package.json').version;
  const work = mkdtempSync(join(tmpdir(), 'titipan-dist-'));
  try {
    if (isClosedNetwork) return await packDevelopmentRuntime(ready, output, work);
    return await packNormally(ready, output, work, dir);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function packNormally({ nodePath }, output, work, dir) {
  await electronBuilder(nodePath, work, { directories: { output } }, dir ? ['--dir'] : []);
  const unpacked = join(output, isWindows ? 'win-unpacked' : 'linux-unpacked');
  say(`packed into ${output}`);
  return dir ? unpacked : undefined;
}

async function packDevelopmentRuntime({ nodePath, electronPath, electronVersion }, output, work) {
  // The loader stays behind: it would start any folder named on the command line.
  const runtime = join(work, 'runtime');
  cpSync(dirname(electronPath), runtime, { recursive: true });
  rmSync(join(runtime, 'resources'), { recursive: true });
  mkdirSync(join(runtime, 'resources'));
  await electronBuilder(
    nodePath,
    work,
    {
      directories: { output: join(work, 'out') },
      electronDist: runtime,
      electronVersion,
      // This Electron's own Node is too old for the database library, so the engine gets one of its own.
      extraResources: [{ from: nodePath, to: join('node', isWindows ? 'node.exe' : 'node') }],
    },
    ['--dir'],
  );
  const { version } = readJson('package.json');
  const folder = join(output, `titipan-${version}-${process.platform}-${process.arch}-devruntime`);
  mkdirSync(output, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(work, 'out', 'linux-unpacked'), folder, { recursive: true });
  say(
    `closed network: packed with Electron ${electronVersion}, for trying out only, no installer: ${folder}`,
  );
  return folder;
}

/** electron-builder.yml with a few things said otherwise, by a file: its command line cannot carry lists. */
async function electronBuilder(nodePath, work, overrides, args) {
  const config = join(work, 'electron-builder.json');
  writeFileSync(
    config,
    JSON.stringify({ extends: join(projectFolder, 'electron-builder.yml'), ...overrides }),
  );
  const cli = join(projectFolder, 'node_modules', 'electron-builder', 'cli.js');
  const { code } = await run(nodePath, [cli, '--config', config, '--publish', 'never', ...args]);
  if (code !== 0) throw new Stop('electron-builder failed; what it said stands above');
}

async function dist(args) {
  const at = args.indexOf('--output');
  const output = resolve(at === -1 ? join(projectFolder, 'dist') : (args[at + 1] ?? 'dist'));
  const ready = await ensureReady({ electron: true });
  if (!ready.electronPath) throw new Stop(`nothing to pack: ${ready.electronProblem}`);
  await build(ready);
  const compiled = join(projectFolder, 'node_modules', 'better-sqlite3', 'build');
  if (existsSync(compiled))
    throw new Stop(`${compiled} would be packed in place of the shipped binary; remove it`);
  const folder = await pack({ ready, dir: args.includes('--dir'), output });
  if (folder) process.stdout.write(`${folder}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) dist(process.argv.slice(2)).catch(endWith);
