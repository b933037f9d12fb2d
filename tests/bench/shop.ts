import { type BootOptions, boot, type RunningEngine } from '../../main/engine/boot.ts';
import { createDoor } from '../../main/engine/door.ts';
import { centerCreate } from '../../shared/contract/center.ts';
import type { Entry, InputOf, OutputOf } from '../../shared/contract/define.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { authSignIn, userCreate } from '../../shared/contract/people.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import { type CallFrame, FRAME_VERSION, type Outcome } from '../../shared/wire/frame.ts';
import { CHEAP_PIN, newCommandId } from '../support/engine.ts';
import { seededRandom } from './figure.ts';

const VENDORS = 50;
const PRODUCTS_OF_A_VENDOR = 20;
const BATCHES_OF_A_PRODUCT = 3;
const LINES_OF_A_SALE = 5;

/** A shop whose engine is called at its door, without a port: what is measured is the engine. */
export interface BenchShop {
  readonly running: RunningEngine;
  /** The session of the one who opened the drawer. */
  readonly session: string;
  /** A basket of five lines paid in cash, as the frame a till sends. */
  basket(): CallFrame;
  /** Rings a basket at the door; answers the journal row it became. */
  ring(basket: CallFrame): number;
  transfers(): number;
}

export async function openBenchShop(dir: string, options: Partial<BootOptions> = {}): Promise<BenchShop> {
  const running = await boot({ pinCost: CHEAP_PIN, ...options, dir });
  const door = createDoor(running.engine);
  const random = seededRandom(20_261_121);
  let session: string | undefined;

  function frameOf<E extends Entry>(entry: E, input: InputOf<E>): CallFrame {
    const commandId = entry.kind === 'command' ? newCommandId() : undefined;
    return {
      v: FRAME_VERSION,
      kind: 'call',
      callId: 1,
      name: entry.name,
      input,
      device: 'bench',
      ...(commandId !== undefined && { commandId }),
      ...(session !== undefined && { session }),
    };
  }

  async function must<E extends Entry>(entry: E, input: InputOf<E>): Promise<OutputOf<E>> {
    return okValue(entry, await door.handle(frameOf(entry, input), 'page'));
  }

  await must(centerCreate, { name: 'Bench', admin: { username: 'bench', name: 'Bench', pin: '739184' } });
  session = (await must(authSignIn, { username: 'bench', pin: '739184' })).token;
  const products: { product: number; priceRupiah: number }[] = [];
  for (let v = 1; v <= VENDORS; v += 1) {
    const { vendor } = await must(vendorCreate, { code: `V${v}`, name: `Penitip ${v}` });
    await must(agreementSet, { vendor, terms: { model: 'percent', rateBps: 1000 + v * 10 } });
    for (let p = 1; p <= PRODUCTS_OF_A_VENDOR; p += 1) {
      const priceRupiah = 5_000 + p * 500;
      const name = `Produk ${v}-${p}`;
      const { product } = await must(productCreate, {
        vendor,
        name,
        barcodes: [`${v * 1000 + p}`],
        priceRupiah,
      });
      products.push({ product, priceRupiah });
    }
    const mine = products.slice(-PRODUCTS_OF_A_VENDOR);
    for (let batch = 1; batch <= BATCHES_OF_A_PRODUCT; batch += 1) {
      const lines = mine.map(({ product }) => ({ product, qty: 9_000_000_000 / BATCHES_OF_A_PRODUCT }));
      await must(intakeConfirm, {
        vendor,
        lines: lines.map((line) => ({ ...line, expires: `20${30 + batch}-01-31` })),
      });
    }
  }
  await must(userCreate, { username: 'kasir', name: 'Kasir', role: 'cashier', pin: '914726' });
  session = (await must(authSignIn, { username: 'kasir', pin: '914726' })).token;
  const { shift } = await must(shiftOpen, { drawer: 1, floatRupiah: 1_000_000, floatFrom: 'opening' });

  return {
    running,
    session,
    basket() {
      const lines = Array.from({ length: LINES_OF_A_SALE }, () => {
        const pick = products[Math.floor(random() * products.length)] as (typeof products)[number];
        return { ...pick, qty: 1000 * (1 + Math.floor(random() * 3)) };
      });
      const totalRupiah = lines.reduce((sum, line) => sum + (line.priceRupiah * line.qty) / 1000, 0);
      const tenders = [
        { kind: 'cash' as const, amountRupiah: Math.ceil((totalRupiah + 1) / 50_000) * 50_000 },
      ];
      return frameOf(saleComplete, { shift, lines, totalRupiah, tenders });
    },
    ring(basket) {
      const outcome = door.handle(basket, 'page');
      if (outcome instanceof Promise) throw new Error('a sale answers at once');
      return okValue(saleComplete, outcome).sale;
    },
    transfers: () => running.engine.sql.value<number>('SELECT max(id) FROM transfer') ?? 0,
  };
}

function okValue<E extends Entry>(entry: E, outcome: Outcome): OutputOf<E> {
  if (outcome.outcome !== 'ok') throw new Error(`${entry.name}: ${JSON.stringify(outcome)}`);
  return outcome.value as OutputOf<E>;
}
