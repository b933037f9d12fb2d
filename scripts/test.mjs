/**
 * `npm test`: set-up, build, checks, then every test, and last the line `N passed, N failed`, behind what failed.
 * `npm test -- unit` runs tests/unit alone, `npm test -- money` the files with that in their path; both skip the
 * checks. `--soak` runs the long forms (SOAK=1).
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { projectFolder, runInForeground, Stop, say } from './process.mjs';
import { ensureReady } from './setup.mjs';

/** Quick ones first: whoever broke a rule of rounding should not wait for windows to learn of it. */
const projects = ['together', 'alone', 'e2e'];
const LINES_OF_A_REASON = 12;

const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed and the first lines of why, said once more at the end: the projects behind it print a great deal. */
const failures = [];

async function testAll(args) {
  const soak = args.includes('--soak');
  const filters = args.filter((arg) => !arg.startsWith('--')).map(asFilter);
  const whole = filters.length === 0;
  const withWindows = !soak && (whole || filters.some((filter) => filter.includes('e2e')));
  const ready = await ensureReady({ electron: withWindows || whole, forTests: true });
  if (ready.electronProblem) throw new Stop(`the tests need Electron: ${ready.electronProblem}`);
  await build(ready);
  if (whole && !soak) {
    const unmet = await check(ready);
    total.failed += unmet;
    if (unmet > 0) failures.push(`${unmet} of the checks`);
  }
  for (const project of projects) {
    if (project !== 'e2e' || withWindows) await runProject(ready.nodePath, project, filters, soak);
  }
}

/** `unit` means the folder tests/unit; anything else is a part of a path, as vitest takes it. */
function asFilter(filter) {
  return existsSync(join(projectFolder, 'tests', filter)) ? `tests/${filter}` : filter;
}

/** Runs one project and adds up its counts; a run that crashed, or left no count, is a failure by itself. */
async function runProject(nodePath, project, filters, soak) {
  const report = join(projectFolder, 'test-results', `${project}.json`);
  mkdirSync(join(projectFolder, 'test-results'), { recursive: true });
  rmSync(report, { force: true });
  const vitest = join(projectFolder, 'node_modules', 'vitest', 'vitest.mjs');
  const options = ['--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json'];
  const code = await runInForeground(
    nodePath,
    [vitest, 'run', ...options, `--outputFile.json=${report}`, ...filters],
    {
      env: { ...process.env, ...(soak ? { SOAK: '1' } : {}) },
    },
  );
  const counted = countReport(report);
  if (code !== 0 && counted.failed === 0) {
    counted.failed = 1;
    failures.push(`${project}: no test failed and the run did, with exit code ${code}`);
  }
  for (const kind of Object.keys(total)) total[kind] += counted[kind];
}

/** Counts vitest's JSON report and keeps its failures; a file that could not even be loaded counts as one. */
function countReport(path) {
  const counted = { passed: 0, failed: 0, skipped: 0 };
  if (!existsSync(path)) return counted;
  for (const file of JSON.parse(readFileSync(path, 'utf8')).testResults) {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    for (const test of failed) keepFailure(file.name, test.fullName, test.failureMessages[0]);
    if (failed.length === 0 && file.status === 'failed') keepFailure(file.name, 'the file', file.message);
    counted.failed += failed.length === 0 && file.status === 'failed' ? 1 : failed.length;
    const statuses = file.assertionResults.map((test) => test.status);
    counted.passed += statuses.filter((status) => status === 'passed').length;
    counted.skipped += statuses.filter((status) => status !== 'passed' && status !== 'failed').length;
  }
  return counted;
}

function keepFailure(file, test, why = '') {
  const reason = why.split('\n').slice(0, LINES_OF_A_REASON).join('\n    ');
  failures.push(`${relative(projectFolder, file)}: ${test}\n    ${reason}`);
}

await testAll(process.argv.slice(2)).catch((error) => {
  if (error instanceof Stop) say(error.message);
  else console.error(error);
  total.failed += 1;
});
if (total.passed + total.failed === 0) {
  say('no test ran');
  total.failed = 1;
}
for (const failure of failures) say(`failed: ${failure}`);
process.exitCode = total.failed === 0 ? 0 : 1;
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
