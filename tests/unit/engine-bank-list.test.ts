/**
 * Proves the bank list: leading zeros are kept, names with commas, quotes and formulas are harmless to a spreadsheet,
 * a payout is listed once, whoever opened which account is logged, and nothing is opened for a list that is refused.
 */
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { erasePersonKey } from '../../main/engine/seal/person.ts';
import { documentReverse } from '../../shared/contract/report.ts';
import {
  payoutBankList,
  payoutConfirm,
  payoutList,
  settlementPay,
} from '../../shared/contract/settlement.ts';
import { vendorChange } from '../../shared/contract/vendor.ts';
import { openSettlingShop, type SettlingShop } from '../support/settling.ts';
import { expectWholeBooks } from '../support/whole-books.ts';

let shop: SettlingShop;
beforeEach(async () => {
  shop = await openSettlingShop();
});
afterEach(async () => {
  await expectWholeBooks(shop.engine);
  await shop.engine.stop();
});

interface Payee {
  name?: string;
  bankCode?: string;
  bankAccount?: string;
  bankHolder?: string;
}

/** A vendor whose settlement of 25.000 is approved. */
async function approvedVendor({ name, bankCode, ...person }: Payee) {
  const goods = await shop.vendorWith(25_000);
  const { vendor } = goods;
  await shop.sell(goods, 25_000);
  await shop.manager.must(vendorChange, {
    vendor,
    person,
    ...(name !== undefined && { name }),
    ...(bankCode !== undefined && { bankCode }),
  });
  const settlement = await shop.prepare(vendor);
  await shop.approve(settlement, 25_000);
  return { vendor, settlement };
}

async function paidByBank(payee: Payee): Promise<number> {
  const { settlement } = await approvedVendor(payee);
  return (await shop.manager.must(settlementPay, { settlement, how: 'bank' })).payout;
}

const RINI = { bankCode: '008', bankAccount: '0012 3456.789-0', bankHolder: 'Rini' };
const reason = 'unggah ke bank';

function list(...payouts: number[]) {
  return shop.manager.ask(payoutBankList, { payouts, reason });
}

function reveals(): unknown[][] {
  const sql = `SELECT "user".username, field, reason FROM reveal_log JOIN "user" ON "user".id = actor ORDER BY reveal_log.rowid`;
  return shop.engine.engine.books.prepare(sql).raw().all() as unknown[][];
}

it('lists account, holder and amount of each payout once, in the order asked for', async () => {
  const first = await paidByBank({ ...RINI, bankHolder: 'Sari, "Dapur"; Jaya' });
  const second = await paidByBank({ name: '=HYPERLINK("x")', bankCode: '014', bankAccount: '0000000017' });
  const answer = await list(second, first, second);
  expect(answer).toMatchObject({ outcome: 'ok', value: { rows: 2, totalRupiah: 50_000 } });
  const { csv } = (answer as { value: { csv: string } }).value;
  expect(csv.split('\r\n')).toHaveLength(4);
  const numbers = (await shop.manager.must(payoutList, { limit: 9 })).payouts.map(({ number }) => number);
  expect(parse(csv) as string[][]).toEqual([
    ['kode_bank', 'rekening', 'nama', 'jumlah', 'referensi'],
    ['014', '0000000017', `'=HYPERLINK("x")`, '25000', numbers[0]],
    ['008', '001234567890', 'Sari, "Dapur"; Jaya', '25000', numbers[1]],
  ]);
  expect(reveals()).toEqual([
    ['budi', 'bankAccount', reason],
    ['budi', 'bankAccount', reason],
    ['budi', 'bankHolder', reason],
  ]);
});

it('refuses a list with a payout that no bank can make, and opens nothing for it', async () => {
  const good = await paidByBank(RINI);
  const cash = await approvedVendor(RINI);
  const inCash = await shop.manager.must(settlementPay, {
    settlement: cash.settlement,
    drawer: shop.drawer,
  });
  expect(await list(good, inCash.payout)).toMatchObject({
    name: 'not-a-bank-payout',
    details: { number: inCash.number },
  });
  expect(await list(good, 999)).toMatchObject({ name: 'payout-unknown', details: { payout: 999 } });
  const back = await paidByBank(RINI);
  const reversal = await shop.manager.must(documentReverse, { document: back, memo: 'rekening salah' });
  expect(await list(good, back)).toMatchObject({
    name: 'already-reversed',
    details: { number: reversal.number },
  });
  const erased = await paidByBank({ ...RINI, name: 'Bu Sumi' });
  const person = shop.engine.engine.books
    .prepare('SELECT person FROM vendor_person ORDER BY seq DESC LIMIT 1')
    .pluck()
    .get() as string;
  erasePersonKey(shop.engine.engine.books, person);
  expect(await list(good, erased)).toMatchObject({
    name: 'bank-account-missing',
    details: { vendor: 'Bu Sumi' },
  });
  expect(await shop.cashier.ask(payoutBankList, { payouts: [good], reason })).toMatchObject({
    name: 'forbidden',
  });
  expect(reveals()).toEqual([]);
  expect(await list(good)).toMatchObject({ outcome: 'ok' });
});

it('lists payouts that nobody has confirmed, and neither confirmed nor reversed ones', async () => {
  const confirmed = await paidByBank(RINI);
  await shop.manager.must(payoutConfirm, { payout: confirmed });
  const reversed = await paidByBank(RINI);
  await shop.manager.must(documentReverse, { document: reversed, memo: 'salah' });
  const open = await paidByBank(RINI);
  const { settlement } = await approvedVendor(RINI);
  const cash = await shop.manager.must(settlementPay, { settlement, drawer: shop.drawer });
  const ids = async (how?: 'cash' | 'bank') => {
    const { payouts } = await shop.manager.must(payoutList, { ...(how && { how }), limit: 9 });
    return payouts.map(({ payout }) => payout);
  };
  expect(await ids()).toEqual([cash.payout, open]);
  expect(await ids('bank')).toEqual([open]);
  expect(await ids('cash')).toEqual([cash.payout]);
});
