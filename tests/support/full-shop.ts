/**
 * A small shop that has lived through everything the books know: every history table holds rows, the journal holds
 * rejected commands as well, and personal data of a vendor lies sealed. What the tests of tampering, secrets and
 * replay are run on.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clockConfirm } from '../../shared/contract/center.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { authApprove } from '../../shared/contract/people.ts';
import { printerSet } from '../../shared/contract/printing.ts';
import { blobPut, importApply, importRead, priceSet, productCreate } from '../../shared/contract/product.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementPay, settlementPrepare } from '../../shared/contract/settlement.ts';
import { drawerCreate, shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import { businessDayAt } from '../../shared/domain/calendar.ts';
import { newCommandId, type TestClient, type TestEngine } from './engine.ts';
import { type CatalogueOfFullShop, changeCatalogue } from './full-shop-catalogue.ts';
import { type DrawersOfFullShop, moveCash } from './full-shop-drawers.ts';
import { type GoodsOfFullShop, moveGoods } from './full-shop-goods.ts';
import { leaveOpen, type OpenOfFullShop } from './full-shop-open.ts';
import { type PaperOfFullShop, printAllWays } from './full-shop-paper.ts';
import { changePeople, type PeopleOfFullShop } from './full-shop-people.ts';
import { type RefundsOfFullShop, takeBack } from './full-shop-refund.ts';
import { type RunsOfFullShop, settleByRuns } from './full-shop-runs.ts';
import { type SalesOfFullShop, sellAllWays } from './full-shop-sale.ts';
import { type SettlementsOfFullShop, settleAllWays } from './full-shop-settlement.ts';
import { openShop, PINS, type Shop } from './shop.ts';

/** Distinctive, fictitious personal data of the second vendor. */
export const PERSON = {
  name: 'Sumiyati Wulandari',
  phone: '081298765430',
  address: 'Jalan Cemara Kipas 88 Tongas',
  nik: '3513204507860003',
  npwp: '091234567613000',
  bankAccount: '0087654321098',
  bankHolder: 'Sumiyati W Hartono',
} as const;

export interface FullShop
  extends Shop,
    CatalogueOfFullShop,
    DrawersOfFullShop,
    GoodsOfFullShop,
    OpenOfFullShop,
    PaperOfFullShop,
    PeopleOfFullShop,
    RefundsOfFullShop,
    RunsOfFullShop,
    SalesOfFullShop,
    SettlementsOfFullShop {
  /** Vendor on net-price terms, with a contact person. */
  netVendor: number;
  /** 25.000 rupiah, net price 20.000, two batches. */
  netProduct: number;
  /** Sold before it was ever taken in. */
  oversoldProduct: number;
  settlement: number;
  /** Tokens given out on the way, for those who look for them in files. */
  tokens: string[];
}

/** One line at the product's price, paid exactly. */
export function oneLine(shift: number, product: number, pieces: number, priceRupiah: number) {
  const totalRupiah = pieces * priceRupiah;
  return {
    shift,
    lines: [{ product, qty: pieces * 1000, priceRupiah }],
    totalRupiah,
    tenders: [{ kind: 'cash' as const, amountRupiah: totalRupiah }],
  };
}

