/**
 * Proves that a command happens once: the same id with the same input gets the stored answer, with another input
 * `id-reused`; a journaled no stays no while a no of the door leaves the id unused; and hundreds of copies at once
 * are one. Commands that carry PINs and personal text are told apart without either being stored.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startSession } from '../../main/engine/auth/sessions.ts';
import { createDoor } from '../../main/engine/door.ts';
import { verifyBooks } from '../../main/engine/verify/verify.ts';
import { centerCreate } from '../../shared/contract/center.ts';
import { intakeConfirm } from '../../shared/contract/intake.ts';
import { authApprove, authSignIn, userCreate } from '../../shared/contract/people.ts';
import { priceSet } from '../../shared/contract/product.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { settlementApprove, settlementPrepare } from '../../shared/contract/settlement.ts';
import { drawerCreate, shiftClose } from '../../shared/contract/shift.ts';
import { commandOutcome } from '../../shared/contract/system.ts';
import { vendorCreate } from '../../shared/contract/vendor.ts';
import { newCommandId, startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine, PERSON } from '../support/full-shop.ts';
import { openShop, PINS, type Shop } from '../support/shop.ts';

let now: number;
let engine: TestEngine;
let shop: Shop;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 3);
  engine = await startEngine({ now: () => now });
  shop = await openShop(engine);
});
afterEach(async () => {
  expect(verifyBooks(engine.engine.books).problems).toEqual([]);
  await engine.stop();
});

/** How many rows there are of everything that a command could write. */
function rowCounts(): unknown {
  const tables = engine.engine.books
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('session', 'throttle')")
    .pluck()
    .all();
  return tables.map((name) => [
    name,
    engine.engine.books.prepare(`SELECT count(*) FROM "${name}"`).pluck().get(),
  ]);
}

it('answers the same id and input as before and writes nothing, also after a restart', async () => {
  const commandId = newCommandId();
  const input = oneLine(shop.shift, shop.product, 2, 18_000);
  const first = await shop.cashier.ask(saleComplete, input, { commandId });
  expect(first.outcome).toBe('ok');
  const rows = rowCounts();
  // In another order of keys, and after the price has changed: the stored answer counts.
  await shop.manager.must(priceSet, { product: shop.product, priceRupiah: 20_000 });
  const again = await shop.cashier.ask(
    saleComplete,
    { tenders: input.tenders, totalRupiah: input.totalRupiah, lines: input.lines, shift: input.shift },
    { commandId },
  );
  expect(again).toEqual(first);
  await engine.stop();
  engine = await startEngine({ dir: engine.dir, now: () => now });
  const cashier = engine.client('till');
  cashier.setSession((await cashier.must(authSignIn, { username: 'siti', pin: PINS.cashier })).token);
  expect(await cashier.ask(saleComplete, input, { commandId })).toEqual(first);
  expect(await cashier.must(commandOutcome, { id: commandId })).toMatchObject({ known: true, outcome: 'ok' });
  const sales = engine.engine.books.prepare('SELECT count(*) FROM sale').pluck().get();
  expect(sales).toBe((rows as [string, number][]).find(([name]) => name === 'sale')?.[1]);
});

it('refuses the same id with another input, another command or another person', async () => {
  const commandId = newCommandId();
  const input = oneLine(shop.shift, shop.product, 2, 18_000);
  await shop.cashier.must(saleComplete, input, { commandId });
  const rows = rowCounts();
  const reused = { outcome: 'rejected', name: 'id-reused', details: { id: commandId } };
  const other = oneLine(shop.shift, shop.product, 3, 18_000);
  expect(await shop.cashier.ask(saleComplete, other, { commandId })).toEqual(reused);
  const more = { ...input, tenders: [{ kind: 'cash' as const, amountRupiah: 40_000 }] };
  expect(await shop.cashier.ask(saleComplete, more, { commandId })).toEqual(reused);
  expect(await shop.cashier.ask(shiftClose, { shift: shop.shift, countedRupiah: 1 }, { commandId })).toEqual(
    reused,
  );
  expect(await shop.manager.ask(saleComplete, input, { commandId })).toEqual(reused);
  expect(rowCounts()).toEqual(rows);
});

