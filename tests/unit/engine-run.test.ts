/**
 * Proves runs over many vendors: the same settlements as one by one, in as many parts as it takes; approved by another
 * person and paid to banks; stopped and not gone on with; every refusal; parts given by nobody but the engine, under
 * ids that follow from the run. A disk that is full or a clock in doubt makes a run wait and go on by itself.
 * Afterwards the books verify and replay to the same rows.
 */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { partCommandId } from '../../main/engine/runs.ts';
import { liveRun } from '../../main/engine/store/runs.ts';
import { centerChange } from '../../shared/contract/center.ts';
import { authApprove } from '../../shared/contract/people.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import { runGet, runList, runPart, runStart, runStop } from '../../shared/contract/run.ts';
import {
  payoutBankList,
  payoutList,
  settlementApprove,
  settlementCancel,
  settlementGet,
  settlementList,
  settlementPrepare,
} from '../../shared/contract/settlement.ts';
import { groupCreate, vendorBalance, vendorChange, vendorCreate } from '../../shared/contract/vendor.ts';
import { adjustmentPost, feeCharge, feeRecur } from '../../shared/contract/vendor-money.ts';
import { isCommandId } from '../../shared/domain/id.ts';
import { newCommandId } from '../support/engine.ts';
import { endOfRun, runToEnd } from '../support/full-shop-runs.ts';
import { brokenSettlements } from '../support/independent-settlements.ts';
import { openSettlingShop, type SettlingShop } from '../support/settling.ts';
import { PINS } from '../support/shop.ts';
import { owed } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

let shop: SettlingShop;
beforeEach(async () => {
  shop = await openSettlingShop();
});
afterEach(async () => {
  vi.useRealTimers();
  expect(owed(shop.engine, 'clearing')).toBe(0);
  expect(brokenSettlements(shop.engine.engine.books)).toEqual([]);
  await expectWholeBooks(shop.engine);
  await shop.engine.stop();
});

let counter = 0;

/** Vendors who are owed 1.000, 2.000, 3.000 … by hand, every third of them with a bank account. */
async function owedVendors(count: number, group?: number): Promise<number[]> {
  const vendors: number[] = [];
  for (let n = 1; n <= count; n += 1) {
    counter += 1;
    const person = n % 3 === 0 ? { person: { bankCode: '014', bankAccount: `00${1000 + n}` } } : {};
    const { vendor } = await shop.manager.must(vendorCreate, {
      code: `R${counter}`,
      name: `P ${n}`,
      ...person,
    });
    if (group !== undefined) await shop.manager.must(vendorChange, { vendor, group });
    await shop.manager.must(adjustmentPost, { vendor, amountRupiah: n * 1000, memo: 'saldo awal' });
    vendors.push(vendor);
  }
  return vendors;
}

/** 1.000 + 2.000 + … */
function sumTo(count: number): number {
  return (1000 * count * (count + 1)) / 2;
}

function rows(sql: string): unknown[][] {
  return shop.engine.engine.books.prepare(sql).raw().all() as unknown[][];
}

