/**
 * Set-up: turns a clean clone into one that runs, and costs a few milliseconds when there is nothing to do.
 * Needs only Node 20 and npm. It brings the packages of package-lock.json (Node 24 among them), Debian's
 * libraries when it may, and an Electron when one is asked for.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ensureElectron } from './electron-runtime.mjs';
import { endWith, isRoot, isWindows, projectFolder, run, Stop, say } from './process.mjs';

const nodeModules = join(projectFolder, 'node_modules');

/** The Node 24 that npm installed: whatever touches the database runs on it, never on the machine's own Node. */
export const nodePath = join(nodeModules, 'node', 'bin', isWindows ? 'node.exe' : 'node');

/** What Electron's window needs on Debian, and what the tests need besides. */
const windowLibraries = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];
const testTools = ['xvfb', 'xauth', 'chromium'];

const aptTimeoutMs = 10 * 60_000;
const installTimeoutMs = 15 * 60_000;
const lockTimeoutMs = 20 * 60_000;

/**
 * @typedef {{ nodePath: string, electronProblem?: string }} Ready
 * @typedef {{ electronPath: string, electronVersion: string }} ReadyElectron
 */

/**
 * Makes the clone ready to run.
 * @param {{ electron?: boolean, forTests?: boolean }} wanted
 * @returns {Promise<Ready & ReadyElectron>} Both parts of ReadyElectron may be missing:
 *   `electronPath` is absent, and `electronProblem` says why in a sentence, when no Electron could be had.
 * @throws {Stop} when the packages cannot be installed.
 */
export async function ensureReady({ electron = false, forTests = false } = {}) {
  return withSetupLock(async () => {
    await ensurePackages();
    if (!electron) return { nodePath };
    const missing = await ensureDebianPackages([...windowLibraries, ...(forTests ? testTools : [])]);
    if (missing.length > 0) {
      return { nodePath, electronProblem: `Debian packages are missing (${missing.join(' ')})` };
    }
    return { nodePath, ...(await ensureElectron(nodePath)) };
  });
}

/** Runs `work` while holding build/.setup.lock; a lock whose owner is dead is taken over. */
export async function withSetupLock(work) {
  const lock = join(projectFolder, 'build', '.setup.lock');
  mkdirSync(join(projectFolder, 'build'), { recursive: true });
  const deadline = Date.now() + lockTimeoutMs;
  while (!tryLock(lock)) {
    if (Date.now() > deadline) throw new Stop(`another set-up holds ${lock}; remove it if none is running`);
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryLock(lock) {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw new Stop(`${lock} cannot be written: ${error.message}`);
    const owner = Number(readIfThere(lock));
    // An empty file is a lock being written this moment, not a dead one.
    if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Installs the packages of package-lock.json unless they are there. */
async function ensurePackages() {
  const lockText = readFileSync(join(projectFolder, 'package-lock.json'), 'utf8');
  const stampPath = join(nodeModules, '.titipan-stamp');
  const stamp = createHash('sha256')
    .update(lockText)
    .update(process.platform + process.arch)
    .digest('base64');
  if (readIfThere(stampPath) === stamp && existsSync(nodePath)) return;
  if (!isInstalled(JSON.parse(lockText))) {
    say('installing packages (once, a minute or two) …');
    // Not `npm ci`: it refuses a lock file that lacks the binaries of some other platform, as one made against a
    // partial mirror of the registry does. This installs the lock's versions too, and writes nothing back.
    // No package's own script runs (see .npmrc) but that of `node`, which fetches the Node 24 we run on.
    const quiet = ['--loglevel=error', '--no-audit', '--no-fund'];
    for (const args of [
      ['install', '--no-save', '--ignore-scripts', ...quiet],
      ['rebuild', 'node', '--ignore-scripts=false', ...quiet],
    ]) {
      const { code } = await run('npm', args, { timeoutMs: installTimeoutMs });
      if (code !== 0) {
        throw new Stop(`npm ${args[0]} failed; what it said stands above. Is the npm registry reachable?`);
      }
    }
    if (!isInstalled(JSON.parse(lockText))) {
      throw new Stop('package-lock.json does not fit package.json: run npm install and commit both');
    }
  }
  // Left by a plain `npm rebuild`; the library would prefer it to the binary it ships.
  rmSync(join(nodeModules, 'better-sqlite3', 'build'), { recursive: true, force: true });
  const { output } = await run(nodePath, ['--version'], { capture: true });
  const napi = await run(nodePath, ['-p', 'process.versions.napi'], { capture: true });
  if (!(Number(napi.output) >= 10)) {
    throw new Stop(`${nodePath} is not the Node 24 that package.json asks for (it said: ${output.trim()})`);
  }
  writeFileSync(stampPath, stamp);
}

/**
 * Whether node_modules already holds what the lock file asks for. Compared with npm's own record rather than
 * with our stamp alone, so that a plain `npm install` beforehand is not thrown away and done again.
 */
function isInstalled(lock) {
  const record = readIfThere(join(nodeModules, '.package-lock.json'));
  if (record === '' || !existsSync(nodePath)) return false;
  const installed = JSON.parse(record).packages;
  return Object.entries(lock.packages).every(
    ([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version,
  );
}

/**
 * Installs Debian packages that dpkg does not have, when we are root; else prints the line that would.
 * @returns {Promise<string[]>} the packages still missing; empty on systems without dpkg, where we cannot know.
 */
async function ensureDebianPackages(names) {
  if (process.platform !== 'linux') return [];
  const missing = await missingDebianPackages(names);
  if (missing.length === 0) return [];
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (!isRoot) {
    say(`missing Debian packages; as root: apt-get update && apt-get ${install.join(' ')}`);
    return missing;
  }
  say(`installing Debian packages: ${missing.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'DPkg::Lock::Timeout=300'];
  for (const args of [['update'], install]) {
    const { code, output } = await run('apt-get', [...quiet, ...args], {
      capture: true,
      timeoutMs: aptTimeoutMs,
      env,
    });
    if (code !== 0) say(`apt-get ${args[0]} failed: ${output.trim().split('\n').at(-1)}`);
  }
  return missingDebianPackages(names);
}

async function missingDebianPackages(names) {
  // Newer releases renamed some libraries with a t64 suffix; either name will do.
  const asked = names.flatMap((name) => [name, `${name}t64`]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces are dpkg's own format language.
  const format = '${Package} ${db:Status-Status}\n';
  const { code, output } = await run('dpkg-query', ['-W', '-f', format, ...asked], { capture: true });
  if (code === 127) return [];
  const installed = new Set(output.match(/^\S+(?= installed$)/gm));
  return names.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureReady({ electron: true, forTests: true })
    .then((ready) => {
      console.log(JSON.stringify(ready, null, 2));
      if (ready.electronProblem) say(`no Electron: ${ready.electronProblem}`);
    })
    .catch(endWith);
}