export async function openFullShop(engine: TestEngine): Promise<FullShop> {
  const shop = await openShop(engine);
  const tokens: string[] = [];
  const { admin, manager, cashier, drawer, vendor, product } = shop;
  const paper = join(engine.dir, 'paper.prn');
  writeFileSync(paper, '');
  await manager.must(printerSet, {
    drawer,
    address: { kind: 'file', path: paper },
    paperMm: 58,
    profile: 'simple58',
  });
  const { drawer: otherDrawer } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  await admin.ask(drawerCreate, { code: 'K2', name: 'Kasir dua' });
  const { netVendor, netProduct } = await netPriceVendor(engine, manager);
  await importSheet(manager);
  const { product: oversoldProduct } = await manager.must(productCreate, {
    vendor,
    name: 'Petis udang',
    priceRupiah: 7_777,
    category: 'Bumbu',
    unit: 'botol',
  });
  await manager.must(priceSet, { product: oversoldProduct, priceRupiah: 9_333 });

  await cashier.must(saleComplete, oneLine(shop.shift, netProduct, 8, 25_000));
  await cashier.must(saleComplete, oneLine(shop.shift, oversoldProduct, 2, 9_333));
  await manager.must(intakeConfirm, {
    vendor,
    lines: [{ product: oversoldProduct, qty: 10_000 }],
    note: 'titipan pagi',
  });
  await cashier.must(saleComplete, {
    shift: shop.shift,
    lines: [
      { product, qty: 3_000, priceRupiah: 18_000 },
      { product: oversoldProduct, qty: 1_000, priceRupiah: 9_333 },
    ],
    totalRupiah: 63_333,
    tenders: [
      { kind: 'cash', amountRupiah: 50_000 },
      { kind: 'cash', amountRupiah: 20_000 },
    ],
  });
  await cashier.ask(saleComplete, oneLine(shop.shift, product, 1, 17_000));
  const expected = 200_000 + 200_000 + 18_600 + 63_300;
  await cashier.must(shiftClose, { shift: shop.shift, countedRupiah: expected - 500 });

  const settlement = await settle(manager, vendor, tokens);
  await manager.must(clockConfirm, {});
  const { shift } = await cashier.must(shiftOpen, { drawer, floatRupiah: 100_000 });
  await cashier.must(saleComplete, oneLine(shift, product, 2, 18_000));
  const catalogue = await changeCatalogue(manager, vendor);
  const people = await changePeople(shop, { netVendor, phone: PERSON.phone });
  const goods = await moveGoods(manager);
  const refunds = await takeBack(shop, shift);
  const drawers = await moveCash(shop, shift);
  const sales = await sellAllWays({ ...shop, shift });
  const settlements = await settleAllWays({ ...shop, shift });
  const runs = await settleByRuns(shop, shift);
  const papers = await printAllWays({
    shop,
    shift,
    otherDrawer,
    path: paper,
    batch: goods.ownBatch,
    batchProduct: goods.ownProduct,
  });
  const open = await leaveOpen(engine, { ...shop, shift });
  return {
    ...shop,
    ...catalogue,
    ...people,
    ...goods,
    ...drawers,
    ...refunds,
    ...sales,
    ...settlements,
    ...runs,
    ...papers,
    ...open,
    shift,
    netVendor,
    netProduct,
    oversoldProduct,
    settlement,
    tokens,
  };
}

async function netPriceVendor(engine: TestEngine, manager: TestClient) {
  const { vendor: netVendor } = await manager.must(vendorCreate, {
    code: 'SMY',
    name: 'Dapur Wulan',
    person: { ...PERSON, bankCode: '014' },
  });
  const from = businessDayAt(engine.engine.now(), 420);
  await manager.must(agreementSet, { vendor: netVendor, terms: { model: 'net-price' }, from });
  const { product: netProduct } = await manager.must(productCreate, {
    vendor: netVendor,
    name: 'Sambal cumi',
    barcodes: ['8992001', '8992002'],
    priceRupiah: 25_000,
    netPriceRupiah: 20_000,
  });
  await manager.must(intakeConfirm, {
    vendor: netVendor,
    lines: [
      { product: netProduct, qty: 5_000, expires: '2099-01-31' },
      { product: netProduct, qty: 5_000, expires: '2099-02-28' },
    ],
  });
  return { netVendor, netProduct };
}

async function importSheet(manager: TestClient): Promise<void> {
  const sheet = Buffer.from(
    'kode;nama;penitip;harga\n8993001;Keripik usus;KRP;12000\n;Terasi udang;KRP;5500\n',
    'utf8',
  );
  const sha256 = createHash('sha256').update(sheet).digest('hex');
  await manager.must(blobPut, { sha256, bytes: sheet.length, offset: 0, chunk: sheet.toString('base64') });
  const { prepared } = await manager.must(importRead, { blob: sha256 });
  if (prepared === null) throw new Error('the sheet has no row to import');
  await manager.must(importApply, { prepared });
}

/** Prepared by the manager, approved by the administrator who stands beside, paid from the safe with a rest. */
async function settle(manager: TestClient, vendor: number, tokens: string[]): Promise<number> {
  const { settlement, closingRupiah } = await manager.must(settlementPrepare, { vendor });
  const commandId = newCommandId();
  const figures = { settlement, amountRupiah: closingRupiah };
  const { approval } = await manager.must(authApprove, {
    commandId,
    action: 'settlement.approve',
    figures,
    username: 'ratna',
    pin: PINS.admin,
  });
  tokens.push(approval);
  await manager.must(settlementApprove, figures, { commandId, approval });
  const paid = await manager.must(settlementPay, { settlement });
  if (paid.restRupiah === 0) throw new Error('the payout of this shop is meant to leave a rest');
  return settlement;
}