it('keeps a journaled no, even when it could be done now', async () => {
  const commandId = newCommandId();
  const input = oneLine(shop.shift, shop.product, 1, 20_000);
  const no = await shop.cashier.ask(saleComplete, input, { commandId });
  expect(no).toMatchObject({ outcome: 'rejected', name: 'price-changed' });
  await shop.manager.must(priceSet, { product: shop.product, priceRupiah: 20_000 });
  expect(await shop.cashier.ask(saleComplete, input, { commandId })).toEqual(no);
  expect(await shop.cashier.must(commandOutcome, { id: commandId })).toMatchObject({
    known: true,
    outcome: 'rejected',
    name: 'price-changed',
  });
  expect(await shop.cashier.ask(saleComplete, input)).toMatchObject({ outcome: 'ok' });
});

it('leaves the id unused after every no of the door', async () => {
  const commandId = newCommandId();
  const good = { code: 'K9', name: 'Kasir 9' };
  const rows = rowCounts();
  const bad = { code: '', name: 'Kasir 9' };
  expect(await shop.admin.ask(drawerCreate, bad, { commandId })).toMatchObject({ name: 'bad-input' });
  expect(await shop.cashier.ask(drawerCreate, good, { commandId })).toMatchObject({ name: 'forbidden' });
  expect(await engine.client().ask(drawerCreate, good, { commandId })).toMatchObject({ name: 'no-session' });
  expect(await shop.admin.ask(drawerCreate, good, { commandId, approval: 'x'.repeat(43) })).toMatchObject({
    name: 'approval-invalid',
  });
  now -= 3_600_000;
  const client = engine.client('office');
  client.setSession((await client.must(authSignIn, { username: 'ratna', pin: PINS.admin })).token);
  expect(await client.ask(drawerCreate, good, { commandId })).toMatchObject({ name: 'clock-doubtful' });
  now += 3_600_000;
  expect(rowCounts()).toEqual(rows);
  expect(await client.must(commandOutcome, { id: commandId })).toEqual({ known: false });
  expect(await client.ask(drawerCreate, good, { commandId })).toMatchObject({ outcome: 'ok' });
});

it('leaves the id unused after a fault', async () => {
  const commandId = newCommandId();
  const input = { code: 'K9', name: 'Kasir 9' };
  const rows = rowCounts();
  engine.engine.books.exec(
    "CREATE TEMP TRIGGER broken BEFORE INSERT ON drawer BEGIN SELECT RAISE(ABORT, 'bug'); END",
  );
  expect(await shop.admin.ask(drawerCreate, input, { commandId })).toMatchObject({ outcome: 'fault' });
  engine.engine.books.exec('DROP TRIGGER broken');
  expect(rowCounts()).toEqual(rows);
  expect(await shop.admin.ask(drawerCreate, input, { commandId })).toMatchObject({ outcome: 'ok' });
});

it('knows a resent command that carries a PIN or personal text, and one that carries another', async () => {
  const commandId = newCommandId();
  const user = { username: 'dewi', name: 'Dewi Lestari', role: 'cashier' as const, pin: '604817' };
  const first = await shop.admin.ask(userCreate, user, { commandId });
  expect(first.outcome).toBe('ok');
  expect(await shop.admin.ask(userCreate, user, { commandId })).toEqual(first);
  for (const other of [
    { ...user, pin: '604818' },
    { ...user, name: 'Dewi Lestarí' },
  ]) {
    expect(await shop.admin.ask(userCreate, other, { commandId })).toMatchObject({ name: 'id-reused' });
  }
  expect(await shop.admin.ask(userCreate, { ...user, pin: '111111' }, { commandId })).toMatchObject({
    name: 'pin-too-simple',
  });

  const vendorId = newCommandId();
  const vendor = { code: 'SMY', name: 'Dapur', person: { ...PERSON } };
  const made = await shop.manager.ask(vendorCreate, vendor, { commandId: vendorId });
  const rows = rowCounts();
  expect(await shop.manager.ask(vendorCreate, vendor, { commandId: vendorId })).toEqual(made);
  const otherNik = { ...vendor, person: { ...PERSON, nik: '3513204507860004' } };
  expect(await shop.manager.ask(vendorCreate, otherNik, { commandId: vendorId })).toMatchObject({
    name: 'id-reused',
  });
  expect(rowCounts()).toEqual(rows);
});

