/**
 * Builds the program into build/: the renderer for the oldest Chromium we start on, main and preload for the
 * oldest Electron, the engine for Node. Only what changed is built again.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWith, projectFolder, run, Stop, say } from './process.mjs';
import { ensureReady, withSetupLock } from './setup.mjs';

/** What may stay outside a bundle: the runtime's own modules, and the database library with its native file. */
const external = ['electron', 'better-sqlite3'];

/**
 * @typedef {{ folder: string, format: 'cjs' | 'es', target: string, entries: Record<string, string> }} NodeBundle
 *   `folder` and the entries' sources are relative to the project, or absolute; each entry becomes NAME.cjs or NAME.js.
 */

/**
 * Every bundle for Node or Electron: entries (output name → source), which must not share code across a sandbox,
 * so the preload is a bundle of its own.
 * @type {(NodeBundle & { name: string })[]}
 */
export const nodeBundles = [
  {
    name: 'electron main',
    folder: 'build/electron',
    format: 'cjs',
    target: 'node18',
    entries: { index: 'main/electron/index.ts' },
  },
  {
    name: 'electron preload',
    folder: 'build/electron',
    format: 'cjs',
    target: 'node18',
    entries: { preload: 'main/electron/preload.ts' },
  },
  {
    name: 'engine',
    folder: 'build/engine',
    format: 'es',
    target: 'node22',
    entries: {
      main: 'main/engine/main.ts',
      // Each worker lies beside the engine under the name it has in the sources, without its folder.
      worker: 'main/engine/import/worker.ts',
      'verify-worker': 'main/engine/verify/verify-worker.ts',
    },
  },
  {
    // Beside the engine, which loads it when it draws its first code. CommonJS, because it does not wait for it then,
    // and not every runtime loads a module of the other kind without waiting.
    name: 'engine codes',
    folder: 'build/engine',
    format: 'cjs',
    target: 'node22',
    entries: { 'code-library': 'main/engine/printing/code-library.ts' },
  },
];

/**
 * Builds what is stale, on the Node that set-up brought: the machine's own may be too old for the bundler.
 * @throws {Stop} when the build fails; what the bundler said stands above it.
 */
export async function build({ nodePath }) {
  const { code } = await run(nodePath, [join('scripts', 'build.mjs')]);
  if (code !== 0) throw new Stop('the build failed');
}

/** Builds what is stale; a target's stamp covers its sources, the lock file and this script. */
async function buildStale() {
  const started = performance.now();
  const built = [];
  for (const bundle of nodeBundles) {
    await once(bundle.name, ['shared', 'main'], built, () => bundleForNode(bundle));
  }
  await once('renderer', ['shared', 'renderer'], built, buildRenderer);
  if (built.length > 0) {
    say(`built ${built.join(', ')} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

/** The stamp goes before the work and comes after it, so a build that was cut short counts as none. */
async function once(name, sources, built, work) {
  const stampPath = join(projectFolder, 'build', `.stamp-${name.replaceAll(' ', '-')}`);
  const stamp = stampOf(sources);
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return;
  rmSync(stampPath, { force: true });
  await work();
  mkdirSync(join(projectFolder, 'build'), { recursive: true });
  writeFileSync(stampPath, stamp);
  built.push(name);
}

function stampOf(folders) {
  const hash = createHash('sha256');
  const files = folders
    .flatMap((folder) =>
      readdirSync(join(projectFolder, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    .sort();
  for (const file of [
    ...files,
    ...['package-lock.json', 'scripts/build.mjs'].map((name) => join(projectFolder, name)),
  ]) {
    hash.update(file.slice(projectFolder.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('base64');
}

/**
 * Bundles sources for Node or for Electron's main process, packages included.
 * @param {NodeBundle} bundle
 */
export async function bundleForNode({ folder, format, target, entries }) {
  const vite = await import('vite');
  const extension = format === 'cjs' ? 'cjs' : 'js';
  await vite.build({
    configFile: false,
    root: projectFolder,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: entries,
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          // Without a hash, so that a chunk of yesterday is written over rather than left lying.
          chunkFileNames: `shared-[name].${extension}`,
          exports: 'auto',
        },
      },
    },
  });
}

async function buildRenderer() {
  const vite = await import('vite');
  await vite.build({ configFile: join(projectFolder, 'renderer', 'vite.config.ts'), logLevel: 'warn' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureReady()
    .then(() => withSetupLock(buildStale))
    // The bundler's own message names file and line; its stack says nothing more.
    .catch((error) => endWith(new Stop(error.message)));
}
