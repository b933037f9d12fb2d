/**
 * Proves that nothing a cashier was told is lost and nothing is sold twice, whatever dies: a scripted cashier rings
 * sales through the real window by keyboard while the engine, the window's own process or the whole program is killed
 * at random moments. Every basket holds goods that no other basket holds, so that the books can be compared with the
 * script line by line. `SALES=500` and SOAK=1 ring the long row.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../bench/figure.ts';
import { openBenchShop } from '../bench/shop.ts';
import { chownTree } from '../support/chown-tree.ts';
import { type Display, makeFolder, removeFolder, startDisplay } from '../support/electron-runtime.ts';
import { startEngine } from '../support/engine.ts';
import { seed } from '../support/seed.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { copyBuild } from './built-program.ts';
import { type Basket, cashierAt, type Rung, STEPS, type Step } from './cashier.ts';
import { DEATHS, type Death, type KilledTill, startKilledTill } from './killed-till.ts';

const SALES = Number(process.env.SALES ?? (process.env.SOAK === '1' ? 500 : 50));
/** One sale in so many has something die in it. */
const ONE_IN = 5;
/** The longest between a step of the cashier and the blow: about what the step takes, and a little more. */
const WITHIN_MS: Readonly<Record<Step, number>> = { scan: 250, open: 150, finish: 60 };
/** Long enough for the key to reach the page and the page to send the sale to an engine that stands still. */
const POWER_MS = 300;
const PRODUCTS_OF_A_VENDOR = 20;
const CASHIER = { username: 'kasir', pin: '914726' };
/** Twice the second line of every basket. */
const COMMON = { code: '50020', name: 'Produk 50-20', priceRupiah: 15_000 };

let display: Display;
let folder: string;
let dataDir: string;
let till: KilledTill;

beforeAll(async () => {
  display = await startDisplay();
  folder = copyBuild();
  dataDir = makeFolder('data');
  const shop = await openBenchShop(dataDir);
  await shop.running.stop();
  chownTree(dataDir);
  till = await startKilledTill(folder, display, dataDir);
});

afterAll(async () => {
  await till?.close();
  await display?.stop();
  for (const each of [folder, dataDir]) removeFolder(each);
});

const rupiahText = (amount: number) => `Rp${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')}`;

/** The basket of one sale: a product of its own, and two of what everybody takes. */
function basketOf(sale: number): Basket & { product: number } {
  const vendor = 1 + Math.floor(sale / PRODUCTS_OF_A_VENDOR);
  const number = 1 + (sale % PRODUCTS_OF_A_VENDOR);
  const own = { code: String(vendor * 1_000 + number), name: `Produk ${vendor}-${number}` };
  const total = 5_000 + number * 500 + 2 * COMMON.priceRupiah;
  return {
    product: sale + 1,
    lines: [own, { ...COMMON, code: `2*${COMMON.code}` }],
    total: rupiahText(total),
  };
}

interface Plan {
  atStep(step: Step): void;
  /** Resolves when the blow has fallen, or could not. */
  fallen(): Promise<void>;
}

/** Perhaps something dies in the coming sale: what, at which step, how long after it. Every death has its turn. */
function planDeath(random: () => number, bag: Death[], counts: Record<Death, number>): Plan {
  if (random() * ONE_IN >= 1) return { atStep: () => {}, fallen: async () => {} };
  if (bag.length === 0) bag.push(...DEATHS);
  const [death] = bag.splice(Math.floor(random() * bag.length), 1) as [Death];
  const fatal = death === 'power' ? 'finish' : (STEPS[Math.floor(random() * STEPS.length)] as Step);
  // Squared: the first milliseconds, in which everything happens, are hit most.
  const afterMs = random() ** 2 * WITHIN_MS[fatal] + (death === 'power' ? POWER_MS : 0);
  const blow = till.prepare(death);
  let fall: Promise<void> | undefined;
  return {
    atStep(step) {
      if (step !== fatal || fall || !blow) return;
      blow.freeze();
      counts[death] += 1;
      fall = new Promise((done) => {
        setTimeout(() => {
          blow.strike();
          done();
        }, afterMs);
      });
    },
    fallen: () => fall ?? Promise.resolve(),
  };
}

test(`${SALES} sales with processes killed at random: each is in the books once`, async () => {
  const random = seededRandom(seed);
  const cashier = cashierAt(till, CASHIER);
  const counts: Record<Death, number> = { engine: 0, window: 0, program: 0, power: 0 };
  const bag: Death[] = [];
  const rung: Rung[] = [];
  const startedAtMs = performance.now();
  for (let sale = 0; sale < SALES; sale += 1) {
    const plan = planDeath(random, bag, counts);
    rung.push(await cashier.ring(basketOf(sale), plan.atStep));
    await plan.fallen();
  }
  const seconds = (performance.now() - startedAtMs) / 1_000;
  await till.close();

  const acknowledged = rung.flatMap(({ number }, sale) => (number === undefined ? [] : [{ number, sale }]));
  const recorded = rung.filter((each) => each.recorded > 0).length;
  console.info(
    `${SALES} sales in ${seconds.toFixed(0)} s; killed: ${JSON.stringify(counts)}; ` +
      `${acknowledged.length} shown, ${SALES - acknowledged.length} known to the books alone, ` +
      `${recorded} came back as "not recorded"`,
  );
  const engine = await startEngine({ dir: dataDir });
  try {
    const sold = engine.engine.books
      .prepare(
        'SELECT number, product FROM sale JOIN sale_line USING (seq) WHERE product <> ? ORDER BY product',
      )
      .all(1_000) as { number: string; product: number }[];
    expect(sold.map(({ product }) => product)).toEqual(rung.map((_, sale) => basketOf(sale).product));
    for (const { number, sale } of acknowledged) expect([sale, number]).toEqual([sale, sold[sale]?.number]);
    expect(recorded, 'sales that came back as "not recorded"').toBeGreaterThan(0);
    for (const death of DEATHS) expect(counts[death], death).toBeGreaterThan(0);
    await expectWholeBooks(engine);
  } finally {
    await engine.stop();
  }
}, 1_800_000);
