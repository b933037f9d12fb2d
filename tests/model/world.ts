/**
 * The shop that every history begins in: four people, two tills and a safe with money, goods under every kind of terms,
 * some about to expire. It is set up once, through both books, and copied for each history.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { centerChange, centerCreate } from '../../shared/contract/center.ts';
import type { InputOf } from '../../shared/contract/define.ts';
import { intakeConfirm, purchaseConfirm } from '../../shared/contract/intake.ts';
import { userCreate } from '../../shared/contract/people.ts';
import { productCreate, promotionCreate } from '../../shared/contract/product.ts';
import { cashIn, drawerCreate, shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet, groupCreate, vendorChange, vendorCreate } from '../../shared/contract/vendor.ts';
import { feeRecur } from '../../shared/contract/vendor-money.ts';
import { startEngine } from '../support/engine.ts';
import { STATIC_QRIS } from '../support/full-shop-sale.ts';
import type { Books } from './data.ts';
import { PEOPLE, TwoBooks } from './two-books.ts';

/** 2 November 2026, 09.00 in western Indonesia: a Monday. */
const OPENED_AT = Date.UTC(2026, 10, 2, 2);

export interface World {
  dir: string;
  page: Books;
  now: number;
}

type Agreement = InputOf<typeof agreementSet>;

/** Vendors, numbered from 1; the last has no terms, so that its goods cannot be sold yet. */
const VENDORS: { agreement?: Omit<Agreement, 'vendor'>; hasBank?: boolean }[] = [
  { agreement: { terms: { model: 'percent', rateBps: 1_500 } }, hasBank: true },
  { agreement: { terms: { model: 'net-price' }, loss: { bearer: 'center' } } },
  {
    agreement: {
      terms: { model: 'fixed', perUnitRupiah: 57 },
      loss: { bearer: 'shared', vendorBps: 3_333 },
    },
  },
  {
    agreement: {
      terms: { model: 'margin', rateBps: 3_333 },
      discountBearer: 'vendor',
      loss: { bearer: 'allowance', allowanceBps: 500 },
    },
    hasBank: true,
  },
  { agreement: { terms: { model: 'none' }, discountBearer: 'center' } },
  {},
];

/** Products, numbered from 1: whose, at which price, and the days until each batch of twenty expires. */
const PRODUCTS: {
  vendor: number;
  priceRupiah: number;
  batches?: (number | undefined)[];
  more?: Partial<InputOf<typeof productCreate>>;
}[] = [
  { vendor: 1, priceRupiah: 18_000, batches: [3, undefined, 1], more: { category: 'Kerupuk' } },
  { vendor: 1, priceRupiah: 7_777, batches: [undefined], more: { category: 'Kue' } },
  { vendor: 2, priceRupiah: 25_000, batches: [2, 2, 9], more: { netPriceRupiah: 20_001 } },
  { vendor: 3, priceRupiah: 333, batches: [undefined, 4] },
  { vendor: 4, priceRupiah: 28_500, batches: [undefined], more: { costRupiah: 17_000, unit: 'kg' } },
  { vendor: 5, priceRupiah: 1_999, batches: [0, 1] },
  { vendor: 1, priceRupiah: 40_000, batches: [undefined], more: { category: 'Batik' } },
  { vendor: 2, priceRupiah: 12_345, more: { own: true } },
  { vendor: 6, priceRupiah: 5_000, more: { category: 'Batik' } },
  { vendor: 5, priceRupiah: 15_000, more: { own: true, category: 'Kue' } },
];

/**
 * Tens of thousands of commits are fsyncs that wait for a disk. What outlives a power cut is proven in tests/faults; here
 * the files lie in memory where there is such a folder, and the waiting goes into more histories.
 */
const IN_MEMORY = '/dev/shm';

function newFolder(): string {
  return mkdtempSync(join(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'titipan-model-'));
}

