/**
 * Proves what is read of sales: every figure of a line whichever way it was sold, its name as it was then, what came
 * back of it, and receipts found by day, by shift and by the number on their paper.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unresolvedResolve } from '../../shared/contract/goods.ts';
import { productChange } from '../../shared/contract/product.ts';
import { refundComplete, saleVoid } from '../../shared/contract/refund.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { saleByNumber, saleComplete, saleGet, saleList } from '../../shared/contract/sale.ts';
import { drawerCreate, shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import { ringWorked } from '../support/worked-sale.ts';

let engine: TestEngine;
let shop: Shop;
let now: number;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 3);
  engine = await startEngine({ now: () => now });
  shop = await openShop(engine);
});
afterEach(() => engine.stop());

it('shows every figure of a sale, and what came back of it', async () => {
  const { cashier, manager, shift } = shop;
  const { sale, number } = await ringWorked(shop);
  const shown = await cashier.must(saleGet, { sale });
  expect(shown).toMatchObject({
    sale,
    number,
    day: '2026-11-21',
    cashier: 'siti',
    drawerCode: 'K1',
    saleDiscountRupiah: 10_000,
    totalRupiah: 107_331,
    roundingRupiah: -31,
    visit: null,
    refunds: [],
    tenders: [{ kind: 'cash', amountRupiah: 110_000, reference: null }],
    changeRupiah: 2_700,
  });
  expect(shown.lines[0]).toMatchObject({
    line: 1,
    qty: 3_000,
    unit: 'pcs',
    priceRupiah: 18_000,
    grossRupiah: 54_000,
    discountRupiah: 0,
    saleDiscountRupiah: 4_602,
    netRupiah: 49_398,
    refundedQty: 0,
  });
  const lines = [{ line: 1, qty: 1_000, reason: 'resaleable' as const }];
  const first = await cashier.must(refundComplete, { shift, sale, lines });
  const goodwill = [
    { line: 1, qty: 500, reason: 'goodwill' as const },
    { line: 3, qty: 1_000, reason: 'goodwill' as const },
  ];
  const second = await manager.must(refundComplete, { shift, sale, lines: goodwill });
  const after = await cashier.must(saleGet, { sale });
  expect(after.lines.map(({ refundedQty }) => refundedQty)).toEqual([1_500, 0, 1_000]);
  expect(after.refunds).toEqual([
    { refund: first.refund, number: first.number, netRupiah: 16_466, isVoid: false },
    { refund: second.refund, number: second.number, netRupiah: second.netRupiah, isVoid: false },
  ]);
});

it('keeps a line’s own discount apart from its part of the sale’s, and its name as it was sold', async () => {
  const { cashier, manager, admin, product } = shop;
  await manager.must(productChange, { product, name: 'Kerupuk ikan besar', unit: 'pak' });
  const { drawer } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  const { shift } = await manager.must(shiftOpen, { drawer, floatRupiah: 100_000, floatFrom: 'opening' });
  const { sale } = await manager.must(saleComplete, {
    shift,
    lines: [{ product, qty: 2_000, priceRupiah: 18_000, discounts: [{ amountRupiah: 1_500 }] }],
    discount: { amountRupiah: 500 },
    totalRupiah: 34_000,
    tenders: [{ kind: 'transfer', amountRupiah: 34_000, reference: 'BRI 3391' }],
    visit: 'N 7012 UA',
  });
  await manager.must(productChange, { product, name: 'Kerupuk jumbo', unit: 'dus' });
  const shown = await cashier.must(saleGet, { sale });
  expect(shown).toMatchObject({
    drawerCode: 'K2',
    visit: 'N 7012 UA',
    tenders: [{ kind: 'transfer', amountRupiah: 34_000, reference: 'BRI 3391' }],
  });
  expect(shown.lines).toMatchObject([
    {
      product,
      name: 'Kerupuk ikan besar',
      unit: 'pak',
      grossRupiah: 36_000,
      discountRupiah: 1_500,
      saleDiscountRupiah: 500,
      netRupiah: 34_000,
    },
  ]);
});

it('shows an unknown line by its code until somebody says what it was, in its own place', async () => {
  const { cashier, manager, product, shift } = shop;
  const { sale } = await cashier.must(saleComplete, {
    shift,
    lines: [
      { unknownCode: '8999999', qty: 2_000, priceRupiah: 9_000 },
      { product, qty: 1_000, priceRupiah: 18_000 },
      { unknownCode: 'LEPAS', name: 'Kripik bungkus merah', qty: 1_000, priceRupiah: 4_000 },
    ],
    totalRupiah: 40_000,
    tenders: [{ kind: 'cash', amountRupiah: 40_000 }],
  });
  const names = async () =>
    (await cashier.must(saleGet, { sale })).lines.map(({ line, product: of, name }) => [line, of, name]);
  const known = [2, product, 'Kerupuk ikan 250 g'];
  const third = [3, null, 'Kripik bungkus merah'];
  expect(await names()).toEqual([[1, null, '8999999'], known, third]);
  expect((await cashier.must(saleList, {})).sales).toMatchObject([{ sale, lines: 3 }]);
  const { resolution: document } = await manager.must(unresolvedResolve, { sale, line: 1, product });
  await manager.must(unresolvedResolve, { sale, line: 3, memo: 'tidak ada yang tahu' });
  expect(await names()).toEqual([[1, product, 'Kerupuk ikan 250 g'], known, third]);
  expect((await cashier.must(saleGet, { sale })).lines[0]).toMatchObject({
    qty: 2_000,
    priceRupiah: 9_000,
    grossRupiah: 18_000,
    netRupiah: 18_000,
  });
  await manager.must(documentReverse, { document, memo: 'salah' });
  expect(await names()).toEqual([[1, null, '8999999'], known, third]);
});

it('finds receipts by day, by shift and by number', async () => {
  const { cashier, drawer, product, shift } = shop;
  const first = await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  const second = await cashier.must(saleComplete, oneLine(shift, product, 2, 18_000));
  await cashier.must(saleVoid, { shift, sale: second.sale });
  await cashier.must(shiftClose, { shift, countedRupiah: 218_000 });
  now += 24 * 60 * 60 * 1000;
  await signIn(cashier, 'siti', PINS.cashier);
  const next = await cashier.must(shiftOpen, { drawer, floatRupiah: 50_000 });
  const third = await cashier.must(saleComplete, oneLine(next.shift, product, 3, 18_000));
  const found = async (input: { day?: string; shift?: number; limit?: number }) =>
    (await cashier.must(saleList, input)).sales.map(({ sale }) => sale);
  const [one, two, three] = [first.sale, second.sale, third.sale];
  expect(await found({})).toEqual([three, two, one]);
  expect(await found({ limit: 2 })).toEqual([three, two]);
  expect(await found({ day: '2026-11-21' })).toEqual([two, one]);
  expect(await found({ day: '2026-11-22' })).toEqual([three]);
  expect(await found({ day: '2026-11-23' })).toEqual([]);
  expect(await found({ shift })).toEqual([two, one]);
  expect(await found({ shift, day: '2026-11-22' })).toEqual([]);
  expect(await found({ shift: next.shift, day: '2026-11-22' })).toEqual([three]);

  for (const { sale, number } of [first, second, third]) {
    expect(await cashier.must(saleByNumber, { number })).toEqual({ sale });
    expect(await cashier.must(saleByNumber, { number: number.toLowerCase() })).toEqual({ sale });
  }
  for (const number of ['K1-261121-0003', 'K9-261121-0001', 'K1', 'TT-261121-000042', '%']) {
    expect(await cashier.ask(saleByNumber, { number })).toMatchObject({
      name: 'receipt-unknown',
      details: { number },
    });
  }
  expect(await cashier.ask(saleGet, { sale: shift })).toMatchObject({ name: 'sale-unknown' });
});

it('says of each receipt what came back of it', async () => {
  const { manager, cashier, product, shift } = shop;
  const sell = async (pieces: number) =>
    (await cashier.must(saleComplete, oneLine(shift, product, pieces, 18_000))).sale;
  const [untouched, partly, whole] = [await sell(1), await sell(2), await sell(2)];
  const back = (sale: number, qty: number, line = 1) =>
    cashier.must(refundComplete, { shift, sale, lines: [{ line, qty, reason: 'resaleable' }] });
  await back(partly, 1_500);
  await back(whole, 500);
  await back(whole, 1_500);
  const { sale: mixed } = await cashier.must(saleComplete, {
    shift,
    lines: [
      { product, qty: 1_000, priceRupiah: 18_000 },
      { unknownCode: 'TANPA-1', qty: 1_000, priceRupiah: 9_000 },
    ],
    totalRupiah: 27_000,
    tenders: [{ kind: 'cash', amountRupiah: 27_000 }],
  });
  await back(mixed, 1_000);
  const voided = await sell(1);
  await cashier.must(saleVoid, { shift, sale: voided });
  const backOf = async (input: { day?: string; shift?: number } = {}) =>
    new Map((await cashier.must(saleList, input)).sales.map(({ sale, back }) => [sale, back]));
  const expected = [
    [untouched, 'none'],
    [partly, 'part'],
    [whole, 'all'],
    [mixed, 'part'],
    [voided, 'void'],
  ] as const;
  for (const input of [{}, { shift }, { day: '2026-11-21' }, { shift, day: '2026-11-21' }])
    expect(await backOf(input)).toEqual(new Map(expected));
  // Goods nobody knew then can come back once somebody said what they were.
  await manager.must(unresolvedResolve, { sale: mixed, line: 2, product });
  expect((await backOf()).get(mixed)).toBe('part');
  await back(mixed, 1_000, 2);
  expect((await backOf()).get(mixed)).toBe('all');
});