it('prepares, approves and pays 137 vendors, each once, in parts', async () => {
  const { manager, admin } = shop;
  await owedVendors(136);
  const done = { state: 'done', vendors: 137, startedBy: 'budi' };
  const prepared = await runToEnd(manager, { kind: 'prepare' });
  // The shop's own vendor has nothing to settle.
  expect(prepared).toMatchObject({
    ...done,
    kind: 'prepare',
    done: 136,
    skipped: 1,
    amountRupiah: sumTo(136),
  });
  const parts = rows(
    'SELECT part, from_vendor, to_vendor, done + skipped, is_last FROM run_part ORDER BY part',
  );
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.map(([part]) => part)).toEqual(parts.map((_, index) => index + 1));
  expect(parts.map((row) => row[4])).toEqual([...parts.slice(1).map(() => 0), 1]);
  for (const [, , , vendors] of parts) expect(vendors).toBeLessThanOrEqual(50);
  for (const [index, part] of parts.entries()) {
    if (index > 0) expect(part[1]).toBeGreaterThan(parts[index - 1]?.[2] as number);
  }
  expect(rows('SELECT count(*), count(DISTINCT vendor), count(DISTINCT number) FROM settlement')).toEqual([
    [136, 136, 136],
  ]);

  expect(await manager.ask(runStart, { kind: 'approve', of: prepared.run })).toMatchObject({
    name: 'same-person',
  });
  const approved = await runToEnd(admin, { kind: 'approve', of: prepared.run });
  expect(approved).toMatchObject({ of: prepared.run, vendors: 136, done: 136, amountRupiah: sumTo(136) });
  expect(
    rows('SELECT DISTINCT username FROM settlement_approval JOIN "user" ON "user".id = approver'),
  ).toEqual([['ratna']]);
  expect(owed(shop.engine, 'bank')).toBe(0);
  const paid = await runToEnd(manager, { kind: 'pay-bank', of: prepared.run });
  const byBank = Array.from({ length: 45 }, (_, n) => 3000 * (n + 1)).reduce((sum, amount) => sum + amount);
  expect(paid).toMatchObject({ state: 'done', vendors: 136, done: 45, skipped: 91, amountRupiah: byBank });
  expect(owed(shop.engine, 'bank')).toBe(byBank);

  const { payouts } = await manager.must(payoutList, { run: paid.run, how: 'bank', limit: 500 });
  expect(payouts).toHaveLength(45);
  const ofPreparation = await manager.must(payoutList, { run: prepared.run, limit: 500 });
  expect(ofPreparation.payouts).toEqual(payouts);
  const listed = await manager.must(payoutBankList, {
    payouts: payouts.map(({ payout }) => payout),
    reason: 'unggah',
  });
  expect(listed).toMatchObject({ rows: 45, totalRupiah: byBank });
  // A second time there is nobody left to pay, approve or prepare but those never paid.
  expect(await runToEnd(manager, { kind: 'pay-bank', of: prepared.run })).toMatchObject({
    done: 0,
    skipped: 136,
  });
  expect(await runToEnd(admin, { kind: 'approve', of: prepared.run })).toMatchObject({
    done: 0,
    skipped: 136,
  });
  expect(await runToEnd(manager, { kind: 'prepare' })).toMatchObject({ done: 0, skipped: 137 });
  const { runs } = await manager.must(runList, { limit: 3 });
  expect(runs.map(({ kind, of }) => [kind, of])).toEqual([
    ['prepare', null],
    ['approve', prepared.run],
    ['pay-bank', prepared.run],
  ]);
});

it('settles as one by one: fees, minimum, payout fee and what may not be paid', async () => {
  const { manager, admin } = shop;
  const [small, feed, indebted, big] = (await owedVendors(4)) as [number, number, number, number];
  const cycle = { kind: 'monthly' as const, day: 2 };
  await manager.must(feeRecur, { vendor: feed, name: 'Sewa rak', amountRupiah: 300, cycle });
  await manager.must(feeCharge, { vendor: indebted, name: 'Denda', amountRupiah: 9_000 });
  await shop.change({ minimumPayoutRupiah: 1_500, payoutFeeRupiah: 250 });
  const { run } = await runToEnd(manager, { kind: 'prepare' });
  const { settlements } = await manager.must(settlementList, { limit: 10 });
  const of = (vendor: number) => settlements.find((row) => row.vendor === vendor);
  expect([small, feed, indebted, big].map((vendor) => of(vendor)?.closingRupiah)).toEqual([
    1_000, 2_000, -6_000, 4_000,
  ]);
  const approved = await runToEnd(admin, { kind: 'approve', of: run });
  // 2.000 less the fees of 300 and 250 is below the minimum: its period is closed with the recurring fee alone.
  expect(approved).toMatchObject({ done: 4, skipped: 0, amountRupiah: 3_750 });
  const views = await Promise.all(
    [small, feed, indebted, big].map((vendor) =>
      manager.must(settlementGet, { settlement: of(vendor)?.settlement as number }),
    ),
  );
  expect(views.map(({ state, approvedRupiah, feesRupiah }) => [state, approvedRupiah, feesRupiah])).toEqual([
    ['closed', 0, 0],
    ['closed', 0, 300],
    ['closed', 0, 0],
    ['approved', 3_750, 250],
  ]);
  expect(await manager.must(vendorBalance, { vendor: feed })).toMatchObject({ balanceRupiah: 1_700 });
});

it('leaves alone what was settled, cancelled or approved by hand meanwhile', async () => {
  const { manager, admin } = shop;
  const [first, second, third] = (await owedVendors(3)) as [number, number, number];
  const own = await manager.must(settlementPrepare, { vendor: first });
  const { run } = await runToEnd(manager, { kind: 'prepare' });
  const { settlements } = await manager.must(settlementList, { limit: 10 });
  expect(settlements.map((row) => [row.vendor, row.run])).toEqual([
    [third, run],
    [second, run],
    [first, null],
  ]);
  const [ofThird, ofSecond] = settlements.map(({ settlement }) => settlement) as [number, number];
  await manager.must(settlementCancel, { settlement: ofSecond, memo: 'salah' });
  await admin.must(settlementApprove, { settlement: ofThird, amountRupiah: 1_000 });
  expect(await runToEnd(admin, { kind: 'approve', of: run })).toMatchObject({ done: 0, skipped: 2 });
  expect(await manager.must(settlementGet, { settlement: own.settlement })).toMatchObject({ state: 'draft' });
  // One of a run is taken back as any other, and only it.
  await runToEnd(manager, { kind: 'prepare' });
  const { approval } = await manager.must(settlementGet, { settlement: ofThird });
  await manager.must(documentReverse, { document: approval as number, memo: 'salah jumlah' });
  expect(await manager.must(settlementGet, { settlement: ofThird })).toMatchObject({ state: 'reversed' });
});

