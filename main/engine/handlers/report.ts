import { reportLiabilities, reportSales, type SalesTotals } from '../../../shared/contract/report.ts';
import type { AccountCode } from '../../../shared/domain/chart.ts';
import { answers } from '../context.ts';

type By = 'day' | 'vendor' | 'product' | 'category' | 'cashier';

/**
 * Everything sold or refunded between two days, one row a line. A resolved line counts on its sale's day under the
 * product it turned out to be; an unknown one, or one that was nobody's, has no product and says so in `word`.
 * Drawers are joined first because receipts are indexed by drawer and day.
 */
const LINES = `
  WITH item AS MATERIALIZED (SELECT id, vendor, category, name FROM product_now),
  sold AS (
    SELECT sale.seq, sale.day, sale.shift FROM drawer CROSS JOIN sale
    WHERE sale.drawer = drawer.id AND sale.day BETWEEN ? AND ?),
  resolved AS (
    SELECT resolution.seq, resolution.line, resolution.product, sold.seq AS sale, sold.day, sold.shift
    FROM sold CROSS JOIN unresolved_line AS line ON line.seq = sold.seq
    JOIN resolution ON resolution.sale = line.seq AND resolution.line = line.line
    WHERE NOT EXISTS (SELECT 1 FROM reversal WHERE document = resolution.seq)),
  line AS (
    SELECT sold.seq AS sale, day, shift, product, '' AS word, qty, gross, net, commission, share, 0 AS refund
    FROM sold CROSS JOIN sale_line ON sale_line.seq = sold.seq
    UNION ALL
    SELECT resolved.sale, day, shift, sale_line.product, '', qty, gross, net, commission, share, 0
    FROM resolved CROSS JOIN sale_line ON sale_line.seq = resolved.seq
    UNION ALL
    SELECT sold.seq, sold.day, sold.shift, NULL, iif(resolved.seq IS NULL, 'unresolved', 'other-income'), qty, net, net,
           0, 0, 0
    FROM sold CROSS JOIN unresolved_line AS unknown ON unknown.seq = sold.seq
    LEFT JOIN resolved ON resolved.sale = unknown.seq AND resolved.line = unknown.line
    WHERE resolved.product IS NULL
    UNION ALL
    SELECT NULL, refund.day, refund.shift, product, '', 0, 0, 0, 0, 0, refund_line.net
    FROM refund CROSS JOIN refund_line ON refund_line.seq = refund.seq WHERE refund.day BETWEEN ? AND ?)`;

const SUMS = `count(DISTINCT sale) AS sales, coalesce(sum(qty), 0) AS qty, coalesce(sum(gross), 0) AS grossRupiah,
  coalesce(sum(gross - net), 0) AS discountRupiah, coalesce(sum(net), 0) AS netRupiah,
  coalesce(sum(commission), 0) AS commissionRupiah, coalesce(sum(share), 0) AS shareRupiah,
  coalesce(sum(refund), 0) AS refundsRupiah`;

const LARGEST_FIRST = 'netRupiah DESC, refundsRupiah DESC, "key"';
const WORD = `word <> '' THEN word`;

/** What a row stands for, what it is grouped by, and in which order. */
const views: Readonly<
  Record<By, { key: string; name: string; from?: string; group: string; order: string }>
> = {
  day: { key: 'day', name: 'day', group: 'day', order: '"key"' },
  cashier: {
    key: 'CAST(shift.user AS TEXT)',
    name: '"user".username',
    from: 'JOIN shift ON shift.seq = line.shift JOIN "user" ON "user".id = shift.user',
    group: 'shift.user',
    order: LARGEST_FIRST,
  },
  vendor: {
    key: `CASE WHEN ${WORD} ELSE CAST(item.vendor AS TEXT) END`,
    name: `coalesce(vendor_now.name, '')`,
    from: 'LEFT JOIN vendor_now ON vendor_now.id = item.vendor',
    group: 'word, item.vendor',
    order: LARGEST_FIRST,
  },
  product: {
    key: `CASE WHEN ${WORD} ELSE CAST(line.product AS TEXT) END`,
    name: `coalesce(item.name, '')`,
    group: 'word, line.product',
    order: LARGEST_FIRST,
  },
  category: {
    key: `CASE WHEN ${WORD} ELSE coalesce(item.category, '') END`,
    name: `coalesce(item.category, '')`,
    group: 'word, item.category',
    order: LARGEST_FIRST,
  },
};

const OF_VENDOR = 'LEFT JOIN item ON item.id = line.product';
const WHERE = 'WHERE (? IS NULL OR item.vendor = ?)';
const TOTAL = `${LINES} SELECT '' AS "key", '' AS name, ${SUMS} FROM line ${OF_VENDOR} ${WHERE}`;

function rowsBy(by: By): string {
  const { key, name, from = '', group, order } = views[by];
  return `${LINES} SELECT ${key} AS "key", ${name} AS name, ${SUMS} FROM line ${OF_VENDOR} ${from} ${WHERE}
    GROUP BY ${group} ORDER BY ${order} LIMIT ?`;
}

export const sales = answers(reportSales, (ctx, { fromDay, toDay, by, vendor = null, limit }) => {
  const range = [fromDay, toDay, fromDay, toDay, vendor, vendor];
  return {
    rows: ctx.sql.all<SalesTotals>(rowsBy(by), ...range, limit),
    total: ctx.sql.one<SalesTotals>(TOTAL, ...range) as SalesTotals,
  };
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
  const money = {
    cashRupiah: held('cash'),
    bankRupiah: held('bank'),
    qrisClearingRupiah: held('qris-clearing'),
    cardClearingRupiah: held('card-clearing'),
  };
  const owed = {
    vendorsOwedRupiah: of('vendor').credit,
    payoutDueRupiah: -held('payout-due'),
    buyerDueRupiah: -held('buyer-due'),
    unresolvedRupiah: -held('unresolved'),
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
