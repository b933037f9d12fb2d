/**
 * Proves the taking back of documents: whatever a document posted is posted back today, so that every account holds
 * what it held before it; what was sold, counted, closed or built on since stands in the way by name; and the shelves
 * that sales remember are right afterwards. After each test the books verify and replay to the same rows.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reversibleNames } from '../../main/engine/store/reversals.ts';
import type { InputOf } from '../../shared/contract/define.ts';
import { countPost, returnConfirm, unresolvedResolve, writeOffConfirm } from '../../shared/contract/goods.ts';
import { contract } from '../../shared/contract/index.ts';
import { intakeConfirm, purchaseConfirm, stockBatches } from '../../shared/contract/intake.ts';
import { authApprove } from '../../shared/contract/people.ts';
import { productCreate } from '../../shared/contract/product.ts';
import { buyerPay, refundComplete } from '../../shared/contract/refund.ts';
import { documentReverse, journalGet } from '../../shared/contract/report.ts';
import { runGet, runStart } from '../../shared/contract/run.ts';
import { clearingMatch, saleComplete } from '../../shared/contract/sale.ts';
import {
  payoutConfirm,
  type SettlementView,
  settlementApprove,
  settlementCancel,
  settlementGet,
  settlementList,
  settlementPay,
  settlementPrepare,
} from '../../shared/contract/settlement.ts';
import {
  cashDrop,
  cashIn,
  cashList,
  cashOut,
  drawerState,
  safeCount,
  shiftClose,
  shiftOpen,
} from '../../shared/contract/shift.ts';
import { agreementSet, vendorCreate } from '../../shared/contract/vendor.ts';
import {
  adjustmentPost,
  debtWriteOff,
  disputeClose,
  disputeOpen,
  feeCharge,
  vendorPayIn,
} from '../../shared/contract/vendor-money.ts';
import { newCommandId, startEngine, type TestClient, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { openShop, PINS, type Shop, signIn } from '../support/shop.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const safeShift = 1;

let engine: TestEngine;
let shop: Shop;
let now: number;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 3);
  engine = await startEngine({ now: () => now });
  shop = await openShop(engine);
  await shop.manager.must(cashIn, {
    shift: safeShift,
    amountRupiah: 900_000,
    kind: 'opening',
    memo: 'modal',
  });
});
afterEach(async () => {
  await expectWholeBooks(engine);
  await engine.stop();
});

/** What every account holds; those that hold nothing are left out. */
function held(): Record<string, number> {
  const sql = `SELECT ledger || '/' || code || '/' || owner, debits - credits FROM account WHERE debits <> credits`;
  return Object.fromEntries(engine.engine.books.prepare(sql).raw().all() as [string, number][]);
}

/** The shelves that sales remember are those that the books have. */
function expectShelvesRemembered(): void {
  const { books, ledger } = engine.engine;
  const products = books.prepare('SELECT id FROM product').pluck().all() as number[];
  const sql = `SELECT CAST(owner AS INTEGER) AS batch, debits - credits AS onHand FROM account
    WHERE ledger = ? AND code = 'shelf' AND debits > credits ORDER BY batch`;
  for (const product of products) {
    const remembered = ledger.shelves(product).map(({ batch, onHand }) => ({ batch, onHand }));
    expect(remembered.sort((a, b) => a.batch - b.batch)).toEqual(books.prepare(sql).all(product));
  }
}

const back = (document: number) => shop.manager.ask(documentReverse, { document, memo: 'salah ketik' });

/** Makes a document, takes it back, and expects every account as before, and a second time refused. */
async function expectThereAndBack(make: () => Promise<number>): Promise<void> {
  expectShelvesRemembered();
  const before = held();
  const document = await make();
  expect(held()).not.toEqual(before);
  const answer = await shop.manager.must(documentReverse, { document, memo: 'salah ketik' });
  expect(answer.number).toMatch(/^PB-\d{6}-\d{6}$/);
  expect(held()).toEqual(before);
  expectShelvesRemembered();
  const there = await shop.manager.must(journalGet, { seq: document });
  const again = await shop.manager.must(journalGet, { seq: answer.reversal });
  expect(there.reversedBy).toBe(answer.number);
  const mirrored = there.transfers.toReversed();
  expect(again.transfers.slice(0, mirrored.length)).toMatchObject(
    mirrored.map(({ ledger, debit, credit, amount, reason, line }) => ({
      ledger,
      debit: credit,
      credit: debit,
      amount,
      reason,
      line,
    })),
  );
  expect(await back(document)).toMatchObject({
    name: 'already-reversed',
    details: { number: answer.number },
  });
}

