/**
 * Proves that the checks of `npm run check` bite: each rule is fed a source that breaks it, through the same
 * functions and the same configuration that judge the tree, and a neighbour that is allowed and must pass.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSource, checkTree } from '../../scripts/layers.mjs';

const projectFolder = join(import.meta.dirname, '..', '..');

const forbiddenImports: [path: string, name: string][] = [
  ['shared/domain/money.ts', 'zod'],
  ['shared/domain/money.ts', 'node:crypto'],
  ['shared/domain/money.ts', '../contract/fields.ts'],
  ['shared/contract/sale.ts', '../wire/frame.ts'],
  ['shared/contract/sale.ts', 'node:fs'],
  ['shared/wire/client.ts', 'ws'],
  ['shared/wire/client.ts', '../../main/engine/execute.ts'],
  ['main/engine/handlers/sale.ts', './refund.ts'],
  ['main/engine/handlers/sale.ts', '../journal.ts'],
  ['main/engine/handlers/sale.ts', '../auth/pin.ts'],
  ['main/engine/handlers/sale.ts', '../store/open.ts'],
  ['main/engine/handlers/sale.ts', '../printing/queue.ts'],
  ['main/engine/handlers/sale.ts', 'better-sqlite3'],
  ['main/engine/handlers/sale.ts', 'node:crypto'],
  ['main/engine/execute.ts', 'electron'],
  ['main/engine/execute.ts', 'node-thermal-printer'],
  ['main/engine/execute.ts', 'fs'],
  ['main/engine/execute.ts', '../electron/window.ts'],
  ['main/engine/execute.ts', '../headless/serve.ts'],
  ['main/electron/index.ts', '../engine/boot.ts'],
  ['main/electron/index.ts', 'better-sqlite3'],
  ['main/headless/cli.ts', 'electron'],
  ['renderer/app/shell.tsx', 'node:fs'],
  ['renderer/app/shell.tsx', 'electron'],
  ['renderer/app/shell.tsx', '../../main/engine/execute.ts'],
  ['renderer/app/shell.tsx', '../../tests/support/shop.ts'],
  ['main/engine/execute.ts', '../../tests/support/shop.ts'],
];

const allowedImports: [path: string, name: string][] = [
  ['shared/domain/basket.ts', './money.ts'],
  ['shared/contract/sale.ts', 'zod'],
  ['shared/contract/sale.ts', '../domain/money.ts'],
  ['shared/wire/client.ts', '../contract/define.ts'],
  ['main/engine/handlers/sale.ts', '../ledger.ts'],
  ['main/engine/handlers/sale.ts', '../store/rows.ts'],
  ['main/engine/handlers/sale.ts', '../../../shared/domain/basket.ts'],
  ['main/engine/handlers/index.ts', './sale.ts'],
  ['main/engine/printing/escpos.ts', 'node-thermal-printer'],
  ['main/engine/store/open.ts', 'better-sqlite3'],
  ['main/electron/index.ts', 'electron'],
  ['main/electron/index.ts', '../../shared/wire/port.ts'],
  ['main/headless/serve.ts', '../engine/boot.ts'],
  ['renderer/features/sell/pay-dialog.tsx', '../../../shared/domain/tender.ts'],
  ['renderer/features/sell/pay-dialog.tsx', '@mantine/core'],
];

describe('who may import whom', () => {
  test.each(forbiddenImports)('%s may not import %s', (path, name) => {
    const forms = [
      `import { x } from '${name}';`,
      `export { x } from '${name}';`,
      `export * from '${name}';`,
    ];
    for (const source of [...forms, `import '${name}';`, `import type { x } from '${name}';`]) {
      expect(checkSource(path, source), source).toEqual([`${path}:1 may not import ${name}`]);
    }
    expect(checkSource(path, `void import('${name}');`)).toEqual([`${path}:1 may not import ${name}`]);
  });

  test.each(allowedImports)('%s may import %s', (path, name) => {
    expect(checkSource(path, `import { x } from '${name}';\nexport { y } from '${name}';`)).toEqual([]);
  });

  test('a folder without a layer is named', () => {
    expect(checkSource('main/elsewhere/thing.ts', 'export {};')[0]).toContain('lies in no known layer');
  });
});

describe('words not spoken', () => {
  const pureFiles = ['shared/domain/calendar.ts', 'main/engine/handlers/sale.ts'];
  const worldly = [
    'Date.now()',
    "Date['now']()",
    'new Date()',
    'Date()',
    'Math.random()',
    'performance.now()',
  ];

  test.each(pureFiles)('%s may not read the clock or draw lots', (path) => {
    for (const call of worldly) {
      expect(checkSource(path, `// A comment first.\nexport const x = ${call};`), call).toEqual([
        expect.stringMatching(`^${path}:2 reads the world: `),
      ]);
    }
    const innocent = `// Date.now() in a comment\nexport const x = [new Date(0), 'Math.random()'];`;
    expect(checkSource(path, innocent)).toEqual([]);
  });

  test('the engine outside its handlers may read the clock', () => {
    expect(checkSource('main/engine/context.ts', 'export const at = Date.now();')).toEqual([]);
  });

  test('a handler is synchronous', () => {
    const path = 'main/engine/handlers/sale.ts';
    const sources = ['export async function f() {}', 'export const f = async () => {};', 'await f();'];
    for (const source of sources) {
      expect(checkSource(path, source), source).toEqual([
        expect.stringContaining('a handler is synchronous'),
      ]);
      expect(checkSource('main/engine/boot.ts', source), source).toEqual([]);
    }
    expect(checkSource(path, 'for await (const x of y) f(x);')).toHaveLength(1);
  });

  test('SQL does not say REPLACE', () => {
    const statements = [
      "'INSERT OR REPLACE INTO sale VALUES (1)'",
      '`REPLACE INTO sale VALUES (1)`',
      '`insert or replace into sale values (1)`',
      '`INSERT INTO sale VALUES (1) ON CONFLICT REPLACE`',
    ];
    for (const statement of statements) {
      expect(checkSource('main/engine/ledger.ts', `run(${statement});`), statement).toEqual([
        expect.stringContaining('SQL says REPLACE'),
      ]);
    }
    expect(
      checkSource('main/engine/ledger.ts', "export const x = 'a'.replace('a', 'b'); // REPLACE"),
    ).toEqual([]);
  });
});

describe('what Biome refuses', () => {
  const refused: [rule: string, source: string][] = [
    ['noExplicitAny', 'export const x: any = 1;\n'],
    ['noDefaultExport', 'export default 1;\n'],
    ['noEnum', 'export enum Kind {\n  one,\n}\n'],
    ['useImportExtensions', "import { x } from './innocent';\n\nexport const y = x;\n"],
    ['noFocusedTests', "test.only('x', () => {});\n"],
  ];
  const innocent = 'export const x: unknown = 1;\n';

  test.each(refused)('%s', (rule, source) => {
    expect(lint(source)).toMatch(new RegExp(`^wanting\\.test\\.ts.* lint/\\w+/${rule} `, 'm'));
  });

  test('an innocent source passes', () => {
    expect(lint(innocent)).toBe('');
  });

  /** What the project's own configuration has to say about a source; empty when nothing. */
  function lint(source: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'titipan-lint-'));
    const configuration = JSON.parse(readFileSync(join(projectFolder, 'biome.json'), 'utf8'));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...configuration, vcs: { enabled: false } }));
    writeFileSync(join(folder, 'innocent.ts'), innocent);
    writeFileSync(join(folder, 'wanting.test.ts'), source);
    const program = join(projectFolder, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const lintOnly = ['lint', '--error-on-warnings', '--colors=off'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...lintOnly], {
      cwd: folder,
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    return status === 0 ? '' : stdout + stderr;
  }
});

test('the tree itself keeps to its layers', () => {
  expect(checkTree()).toEqual([]);
});
