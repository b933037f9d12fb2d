import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { busyRunFigures } from './busy-run.ts';
import { catalogueFigures } from './catalogue.ts';
import { commitFigures } from './commit.ts';
import type { Figure } from './figure.ts';
import { watchStolenTime } from './machine.ts';
import { settleFigures } from './settle.ts';
import { statementFigures } from './statement.ts';
import { tillFigures } from './till-window.ts';
import { windowFigures } from './window.ts';

/**
 * Measures what quality promises, each figure beside its floor in the same run, prints a table and writes bench.json.
 * `--only NAME` runs one group. A ratio above its target is said, and makes the run end with 1.
 */
const groups: Readonly<Record<string, () => Promise<Figure[]>>> = {
  'busy-run': () => busyRunFigures(),
  catalogue: () => catalogueFigures(),
  commit: () => commitFigures(),
  settle: () => settleFigures(),
  statement: () => statementFigures(),
  till: () => tillFigures(),
  window: () => windowFigures(),
};

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const names = Object.keys(groups).filter((name) => values.only === undefined || name.startsWith(values.only));
if (names.length === 0) {
  console.error(`There is no figure ${values.only}. Known: ${Object.keys(groups).join(', ')}`);
  process.exit(2);
}

const figures: Figure[] = [];
for (const name of names) {
  console.error(`measuring ${name} …`);
  const stolen = watchStolenTime();
  figures.push(...(await (groups[name] as () => Promise<Figure[]>)()));
  const share = stolen();
  if (share !== undefined)
    console.error(`${(100 * share).toFixed(1)} % of the processors went to other machines`);
}

const rounded = (value: number | null) => (value === null ? '' : value.toFixed(value < 10 ? 3 : 1));
console.table(
  figures.map(({ name, value, unit, floor, ratio, target, ok }) => ({
    name,
    value: `${rounded(value)} ${unit}`,
    floor: rounded(floor),
    ratio: ratio === null ? '' : `${ratio.toFixed(2)}×`,
    target: target === null ? '' : `${target}×`,
    ok: ok ? 'yes' : 'NO',
  })),
);
writeFileSync('bench.json', `${JSON.stringify(figures, null, 2)}\n`);
process.exit(figures.every((row) => row.ok) ? 0 : 1);
