import * as center from './center.ts';
import type { Entry } from './define.ts';
import * as goods from './goods.ts';
import * as intake from './intake.ts';
import * as people from './people.ts';
import * as printing from './printing.ts';
import * as product from './product.ts';
import * as refund from './refund.ts';
import * as report from './report.ts';
import * as run from './run.ts';
import * as sale from './sale.ts';
import * as settlement from './settlement.ts';
import * as shift from './shift.ts';
import * as system from './system.ts';
import * as vendor from './vendor.ts';
import * as vendorMoney from './vendor-money.ts';

const areas = [
  center,
  people,
  vendor,
  product,
  intake,
  goods,
  shift,
  sale,
  refund,
  vendorMoney,
  settlement,
  run,
  report,
  printing,
  system,
];

function isEntry(value: unknown): value is Entry {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && 'access' in value && 'input' in value
  );
}

/** Every entry of the contract by its name. Two entries of one name stop the program at its start. */
export const contract: ReadonlyMap<string, Entry> = collect();

function collect(): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const area of areas) {
    for (const value of Object.values(area)) {
      if (!isEntry(value)) continue;
      if (entries.has(value.name)) throw new Error(`two contract entries are named ${value.name}`);
      entries.set(value.name, value);
    }
  }
  return entries;
}