it('takes one payout that a part made back, and only it', async () => {
  const { manager, admin, engine } = shop;
  const vendors = await owedVendors(9);
  const { run } = await runToEnd(manager, { kind: 'prepare' });
  await runToEnd(admin, { kind: 'approve', of: run });
  await runToEnd(manager, { kind: 'pay-bank', of: run });
  const { payouts } = await manager.must(payoutList, { run, limit: 9 });
  expect(payouts.map(({ amountRupiah }) => amountRupiah)).toEqual([3_000, 6_000, 9_000]);
  const [, second] = payouts as [unknown, (typeof payouts)[number]];
  await manager.must(documentReverse, { document: second.payout, memo: 'rekening salah' });
  expect(vendors.map((vendor) => shop.owed(vendor))).toEqual([0, 0, 0, 0, 0, 6_000, 0, 0, 0]);
  expect([owed(engine, 'bank'), owed(engine, 'payout-due', second.vendor)]).toEqual([12_000, 0]);
  const after = await manager.must(payoutList, { run, limit: 9 });
  expect(after.payouts.map(({ reversed }) => reversed)).toEqual([false, true, false]);
  // The next run finds its balance again.
  expect(await runToEnd(manager, { kind: 'prepare' })).toMatchObject({ done: 1, amountRupiah: 6_000 });
});

it('takes the vendors of a group as it was when the run began', async () => {
  const { manager } = shop;
  const { group } = await manager.must(groupCreate, { name: 'Paguyuban' });
  const other = await manager.must(groupCreate, { name: 'Lain' });
  const members = await owedVendors(2, group);
  await owedVendors(2);
  const moved = (await owedVendors(1, group))[0] as number;
  await manager.must(vendorChange, { vendor: moved, group: other.group });
  const started = await manager.must(runStart, { kind: 'prepare', group, cutoffDay: '2026-11-02' });
  expect(started.vendors).toBe(2);
  // Both answers are there before the engine takes its first part.
  await manager.must(vendorChange, { vendor: moved, group });
  await manager.must(vendorChange, { vendor: members[0] as number, group: null });
  const view = await endOfRun(manager, started.run);
  expect(view).toMatchObject({ vendors: 2, done: 2, skipped: 0, amountRupiah: 3_000, group });
  expect(rows('SELECT vendor FROM settlement ORDER BY vendor')).toEqual(members.map((vendor) => [vendor]));
});

it('stops after the part it is in, and never goes on', async () => {
  const { manager } = shop;
  await owedVendors(30);
  const stopped = await manager.must(runStart, { kind: 'prepare' });
  expect(await manager.ask(runStart, { kind: 'prepare' })).toMatchObject({
    name: 'run-live',
    details: { run: stopped.run },
  });
  await manager.must(runStop, { run: stopped.run });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(await manager.must(runGet, { run: stopped.run })).toMatchObject({ state: 'stopped', done: 0 });
  expect(await manager.ask(runStop, { run: stopped.run })).toMatchObject({ name: 'run-ended' });
  const midway = await manager.must(runStart, { kind: 'prepare' });
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  await manager.must(runStop, { run: midway.run });
  const half = await manager.must(runGet, { run: midway.run });
  expect(half).toMatchObject({ state: 'stopped', vendors: 31 });
  expect(half.done).toBeGreaterThan(0);
  expect(half.done).toBeLessThan(31);
  // Another takes those who are left.
  expect(await runToEnd(manager, { kind: 'prepare' })).toMatchObject({ state: 'done', done: 30 - half.done });
});

it('refuses what is unknown, over, or of the future', async () => {
  const { manager, cashier, admin } = shop;
  const unknown = { name: 'run-unknown', details: { run: 99 } };
  expect(await manager.ask(runGet, { run: 99 })).toMatchObject(unknown);
  expect(await manager.ask(runStop, { run: 99 })).toMatchObject(unknown);
  expect(await manager.ask(runStart, { kind: 'approve', of: 99 })).toMatchObject(unknown);
  expect(await manager.ask(runStart, { kind: 'prepare', group: 9 })).toMatchObject({
    name: 'group-unknown',
    details: { group: 9 },
  });
  expect(await manager.ask(runStart, { kind: 'prepare', cutoffDay: '2026-11-03' })).toMatchObject({
    name: 'cutoff-in-future',
    details: { day: '2026-11-02' },
  });
  expect(await cashier.ask(runStart, { kind: 'prepare' })).toMatchObject({ name: 'forbidden' });
  const { run } = await runToEnd(manager, { kind: 'prepare' });
  const approved = await runToEnd(admin, { kind: 'approve', of: run });
  expect(approved).toMatchObject({ state: 'done', vendors: 0, done: 0 });
  // Only a preparation has settlements of its own.
  expect(await admin.ask(runStart, { kind: 'pay-bank', of: approved.run })).toMatchObject({
    name: 'run-unknown',
  });
  for (const client of [admin, shop.engine.client('office', 'local')]) {
    const part = { run, part: 2, vendors: 1 };
    expect(await client.ask(runPart, part)).toMatchObject({ name: 'forbidden' });
  }
});

