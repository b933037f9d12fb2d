/**
 * Runs one verb of the program on Node 24 from a clone, clean or not: `node scripts/run.mjs VERB args…`.
 * stdout belongs to the verb (`npm run -s call` prints one JSON and nothing else); set-up talks on stderr.
 */
import { join } from 'node:path';
import { build } from './build.mjs';
import { endWith, runInForeground } from './process.mjs';
import { ensureReady } from './setup.mjs';

const commandLine = join('main', 'headless', 'cli.ts');
/** Verbs for those who work on the program: they open real windows of the built one. */
const windowVerbs = new Map([
  ['bench', join('tests', 'bench', 'run.ts')],
  ['screenshots', join('tests', 'e2e', 'pictures.ts')],
]);

/** And one that needs nothing built: it works on a copy of the sources. */
const mutants = join('tests', 'mutation', 'run.ts');

async function runVerb(verb, args) {
  const windowVerb = windowVerbs.get(verb);
  if (windowVerb) {
    const ready = await ensureReady({ electron: true });
    await build(ready);
    return runInForeground(ready.nodePath, [windowVerb, ...args]);
  }
  const ready = await ensureReady();
  if (verb === 'mutants') return runInForeground(ready.nodePath, [mutants, ...args]);
  // Only the served till has screens to build; every other verb starts at once.
  if (verb === 'serve') await build(ready);
  return runInForeground(ready.nodePath, [commandLine, verb, ...args]);
}

const [verb = 'help', ...args] = process.argv.slice(2);
runVerb(verb, args)
  .then((code) => {
    process.exitCode = code;
  })
  .catch(endWith);
