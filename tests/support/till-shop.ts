/**
 * A shop as a cashier meets it on a busy day: four vendors, goods with and without dates, one of which has only expired
 * pieces left, one sold out, one with a promotion; QRIS is set up, a printer stands beside the drawer, two baskets are
 * parked. For tests and pictures of the till.
 */

import { centerChange } from '../../shared/contract/center.ts';
import type { InputOf } from '../../shared/contract/define.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { printerSet } from '../../shared/contract/printing.ts';
import { productCreate, promotionCreate } from '../../shared/contract/product.ts';
import { saleComplete, saleHold } from '../../shared/contract/sale.ts';
import { shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import { addDays, type BusinessDay, businessDayAt } from '../../shared/domain/calendar.ts';
import { startEngine, type TestClient, type TestEngine } from './engine.ts';
import { openShop, PINS, type Shop, signIn } from './shop.ts';

/** A fictitious merchant's static code (docs/domain rule: safe to commit). */
export const STATIC_QRIS =
  '00020101021126620016ID.CO.CONTOH.WWW011893600999000000001202090000000120303UMI51440014ID.CO.QRIS.WWW0215ID10200000000120303UMI5204594753033605802ID5922PUSAT OLEH-OLEH CONTOH6011PROBOLINGGO61056725262070703A016304126D';

const VENDORS = [
  { code: 'BU-01', name: 'Keripik Bu Sri', rateBps: 2_000 },
  { code: 'DW-02', name: 'Dapur Wulan', rateBps: 1_500 },
  { code: 'PJ-03', name: 'Petis Pak Jono', rateBps: 1_500 },
  { code: 'MT-04', name: 'Batik Mutiara', rateBps: 2_500 },
] as const;

/** In the order of their barcodes: `tillCode(0)` is the first. */
export const TILL_GOODS = [
  { vendor: 'BU-01', name: 'Keripik usus pedas 200 g', priceRupiah: 25_000 },
  { vendor: 'DW-02', name: 'Sambal cumi 150 g', priceRupiah: 32_500 },
  { vendor: 'PJ-03', name: 'Petis udang asli 250 g', priceRupiah: 18_000 },
  { vendor: 'BU-01', name: 'Keripik tempe 250 g', priceRupiah: 22_000 },
  { vendor: 'DW-02', name: 'Abon tuna 100 g', priceRupiah: 38_500 },
  { vendor: 'MT-04', name: 'Tas batik kecil', priceRupiah: 75_000 },
  { vendor: 'PJ-03', name: 'Terasi bakar', priceRupiah: 7_500 },
  { vendor: 'BU-01', name: 'Kerupuk udang mentah', priceRupiah: 28_500, unit: 'kg' },
  { vendor: 'DW-02', name: 'Manisan mangga kering', priceRupiah: 15_000 },
  { vendor: 'MT-04', name: 'Kain batik tulis Probolinggo motif mangga anggur 2,5 m', priceRupiah: 1_250_000 },
  { vendor: 'PJ-03', name: 'Bumbu rujak', priceRupiah: 12_500 },
  { vendor: 'BU-01', name: 'Kerupuk rambak', priceRupiah: 17_500 },
] as const;

/** What is special about a product: its place in TILL_GOODS. */
export const SPECIAL = { onlyExpired: 10, soldOut: 11, promoted: 3, byWeight: 7, longName: 9 } as const;

export const tillCode = (index: number) => `89930010${String(index).padStart(5, '0')}`;

export interface TillShop extends Shop {
  products: number[];
  vendors: Map<string, number>;
  /** Both parked baskets' tickets. */
  tickets: number[];
  day: BusinessDay;
}

export interface TillShopOptions {
  /** Where the drawer's printer listens; none is set up when left out. */
  printerPort?: number;
  printer?: Partial<InputOf<typeof printerSet>>;
}

const TWO_DAYS_MS = 2 * 24 * 60 * 60 * 1000;

/** Boots an engine in `dir` two days ago, takes in what has expired since, and goes on today. Stop `engine` yourself. */
export async function bootTillShop(
  dir: string,
  options: TillShopOptions = {},
): Promise<{ engine: TestEngine; shop: TillShop }> {
  let agoMs = TWO_DAYS_MS;
  const engine = await startEngine({ dir, now: () => Date.now() - agoMs });
  const earlier = await openShop(engine);
  const { manager, cashier, drawer, admin } = earlier;
  await admin.must(centerChange, { qrisStatic: STATIC_QRIS });
  if (options.printerPort !== undefined) {
    await manager.must(printerSet, {
      drawer,
      address: { kind: 'tcp', host: '127.0.0.1', port: options.printerPort },
      paperMm: 58,
      profile: 'simple58',
      ...options.printer,
    });
  }
  const vendors = new Map<string, number>();
  for (const { code, name, rateBps } of VENDORS) {
    const { vendor } = await manager.must(vendorCreate, { code, name });
    await manager.must(agreementSet, { vendor, terms: { model: 'percent', rateBps } });
    vendors.set(code, vendor);
  }
  const before = businessDayAt(engine.engine.now(), 420);
  const products: number[] = [];
  for (const index of TILL_GOODS.keys()) products.push(await addGoods(manager, vendors, index, before));
  await cashier.must(shiftClose, { shift: earlier.shift, countedRupiah: 200_000 });
  agoMs = 0;
  // Two days later nobody is signed in any more.
  await signIn(admin, 'ratna', PINS.admin);
  await signIn(manager, 'budi', PINS.manager);
  await signIn(cashier, 'siti', PINS.cashier);
  const day = businessDayAt(engine.engine.now(), 420);
  const { shift } = await cashier.must(shiftOpen, { drawer, floatRupiah: 200_000 });
  const shop = { ...earlier, shift };
  await manager.must(promotionCreate, {
    name: 'Pekan keripik',
    from: day,
    to: addDays(day, 30),
    rateBps: 1_000,
    bearers: { sharedBps: 10_000, centerBps: 0, vendorBps: 0 },
    product: products[SPECIAL.promoted] ?? 0,
  });
  const tickets = [
    await park(cashier, drawer, products[0] ?? 0, 25_000, 'Bu Tini, bus biru'),
    await park(cashier, drawer, products[2] ?? 0, 18_000, undefined),
  ];
  await cashier.must(saleComplete, {
    shift: shop.shift,
    lines: [
      { product: products[0] ?? 0, qty: 2_000, priceRupiah: 25_000 },
      { product: products[2] ?? 0, qty: 1_000, priceRupiah: 18_000 },
    ],
    totalRupiah: 68_000,
    tenders: [{ kind: 'cash', amountRupiah: 100_000 }],
  });
  return { engine, shop: { ...shop, products, vendors, tickets, day } };
}

async function addGoods(
  manager: TestClient,
  vendors: ReadonlyMap<string, number>,
  index: number,
  day: BusinessDay,
): Promise<number> {
  const goods = TILL_GOODS[index] as (typeof TILL_GOODS)[number];
  const { name, priceRupiah } = goods;
  const vendor = vendors.get(goods.vendor) ?? 0;
  const unit = 'unit' in goods ? { unit: goods.unit } : {};
  const { product } = await manager.must(productCreate, {
    vendor,
    name,
    priceRupiah,
    barcodes: [tillCode(index)],
    ...unit,
  });
  if (index === SPECIAL.soldOut) return product;
  const expires = index === SPECIAL.onlyExpired ? day : index % 3 === 0 ? addDays(day, 60) : undefined;
  await manager.must(intakeConfirm, {
    vendor,
    lines: [{ product, qty: 24_000, ...(expires && { expires }) }],
  });
  return product;
}

async function park(
  cashier: TestClient,
  drawer: number,
  product: number,
  priceRupiah: number,
  name: string | undefined,
): Promise<number> {
  const basket = { lines: [{ product, qty: 1_000, priceRupiah }] };
  const { ticket } = await cashier.must(saleHold, { basket, drawer, ...(name && { name }) });
  return ticket;
}