it('lets one person do both where the center allows it, or another stand beside', async () => {
  const { manager } = shop;
  await owedVendors(2);
  const { run } = await runToEnd(manager, { kind: 'prepare' });
  const commandId = newCommandId();
  const figures = { kind: 'approve' as const, of: run };
  const beside = { username: 'ratna', pin: PINS.admin };
  const { approval } = await manager.must(authApprove, {
    commandId,
    action: 'run.start',
    figures,
    ...beside,
  });
  const started = await manager.ask(runStart, figures, { commandId, approval });
  if (started.outcome !== 'ok') throw new Error(JSON.stringify(started));
  await endOfRun(manager, started.value.run);
  expect(
    rows('SELECT DISTINCT username FROM settlement_approval JOIN "user" ON "user".id = approver'),
  ).toEqual([['ratna']]);
  await shop.admin.must(centerChange, { twoPersonSettlement: false });
  await owedVendors(1);
  const again = await runToEnd(manager, { kind: 'prepare' });
  expect(await runToEnd(manager, { kind: 'approve', of: again.run })).toMatchObject({ done: 1 });
});

it('gives parts ids that follow from the run, which are ids as any other', () => {
  const begin = { id: newCommandId(), at: Date.UTC(2026, 10, 21) };
  const ids = Array.from({ length: 500 }, (_, part) => partCommandId(begin, part + 1));
  expect(ids.every(isCommandId)).toBe(true);
  expect(new Set(ids).size).toBe(500);
  expect(partCommandId(begin, 7)).toBe(ids[6]);
  expect(partCommandId({ ...begin, id: newCommandId() }, 7)).not.toBe(ids[6]);
});

it('does nothing more when a part is refused for good, until a person stops it', async () => {
  const { manager, engine } = shop;
  const [vendor] = (await owedVendors(3)) as [number];
  const commandId = newCommandId();
  const at = engine.engine.now();
  const warned = vi.spyOn(engine.engine.log, 'warn').mockImplementation(() => undefined);
  const { run } = await manager.must(runStart, { kind: 'prepare' }, { commandId });
  // Somebody else has used the id that the first part would have.
  const taken = { commandId: partCommandId({ id: commandId, at }, 1) };
  await manager.must(adjustmentPost, { vendor, amountRupiah: 500, memo: 'id terpakai' }, taken);
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(warned).toHaveBeenCalledTimes(1);
  expect(warned.mock.calls[0]?.[0]).toEqual({ run, part: 1, no: 'id-reused' });
  expect(await manager.must(runGet, { run })).toMatchObject({ state: 'running', done: 0 });
  await manager.must(runStop, { run });
  expect(await runToEnd(manager, { kind: 'prepare' })).toMatchObject({ state: 'done', done: 3 });
});

it('waits while parts cannot be written, without spinning, and goes on by itself', async () => {
  const { manager, engine } = shop;
  await owedVendors(25);
  const { books, sql } = engine.engine;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  books.exec(
    "CREATE TEMP TRIGGER full BEFORE INSERT ON main.run_part BEGIN SELECT RAISE(ABORT, 'no room'); END",
  );
  const tries = vi.spyOn(engine.engine.log, 'error').mockImplementation(() => undefined);
  const { run } = await manager.must(runStart, { kind: 'prepare' });
  const turns = async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const expected = [1, 2, 3, 4, 5, 6];
  const waits = [1_000, 2_000, 5_000, 15_000, 60_000, 60_000];
  for (const [index, waitMs] of waits.entries()) {
    await turns();
    expect(tries).toHaveBeenCalledTimes(expected[index] as number);
    await vi.advanceTimersByTimeAsync(waitMs - 1);
    await turns();
    expect(tries).toHaveBeenCalledTimes(expected[index] as number);
    await vi.advanceTimersByTimeAsync(1);
  }
  await turns();
  expect(tries).toHaveBeenCalledTimes(7);
  expect(liveRun(sql)).toMatchObject({ seq: run, part: 0 });
  books.exec('DROP TRIGGER full');
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  expect(await endOfRun(manager, run)).toMatchObject({ state: 'done', done: 25 });
});
