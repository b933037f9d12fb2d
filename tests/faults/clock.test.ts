/**
 * Proves the rules of time with an engine whose wall clock the test turns: a clock behind or far ahead stops posting
 * until a manager has looked at it, a till's documents belong to the day its shift was opened on, and a shift that
 * was forgotten open does not sell.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clockConfirm } from '../../shared/contract/center.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { saleComplete, saleGet } from '../../shared/contract/sale.ts';
import { settlementPrepare } from '../../shared/contract/settlement.ts';
import { shiftClose, shiftOpen } from '../../shared/contract/shift.ts';
import { vendorStatement } from '../../shared/contract/vendor.ts';
import { newCommandId, startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 21 November 2026, 20:00 in WIB. */
const EVENING = Date.UTC(2026, 10, 21, 13);

let now: number;
let engine: TestEngine;
let shop: Shop;

beforeEach(async () => {
  now = EVENING;
  engine = await startEngine({ now: () => now });
  shop = await openShop(engine);
});

afterEach(() => engine.stop());

function sell() {
  return shop.cashier.ask(saleComplete, oneLine(shop.shift, shop.product, 1, 18_000));
}

async function signInAgain(): Promise<void> {
  await signIn(shop.cashier, 'siti', PINS.cashier);
  await signIn(shop.manager, 'budi', PINS.manager);
}

it.each([
  ['exactly 10 minutes behind', -10 * MINUTE, true],
  ['a moment more than 10 minutes behind', -10 * MINUTE - 1, false],
  ['a year behind', -365 * DAY, false],
  ['exactly 3 days ahead', 3 * DAY, true],
  ['a moment more than 3 days ahead', 3 * DAY + 1, false],
  ['ten years ahead', 3650 * DAY, false],
])('%s: is believed or stops posting', async (_what, shift, believed) => {
  now = EVENING + shift;
  await signInAgain();
  const commandId = newCommandId();
  const input = { vendor: shop.vendor, lines: [{ product: shop.product, qty: 1000 }] };
  const first = await shop.manager.ask(intakeConfirm, input, { commandId });
  if (believed) {
    expect(first).toMatchObject({ outcome: 'ok' });
    return;
  }
  expect(first).toEqual({
    outcome: 'rejected',
    name: 'clock-doubtful',
    details: { lastAt: EVENING, now },
  });
  // A cashier cannot settle it; a manager can, and the refused command's id was not used up.
  expect(await shop.cashier.ask(clockConfirm, {})).toMatchObject({ name: 'forbidden' });
  expect(await shop.manager.must(clockConfirm, {})).toEqual({ at: now });
  expect(await shop.manager.ask(intakeConfirm, input, { commandId })).toMatchObject({ outcome: 'ok' });
});

it('measures from the newest row, not from the latest moment there ever was', async () => {
  now += 9 * MINUTE;
  expect(await sell()).toMatchObject({ outcome: 'ok' });
  now -= 9 * MINUTE;
  expect(await sell()).toMatchObject({ outcome: 'ok' });
  now -= 9 * MINUTE;
  expect(await sell()).toMatchObject({ outcome: 'ok' });
});

it('puts a sale after midnight on the day its shift was opened on, other documents on the new day', async () => {
  expect(await sell()).toMatchObject({ value: { number: 'K1-261121-0001' } });
  now = EVENING + 5 * HOUR;
  const late = await sell();
  expect(late).toMatchObject({ value: { number: 'K1-261121-0002' } });
  if (late.outcome !== 'ok') throw new Error('not sold');
  expect(await shop.cashier.must(saleGet, { sale: late.value.sale })).toMatchObject({
    day: '2026-11-21',
    at: now,
  });
  await shop.manager.must(intakeConfirm, {
    vendor: shop.vendor,
    lines: [{ product: shop.product, qty: 1000 }],
  });
  const { books } = engine.engine;
  expect(books.prepare('SELECT day FROM batch ORDER BY id DESC LIMIT 1').pluck().get()).toBe('2026-11-22');
  const { movements } = await shop.manager.must(vendorStatement, { vendor: shop.vendor });
  expect(movements.map(({ day }) => day)).toEqual(['2026-11-21', '2026-11-21']);

  // What is settled up to yesterday holds the late sale; a later one of yesterday's shift falls into the next.
  const first = await shop.manager.must(settlementPrepare, { vendor: shop.vendor, cutoffDay: '2026-11-21' });
  expect(first.closingRupiah).toBe(2 * 15_300);
  expect(await sell()).toMatchObject({ value: { number: 'K1-261121-0003' } });
  await shop.cashier.must(shiftClose, { shift: shop.shift, countedRupiah: 200_000 + 3 * 18_000 });
  expect(
    books.prepare("SELECT day FROM journal WHERE name = 'shift.close'").pluck().get(),
    'the shift closes on its own day',
  ).toBe('2026-11-21');
  const { shift, day } = await shop.cashier.must(shiftOpen, { drawer: shop.drawer, floatRupiah: 0 });
  expect(day).toBe('2026-11-22');
  expect(await shop.cashier.ask(saleComplete, oneLine(shift, shop.product, 1, 18_000))).toMatchObject({
    value: { number: 'K1-261122-0001' },
  });
});

it('lets a shift sell for 20 hours, then only close', async () => {
  const steps = [11 * HOUR, 20 * HOUR];
  for (const step of steps) {
    now = EVENING + step;
    expect(await sell(), `${step / HOUR} h`).toMatchObject({ outcome: 'ok' });
  }
  now += 1;
  expect(await sell()).toMatchObject({ name: 'shift-too-long', details: { openedAt: EVENING } });
  await shop.cashier.must(shiftClose, { shift: shop.shift, countedRupiah: 200_000 + 2 * 18_000 });
  await shop.cashier.must(shiftOpen, { drawer: shop.drawer, floatRupiah: 0 });
});