it('creates the center once, however often it is sent', async () => {
  const empty = await startEngine({ now: () => now });
  const input = { name: 'Pusat', admin: { username: 'ratna', name: 'Ratna Dewi', pin: PINS.admin } };
  const commandId = newCommandId();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => empty.client().ask(centerCreate, input, { commandId })),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ outcome: 'ok' });
  const later = { ...input, name: 'Pusat Dua' };
  expect(await empty.client().ask(centerCreate, later, { commandId })).toMatchObject({ name: 'id-reused' });
  expect(await empty.client().ask(centerCreate, input)).toMatchObject({ name: 'already-set-up' });
  expect(empty.engine.journal.head().seq).toBe(1);
  await empty.stop();
});

it('takes 200 copies at once for one, and two rivals under one id for one and a no', async () => {
  const { token } = startSession(engine.engine.books, { user: 3, device: 'till', at: now });
  const door = createDoor(engine.engine);
  const send = (entry: { name: string }, input: unknown, session: string, commandId: string) =>
    door.handle(
      { v: 1, kind: 'call', callId: 1, name: entry.name, input, commandId, session, device: 'till' },
      'page',
    );
  const input = oneLine(shop.shift, shop.product, 1, 18_000);
  const commandId = newCommandId();
  const sales = await Promise.all(
    Array.from({ length: 200 }, async () => send(saleComplete, input, token, commandId)),
  );
  expect(new Set(sales.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(engine.engine.books.prepare('SELECT count(*) FROM sale').pluck().get()).toBe(1);

  // With a PIN to hash first the copies wait for one another; what is too much is told `busy` and changes nothing.
  const admin = startSession(engine.engine.books, { user: 1, device: 'office', at: now }).token;
  const user = { username: 'dewi', name: 'Dewi Lestari', role: 'cashier', pin: '604817' };
  const userId = newCommandId();
  const rivals = Array.from({ length: 200 }, async (_, index) =>
    send(userCreate, index % 2 === 0 ? user : { ...user, pin: '604818' }, admin, userId),
  );
  const outcomes = (await Promise.all(rivals)).map((answer) =>
    answer.outcome === 'rejected' ? answer.name : answer.outcome,
  );
  expect(new Set(outcomes)).toEqual(new Set(['ok', 'id-reused', 'busy']));
  expect(engine.engine.books.prepare("SELECT count(*) FROM user WHERE username = 'dewi'").pluck().get()).toBe(
    1,
  );
});

it('uses an approval up once, and gives it back when the command came to nothing', async () => {
  await shop.cashier.must(saleComplete, oneLine(shop.shift, shop.product, 1, 18_000));
  const { settlement, closingRupiah } = await shop.manager.must(settlementPrepare, { vendor: shop.vendor });
  const commandId = newCommandId();
  const figures = { settlement, amountRupiah: closingRupiah };
  const approve = () =>
    shop.manager.must(authApprove, {
      commandId,
      action: 'settlement.approve',
      figures,
      username: 'ratna',
      pin: PINS.admin,
    });
  const { approval } = await approve();
  const other = { ...figures, amountRupiah: closingRupiah - 1 };
  expect(await shop.manager.ask(settlementApprove, other, { commandId, approval })).toMatchObject({
    name: 'approval-invalid',
  });
  expect(await shop.manager.ask(settlementApprove, figures, { approval })).toMatchObject({
    name: 'approval-invalid',
  });
  engine.engine.books.exec(
    "CREATE TEMP TRIGGER broken BEFORE INSERT ON settlement_approval BEGIN SELECT RAISE(ABORT, 'bug'); END",
  );
  expect(await shop.manager.ask(settlementApprove, figures, { commandId, approval })).toMatchObject({
    outcome: 'fault',
  });
  engine.engine.books.exec('DROP TRIGGER broken');
  const done = await shop.manager.ask(settlementApprove, figures, { commandId, approval });
  expect(done).toMatchObject({ outcome: 'ok' });
  expect(await shop.manager.ask(settlementApprove, figures, { commandId, approval })).toEqual(done);
  expect(
    engine.engine.books.prepare('SELECT approver FROM journal WHERE id = ?').pluck().get(commandId),
  ).toBe(1);

  const late = newCommandId();
  const intake = { vendor: shop.vendor, lines: [{ product: shop.product, qty: 1000 }] };
  const { approval: old } = await shop.manager.must(authApprove, {
    commandId: late,
    action: 'intake.confirm',
    figures: intake,
    username: 'ratna',
    pin: PINS.admin,
  });
  now += 120_001;
  expect(await shop.manager.ask(intakeConfirm, intake, { commandId: late, approval: old })).toMatchObject({
    name: 'approval-invalid',
  });
});