/** A sale of one piece, paid by card. */
async function cardSale(): Promise<number> {
  const { cashier, shift, product } = shop;
  const tenders = [{ kind: 'debit' as const, amountRupiah: 18_000, reference: '4711' }];
  return (await cashier.must(saleComplete, { ...oneLine(shift, product, 1, 18_000), tenders })).sale;
}

/** A sale of goods that nobody knew: line 1. */
async function unknownSale(): Promise<number> {
  const { cashier, shift } = shop;
  const lines = [{ unknownCode: 'X-1', qty: 2_000, priceRupiah: 9_000 }];
  const tenders = [{ kind: 'cash' as const, amountRupiah: 18_000 }];
  return (await cashier.must(saleComplete, { shift, lines, totalRupiah: 18_000, tenders })).sale;
}

async function ownProduct(): Promise<number> {
  const { manager, vendor } = shop;
  return (await manager.must(productCreate, { vendor, name: 'Gula aren', priceRupiah: 30_000, own: true }))
    .product;
}

/** Prepared by the manager, approved by the administrator. */
async function approved(
  amountRupiah?: number,
): Promise<{ settlement: number; approval: number; number: string }> {
  const { manager, admin, vendor } = shop;
  const draft = await manager.must(settlementPrepare, { vendor });
  const { settlement } = draft;
  await admin.must(settlementApprove, { settlement, amountRupiah: amountRupiah ?? draft.closingRupiah });
  const sql = 'SELECT seq FROM settlement_approval WHERE settlement = ?';
  const approval = engine.engine.books.prepare(sql).pluck().get(settlement) as number;
  return { settlement, approval, number: draft.number };
}

it('knows only commands of the contract', () => {
  for (const name of reversibleNames) {
    expect([name, contract.get(name)?.kind]).toEqual([name, 'command']);
  }
});

