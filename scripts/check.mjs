/**
 * `npm run check`: types, format and lint, layers, and what nobody uses. All at once; quiet but for what is wrong.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWith, projectFolder, run } from './process.mjs';
import { ensureReady } from './setup.mjs';

/** One tsconfig per folder, each seeing only the types its code may use. */
const typedFolders = [
  '.',
  'shared/domain',
  'shared',
  'main/engine',
  'main/headless',
  'main/electron',
  'renderer',
  'tests',
];

const stepTimeoutMs = 120_000;

/**
 * Runs every check.
 * @param {{ nodePath: string }} ready
 * @returns {Promise<number>} how many of them found something
 */
export async function check({ nodePath }) {
  const bin = (...path) => join(projectFolder, 'node_modules', ...path);
  const steps = [
    ...typedFolders.filter(hasTypeScript).map((folder) => ({
      name: `types ${folder}`,
      args: [bin('typescript', 'bin', 'tsc'), '-p', folder],
    })),
    {
      name: 'format and lint',
      args: [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings'],
    },
    { name: 'layers', args: [join(projectFolder, 'scripts', 'layers-report.mjs')] },
    { name: 'unused', args: [bin('knip', 'bin', 'knip.js'), '--no-progress'] },
  ];
  const results = await Promise.all(steps.map((step) => runStep(nodePath, step)));
  return results.filter((passed) => !passed).length;
}

async function runStep(nodePath, { name, args }) {
  const startedMs = performance.now();
  const { code, output } = await run(nodePath, args, { capture: true, timeoutMs: stepTimeoutMs });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}

function hasTypeScript(folder) {
  const path = join(projectFolder, folder);
  if (folder === '.') return true;
  return (
    existsSync(path) && readdirSync(path, { recursive: true }).some((name) => /\.tsx?$/.test(String(name)))
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureReady()
    .then(check)
    .then((failures) => {
      process.exitCode = failures === 0 ? 0 : 1;
    })
    .catch(endWith);
}
