/**
 * Proves the list of closed shifts: whose a person sees, what a row says, that each names the document whose paper comes
 * out once more, and that its pages leave nothing out.
 */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { authApprove, userCreate } from '../../shared/contract/people.ts';
import { documentReprint, printerSet, printPreview } from '../../shared/contract/printing.ts';
import { drawerCreate, shiftClose, shiftList, shiftOpen } from '../../shared/contract/shift.ts';
import { newCommandId, startEngine, type TestClient, type TestEngine } from '../support/engine.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';

let engine: TestEngine;
let shop: Shop;
let now: number;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 3);
  engine = await startEngine({ now: () => now });
  shop = await openShop(engine);
});
afterEach(() => engine.stop());

/** A second cashier with an open shift of an own drawer. */
async function secondTill() {
  const { admin } = shop;
  const pin = '806153';
  await admin.must(userCreate, { username: 'wati', name: 'Wati', role: 'cashier', pin });
  const cashier = engine.client('till-2');
  await signIn(cashier, 'wati', pin);
  const { drawer } = await admin.must(drawerCreate, { code: 'K2', name: 'Kasir 2' });
  const { shift } = await cashier.must(shiftOpen, { drawer, floatRupiah: 0 });
  return { cashier, shift };
}

/** Closes with a difference that the manager says yes to. */
async function closeWithYes(cashier: TestClient, figures: { shift: number; countedRupiah: number }) {
  const commandId = newCommandId();
  const approve = { commandId, action: 'shift.close', figures, username: 'budi', pin: PINS.manager };
  const { approval } = await cashier.must(authApprove, approve);
  return cashier.must(shiftClose, figures, { commandId, approval });
}

it('lists closed shifts, the newest closing first: to a cashier the own, to the office everybody’s', async () => {
  const { cashier, manager, shift, drawer } = shop;
  const second = await secondTill();
  expect(await cashier.must(shiftList, {})).toEqual({ shifts: [], before: null });
  const openedAt = now;
  now += 3_600_000;
  const whole = await cashier.must(shiftClose, { shift, countedRupiah: 200_000 });
  // Counted by the manager, and still the shift of whoever had the drawer.
  const short = await manager.must(shiftClose, { shift: second.shift, countedRupiah: 0 });
  const again = await cashier.must(shiftOpen, { drawer, floatRupiah: 100_000 });
  const over = await closeWithYes(cashier, { shift: again.shift, countedRupiah: 160_000 });
  const { shifts, before } = await manager.must(shiftList, {});
  expect(before).toBeNull();
  expect(
    shifts.map(({ number, username, drawerCode, differenceRupiah }) => [
      number,
      username,
      drawerCode,
      differenceRupiah,
    ]),
  ).toEqual([
    [over.number, 'siti', 'K1', 60_000],
    [short.number, 'wati', 'K2', 0],
    [whole.number, 'siti', 'K1', 0],
  ]);
  expect(shifts[0]).toMatchObject({
    openedAt: now,
    closedAt: now,
    countedRupiah: 160_000,
    expectedRupiah: 100_000,
  });
  expect(shifts[2]).toMatchObject({ shift, drawer, day: '2026-11-21', openedAt, closedAt: now });
  expect((await cashier.must(shiftList, {})).shifts).toEqual([shifts[0], shifts[2]]);
  expect((await second.cashier.must(shiftList, {})).shifts).toEqual([shifts[1]]);
  // What is listed is the very document that is printed again.
  await manager.must(printerSet, {
    drawer,
    address: { kind: 'file', path: join(engine.dir, 'paper.prn') },
    paperMm: 58,
    profile: 'simple58',
  });
  const document = shifts[0]?.closing ?? 0;
  expect(await manager.must(printPreview, { of: 'document', document, drawer })).toMatchObject({
    kind: 'shift-slip',
  });
  expect(await manager.must(documentReprint, { document, drawer })).toEqual({ kind: 'shift-slip' });
  expect(await cashier.ask(printPreview, { of: 'document', document, drawer })).toMatchObject({
    name: 'forbidden',
  });
});

it('gives closed shifts in pages, none twice and none left out', async () => {
  const { cashier, manager, drawer } = shop;
  await cashier.must(shiftClose, { shift: shop.shift, countedRupiah: 200_000 });
  for (let closed = 1; closed < 7; closed += 1) {
    const { shift } = await cashier.must(shiftOpen, { drawer, floatRupiah: 1_000 });
    await cashier.must(shiftClose, { shift, countedRupiah: 1_000 });
  }
  const all = (await manager.must(shiftList, {})).shifts.map(({ shift }) => shift);
  expect(all).toHaveLength(7);
  for (const limit of [1, 2, 3, 6, 7, 8]) {
    const seen: number[] = [];
    let before: number | null | undefined;
    do {
      const page = await cashier.must(shiftList, { limit, ...(before && { before }) });
      expect(page.shifts.length).toBeGreaterThan(0);
      seen.push(...page.shifts.map(({ shift }) => shift));
      before = page.before;
    } while (before !== null);
    expect(seen).toEqual(all);
  }
});