describe('goods', () => {
  it('takes back an intake that repaid what was sold before it', async () => {
    const { manager, cashier, shift, vendor } = shop;
    const { product } = await manager.must(productCreate, {
      vendor,
      name: 'Belum dicatat',
      priceRupiah: 10_000,
    });
    await cashier.must(saleComplete, oneLine(shift, product, 2, 10_000));
    await expectThereAndBack(
      async () => (await manager.must(intakeConfirm, { vendor, lines: [{ product, qty: 10_000 }] })).intake,
    );
    // The two pieces are outstanding again: the right delivery repays them.
    await manager.must(intakeConfirm, { vendor, lines: [{ product, qty: 5_000 }] });
    expect(held()[`${product}/found/`]).toBeUndefined();
  });

  it('takes back a purchase paid from the safe, and one on credit', async () => {
    const { manager, vendor } = shop;
    const product = await ownProduct();
    for (const paid of ['cash', 'credit', 'bank'] as const) {
      const lines = [{ product, qty: 3_000, unitCostRupiah: 20_000, expires: '2027-01-31' }];
      await expectThereAndBack(
        async () => (await manager.must(purchaseConfirm, { vendor, lines, paid })).intake,
      );
    }
  });

  it('takes back returns and write-offs of consigned and own goods', async () => {
    const { manager, vendor, product } = shop;
    const own = await ownProduct();
    const lines = [{ product: own, qty: 3_000, unitCostRupiah: 6_667 }];
    await manager.must(purchaseConfirm, { vendor, lines, paid: 'credit' });
    for (const each of [product, own]) {
      const some = [{ product: each, qty: 2_000 }];
      await expectThereAndBack(
        async () => (await manager.must(returnConfirm, { vendor, lines: some })).goodsReturn,
      );
      await expectThereAndBack(
        async () =>
          (
            await manager.must(writeOffConfirm, {
              reason: 'damaged',
              lines: [{ product: each, qty: 1_000, vendorBps: 2_500 }],
            })
          ).writeOff,
      );
    }
  });

  it('takes back a count that lost and one that found', async () => {
    const { manager, product } = shop;
    for (const countedQty of [97_000, 104_000]) {
      const lines = [{ product, countedQty }];
      await expectThereAndBack(async () => (await manager.must(countPost, { lines })).count);
    }
  });

  it('sells the next batch once the first was never there', async () => {
    const { manager, cashier, shift, vendor } = shop;
    const { product } = await manager.must(productCreate, {
      vendor,
      name: 'Dua kiriman',
      priceRupiah: 5_000,
    });
    const take = async (expires: string) =>
      manager.must(intakeConfirm, { vendor, lines: [{ product, qty: 4_000, expires }] });
    const early = await take('2026-12-01');
    const late = await take('2027-02-01');
    const first = await cashier.must(saleComplete, oneLine(shift, product, 1, 5_000));
    expect(await back(early.intake)).toMatchObject({ outcome: 'rejected', name: 'stock-not-negative' });
    expectShelvesRemembered();
    await cashier.must(refundComplete, {
      shift,
      sale: first.sale,
      lines: [{ line: 1, qty: 1_000, reason: 'resaleable' }],
    });
    expect(await back(early.intake)).toMatchObject({ outcome: 'ok' });
    const next = await cashier.must(saleComplete, oneLine(shift, product, 1, 5_000));
    const sql = 'SELECT batch FROM sale_line_batch WHERE seq = ?';
    expect(engine.engine.books.prepare(sql).pluck().all(next.sale)).toEqual(late.batches);
    expectShelvesRemembered();
  });

  it('lets stand what a delivery has explained since: the delivery goes back first', async () => {
    const { manager, cashier, shift, vendor, product } = shop;
    const deliver = () => manager.must(intakeConfirm, { vendor, lines: [{ product, qty: 10_000 }] });
    const onHand = async () => {
      const { batches, noBatchQty } = await manager.must(stockBatches, { product });
      return batches.reduce((sum, { onHandQty }) => sum + onHandQty, noBatchQty);
    };
    // One too many is counted, and the delivery that is typed next is taken for its explanation.
    const { count } = await manager.must(countPost, { lines: [{ product, countedQty: 101_000 }] });
    const delivery = await deliver();
    expect(await onHand()).toBe(110_000);
    expect(await back(count)).toMatchObject({ name: 'document-used', details: { by: delivery.number } });
    await manager.must(documentReverse, { document: delivery.intake, memo: 'urutan' });
    await manager.must(documentReverse, { document: count, memo: 'salah hitung' });
    await deliver();
    expect(await onHand()).toBe(110_000);
    // The same of pieces that are said to be of a product of which the book has none.
    await manager.must(countPost, { lines: [{ product, countedQty: 0 }] });
    const sale = await unknownSale();
    const { resolution } = await manager.must(unresolvedResolve, { sale, line: 1, product });
    const late = await deliver();
    expect(await onHand()).toBe(8_000);
    expect(await back(resolution)).toMatchObject({ name: 'document-used', details: { by: late.number } });
    await manager.must(documentReverse, { document: late.intake, memo: 'urutan' });
    await manager.must(documentReverse, { document: resolution, memo: 'barang lain' });
    await deliver();
    expect(await onHand()).toBe(10_000);
    expectShelvesRemembered();
    await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  });

  it('names the delivery that still explains, not a newer one that went back', async () => {
    const { manager, vendor, product } = shop;
    const deliver = () => manager.must(intakeConfirm, { vendor, lines: [{ product, qty: 10_000 }] });
    const surplus = async (countedQty: number) =>
      (await manager.must(countPost, { lines: [{ product, countedQty }] })).count;
    const first = await surplus(101_000);
    const standing = await deliver();
    const second = await surplus(111_000);
    const { intake } = await deliver();
    for (const document of [intake, second]) await manager.must(documentReverse, { document, memo: 'salah' });
    expect(await back(first)).toMatchObject({ name: 'document-used', details: { by: standing.number } });
    for (const document of [standing.intake, first])
      await manager.must(documentReverse, { document, memo: 'urutan' });
    expect(await manager.must(stockBatches, { product })).toMatchObject({ oversoldQty: 0, noBatchQty: 0 });
  });

  it('takes back what unknown goods were said to be, unless it came back or is disputed', async () => {
    const { manager, cashier, shift, vendor, product } = shop;
    const sale = await unknownSale();
    const resolve = async () =>
      (await manager.must(unresolvedResolve, { sale, line: 1, product })).resolution;
    await expectThereAndBack(resolve);
    await expectThereAndBack(
      async () => (await manager.must(unresolvedResolve, { sale, line: 1, memo: 'sumbangan' })).resolution,
    );
    const resolution = await resolve();
    const { dispute, number } = await manager.must(disputeOpen, {
      vendor,
      sale,
      line: 1,
      memo: 'bukan milik saya',
    });
    expect(await back(resolution)).toMatchObject({ name: 'document-used', details: { by: number } });
    await manager.must(disputeClose, { dispute, memo: 'benar' });
    const refund = await cashier.must(refundComplete, {
      shift,
      sale,
      lines: [{ line: 1, qty: 1_000, reason: 'resaleable' }],
    });
    expect(await back(resolution)).toMatchObject({ name: 'document-used', details: { by: refund.number } });
  });
});

