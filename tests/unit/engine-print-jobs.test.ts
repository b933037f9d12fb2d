/**
 * Proves the list of paper that waits for somebody: every kind under the number that stands on it, at the printer it is
 * at now, and how each drawer's printer stands: never tried, fine, in trouble; and the bytes for a picture of it, which
 * a cashier gets of no paper of the office that somebody else wished for.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LABELS_AT_ONCE } from '../../main/engine/printing/material-of.ts';
import { centerChange } from '../../shared/contract/center.ts';
import type { InputOf } from '../../shared/contract/define.ts';
import {
  documentReprint,
  labelPrint,
  printDismiss,
  printJobs,
  printPreview,
  printResend,
} from '../../shared/contract/printing.ts';
import { refundComplete } from '../../shared/contract/refund.ts';
import { qrisShow, saleComplete, saleHold } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementPay, settlementPrepare } from '../../shared/contract/settlement.ts';
import { cashDrop, drawerCreate, shiftClose, shiftReport } from '../../shared/contract/shift.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { startFakePrinter } from '../support/fake-printer.ts';
import { oneLine } from '../support/full-shop.ts';
import { STATIC_QRIS } from '../support/full-shop-sale.ts';
import { readPaper } from '../support/paper.ts';
import { printerAt } from '../support/paper-wishes.ts';
import { openShop, type Shop } from '../support/shop.ts';

/** Nobody listens there: every try is refused before the first byte. */
const NOBODY = { kind: 'tcp', host: '127.0.0.1', port: 1 } as const;

let engine: TestEngine;
let shop: Shop;
let at = 0;
beforeEach(async () => {
  at = Date.UTC(2026, 10, 21, 3);
  engine = await startEngine({ now: () => at });
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

it('gives the bytes of a job, of a copy and of a test page, as their printer gets them', async () => {
  const { manager, cashier, drawer, shift, product } = shop;
  const look = async (input: InputOf<typeof printPreview>, client = cashier) => {
    const { bytes, ...paper } = await client.must(printPreview, input);
    return { ...paper, text: Buffer.from(bytes, 'base64').toString('latin1') };
  };
  const no = (input: InputOf<typeof printPreview>, client = cashier) => client.ask(printPreview, input);
  expect(await no({ of: 'test-page', drawer })).toMatchObject({ name: 'no-printer' });
  await printerAt(engine, shop, { address: NOBODY, paperMm: 80, profile: 'epson', columns: 42 });
  const { sale, number } = await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  const job = { of: 'job', seq: sale, n: 0 } as const;
  const paper = { kind: 'receipt', columns: 42, dots: 512 };
  expect(await look(job)).toMatchObject({ ...paper, text: expect.stringContaining(number) });
  expect((await look(job)).text).not.toContain('SALINAN');
  const copy = { of: 'document', document: sale, drawer } as const;
  expect(await look(copy)).toMatchObject({ ...paper, text: expect.stringContaining('SALINAN') });
  expect(await look({ of: 'test-page', drawer })).toMatchObject({ ...paper, kind: 'test-page' });
  expect(await no({ ...job, n: 1 })).toMatchObject({ name: 'job-unknown' });
  expect(await no({ ...copy, document: 1 })).toMatchObject({
    name: 'document-unknown',
    details: { document: 1 },
  });
  expect(await no({ ...copy, drawer: 77 })).toMatchObject({ name: 'no-printer' });

  const { report } = await manager.must(shiftReport, { shift });
  const forbidden = { name: 'forbidden', details: { role: 'cashier' } };
  const ofReport = { of: 'job', seq: report, n: 0 } as const;
  expect(await no(ofReport)).toMatchObject(forbidden);
  expect(await no({ of: 'document', document: report, drawer })).toMatchObject(forbidden);
  expect(await look(ofReport, manager)).toMatchObject({ ...paper, kind: 'shift-report' });
  // The closing that the cashier counted is on the cashier's own paper.
  await cashier.must(shiftClose, { shift, countedRupiah: 218_000 });
  const closing = engine.engine.journal.head().seq;
  expect(await look({ of: 'job', seq: closing, n: 0 })).toMatchObject({ ...paper, kind: 'shift-slip' });
  expect(await no({ of: 'document', document: closing, drawer })).toMatchObject(forbidden);
});

it('prints closings and X reports again that were too late, for whoever stands at the list', async () => {
  const { manager, cashier, shift } = shop;
  await printerAt(engine, shop, { address: NOBODY });
  const report = await manager.must(shiftReport, { shift });
  const closing = await cashier.must(shiftClose, { shift, countedRupiah: 200_000 });
  at += 31 * 60_000;
  engine.engine.queue.wake();
  const late = { state: 'failed', problem: 'too-late' };
  await vi.waitFor(async () => expect((await listed()).jobs).toMatchObject([late, late]));
  const { jobs } = await listed();
  expect(jobs.map(({ number }) => number)).toEqual([report.number, closing.number]);

  const printer = await startFakePrinter('good');
  await printerAt(engine, shop, {
    address: { kind: 'tcp', host: '127.0.0.1', port: printer.port, closesAfterJob: true },
  });
  for (const { seq, n } of jobs) await cashier.must(printResend, { seq, n });
  await vi.waitFor(async () => expect((await listed()).jobs).toEqual([]), { timeout: 10_000 });
  const texts = printer.received().map((bytes) => bytes.toString('latin1'));
  await printer.close();
  expect(texts).toHaveLength(2);
  expect(texts[0]).toContain(report.number);
  expect(texts[1]).toContain(closing.number);
  // Nothing of them came out before, so neither is a copy.
  for (const text of texts) expect(text).not.toContain('SALINAN');
});

it('says of labels how many were asked for and how many are out, and shows what is still to come', async () => {
  const { manager, drawer, product } = shop;
  const printer = await startFakePrinter('good');
  const address = { kind: 'tcp', host: '127.0.0.1', port: printer.port, closesAfterJob: true } as const;
  await printerAt(engine, shop, { address });
  const { labels, barcode } = await manager.must(labelPrint, { product, copies: 12, drawer });
  await vi.waitFor(async () =>
    expect((await listed()).jobs).toMatchObject([{ state: 'queued', labels: 12, labelsOut: LABELS_AT_ONCE }]),
  );
  const shown = async () => {
    const { bytes } = await manager.must(printPreview, { of: 'job', seq: labels, n: 0 });
    return readPaper(Buffer.from(bytes, 'base64')).lines.filter(({ text }) => text.trim() === barcode).length;
  };
  expect(await shown()).toBe(12 - LABELS_AT_ONCE);
  for (const out of [2 * LABELS_AT_ONCE, undefined]) {
    at += 5_000;
    engine.engine.queue.wake();
    await vi.waitFor(async () => expect((await listed()).jobs[0]?.labelsOut).toBe(out));
  }
  const onPaper = printer.received().map((bytes) => readPaper(bytes));
  await printer.close();
  const codes = onPaper.map(({ lines }) => lines.filter(({ text }) => text.trim() === barcode).length);
  expect(codes).toEqual([LABELS_AT_ONCE, LABELS_AT_ONCE, 2]);
  // Of every printer's paper only the run's end is fed.
  const fed = onPaper.map(({ lines }) => lines.filter(({ text }) => text === '').length);
  expect(fed).toEqual([0, 0, 4]);
});
