import { rmSync } from 'node:fs';
import type { OutputOf } from '../../shared/contract/define.ts';
import { vendorStatement } from '../../shared/contract/vendor.ts';
import { addDays } from '../../shared/domain/calendar.ts';
import { temporaryFolder } from '../support/engine.ts';
import { type Figure, figure, percentile } from './figure.ts';
import { type ManyVendors, openManyVendors } from './many-vendors.ts';
import { fillUpTo } from './sold-lines.ts';

const LINES = 1_000_000;
/** Each asks for another vendor, so that neither side finds its pages warm from the time before. */
const SAMPLES = 200;

/** One vendor's postings of some days by the index on its account, and nothing of what they were about. */
const RANGE_READ = `SELECT * FROM transfer INDEXED BY transfer_credit
  WHERE credit = (SELECT id FROM account WHERE ledger = 0 AND code = 'vendor' AND owner = ?)
    AND seq >= ? AND day BETWEEN ? AND ?`;

/**
 * A vendor's statement among 500 vendors through the door: opening, sections, the first 500 movements with document and
 * product, closing, and the recap of its goods. Its floor is the bare range read of the vendor's postings, as rows. The
 * two take turns.
 */
export async function statementFigures(lines = LINES): Promise<Figure[]> {
  const dir = temporaryFolder('titipan-bench');
  const shop = await openManyVendors(dir);
  try {
    fillUpTo(shop.running, shop.products, lines, shop.place);
    return [30, 7].map((days) => {
      const { statement, floor } = measure(shop, days);
      const name = `statement of ${days} days among ${lines} lines`;
      return figure(name, percentile(statement, 0.5), 'ms', percentile(floor, 0.5), 3);
    });
  } finally {
    await shop.running.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function measure(shop: ManyVendors, days: number): { statement: number[]; floor: number[] } {
  const { books } = shop.running.engine;
  const toDay = shop.place.day;
  const fromDay = addDays(toDay, 1 - days);
  const read = books.prepare(RANGE_READ).raw();
  const fromSeq = books.prepare('SELECT min(seq) FROM journal WHERE day >= ?').pluck().get(fromDay);
  const times = { statement: [] as number[], floor: [] as number[] };
  for (let sample = -20; sample < SAMPLES; sample += 1) {
    const vendor = shop.products[(sample + 20) * 2]?.vendor as number;
    const ask = () => shop.call(vendorStatement, { vendor, fromDay, toDay });
    const readBare = () => read.all(String(vendor), fromSeq, fromDay, toDay);
    let statement: OutputOf<typeof vendorStatement> | undefined;
    let rows: unknown[] = [];
    // Whoever goes second finds pages that the first has read.
    const isFirst = sample % 2 === 0;
    const start = performance.now();
    if (isFirst) statement = ask();
    else rows = readBare();
    const middle = performance.now();
    if (isFirst) rows = readBare();
    else statement = ask();
    const end = performance.now();
    const share = statement?.sections[0]?.sumRupiah;
    if (share !== rows.length * 15_300)
      throw new Error(`vendor ${vendor} shows ${share} of ${rows.length} lines`);
    if (sample < 0) continue;
    times.statement.push(isFirst ? middle - start : end - middle);
    times.floor.push(isFirst ? end - middle : middle - start);
  }
  return times;
}
