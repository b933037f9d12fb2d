/**
 * Proves that a shop can be run by the command line alone, each step a process of its own as a person would type it:
 * from the first administrator to a vendor's payout, with a spreadsheet, a receipt on a printer's socket and a change
 * in coins. Once with every step opening the folder itself, once through a running `serve`. Afterwards the books
 * verify and the replay is equal.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runVerb, type Served, startServe } from '../support/command-line.ts';
import { until } from '../support/electron-runtime.ts';
import { type FakePrinter, startFakePrinter } from '../support/fake-printer.ts';
import { readPaper } from '../support/paper.ts';
import { screensIn } from '../support/raw-port.ts';
import { PINS } from '../support/shop.ts';

const SHEET = `Kode;Nama Barang;Penitip;Harga Jual;Satuan
8991001;Kerupuk ikan 250 g;KRP;18.000;pcs
8991002;Kerupuk udang 250 g;KRP;22.500;pcs
;Sambal bawang;KRP;12.750;pcs
8991009;Tanpa harga;KRP;;pcs
`;

let folder: string;
let printer: FakePrinter | undefined;
let served: Served | undefined;

afterEach(async () => {
  await served?.stop();
  await printer?.close();
  served = undefined;
  printer = undefined;
  rmSync(folder, { recursive: true, force: true });
});

type People = keyof typeof PINS;
const usernames: Record<People, string> = { admin: 'ratna', manager: 'budi', cashier: 'siti' };

/** One step as a person types it; answers what `ok` carried. */
async function step(who: People | undefined, name: string, input: object, ...more: string[]) {
  const person = who === undefined ? [] : ['--as', usernames[who]];
  const ran = await runVerb(['call', name, '-', ...person, ...more, '--data', join(folder, 'data')], {
    stdin: JSON.stringify(input),
    env: who === undefined ? {} : { TITIPAN_PIN: PINS[who] },
  });
  expect([name, ran.exit, ran.json?.outcome], ran.stdout + ran.stderr).toEqual([name, 0, 'ok']);
  return { ...ran, value: ran.json.value };
}

async function runTheShop(beforeSteps: () => Promise<void>): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'titipan-call-'));
  const data = join(folder, 'data');
  printer = await startFakePrinter('good');
  await beforeSteps();

  const created = await step(undefined, 'center.create', {
    name: 'Pusat Oleh-Oleh Contoh',
    admin: { username: usernames.admin, name: 'Ratna Dewi', pin: PINS.admin },
  });
  const { drawer } = created.value;
  const recoveryCode = /recovery code {2}([0-9A-Z-]{34})/.exec(created.stderr)?.[1] ?? '';
  expect(recoveryCode).not.toBe('');
  for (const [role, name] of [
    ['manager', 'Budi Santoso'],
    ['cashier', 'Siti Aminah'],
  ] as const) {
    await step('admin', 'user.create', { username: usernames[role], name, role, pin: PINS[role] });
  }

  const { vendor } = (await step('manager', 'vendor.create', { code: 'KRP', name: 'Kerupuk Bu Rini' })).value;
  await step('manager', 'agreement.set', { vendor, terms: { model: 'percent', rateBps: 1500 } });
  writeFileSync(join(folder, 'barang.csv'), SHEET);
  const read = (await step('manager', 'import.read', {}, '--blob', join(folder, 'barang.csv'))).value;
  expect(read).toMatchObject({ rows: 4, ready: 3, problemCount: 1, problems: [{ row: 5 }] });
  expect((await step('manager', 'import.apply', { prepared: read.prepared })).value).toEqual({
    created: 3,
    repriced: 0,
    unchanged: 0,
  });
  const { product } = (await step('cashier', 'product.byCode', { code: '8991001' })).value.product;
  const expires = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  await step('manager', 'intake.confirm', { vendor, lines: [{ product, qty: 20_000, expires }] });
  await step('manager', 'printer.set', {
    drawer,
    address: { kind: 'tcp', host: '127.0.0.1', port: printer.port },
    paperMm: 58,
    profile: 'epson',
  });

  const { shift } = (
    await step('cashier', 'shift.open', { drawer, floatRupiah: 200_000, floatFrom: 'opening' })
  ).value;
  const sale = (
    await step('cashier', 'sale.complete', {
      shift,
      lines: [{ product, qty: 3_000, priceRupiah: 18_000 }],
      totalRupiah: 54_000,
      tenders: [{ kind: 'cash', amountRupiah: 100_000 }],
    })
  ).value;
  expect(sale).toMatchObject({
    totalRupiah: 54_000,
    cashDueRupiah: 54_000,
    changeRupiah: 46_000,
    oversold: [],
  });
  await until('the receipt was on paper', () => receipts().length > 0);
  const receipt = receipts()[0] ?? '';
  for (const words of [sale.number, 'Kerupuk ikan 250 g', '54.000', '46.000'])
    expect(receipt).toContain(words);

  expect((await step('cashier', 'shift.close', { shift, countedRupiah: 254_000 })).value).toMatchObject({
    expectedRupiah: 254_000,
    differenceRupiah: 0,
  });

  // 15 % of 54.000 stay with the center.
  const { settlement } = (await step('admin', 'settlement.prepare', { vendor })).value;
  await step('manager', 'settlement.approve', { settlement, amountRupiah: 45_900 });
  expect((await step('admin', 'settlement.pay', { settlement })).value).toMatchObject({
    paidRupiah: 45_900,
    restRupiah: 0,
  });
  expect((await step('manager', 'vendor.get', { vendor })).value).toMatchObject({
    balanceRupiah: 0,
    payoutDueRupiah: 0,
    onHandQty: 17_000,
  });

  const verified = await runVerb(['verify', '--data', data]);
  expect([verified.exit, verified.json]).toMatchObject([0, { ok: true, problems: [] }]);
  const replayed = await runVerb(['replay', '--data', data]);
  expect([replayed.exit, replayed.json]).toMatchObject([
    0,
    { ok: true, commands: verified.json.seq, differences: [], rows: { sale: 1, payout: 1, product: 3 } },
  ]);
  const taken = await runVerb(['backup', '--into', join(folder, 'stick'), '--data', data]);
  expect([taken.exit, taken.json.value.seq]).toEqual([0, verified.json.seq]);
  const restored = await runVerb(['restore', taken.json.value.path, '--data', join(folder, 'anew')], {
    stdin: `${recoveryCode.toLowerCase()}\n`,
  });
  expect([restored.exit, restored.json]).toMatchObject([0, { ok: true, head: verified.json.head }]);
}

function receipts(): string[] {
  return (printer?.received() ?? [])
    .filter((bytes) => bytes.length > 0)
    .map((bytes) =>
      readPaper(bytes)
        .lines.map((line) => line.text)
        .join('\n'),
    )
    .filter((text) => text.includes('Kerupuk ikan'));
}

describe('the narrow path by call alone', { timeout: 600_000 }, () => {
  it('with every step opening the folder itself', () => runTheShop(async () => undefined));

  it('through a running serve', () =>
    runTheShop(async () => {
      served = await startServe(['--data', join(folder, 'data'), '--port', '0'], {
        TITIPAN_RENDERER_DIR: screensIn(folder),
      });
      expect(served.stderr()).toContain('no center yet');
    }));
});
