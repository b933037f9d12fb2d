import { reportLiabilities, reportSales, type SalesTotals } from '../../../shared/contract/report.ts';
import type { AccountCode } from '../../../shared/domain/chart.ts';
import { answers } from '../context.ts';

type By = 'day' | 'vendor' | 'product' | 'category' | 'cashier';

/** In place of a product: a line whose code is not known yet, and one that turned out to be nobody's. */
const UNRESOLVED = -1;
const OTHER_INCOME = -2;

/**
 * Everything sold or refunded in the shifts of some days, one row a line; a document's day is its shift's. A resolved
 * line counts on its sale's day under the product it turned out to be. `ofVendor` keeps a vendor's products only.
 */
function lines(ofVendor: boolean): string {
  const only = (product: string) =>
    ofVendor ? `AND ${product} IN (SELECT id FROM product WHERE vendor = (SELECT vendor FROM asked))` : '';
  return `
  WITH asked AS (SELECT ? AS from_day, ? AS to_day, ? AS vendor),
  item AS MATERIALIZED (SELECT id, category FROM product_now),
  sold AS (
    SELECT sale.seq, sale.shift FROM asked CROSS JOIN shift CROSS JOIN sale
    WHERE shift.day BETWEEN from_day AND to_day AND sale.shift = shift.seq),
  resolved AS (
    SELECT resolution.seq, resolution.line, resolution.product, sold.seq AS sale, sold.shift
    FROM sold CROSS JOIN unresolved_line AS line ON line.seq = sold.seq
    JOIN resolution ON resolution.sale = line.seq AND resolution.line = line.line
    WHERE NOT EXISTS (SELECT 1 FROM reversal WHERE document = resolution.seq)),
  line AS (
    SELECT sold.seq AS sale, shift, product, qty, gross, net, commission, share, 0 AS refund
    FROM sold CROSS JOIN sale_line ON sale_line.seq = sold.seq ${only('sale_line.product')}
    UNION ALL
    SELECT resolved.sale, shift, sale_line.product, qty, gross, net, commission, share, 0
    FROM resolved CROSS JOIN sale_line ON sale_line.seq = resolved.seq ${only('sale_line.product')}
    UNION ALL
    SELECT sold.seq, sold.shift, iif(resolved.seq IS NULL, ${UNRESOLVED}, ${OTHER_INCOME}), qty, net, net, 0, 0, 0
    FROM sold CROSS JOIN unresolved_line AS unknown ON unknown.seq = sold.seq
    LEFT JOIN resolved ON resolved.sale = unknown.seq AND resolved.line = unknown.line
    WHERE resolved.product IS NULL ${ofVendor ? 'AND false' : ''}
    UNION ALL
    SELECT NULL, refund.shift, product, 0, 0, 0, 0, 0, refund_line.net
    FROM asked CROSS JOIN shift CROSS JOIN refund ON refund.shift = shift.seq
    CROSS JOIN refund_line ON refund_line.seq = refund.seq
    WHERE shift.day BETWEEN from_day AND to_day ${only('refund_line.product')})`;
}

const FIGURES = [
  'qty',
  'grossRupiah',
  'discountRupiah',
  'netRupiah',
  'commissionRupiah',
  'shareRupiah',
  'refundsRupiah',
];
const SUMS = `count(DISTINCT sale) AS sales, sum(qty) AS qty, sum(gross) AS grossRupiah,
  sum(gross - net) AS discountRupiah, sum(net) AS netRupiah, sum(commission) AS commissionRupiah,
  sum(share) AS shareRupiah, sum(refund) AS refundsRupiah`;
const SUMS_OF_SUMS = FIGURES.map((figure) => `sum(${figure}) AS ${figure}`).join(', ');
const LARGEST_FIRST = 'netRupiah DESC, refundsRupiah DESC, "key"';
const KEY_OF_NO_PRODUCT = `CASE product WHEN ${UNRESOLVED} THEN 'unresolved' WHEN ${OTHER_INCOME} THEN 'other-income'`;

/** Shifts are added up first: a receipt is of one shift, and a number sorts quicker than a day. */
function ofShifts(key: string, name: string): string {
  return `SELECT ${key} AS "key", ${name} AS name, sum(sales) AS sales, ${SUMS_OF_SUMS}
    FROM (SELECT shift, ${SUMS} FROM line GROUP BY shift) AS part JOIN shift ON shift.seq = part.shift
    JOIN "user" ON "user".id = shift.user GROUP BY 1, 2`;
}