describe('money', () => {
  it('takes back cash moved by hand, and the drawer shows as if it had not been', async () => {
    const { manager, cashier, shift, drawer, safe } = shop;
    const before = await manager.must(drawerState, { drawer });
    const safeBefore = await manager.must(drawerState, { drawer: safe });
    const amountRupiah = 25_000;
    await expectThereAndBack(
      async () =>
        (await cashier.must(cashIn, { shift, amountRupiah, kind: 'other-income', memo: 'parkir' })).move,
    );
    await expectThereAndBack(
      async () => (await cashier.must(cashOut, { shift, amountRupiah, kind: 'expense', memo: 'gas' })).move,
    );
    await expectThereAndBack(async () => (await cashier.must(cashDrop, { shift, amountRupiah })).move);
    const fetched = { shift, amountRupiah, kind: 'safe' as const, memo: 'uang kecil' };
    await expectThereAndBack(async () => (await cashier.must(cashIn, fetched)).move);
    await expectThereAndBack(
      async () =>
        (await manager.must(cashOut, { shift: safeShift, amountRupiah, kind: 'bank', memo: 'setor' })).move,
    );
    expect(await manager.must(drawerState, { drawer })).toEqual(before);
    expect(await manager.must(drawerState, { drawer: safe })).toEqual(safeBefore);
    const { moves } = await manager.must(cashList, { shift });
    expect(moves.map(({ direction, reversed }) => [direction, reversed])).toEqual([
      ['in', true],
      ['drop', true],
      ['out', true],
      ['in', true],
    ]);
  });

  it('refuses cash of a shift that was closed, also while the next is open, and cash that is no longer there', async () => {
    const { manager, cashier, shift, drawer } = shop;
    const move = { amountRupiah: 30_000, kind: 'other-income' as const, memo: 'parkir' };
    const spent = await cashier.must(cashIn, { shift, ...move });
    await cashier.must(cashDrop, { shift, amountRupiah: 205_000 });
    expect(await back(spent.move)).toMatchObject({ name: 'drawer-short', details: {} });
    await cashier.must(shiftClose, { shift, countedRupiah: 25_000 });
    expect(await back(spent.move)).toMatchObject({ name: 'shift-not-open' });
    await cashier.must(shiftOpen, { drawer, floatRupiah: 100_000 });
    expect(await back(spent.move)).toMatchObject({ name: 'shift-not-open' });
    // The safe's shift is open always, on whatever day.
    now += DAY_MS;
    await signIn(manager, 'budi', PINS.manager);
    const inSafe = await manager.must(cashIn, { shift: safeShift, ...move });
    now += DAY_MS;
    await signIn(manager, 'budi', PINS.manager);
    const { reversal } = await manager.must(documentReverse, { document: inSafe.move, memo: 'dobel' });
    expect((await manager.must(journalGet, { seq: reversal })).day).toBe('2026-11-23');
  });

  it("takes back what moved a vendor's balance", async () => {
    const { manager, vendor } = shop;
    const amountRupiah = 12_345;
    await expectThereAndBack(
      async () => (await manager.must(feeCharge, { vendor, name: 'Label', amountRupiah })).fee,
    );
    for (const amount of [amountRupiah, -amountRupiah]) {
      await expectThereAndBack(
        async () =>
          (await manager.must(adjustmentPost, { vendor, amountRupiah: amount, memo: 'koreksi' })).adjustment,
      );
    }
    await manager.must(feeCharge, { vendor, name: 'Denda', amountRupiah: 50_000 });
    for (const how of ['cash', 'bank'] as const) {
      await expectThereAndBack(
        async () => (await manager.must(vendorPayIn, { vendor, amountRupiah, how })).payment,
      );
    }
    await expectThereAndBack(async () => {
      const commandId = newCommandId();
      const figures = { vendor, amountRupiah, memo: 'tutup usaha' };
      const yes = { commandId, action: 'debt.writeOff', figures, username: 'ratna', pin: PINS.admin };
      const { approval } = await manager.must(authApprove, yes);
      return (await manager.must(debtWriteOff, figures, { commandId, approval })).writeOff;
    });
  });

  it('takes back a match with the acquirer and a payment to a buyer', async () => {
    const { manager, cashier, shift } = shop;
    const sale = await cardSale();
    const match = { kind: 'debit' as const, tenders: [{ sale, tender: 1 }], feeRupiah: 180 };
    await expectThereAndBack(async () => (await manager.must(clearingMatch, match)).match);
    const { refund } = await cashier.must(refundComplete, {
      shift,
      sale,
      lines: [{ line: 1, qty: 1_000, reason: 'resaleable' }],
    });
    for (const how of ['transfer', 'cash'] as const) {
      const pay = { refund, amountRupiah: 8_000, how, memo: 'diambil sendiri' };
      await expectThereAndBack(async () => (await manager.must(buyerPay, pay)).payment);
    }
  });
});

