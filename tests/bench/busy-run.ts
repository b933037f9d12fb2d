import { rmSync } from 'node:fs';
import { liveRun } from '../../main/engine/store/runs.ts';
import { runStart } from '../../shared/contract/run.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { portPair } from '../../shared/wire/port.ts';
import { newCommandId, temporaryFolder, testClient } from '../support/engine.ts';
import { type Figure, figure, percentile, seededRandom } from './figure.ts';
import { type ManyVendors, openManyVendors } from './many-vendors.ts';
import { takeOut } from './settle.ts';
import { fillUpTo } from './sold-lines.ts';

const LINES = [100_000, 1_000_000];
const SALES = 2_000;
/** Sales with and without a run take turns, so that whatever else the machine does hits both alike. */
const BLOCK = 200;
/** A till that is busier than any: the next sale comes after at most this long. */
const PAUSE_MS = 6;
const LINES_OF_A_SALE = 5;
const PRICE_RUPIAH = 18_000;

/**
 * Sales of five lines over an in-memory port while a run over 500 vendors goes on, beside the same sales of the same
 * engine without one. Another run begins as soon as one has ended; what it wrote is taken out outside the clock.
 */
export async function busyRunFigures(sizes: readonly number[] = LINES): Promise<Figure[]> {
  const dir = temporaryFolder('titipan-bench');
  const shop = await openManyVendors(dir);
  const figures: Figure[] = [];
  try {
    for (const lines of sizes) {
      fillUpTo(shop.running, shop.products, lines, shop.place);
      const till = tillOf(shop);
      await sell(shop, till, { sales: BLOCK, isBusy: true });
      const usual: number[] = [];
      const busy: number[] = [];
      while (busy.length < SALES) {
        usual.push(...(await sell(shop, till, { sales: BLOCK, isBusy: false })));
        busy.push(...(await sell(shop, till, { sales: BLOCK, isBusy: true })));
      }
      for (const share of [0.5, 0.99]) {
        const [value, floor] = [percentile(busy, share), percentile(usual, share)];
        const name = `sale during a run p${share * 100}, ${lines} lines`;
        figures.push(figure(name, value, 'ms', floor, share === 0.99 ? 3 : null));
      }
    }
  } finally {
    await shop.running.stop();
    rmSync(dir, { recursive: true, force: true });
  }
  return figures;
}

type Till = (random: () => number) => Promise<number>;

/** Rings one sale over a port; answers how long it took to be told, in milliseconds. */
function tillOf({ running, products, place, session }: ManyVendors): Till {
  const [mine, theirs] = portPair();
  running.server.serve(theirs, 'page');
  const client = testClient('bench');
  client.connect(mine);
  client.setSession(session);
  return async (random) => {
    const lines = Array.from({ length: LINES_OF_A_SALE }, () => {
      const { product } = products[Math.floor(random() * products.length)] as (typeof products)[number];
      return { product, qty: 1000, priceRupiah: PRICE_RUPIAH };
    });
    const totalRupiah = LINES_OF_A_SALE * PRICE_RUPIAH;
    const tenders = [{ kind: 'cash' as const, amountRupiah: totalRupiah }];
    const commandId = newCommandId();
    const before = performance.now();
    await client.must(saleComplete, { shift: place.shift, lines, totalRupiah, tenders }, { commandId });
    return performance.now() - before;
  };
}

async function sell(
  shop: ManyVendors,
  till: Till,
  { sales, isBusy }: { sales: number; isBusy: boolean },
): Promise<number[]> {
  const random = seededRandom(shop.running.engine.journal.head().seq);
  const times: number[] = [];
  const { engine } = shop.running;
  while (times.length < sales) {
    if (isBusy && !liveRun(engine.sql)) {
      takeOut(shop);
      shop.call(runStart, { kind: 'prepare' });
    }
    const sentAt = await due(performance.now() + random() * PAUSE_MS);
    // The customer came when the till was due, whatever the engine was doing then.
    times.push(performance.now() - sentAt + (await till(random)));
  }
  while (liveRun(engine.sql)) await new Promise((resolve) => setImmediate(resolve));
  takeOut(shop);
  return times;
}

/** Waits until a moment, or a little later when a part of a run holds it up; answers that moment. */
async function due(moment: number): Promise<number> {
  while (performance.now() < moment) await new Promise((resolve) => setImmediate(resolve));
  return moment;
}
