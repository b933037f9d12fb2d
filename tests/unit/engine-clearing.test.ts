/**
 * Proves that QRIS and card payments stand in their clearing accounts until they are compared with what the acquirer
 * brought: then bank and fee are the gross together and nothing is left, each payment once, and again after the match
 * was taken back. Afterwards the books verify and replay to the same rows.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { documentReverse } from '../../shared/contract/report.ts';
import { clearingMatch, clearingOpen, saleComplete } from '../../shared/contract/sale.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { oneLine } from '../support/full-shop.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { owed } from '../support/till.ts';
import { expectWholeBooks } from '../support/whole-books.ts';
import { seenQris } from '../support/worked-sale.ts';

let engine: TestEngine;
let shop: Shop;
beforeEach(async () => {
  engine = await startEngine({ now: () => Date.UTC(2026, 10, 21, 3) });
  shop = await openShop(engine);
});
afterEach(async () => {
  expect(owed(engine, 'clearing')).toBe(0);
  await expectWholeBooks(engine);
  await engine.stop();
});

/** Two pieces for 36.000: cash first, then so much by QRIS. */
async function soldByQris(amountRupiah: number): Promise<number> {
  const sale = oneLine(shop.shift, shop.product, 2, 18_000);
  const qris = await seenQris(shop, amountRupiah, sale.lines);
  const cash = { kind: 'cash' as const, amountRupiah: 36_000 - amountRupiah };
  const done = await shop.cashier.must(saleComplete, {
    ...sale,
    tenders: amountRupiah === 36_000 ? [qris] : [cash, qris],
  });
  return done.sale;
}

async function soldByCard(reference: string): Promise<number> {
  const { sale } = await shop.cashier.must(saleComplete, {
    ...oneLine(shop.shift, shop.product, 1, 18_000),
    tenders: [{ kind: 'debit', amountRupiah: 18_000, reference }],
  });
  return sale;
}

const bank = () => 0 - owed(engine, 'bank');
const inClearing = () => 0 - owed(engine, 'qris-clearing');
const fees = () => 0 - owed(engine, 'expense', 'mdr');

it('brings QRIS payments to the bank less the fee, which is an expense', async () => {
  const first = await soldByQris(36_000);
  const second = await soldByQris(20_000);
  expect([inClearing(), bank(), fees()]).toEqual([56_000, 0, 0]);
  const match = await shop.manager.must(clearingMatch, {
    kind: 'qris',
    tenders: [
      { sale: first, tender: 1 },
      { sale: second, tender: 2 },
    ],
    feeRupiah: 392,
    memo: 'rekening koran 21/11',
  });
  expect(match.grossRupiah).toBe(56_000);
  expect([inClearing(), bank(), fees()]).toEqual([0, 55_608, 392]);
  expect(
    engine.engine.books.prepare('SELECT number, kind, gross, fee, memo FROM clearing_match').get(),
  ).toEqual({ number: match.number, kind: 'qris', gross: 56_000, fee: 392, memo: 'rekening koran 21/11' });
  expect((await shop.manager.must(clearingOpen, {})).tenders).toEqual([]);
});

it('lists what is open, oldest first whatever its kind', async () => {
  const card = await soldByCard('4821');
  const qris = await soldByQris(20_000);
  const later = await soldByCard('9930');
  const { tenders } = await shop.manager.must(clearingOpen, {});
  expect(tenders).toMatchObject([
    { sale: card, tender: 1, kind: 'debit', amountRupiah: 18_000, reference: '4821', day: '2026-11-21' },
    { sale: qris, tender: 2, kind: 'qris', amountRupiah: 20_000, reference: '778812' },
    { sale: later, tender: 1, kind: 'debit', amountRupiah: 18_000, reference: '9930' },
  ]);
  expect((await shop.manager.must(clearingOpen, { limit: 2 })).tenders).toEqual(tenders.slice(0, 2));
  const tender = { sale: card, tender: 1 };
  await shop.manager.must(clearingMatch, { kind: 'debit', tenders: [tender], feeRupiah: 0 });
  expect((await shop.manager.must(clearingOpen, {})).tenders).toEqual(tenders.slice(1));
  expect([-owed(engine, 'card-clearing'), inClearing(), bank()]).toEqual([18_000, 20_000, 18_000]);
});

it('matches a payment once, and again when the match was taken back', async () => {
  const sale = await soldByQris(36_000);
  const tender = { sale, tender: 1 };
  const match = (tenders: { sale: number; tender: number }[], feeRupiah = 0) =>
    shop.manager.ask(clearingMatch, { kind: 'qris', tenders, feeRupiah });
  expect(await match([tender, tender])).toMatchObject({ name: 'already-matched', details: tender });
  expect([inClearing(), bank()]).toEqual([36_000, 0]);
  expect(await match([tender], 36_001)).toMatchObject({
    name: 'fee-too-large',
    details: { mostRupiah: 36_000 },
  });
  const { match: document } = await shop.manager.must(clearingMatch, {
    kind: 'qris',
    tenders: [tender],
    feeRupiah: 36_000,
  });
  expect([inClearing(), bank(), fees()]).toEqual([0, 0, 36_000]);
  expect(await match([tender])).toMatchObject({ name: 'already-matched', details: tender });
  await shop.manager.must(documentReverse, { document, memo: 'biaya salah' });
  expect([inClearing(), bank(), fees()]).toEqual([36_000, 0, 0]);
  expect((await shop.manager.must(clearingOpen, {})).tenders).toMatchObject([tender]);
  expect(await match([tender], 252)).toMatchObject({ outcome: 'ok' });
  expect([inClearing(), bank(), fees()]).toEqual([0, 35_748, 252]);
});

it('knows payments of the named kind only', async () => {
  const card = await soldByCard('4821');
  const qris = await soldByQris(20_000);
  for (const tender of [
    { sale: card, tender: 1 },
    { sale: qris, tender: 1 },
    { sale: qris, tender: 3 },
    { sale: shop.shift, tender: 1 },
  ]) {
    const answer = await shop.manager.ask(clearingMatch, { kind: 'qris', tenders: [tender], feeRupiah: 0 });
    expect(answer).toMatchObject({ name: 'tender-unknown', details: tender });
  }
});