describe('settlements', () => {
  beforeEach(async () => {
    const { cashier, shift, product } = shop;
    await cashier.must(saleComplete, oneLine(shift, product, 3, 18_000));
  });

  it('takes back an approval: what it settled is open for the next', async () => {
    const { manager } = shop;
    await expectThereAndBack(async () => (await approved()).approval);
    const again = await approved();
    expect(await manager.must(settlementGet, { settlement: again.settlement })).toMatchObject({
      state: 'approved',
      approvedRupiah: 45_900,
    });
  });

  it('takes back a payout together with its approval', async () => {
    const { manager, vendor, drawer } = shop;
    const before = held();
    const { settlement, approval } = await approved(45_850);
    const { payout, number } = await manager.must(settlementPay, { settlement, drawer });
    expect(await back(approval)).toMatchObject({ name: 'document-used', details: { by: number } });
    const reversal = await manager.must(documentReverse, { document: payout, memo: 'uang kembali' });
    expect(held()).toEqual(before);
    expect(await manager.must(settlementGet, { settlement })).toMatchObject({ state: 'reversed' });
    for (const document of [payout, approval]) {
      const no = { name: 'already-reversed', details: { number: reversal.number } };
      expect(await back(document)).toMatchObject(no);
    }
    expect((await manager.must(drawerState, { drawer })).payoutsRupiah).toBe(0);
    const next = await manager.must(settlementPrepare, { vendor });
    expect(next.closingRupiah).toBe(45_900);
  });

  it('takes back one approval of a part of a run, and leaves those of the other vendors', async () => {
    const { manager, admin, cashier, shift } = shop;
    const { vendor } = await manager.must(vendorCreate, { code: 'DUA', name: 'Penitip kedua' });
    await manager.must(agreementSet, { vendor, terms: { model: 'percent', rateBps: 1000 } });
    const made = await manager.must(productCreate, { vendor, name: 'Keripik', priceRupiah: 10_000 });
    await cashier.must(saleComplete, oneLine(shift, made.product, 2, 10_000));
    const finished = async (client: TestClient, input: InputOf<typeof runStart>) => {
      const { run } = await client.must(runStart, input);
      await vi.waitFor(async () => expect((await client.must(runGet, { run })).state).toBe('done'), {
        timeout: 20_000,
      });
      return run;
    };
    const of = await finished(manager, { kind: 'prepare' });
    const before = held();
    await finished(admin, { kind: 'approve', of });
    expect(held()).toMatchObject({
      [`0/payout-due/${shop.vendor}`]: -45_900,
      [`0/payout-due/${vendor}`]: -18_000,
    });
    const { settlements } = await manager.must(settlementList, { vendor });
    const { approval, settlement } = settlements[0] as SettlementView;
    expect(approval).toBeGreaterThan(2 ** 40);
    expect(await back(approval as number)).toMatchObject({ outcome: 'ok' });
    expect(held()).toEqual({
      ...before,
      [`0/payout-due/${shop.vendor}`]: -45_900,
      [`0/vendor/${shop.vendor}`]: undefined,
    });
    expect(await manager.must(settlementGet, { settlement })).toMatchObject({ state: 'reversed' });
    expect(await back((approval as number) % 2 ** 40)).toMatchObject({
      name: 'not-reversible',
      details: { name: 'run.part' },
    });
    expect(await back(settlement)).toMatchObject({
      name: 'not-reversible',
      details: { name: 'settlement.prepare' },
    });
  });

  it('refuses what a later settlement builds on, and what the vendor has confirmed', async () => {
    const { manager, cashier, shift, product, vendor } = shop;
    const { settlement } = await approved();
    const { payout, number } = await manager.must(settlementPay, { settlement });
    await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
    const later = await manager.must(settlementPrepare, { vendor });
    expect(await back(payout)).toMatchObject({ name: 'document-used', details: { by: later.number } });
    await manager.must(settlementCancel, { settlement: later.settlement, memo: 'belum waktunya' });
    await manager.must(payoutConfirm, { payout });
    expect(await back(payout)).toMatchObject({ name: 'document-used', details: { by: number } });
  });
});