/** The rows of each way to look at it, before they are ordered and bounded. */
const groups: Readonly<Record<By, string>> = {
  day: ofShifts('shift.day', 'shift.day'),
  cashier: ofShifts('CAST(shift.user AS TEXT)', '"user".username'),
  product: `SELECT ${KEY_OF_NO_PRODUCT} ELSE CAST(product AS TEXT) END AS "key", coalesce(product_now.name, '') AS name, part.*
    FROM (SELECT product, ${SUMS} FROM line GROUP BY product) AS part LEFT JOIN product_now ON product_now.id = product`,
  vendor: `SELECT ${KEY_OF_NO_PRODUCT} ELSE CAST(vendor AS TEXT) END AS "key", coalesce(vendor_now.name, '') AS name, part.*
    FROM (SELECT min(line.product, 0) AS product, item.vendor, ${SUMS} FROM line
          LEFT JOIN product AS item ON item.id = line.product GROUP BY 1, 2) AS part
    LEFT JOIN vendor_now ON vendor_now.id = vendor`,
  category: `SELECT ${KEY_OF_NO_PRODUCT} ELSE coalesce(category, '') END AS "key", coalesce(category, '') AS name, part.*
    FROM (SELECT min(line.product, 0) AS product, item.category, ${SUMS} FROM line
          LEFT JOIN item ON item.id = line.product GROUP BY 1, 2) AS part`,
};

/** Ordered rows up to the limit and, last, what all of them add up to: the lines are read once. */
function reportBy(by: By, ofVendor: boolean): string {
  const figures = `sales, ${FIGURES.join(', ')}`;
  return `${lines(ofVendor)}, part AS MATERIALIZED (${groups[by]})
    SELECT * FROM (SELECT "key", name, ${figures} FROM part ORDER BY ${by === 'day' ? '"key"' : LARGEST_FIRST} LIMIT ?)
    UNION ALL SELECT NULL, '', 0, ${FIGURES.map((figure) => `coalesce(sum(${figure}), 0)`).join(', ')} FROM part`;
}

/** A receipt with lines of two rows is one receipt of the total, so receipts cannot be added up. */
const RECEIPTS = `${lines(false)} SELECT count(*) FROM sold`;
const RECEIPTS_OF_VENDOR = `${lines(true)} SELECT count(DISTINCT sale) FROM line`;

export const sales = answers(reportSales, (ctx, { fromDay, toDay, by, vendor, limit }) => {
  const asked = [fromDay, toDay, vendor ?? null];
  const ofVendor = vendor !== undefined;
  const all = ctx.sql.all<SalesTotals>(reportBy(by, ofVendor), ...asked, limit);
  const rows = all.filter(({ key }) => key !== null);
  const total = all.find(({ key }) => key === null);
  if (!total) throw new Error('a report without a total');
  const receipts = ctx.sql.value<number>(ofVendor ? RECEIPTS_OF_VENDOR : RECEIPTS, ...asked) as number;
  return { rows, total: { ...total, key: '', sales: receipts } };
});

/**
 * From the totals of the accounts. Docs/domain rule: money taken for vendors and buyers is theirs until it is handed
 * over; the center's own is what is left of the money it holds.
 */
export const liabilities = answers(reportLiabilities, (ctx) => {
  const accounts = ctx.sql.all<{ code: AccountCode; debit: number; credit: number }>(
    `SELECT code, sum(max(debits - credits, 0)) AS debit, sum(max(credits - debits, 0)) AS credit FROM account
     WHERE ledger = 0 AND code IN ('cash', 'bank', 'qris-clearing', 'card-clearing', 'vendor', 'payout-due',
       'buyer-due', 'unresolved') GROUP BY code`,
  );
  const of = (code: AccountCode) =>
    accounts.find((account) => account.code === code) ?? { debit: 0, credit: 0 };
  const held = (code: AccountCode) => of(code).debit - of(code).credit;
  const owedOn = (code: AccountCode) => of(code).credit - of(code).debit;
  const money = {
    cashRupiah: held('cash'),
    bankRupiah: held('bank'),
    qrisClearingRupiah: held('qris-clearing'),
    cardClearingRupiah: held('card-clearing'),
  };
  const owed = {
    vendorsOwedRupiah: of('vendor').credit,
    payoutDueRupiah: owedOn('payout-due'),
    buyerDueRupiah: owedOn('buyer-due'),
    unresolvedRupiah: owedOn('unresolved'),
  };
  const sum = (figures: Record<string, number>) =>
    Object.values(figures).reduce((total, amount) => total + amount, 0);
  return {
    ...money,
    ...owed,
    vendorsOweRupiah: of('vendor').debit,
    ownRupiah: sum(money) - sum(owed),
  };
});
