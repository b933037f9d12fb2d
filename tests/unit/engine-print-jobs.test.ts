/**
 * Proves the list of paper that waits for somebody: every kind under the number that stands on it, at the printer it is
 * at now, and how each drawer's printer stands: never tried, fine, in trouble.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { centerChange } from '../../shared/contract/center.ts';
import { documentReprint, labelPrint, printDismiss, printJobs } from '../../shared/contract/printing.ts';
import { refundComplete } from '../../shared/contract/refund.ts';
import { qrisShow, saleComplete, saleHold } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementPay, settlementPrepare } from '../../shared/contract/settlement.ts';
import { cashDrop, drawerCreate, shiftClose, shiftReport } from '../../shared/contract/shift.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { STATIC_QRIS } from '../support/full-shop-sale.ts';
import { printerAt } from '../support/paper-wishes.ts';
import { openShop, type Shop } from '../support/shop.ts';

/** Nobody listens there: every try is refused before the first byte. */
const NOBODY = { kind: 'tcp', host: '127.0.0.1', port: 1 } as const;

let engine: TestEngine;
let shop: Shop;
beforeEach(async () => {
  engine = await startEngine({ now: () => Date.UTC(2026, 10, 21, 3) });
  shop = await openShop(engine);
  await shop.admin.must(centerChange, { qrisStatic: STATIC_QRIS });
});
afterEach(() => engine.stop());

const listed = () => shop.cashier.must(printJobs, {});

it('names every kind of paper by the number that stands on it, copies by that of what they copy', async () => {
  const { admin, manager, cashier, drawer, shift, product, vendor } = shop;
  await printerAt(engine, shop, { address: NOBODY });
  const sale = await cashier.must(saleComplete, oneLine(shift, product, 2, 18_000));
  const line = { line: 1, qty: 1_000, reason: 'resaleable' as const };
  const refund = await cashier.must(refundComplete, { shift, sale: sale.sale, lines: [line] });
  const drop = await cashier.must(cashDrop, { shift, amountRupiah: 100_000 });
  const basket = { lines: [{ product, qty: 1_000, priceRupiah: 18_000 }] };
  const held = await cashier.must(saleHold, { basket, drawer, paper: true });
  const shown = await cashier.must(qrisShow, { basket, amountRupiah: 18_000, drawer, paper: true });
  const labels = await manager.must(labelPrint, { product, copies: 1, drawer });
  const report = await manager.must(shiftReport, { shift });
  const { settlement } = await manager.must(settlementPrepare, { vendor });
  await admin.must(settlementApprove, { settlement, amountRupiah: 15_300 });
  const payout = await manager.must(settlementPay, { settlement });
  const closing = await cashier.must(shiftClose, { shift, countedRupiah: 118_000 });
  await manager.must(documentReprint, { document: sale.sale, drawer });
  await manager.must(documentReprint, { document: payout.payout, drawer });
  const { jobs, waiting, printers } = await listed();
  expect(jobs.map(({ kind, number }) => [kind, number])).toEqual([
    ['receipt', sale.number],
    ['refund-slip', refund.number],
    ['cash-slip', drop.number],
    ['ticket-slip', held.code],
    ['qris-slip', shown.code],
    ['label', labels.barcode],
    ['shift-report', report.number],
    ['payout-slip', payout.number],
    ['shift-slip', closing.number],
    ['receipt', sale.number],
    ['payout-slip', payout.number],
  ]);
  expect(new Set(jobs.map(({ drawerCode }) => drawerCode))).toEqual(new Set(['K1']));
  expect(waiting).toBe(11);
  expect(printers).toMatchObject([{ drawer, drawerCode: 'K1', waiting: 11 }]);
});

it('says how each printer stands, and at which one a job is', async () => {
  const { admin, manager, cashier, drawer, shift, product } = shop;
  const made = async (code: string) => (await admin.must(drawerCreate, { code, name: code })).drawer;
  const [second, third] = [await made('K2'), await made('K3')];
  writeFileSync(join(engine.dir, 'paper.prn'), '');
  await printerAt(engine, { ...shop, drawer: second });
  await printerAt(engine, { ...shop, drawer: third });
  await printerAt(engine, shop, { address: NOBODY });
  const states = async () => (await listed()).printers.map(({ drawerCode, state }) => [drawerCode, state]);
  expect(await states()).toEqual([
    ['K1', 'untried'],
    ['K2', 'untried'],
    ['K3', 'untried'],
  ]);
  const { sale, number } = await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  await manager.must(documentReprint, { document: sale, drawer: second });
  await vi.waitFor(async () =>
    expect(await states()).toEqual([
      ['K1', 'trouble'],
      ['K2', 'fine'],
      ['K3', 'untried'],
    ]),
  );
  const { printers, jobs } = await listed();
  expect(printers[0]).toMatchObject({ drawer, problem: 'refused', waiting: 1 });
  expect(jobs).toMatchObject([
    { kind: 'receipt', number, drawerCode: 'K1', state: 'retry', problem: 'refused' },
  ]);

  await printerAt(engine, shop, { address: NOBODY, fallback: second });
  await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  await vi.waitFor(async () => expect((await listed()).waiting).toBe(0), { timeout: 5_000 });
  expect(await states()).toEqual([
    ['K1', 'trouble'],
    ['K2', 'fine'],
    ['K3', 'untried'],
  ]);
});

it('shows a job that another printer took over at that one', async () => {
  const { admin, cashier, shift, product } = shop;
  const { drawer: second } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  await printerAt(engine, { ...shop, drawer: second }, { address: { ...NOBODY, port: 2 } });
  await printerAt(engine, shop, { address: NOBODY, fallback: second });
  const { sale } = await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  await vi.waitFor(async () =>
    expect((await listed()).jobs).toMatchObject([{ seq: sale, drawerCode: 'K2', state: 'retry' }]),
  );
  const { printers } = await listed();
  expect(printers.map(({ state, waiting }) => [state, waiting])).toEqual([
    ['trouble', 0],
    ['trouble', 1],
  ]);
  await cashier.must(printDismiss, { seq: sale, n: 0 });
  expect(await listed()).toMatchObject({ jobs: [], waiting: 0, unconfirmed: 0, failed: 0 });
});