it('refuses what is no document, was refused itself, or is taken back in another way', async () => {
  const { manager, cashier, shift, product } = shop;
  const sold = await cashier.must(saleComplete, oneLine(shift, product, 1, 18_000));
  expect(await back(sold.sale)).toMatchObject({ name: 'not-reversible', details: { name: 'sale.complete' } });
  expect(await back(shift)).toMatchObject({ name: 'not-reversible', details: { name: 'shift.open' } });
  expect(await back(1)).toMatchObject({ name: 'not-reversible', details: { name: 'center.create' } });
  const { move } = await cashier.must(cashIn, { shift, amountRupiah: 5, kind: 'other-income', memo: 'x' });
  const { reversal } = await manager.must(documentReverse, { document: move, memo: 'x' });
  expect(await back(reversal)).toMatchObject({
    name: 'not-reversible',
    details: { name: 'document.reverse' },
  });
  await manager.must(safeCount, { countedRupiah: 900_000 });
  const { seq } = engine.engine.books.prepare('SELECT max(seq) AS seq FROM journal').get() as { seq: number };
  expect(await back(seq)).toMatchObject({ name: 'not-reversible', details: { name: 'safe.count' } });
  // The refusal just journaled is no document either, nor is a row that does not exist, nor a part of none.
  for (const document of [seq + 1, seq + 99, 2 ** 40 + move, Number.MAX_SAFE_INTEGER]) {
    expect(await back(document)).toMatchObject({ name: 'document-unknown', details: { document } });
  }
});
