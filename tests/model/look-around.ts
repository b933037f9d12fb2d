/** What the screens would show at the end of a history, held against the bookkeeper's page. */
import { expect } from 'vitest';
import { stockBatches } from '../../shared/contract/intake.ts';
import { reportLiabilities } from '../../shared/contract/report.ts';
import { drawerState, shiftList, shiftSummary } from '../../shared/contract/shift.ts';
import { vendorBalance, vendorStatement } from '../../shared/contract/vendor.ts';
import type { TwoBooks } from './two-books.ts';

export async function lookAround(books: TwoBooks): Promise<void> {
  const has = (account: string) => books.page.books[account] ?? 0;
  const ids = (table: string) => books.rows<{ id: number }>(`SELECT id FROM ${table}`).map(({ id }) => id);
  const office = books.client('ratna');
  for (const vendor of ids('vendor')) {
    const balance = await office.must(vendorBalance, { vendor });
    const { payableRupiah, heldRupiah, disputedRupiah } = balance;
    expect(balance.balanceRupiah).toBe(0 - has(`vendor/${vendor}`));
    expect(payableRupiah + heldRupiah + disputedRupiah).toBe(balance.balanceRupiah);
    expect(balance.payoutDueRupiah).toBe(0 - has(`payout-due/${vendor}`));
    const statement = await office.must(vendorStatement, { vendor });
    const moved = statement.sections.reduce((sum, { sumRupiah }) => sum + sumRupiah, 0);
    expect(statement.openingRupiah + moved).toBe(statement.closingRupiah);
    expect(statement.closingRupiah).toBe(balance.balanceRupiah);
  }
  for (const drawer of ids('drawer')) {
    const { shift, expectedRupiah } = await office.must(drawerState, { drawer });
    expect(expectedRupiah).toBe(has(`cash/${drawer}`));
    if (shift !== null)
      expect((await office.must(shiftSummary, { shift })).expectedRupiah).toBe(expectedRupiah);
  }
  const closed = await office.must(shiftList, { limit: 500 });
  const differences = closed.shifts.reduce((sum, shift) => sum + shift.differenceRupiah, 0);
  const counted = books.rows<{ id: number }>('SELECT coalesce(sum(difference), 0) AS id FROM safe_count');
  expect(0 - differences - (counted[0]?.id ?? 0)).toBe(has('over-short/'));
  for (const product of ids('product')) {
    const { batches, noBatchQty, oversoldQty } = await office.must(stockBatches, { product });
    const onHand = batches.reduce((sum, { onHandQty }) => sum + onHandQty, noBatchQty);
    expect(onHand - oversoldQty).toBe(has(`${product}:shelf`));
    const setAside = batches.reduce((sum, { returnShelfQty }) => sum + returnShelfQty, 0);
    expect(setAside).toBeLessThanOrEqual(has(`${product}:return-shelf`));
  }
  await lookAtTrustMoney(books);
}

/** Whose the money is that the center holds. */
async function lookAtTrustMoney(books: TwoBooks): Promise<void> {
  const all = (code: string) =>
    Object.entries(books.page.books)
      .filter(([account]) => account.startsWith(`${code}/`))
      .map(([, balance]) => balance);
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const report = await books.client('ratna').must(reportLiabilities, {});
  const owed = all('vendor').filter((balance) => balance < 0);
  const owing = all('vendor').filter((balance) => balance > 0);
  expect(report).toMatchObject({
    cashRupiah: sum(all('cash')),
    bankRupiah: sum(all('bank')),
    qrisClearingRupiah: sum(all('qris-clearing')),
    cardClearingRupiah: sum(all('card-clearing')),
    vendorsOwedRupiah: 0 - sum(owed),
    vendorsOweRupiah: sum(owing),
    payoutDueRupiah: 0 - sum(all('payout-due')),
    buyerDueRupiah: 0 - sum(all('buyer-due')),
    unresolvedRupiah: 0 - sum(all('unresolved')),
  });
}
