/**
 * Who may import whom, and which words are not spoken where. TypeScript sees types and Biome sees one file;
 * neither sees that a handler reaches around the ledger or reads the clock. This does, on the parsed program,
 * so that comments and strings cannot fool it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path/posix';
import { parseSync, Visitor } from 'vite';
import { projectFolder } from './process.mjs';

/**
 * The first row whose folder (or file) holds a source file rules it. `files`: where its relative imports may lead;
 * `never`: exceptions from those; `packages`: what else it may import, a trailing `*` standing for the rest of a name.
 */
const layers = [
  { folder: 'shared/domain/', files: ['shared/domain/'], packages: [] },
  { folder: 'shared/contract/', files: ['shared/contract/', 'shared/domain/'], packages: ['zod'] },
  { folder: 'shared/wire/', files: ['shared/'], packages: ['zod'] },
  {
    // The list of handlers is the one file there that knows them all.
    folder: 'main/engine/handlers/index.ts',
    files: ['main/engine/handlers/', 'main/engine/context.ts', 'shared/'],
    packages: [],
  },
  {
    folder: 'main/engine/handlers/',
    files: [
      'main/engine/context.ts',
      'main/engine/ledger.ts',
      'main/engine/history.ts',
      'main/engine/import/prepared.ts',
      'main/engine/store/',
      'shared/',
    ],
    never: ['main/engine/store/open.ts', 'main/engine/store/migrate.ts', 'main/engine/store/migrations/'],
    packages: [],
  },
  {
    folder: 'main/engine/printing/',
    files: ['main/engine/', 'shared/'],
    packages: ['node:*', 'better-sqlite3', 'node-thermal-printer', 'bwip-js/*'],
  },
  {
    folder: 'main/engine/lan/',
    files: ['main/engine/', 'shared/'],
    packages: ['node:*', 'zod', 'pino', 'ws', 'fastify', '@fastify/*'],
  },
  {
    folder: 'main/engine/',
    files: ['main/engine/', 'shared/', 'package.json'],
    packages: ['node:*', 'better-sqlite3', 'zod', 'pino', 'csv-parse*'],
  },
  {
    // It starts the engine by path, so that a fault in the engine's code can never load into the window's host.
    folder: 'main/electron/',
    files: ['main/electron/', 'main/data-folder.ts', 'shared/'],
    packages: ['node:*', 'electron', 'electron-updater'],
  },
  {
    folder: 'main/headless/',
    files: ['main/headless/', 'main/engine/', 'main/data-folder.ts', 'shared/'],
    packages: ['node:*', 'zod', 'pino', 'ws', 'fastify', '@fastify/*'],
  },
  { folder: 'main/data-folder.ts', files: [], packages: ['node:path'] },
  {
    folder: 'renderer/',
    files: ['renderer/', 'shared/'],
    packages: [
      'react',
      'react/*',
      'react-dom/*',
      'react-i18next',
      'i18next',
      '@mantine/*',
      '@noble/hashes/*',
      '@tabler/icons-react',
      '@tanstack/react-virtual',
      'bwip-js/generic',
      'zustand',
      'zustand/*',
      'get-nonce',
      'zod',
    ],
  },
];

const sourceFolders = ['shared', 'main', 'renderer'];
const sourceName = /(?<!\.config|\.d)\.tsx?$/;

/** Where nothing may depend on when, or in which run, it is computed: the same input must replay to the same row. */
const isPure = (path) => path.startsWith('shared/domain/') || path.startsWith('main/engine/handlers/');
/** Where an `await` would let another command in between BEGIN and COMMIT. */
const isSynchronous = (path) => path.startsWith('main/engine/handlers/');

/**
 * Checks one source text.
 * @param {string} path its place in the project, with forward slashes
 * @param {string} text
 * @returns {string[]} one sentence per problem, each beginning with `path:line`
 */
export function checkSource(path, text) {
  const { program, module, errors } = parseSync(path, text);
  const problems = [];
  const report = (node, words) =>
    problems.push(`${path}:${text.slice(0, node.start).split('\n').length} ${words}`);
  for (const error of errors) report({ start: 0 }, error.message);
  checkImports(path, text, module, report);
  checkWords(path, program, report);
  return problems;
}

function checkImports(path, text, module, report) {
  const layer = layers.find(({ folder }) => path.startsWith(folder));
  if (!layer) {
    report({ start: 0 }, 'lies in no known layer; give its folder a row in scripts/layers.mjs');
    return;
  }
  const reexports = module.staticExports.flatMap(({ entries }) =>
    entries.map((entry) => entry.moduleRequest),
  );
  const requests = [...module.staticImports.map((each) => each.moduleRequest), ...reexports]
    .filter((request) => request != null)
    .map((request) => ({ start: request.start, name: request.value }));
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^(['"`])(.*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal) requests.push({ start: moduleRequest.start, name: literal[2] });
  }
  for (const request of requests) {
    if (!mayImport(layer, path, request.name)) report(request, `may not import ${request.name}`);
  }
}

function mayImport(layer, path, name) {
  if (!name.startsWith('.')) {
    return layer.packages.some((known) =>
      known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known,
    );
  }
  const target = join(dirname(path), name);
  const isWithin = (known) => target === known || (known.endsWith('/') && target.startsWith(known));
  return layer.files.some(isWithin) && !layer.never?.some(isWithin);
}

function checkWords(path, program, report) {
  const pure = isPure(path);
  const synchronous = isSynchronous(path);
  const functions = (node) => {
    if (synchronous && node.async) report(node, 'a handler is synchronous: no async');
  };
  const sql = (node, text) => {
    if (/\bREPLACE\b/.test(text) || /\b(or\s+replace|replace\s+into)\b/i.test(text)) {
      report(
        node,
        'SQL says REPLACE, which deletes history behind the triggers; write an upsert or an insert',
      );
    }
  };
  new Visitor({
    FunctionDeclaration: functions,
    FunctionExpression: functions,
    ArrowFunctionExpression: functions,
    AwaitExpression: (node) => synchronous && report(node, 'a handler is synchronous: no await'),
    MemberExpression: (node) => {
      const name = `${nameOf(node.object)}.${nameOf(node.property)}`;
      if (pure && impureMembers.includes(name)) report(node, `reads the world: ${name}`);
    },
    NewExpression: (node) => {
      if (pure && nameOf(node.callee) === 'Date' && node.arguments.length === 0) {
        report(node, 'reads the world: new Date()');
      }
    },
    CallExpression: (node) => {
      if (pure && nameOf(node.callee) === 'Date') report(node, 'reads the world: Date()');
    },
    Literal: (node) => typeof node.value === 'string' && sql(node, node.value),
    TemplateElement: (node) => sql(node, node.value.raw),
  }).visit(program);
}

/** What a plain or quoted name spells: `Date.now` and `Date['now']` are the same call. */
function nameOf(node) {
  return node.name ?? node.value;
}

const impureMembers = [
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.getRandomValues',
  'crypto.randomUUID',
  'process.env',
];

/** Checks every source file of the project. */
export function checkTree() {
  const problems = [];
  for (const folder of sourceFolders) {
    for (const path of sourcesBelow(folder)) {
      problems.push(...checkSource(path, readFileSync(join(projectFolder, path), 'utf8')));
    }
  }
  return problems;
}

function sourcesBelow(folder) {
  return readdirSync(join(projectFolder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && sourceName.test(entry.name))
    .map((entry) => relative(projectFolder, join(entry.parentPath, entry.name)));
}
