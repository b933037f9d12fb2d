/**
 * Proves the way from a sale to paper through the whole engine: what a second printer takes over is laid out for that
 * one and leaves its drawer shut, and a till whose printer never answers goes on selling.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { printJobs } from '../../shared/contract/printing.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { drawerCreate } from '../../shared/contract/shift.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { type FakePrinter, type PrinterMode, startFakePrinter } from '../support/fake-printer.ts';
import { oneLine } from '../support/full-shop.ts';
import { readPaper } from '../support/paper.ts';
import { printerAt } from '../support/paper-wishes.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { rest, until } from './setup.ts';

let engine: TestEngine;
let shop: Shop;
const printers: FakePrinter[] = [];
beforeEach(async () => {
  engine = await startEngine({ printLimits: { connectMs: 500, sendMs: 30_000 } });
  shop = await openShop(engine);
});
afterEach(async () => {
  await engine.stop();
  for (const printer of printers.splice(0)) await printer.close();
});

async function printerThat(mode: PrinterMode): Promise<FakePrinter> {
  const printer = await startFakePrinter(mode);
  printers.push(printer);
  return printer;
}

const at = (printer: FakePrinter) => ({ kind: 'tcp', host: '127.0.0.1', port: printer.port }) as const;
const listed = () => shop.cashier.must(printJobs, {});

it('lays a receipt out anew for the narrower printer that takes it over, and kicks nothing there', async () => {
  const { admin, cashier, drawer, shift, product } = shop;
  const { drawer: second } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  const own = await printerThat('good');
  const other = await printerThat('good');
  await printerAt(engine, { ...shop, drawer: second }, { address: at(other), paperMm: 58 });
  const wide = { address: at(own), paperMm: 80, profile: 'epson', fallback: second } as const;
  await printerAt(engine, { ...shop, drawer }, wide);
  await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  await until(() => own.received().length === 1, 'the receipt at its own printer');
  await until(() => engine.engine.queue.summary().length === 0, 'an empty queue');
  await own.close();
  await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  await until(() => other.received().length === 1, 'the receipt at the other printer');
  await until(() => engine.engine.queue.summary().length === 0, 'an empty queue');

  const [first, taken] = [own, other].map((printer) => readPaper(printer.received()[0] ?? Buffer.alloc(0)));
  const widest = (paper = first) => Math.max(...(paper?.lines ?? []).map(({ text }) => text.length));
  expect([widest(first), widest(taken)]).toEqual([48, 32]);
  expect([first?.kicks.length, taken?.kicks.length]).toEqual([1, 0]);
  expect((await listed()).printers).toMatchObject([
    { drawer, state: 'trouble', problem: 'refused' },
    { drawer: second, state: 'fine' },
  ]);
});

it('sells fifty times beside a printer that never answers, with one call to it at a time', async () => {
  const { cashier, drawer, shift, product } = shop;
  const printer = await printerThat('noAnswer');
  await printerAt(engine, { ...shop, drawer }, { address: at(printer) });
  let calls = 0;
  for (let sale = 1; sale <= 50; sale += 1) {
    await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
    // A call over a port leaves the queue its turn; one within this process does not.
    await rest(0);
    const open = process.getActiveResourcesInfo().filter((name) => name.startsWith('TCPSocketWrap')).length;
    calls = Math.max(calls, open);
  }
  const { waiting, unconfirmed, jobs } = await listed();
  expect([waiting, unconfirmed]).toEqual([50, 0]);
  expect(jobs.filter(({ attempts }) => attempts > 0).map(({ seq }) => seq)).toEqual([jobs[0]?.seq]);
  // The fillers of the printer's backlog are ours as well.
  expect(calls).toBeLessThanOrEqual(FILLERS + 1);
});
const FILLERS = 4;
