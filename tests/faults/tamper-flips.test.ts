/**
 * Proves that a byte that changed anywhere in the live file never gives a wrong figure silently: after each flip the
 * engine refuses to start, or the verification names the damage, or every balance, statement, stock and shift figure
 * is exactly what it was. Every byte of the file's header is flipped, and seeded random bytes of the rest.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { boot } from '../../main/engine/boot.ts';
import { EngineError } from '../../main/engine/engine-error.ts';
import { handlers } from '../../main/engine/handlers/index.ts';
import { createLedger } from '../../main/engine/ledger.ts';
import type { Books } from '../../main/engine/store/open.ts';
import { statementsOf } from '../../main/engine/store/statements.ts';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { CHEAP_PIN, startEngine, temporaryFolder } from '../support/engine.ts';
import { type FullShop, openFullShop } from '../support/full-shop.ts';
import { seed } from '../support/seed.ts';
import { seededRandom } from '../unit/seal-support.ts';

const FLIPS = process.env.SOAK === '1' ? 5000 : 200;
const HEADER_BYTES = 100;

const counts = { refused: 0, named: 0, unchanged: 0 };
afterAll(() => console.log(`SEED=${seed} ${JSON.stringify(counts)}`));

it('never shows another figure after a flipped byte without saying so', async () => {
  const { dir, bytes, before, shop } = await stoppedShop();
  const random = seededRandom();
  const used = [...bytes.keys()].filter((at) => at >= HEADER_BYTES && bytes[at] !== 0);
  const places = Array.from({ length: HEADER_BYTES }, (_, at) => at);
  for (let flip = 0; flip < FLIPS; flip += 1) {
    // Most of the file is empty space; two flips of three go where something is stored.
    const anywhere = Math.floor(random() * bytes.length);
    places.push(flip % 3 === 0 ? anywhere : (used[Math.floor(random() * used.length)] as number));
  }
  for (const at of places) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] as number) ^ (1 + Math.floor(random() * 255));
    rmSync(join(dir, 'titipan.db-wal'), { force: true });
    writeFileSync(join(dir, 'titipan.db'), flipped);
    const what = `byte ${at}: ${bytes[at]} became ${flipped[at]} (SEED=${seed})`;
    await look(dir, shop, before, what);
  }
  expect(counts.refused + counts.named + counts.unchanged).toBe(places.length);
  expect(counts.named).toBeGreaterThan(0);
});

async function stoppedShop() {
  const engine = await startEngine();
  const shop = await openFullShop(engine);
  const before = figures(engine.engine.books, shop);
  await engine.stop();
  const dir = temporaryFolder();
  cpSync(engine.dir, dir, { recursive: true });
  return { dir, shop, before, bytes: readFileSync(join(dir, 'titipan.db')) };
}

async function look(dir: string, shop: FullShop, before: string, what: string): Promise<void> {
  let running: Awaited<ReturnType<typeof boot>>;
  try {
    running = await boot({ dir, pinCost: CHEAP_PIN });
  } catch (error) {
    // A sentence for the person at the screen, not whatever SQLite happened to throw.
    expect(error, `${what}: ${error}`).toBeInstanceOf(EngineError);
    counts.refused += 1;
    return;
  }
  try {
    if (verifyBooks(running.engine.books).problems.length > 0) counts.named += 1;
    else {
      expect(figures(running.engine.books, shop), what).toBe(before);
      counts.unchanged += 1;
    }
  } finally {
    await running.stop();
  }
}

/** Every figure a person can see, as one text, asked from the handlers that the screens ask. */
function figures(books: Books, shop: FullShop): string {
  const sql = statementsOf(books);
  const { totals, shelves } = createLedger(sql);
  const reject = (name: string) => {
    throw new Error(name);
  };
  const context = { sql, totals, shelves, reject, actor: 1, at: Date.now() };
  const ask = (name: string, input: object) => {
    const run = handlers.get(name)?.run as ((ctx: unknown, input: unknown) => unknown) | undefined;
    return run?.(context, input) ?? reject(`no query ${name}`);
  };
  const everything = [
    ask('books.balances', {}),
    ask('vendor.list', { limit: 500, after: 0 }),
    ...[shop.vendor, shop.netVendor].map((vendor) => ask('vendor.statement', { vendor })),
    ...[shop.product, shop.netProduct, shop.oversoldProduct].map((product) =>
      ask('stock.batches', { product }),
    ),
    ask('product.list', { limit: 500, after: 0 }),
    ask('sale.list', { limit: 500 }),
    ask('intake.list', { limit: 500 }),
    ask('settlement.get', { settlement: shop.settlement }),
    ask('shift.summary', { shift: shop.shift }),
  ];
  return JSON.stringify(everything);
}
