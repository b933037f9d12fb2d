/**
 * Proves the receipt of a committed sale on 58 mm paper, line for line: discounts below their line, the sale discount
 * below the lines, unknown goods by name or code, tenders with their references, who ran the center on that day, and
 * the drawer kicked only for cash.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { materialOf } from '../../main/engine/printing/material-of.ts';
import { centerChange, operatorSet } from '../../shared/contract/center.ts';
import { printerSet } from '../../shared/contract/printing.ts';
import { productChange, promotionCreate } from '../../shared/contract/product.ts';
import { qrisSeen, qrisShow } from '../../shared/contract/sale.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { STATIC_QRIS } from '../support/full-shop-sale.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { accepted, ring } from '../support/till.ts';

let engine: TestEngine;
let shop: Shop;
beforeEach(async () => {
  engine = await startEngine({ now: () => Date.UTC(2026, 10, 21, 3, 5) });
  shop = await openShop(engine);
  await shop.manager.must(printerSet, {
    drawer: shop.drawer,
    address: { kind: 'file', path: `${engine.dir}/paper.prn` },
    paperMm: 58,
    profile: 'simple58',
  });
  await shop.admin.must(centerChange, { qrisStatic: STATIC_QRIS, cashierDiscountBps: 10_000 });
});
afterEach(() => engine.stop());

function paperOf(sale: number): { kick: boolean; text: string[] } {
  const material = materialOf(engine.engine.sql, sale, 0, shop.drawer);
  if (!material) throw new Error('no receipt was wished for');
  return { kick: material.kick, text: material.lines.map(({ text }) => text.trim().replace(/ {2,}/g, '  ')) };
}

it('says everything that was taken off and how it was paid, under the names of its day', async () => {
  await shop.admin.must(operatorSet, { name: 'Koperasi Tongas Maju' });
  const { promotion } = await shop.manager.must(promotionCreate, {
    name: 'Akhir pekan',
    from: '2026-11-21',
    to: '2026-11-21',
    rateBps: 1_000,
    bearers: { sharedBps: 10_000, centerBps: 0, vendorBps: 0 },
  });
  const lines = [
    {
      product: shop.product,
      qty: 2000,
      priceRupiah: 18_000,
      promotion,
      discounts: [{ amountRupiah: 1_400 }],
    },
    { unknownCode: 'TANPA-1', name: 'Kripik pisang', qty: 1000, priceRupiah: 9_000 },
    { unknownCode: 'TANPA-2', qty: 1500, priceRupiah: 4_000 },
  ];
  const basket = { lines, discount: { amountRupiah: 669 } };
  const { ticket, code } = await shop.cashier.must(qrisShow, { basket, amountRupiah: 20_000 });
  await shop.cashier.must(qrisSeen, { ticket, reference: '8899' });
  const { sale } = accepted(
    await ring(shop, {
      shift: shop.shift,
      ...basket,
      totalRupiah: 45_331,
      tenders: [
        { kind: 'qris', amountRupiah: 20_000, ticket },
        { kind: 'debit', amountRupiah: 5_000, reference: '004512' },
        { kind: 'cash', amountRupiah: 50_000 },
      ],
    }),
  );
  // Later versions change no paper of this day.
  await shop.manager.must(productChange, { product: shop.product, name: 'Kerupuk lain', unit: 'bks' });
  const { text, kick } = paperOf(sale);
  expect(kick).toBe(true);
  expect(text).toEqual([
    'Pusat Oleh-Oleh Contoh',
    'Pengelola: Koperasi Tongas Maju',
    '-'.repeat(32),
    'No. K1-261121-0001',
    'Tanggal: 21-11-2026 10:05',
    'Kasir: siti',
    '-'.repeat(32),
    'Kerupuk ikan 250 g',
    '2 x 18.000  36.000',
    'Diskon  -5.000',
    'Kripik pisang',
    '1 x 9.000  9.000',
    'TANPA-2',
    '1,5 x 4.000  6.000',
    '-'.repeat(32),
    'Subtotal  46.000',
    'Diskon transaksi  -669',
    'TOTAL  Rp45.331',
    'Pembulatan  -31',
    'QRIS  20.000',
    `Ref. ${code} / 8899`,
    'Kartu debit  5.000',
    'Ref. 004512',
    'Tunai  50.000',
    'Kembalian  29.700',
    // As a code: it opens the refund.
    'K1-261121-0001',
  ]);
});

it('opens no drawer for a sale without cash', async () => {
  const { sale } = accepted(
    await ring(shop, {
      shift: shop.shift,
      lines: [{ product: shop.product, qty: 1000, priceRupiah: 18_000 }],
      totalRupiah: 18_000,
      tenders: [{ kind: 'transfer', amountRupiah: 18_000 }],
    }),
  );
  const { text, kick } = paperOf(sale);
  expect(kick).toBe(false);
  expect(text.slice(-3)).toEqual(['TOTAL  Rp18.000', 'Transfer  18.000', 'K1-261121-0001']);
});