export async function openWorld(): Promise<World> {
  const clock = { now: OPENED_AT };
  const engine = await startEngine({ dir: newFolder(), now: () => clock.now });
  const books = new TwoBooks(engine, clock, { rows: {}, books: {}, log: [] });
  const { ratna, ...others } = PEOPLE;
  await books.must({
    as: 'ratna',
    entry: centerCreate,
    input: {
      name: 'Pusat Oleh-Oleh Contoh',
      operator: 'Koperasi',
      admin: { username: 'ratna', name: 'Ratna Dewi', pin: ratna.pin },
    },
  });
  for (const [username, { role, pin }] of Object.entries(others)) {
    const name = `Nama ${username}`;
    await books.must({ as: 'ratna', entry: userCreate, input: { username, name, role, pin } });
  }
  await books.must({ as: 'ratna', entry: centerChange, input: { qrisStatic: STATIC_QRIS } });
  await books.must({ as: 'ratna', entry: drawerCreate, input: { code: 'K2', name: 'Kasir 2' } });
  await openCatalogue(books);
  await stock(books);
  const opening = { shift: 1, amountRupiah: 5_000_000, kind: 'opening' as const, memo: 'modal' };
  await books.must({ as: 'ratna', entry: cashIn, input: opening });
  const float = { floatRupiah: 300_000 };
  await books.must({ as: 'siti', entry: shiftOpen, input: { drawer: 1, ...float } });
  await books.must({ as: 'dewi', entry: shiftOpen, input: { drawer: 3, ...float, floatFrom: 'opening' } });
  await engine.stop();
  return { dir: engine.dir, page: books.page, now: clock.now };
}

async function openCatalogue(books: TwoBooks): Promise<void> {
  const as = 'budi';
  for (const [index, { agreement, hasBank }] of VENDORS.entries()) {
    const person = hasBank ? { person: { bankCode: '014', bankAccount: `008765432${index}` } } : {};
    const input = { code: `V${index + 1}`, name: `Penitip ${index + 1}`, ...person };
    const { vendor } = await books.must({ as, entry: vendorCreate, input });
    if (agreement) await books.must({ as, entry: agreementSet, input: { vendor, ...agreement } });
  }
  for (const [index, { vendor, priceRupiah, more }] of PRODUCTS.entries()) {
    const input = {
      vendor,
      name: `Barang ${index + 1}`,
      barcodes: [`899000${index + 1}`],
      priceRupiah,
      ...more,
    };
    await books.must({ as, entry: productCreate, input });
  }
  const kue = { terms: { model: 'percent', rateBps: 1_250 }, category: 'Kue' } as const;
  await books.must({ as, entry: agreementSet, input: kue });
  const batik = { ...kue, category: 'Batik', terms: { ...kue.terms, rateBps: 2_000 } } as const;
  await books.must({ as, entry: agreementSet, input: { vendor: 1, ...batik } });
  const { group } = await books.must({ as, entry: groupCreate, input: { name: 'Tongas' } });
  await books.must({ as, entry: vendorChange, input: { vendor: 1, group } });
  const days = { from: '2026-11-01', to: '2026-11-20' };
  const third = { sharedBps: 3_334, centerBps: 3_333, vendorBps: 3_333 };
  const shared = { sharedBps: 10_000, centerBps: 0, vendorBps: 0 };
  const input = { name: 'Pekan batik', ...days, rateBps: 1_111, bearers: third, vendor: 1 };
  await books.must({ as, entry: promotionCreate, input });
  const everything = { name: 'Semua', ...days, rateBps: 500, bearers: shared };
  await books.must({ as, entry: promotionCreate, input: everything });
  const rent = {
    vendor: 1,
    name: 'Sewa rak',
    amountRupiah: 2_500,
    cycle: { kind: 'weekly', weekday: 3 },
  } as const;
  await books.must({ as, entry: feeRecur, input: rent });
}

async function stock(books: TwoBooks): Promise<void> {
  const as = 'budi';
  for (const [index, { vendor, batches, more }] of PRODUCTS.entries()) {
    const product = index + 1;
    if (more?.own) {
      const lines = [{ product, qty: 12_000, unitCostRupiah: 8_333 }];
      await books.must({ as, entry: purchaseConfirm, input: { vendor, lines, paid: 'bank' } });
    }
    if (!batches) continue;
    const lines = batches.map((days) => ({
      product,
      qty: 20_000,
      ...(days !== undefined && { expires: dayAfter(OPENED_AT, days) }),
    }));
    await books.must({ as, entry: intakeConfirm, input: { vendor, lines } });
  }
}

function dayAfter(at: number, days: number): string {
  return new Date(at + (days + 7 / 24) * 86_400_000).toISOString().slice(0, 10);
}

/** The same shop again, in a folder of its own; `close` removes it. */
export async function copyOf(world: World): Promise<{ books: TwoBooks; close(): Promise<void> }> {
  const dir = newFolder();
  for (const file of ['titipan.db', 'keys.json']) copyFileSync(join(world.dir, file), join(dir, file));
  const clock = { now: world.now };
  const engine = await startEngine({ dir, now: () => clock.now });
  return {
    books: new TwoBooks(engine, clock, structuredClone(world.page)),
    async close() {
      await engine.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
