/**
 * Proves that the tests bite: breaks one rule after the other in a private copy of the sources, as they lie there now,
 * and expects the tests named for it to fail. Before that they have to pass in that copy. `--only NAME` takes the
 * mutants whose name begins so. Ends with 1 if one survived, or if nothing can be said of one.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Mutant, mutants } from './mutants.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** A mutant that loops for ever is noticed too: no test run is waited for longer. */
const MUTANT_TIMEOUT_MS = 120_000;
const BASELINE_TIMEOUT_MS = 600_000;

/** Random tests try the same cases for every mutant, so that a proof can be had again. */
const RANDOM = { SEED: process.env.SEED || '1', CASES: process.env.CASES || '500' };

/** A folder with the sources in `tree`, and room beside it for reports and for what tests leave behind. */
interface Copy {
  readonly tree: string;
  readonly report: string;
  readonly temporary: string;
}

interface TestRun {
  readonly code: number | null;
  readonly timedOut: boolean;
  /** Full names of failed tests, each with the first line of what was wrong. */
  readonly failed: readonly { readonly name: string; readonly message: string }[];
  /** What vitest said. */
  readonly output: string;
}

type Outcome = 'caught' | 'timeout' | 'SURVIVED' | 'NO VERDICT';

interface Verdict {
  readonly mutant: Mutant;
  readonly outcome: Outcome;
  /** The test that noticed; '' where none did. */
  readonly by: string;
  /** What it noticed, or why nothing can be said. */
  readonly why: string;
  readonly seconds: number;
}

/** What has to end and to vanish when we are told to stop. */
let running: ChildProcess | undefined;
const work = mkdtempSync(join(tmpdir(), 'mutants-'));

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Everything git knows or would take in, as it lies there now: nobody's half-made change is missing from its tests. */
function copySources(): Copy {
  const copy = { tree: join(work, 'tree'), report: join(work, 'report.json'), temporary: join(work, 'tmp') };
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: projectFolder,
    encoding: 'utf8',
  });
  for (const path of new Set(listed.split('\0'))) {
    const from = join(projectFolder, path);
    if (path === '' || !lstatSync(from, { throwIfNoEntry: false })?.isFile()) continue;
    const to = join(copy.tree, path);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
  mkdirSync(copy.temporary);
  symlinkSync(join(projectFolder, 'node_modules'), join(copy.tree, 'node_modules'), 'junction');
  return copy;
}

/** Why mutants of the list cannot be made: texts that are not there exactly once, and files that are not there. */
function faultsOf(list: readonly Mutant[], { tree }: Copy): string[] {
  const names = list.map(({ name }) => name);
  return list.flatMap(({ name, file, find, replace, tests }, index) => {
    const missing = [file, ...tests].filter((path) => !existsSync(join(tree, path)));
    if (missing.length > 0) return [`${name}: there is no ${missing.join(', ')}`];
    if (names.indexOf(name) !== index) return [`${name}: two mutants have this name`];
    if (find === replace) return [`${name}: changes nothing`];
    const times = readFileSync(join(tree, file), 'utf8').split(find).length - 1;
    return times === 1 ? [] : [`${name}: ${file} has its text ${times} times, not once: ${find}`];
  });
}

