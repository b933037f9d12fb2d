/**
 * The narrow path: from an empty data folder to a vendor who was paid, in the order a new center lives it. Written
 * once; walked in Electron's window and in Chromium, and its first half in the packed program.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { projectRoot } from '../support/electron-runtime.ts';
import type { FakePrinter } from '../support/fake-printer.ts';
import { CODES, FIRST_SALE, SECOND_SALE } from './figures.ts';
import { type Person, personAt, type Watch } from './keyboard.ts';
import * as office from './office-steps.ts';
import * as till from './sale-steps.ts';
import * as settling from './settle-steps.ts';

export interface Walk {
  /** For reports and the names of pictures. */
  name: string;
  person: Person;
  watch: Watch;
  printer: FakePrinter;
  /** Where the spreadsheet may lie; the program's person can read there. */
  folder: string;
}

export interface Walked {
  recoveryCode: string;
  /** The folder of the backup that was taken at the end. */
  backup: string;
}

/** The whole path. Fails at the first thing that is not as it should be, with a picture of the screen. */
export async function walkNarrowPath(walk: Walk): Promise<Walked> {
  const startedAtMs = performance.now();
  const { person } = walk;
  return withPicture(walk, async () => {
    const { recoveryCode } = await walkToFirstSale(walk);
    await sellBySearch(walk);
    await till.closeBlind(person);
    await office.signOut(person);
    await office.signIn(person, 'bagus');
    await settling.settle(person);
    const backup = await settling.takeBackup(person);
    expectNothingAmiss(walk.watch);
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    console.info(`narrow path, ${walk.name}: ${person.keys()} keys in ${seconds} s, 0 pointer events`);
    return { recoveryCode, backup };
  });
}

/** Its first half: first start, people, vendors, products, intake, drawer, and one sale with change. */
export async function walkToFirstSale(walk: Walk): Promise<{ recoveryCode: string }> {
  const { person, printer, folder } = walk;
  return withPicture(walk, async () => {
    const { recoveryCode } = await office.setUp(person, printer);
    await office.signOut(person);
    await office.signIn(person, 'bagus');
    await office.addVendors(person);
    await office.importProducts(person, folder);
    await office.takeIn(person);
    await office.signOut(person);
    await office.signIn(person, 'siti');
    await till.openDrawer(person);
    await sellByScanner(walk);
    expectNothingAmiss(walk.watch);
    return { recoveryCode };
  });
}

/** Three scans, one note, change: at most three keys, and the paper says what the screen said. */
async function sellByScanner({ person, printer, name }: Walk): Promise<void> {
  await till.scanAll(person, [CODES.usus, CODES.usus, CODES.sambal], 3);
  expect(await person.read('total')).toBe(FIRST_SALE.total);
  const lines = await till.cartOnScreen(person);
  expect(lines).toEqual([
    { name: 'Keripik usus', quantity: '2', price: '25.000', amount: '50.000' },
    { name: 'Sambal cumi', quantity: '1', price: '30.000', amount: '30.000' },
  ]);
  await person.shoot('13-till');
  const keys = await till.payWithNote(person, FIRST_SALE.note);
  expect(keys).toBeLessThanOrEqual(3);
  const change = await person.read('change');
  expect(change).toBe(FIRST_SALE.change);
  await person.shoot('16-change');
  const number = await person.read('receipt-number');
  const receipt = await till.receiptOf(printer, number);
  expect(receipt).toEqual({
    number,
    lines,
    total: FIRST_SALE.total,
    tendered: '100.000',
    change: change.replace('Rp', ''),
    kicks: 1,
  });
  console.info(`${name}: paid with change by ${keys} keys after the last scan`);
}

/** Two of what a typed word finds, paid exactly: at most two keys. */
async function sellBySearch({ person, printer, name }: Walk): Promise<void> {
  await till.addBySearch(person, { multiplier: '2*', part: 'teras' }, 'Terasi udang');
  expect(await person.read('total')).toBe(SECOND_SALE.total);
  const lines = await till.cartOnScreen(person);
  const keys = await till.payExactly(person);
  expect(keys).toBeLessThanOrEqual(2);
  expect(await person.read('change')).toBe('Uang pas');
  const number = await person.read('receipt-number');
  const receipt = await till.receiptOf(printer, number);
  expect(receipt).toEqual({
    number,
    lines,
    total: SECOND_SALE.total,
    tendered: '15.000',
    change: '0',
    kicks: 1,
  });
  console.info(`${name}: paid exactly by ${keys} keys after the last line`);
}

/** Fails with everything that was seen, not only with the first. */
export function expectNothingAmiss(watch: Watch): void {
  expect(watch).toEqual({ pointer: [], policy: [], errors: [] });
}

async function withPicture<Result>({ name, person }: Walk, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const folder = join(projectRoot, 'test-results');
    mkdirSync(folder, { recursive: true });
    await person.page.screenshot({ path: join(folder, `failed-${name}.png`) }).catch(() => {});
    throw error;
  }
}

/** A walk for a page that is watched already. */
export function walkOf(
  name: string,
  { page, watch }: { page: Person['page']; watch: Watch },
  printer: FakePrinter,
  folder: string,
): Walk {
  return { name, person: personAt(page), watch, printer, folder };
}