/** Runs test files in the copy, up to the first test that fails. */
async function runTests(copy: Copy, tests: readonly string[], timeoutMs: number): Promise<TestRun> {
  rmSync(copy.report, { force: true });
  const vitest = join(copy.tree, 'node_modules/vitest/vitest.mjs');
  // Nothing is remembered from one run to the next: each mutant is compiled from what its file says.
  const options = ['--project=fast', '--bail=1', '--no-cache', '--no-fsModuleCache'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${copy.report}`];
  const { temporary } = copy;
  const child = spawn(process.execPath, [vitest, 'run', ...options, ...reporters, ...tests], {
    cwd: copy.tree,
    env: { ...process.env, ...RANDOM, SOAK: '', TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that its workers can be ended with it.
    detached: process.platform !== 'win32',
  });
  running = child;
  let output = '';
  let timedOut = false;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part));
  const timer = setTimeout(() => {
    timedOut = true;
    endGroup(child);
  }, timeoutMs);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(timer);
  running = undefined;
  return { code, timedOut, failed: failedTests(copy.report), output };
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    else execFileSync('taskkill', ['/T', '/F', '/PID', String(child.pid)], { stdio: 'ignore' });
  } catch {
    // It has just ended by itself.
  }
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

function failedTests(report: string): TestRun['failed'] {
  if (!existsSync(report)) return [];
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => {
      return { name: fullName, message: failureMessages?.[0]?.split('\n', 1)[0] ?? '' };
    });
}

/**
 * What a run of the tests says about a mutant. A test has to have failed: a crash, or a file that does not even load,
 * would say as much about a misspelt mutant.
 */
function judge({ code, timedOut, failed, output }: TestRun): Pick<Verdict, 'outcome' | 'by' | 'why'> {
  if (timedOut) return { outcome: 'timeout', by: '', why: `running after ${MUTANT_TIMEOUT_MS / 1000} s` };
  const [first] = failed;
  if (!first) {
    if (code === 0) return { outcome: 'SURVIVED', by: '', why: '' };
    say(output);
    return { outcome: 'NO VERDICT', by: '', why: `vitest ended with ${code}, and no test failed` };
  }
  const { name: by, message: why } = first;
  return { outcome: /^(Reference|Syntax)Error/.test(why) ? 'NO VERDICT' : 'caught', by, why };
}

async function tryMutant(copy: Copy, mutant: Mutant): Promise<Verdict> {
  const path = join(copy.tree, mutant.file);
  const source = readFileSync(path, 'utf8');
  const startedMs = performance.now();
  try {
    // A function, because a text would be searched for `$`.
    writeFileSync(
      path,
      source.replace(mutant.find, () => mutant.replace),
    );
    const judged = judge(await runTests(copy, mutant.tests, MUTANT_TIMEOUT_MS));
    return { mutant, ...judged, seconds: (performance.now() - startedMs) / 1000 };
  } finally {
    writeFileSync(path, source);
  }
}

function shorter(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

async function main(only: string | undefined): Promise<number> {
  const wanted = mutants.filter(({ name }) => only === undefined || name.startsWith(only));
  if (wanted.length === 0) {
    say(`There is no mutant ${only}. Known: ${mutants.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const copy = copySources();
  const faults = faultsOf(mutants, copy);
  if (faults.length > 0) {
    for (const fault of faults) say(fault);
    return 1;
  }
  const tests = [...new Set(wanted.flatMap((mutant) => mutant.tests))];
  say(`SEED=${RANDOM.SEED} CASES=${RANDOM.CASES}: ${tests.length} test files as they are …`);
  const baseline = await runTests(copy, tests, BASELINE_TIMEOUT_MS);
  if (baseline.code !== 0) {
    say(`${baseline.output}\nthe tests have to pass before they can prove anything`);
    return 1;
  }
  const verdicts: Verdict[] = [];
  for (const [index, mutant] of wanted.entries()) {
    say(`${index + 1}/${wanted.length} ${mutant.name}: ${mutant.wrong} …`);
    const verdict = await tryMutant(copy, mutant);
    say(`  ${verdict.outcome} by ${verdict.by || 'nobody'}${verdict.why && `: ${verdict.why}`}`);
    verdicts.push(verdict);
  }
  console.table(
    verdicts.map(({ mutant, outcome, by, seconds }) => {
      return { mutant: mutant.name, outcome, by: shorter(by, 90), seconds: Number(seconds.toFixed(1)) };
    }),
  );
  const uncaught = verdicts.filter(({ outcome }) => outcome !== 'caught' && outcome !== 'timeout');
  for (const { mutant, outcome } of uncaught) {
    console.log(`${outcome}: ${mutant.name}: ${mutant.wrong} (${mutant.tests.join(', ')})`);
  }
  console.log(`${verdicts.length - uncaught.length} of ${verdicts.length} mutants caught`);
  return uncaught.length === 0 ? 0 : 1;
}

function cleanUp(): void {
  if (running) endGroup(running);
  rmSync(work, { recursive: true, force: true, maxRetries: 3 });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    cleanUp();
    process.exit(1);
  });
}
const { values } = parseArgs({ options: { only: { type: 'string' } } });
try {
  process.exitCode = await main(values.only);
} finally {
  cleanUp();
}
