import type { StockRecapLine } from '../../../shared/contract/vendor.ts';
import type { Statements } from './statements.ts';

/**
 * What became of a vendor's goods between two days. Goods stand on shelves; where they came from and went to stands on
 * four accounts of each product, and those are all that is read.
 */

/** Reasons that mean another thing than the rest of their account: brought back by buyers, returned to the vendor. */
const SPECIAL = `reason IN ('refund.goods', 'return.goods', 'return.purchase')`;

/** Of one side of an account, in thousandths: inside the range, special inside, everything since its first day. */
const sideOf = (side: 'credit' | 'debit') => `(
  SELECT json_array(coalesce(sum(iif(day <= toDay, amount, 0)), 0),
    coalesce(sum(iif(day <= toDay AND ${SPECIAL}, amount, 0)), 0), coalesce(sum(amount), 0))
  FROM transfer WHERE ${side} = account.id AND seq >= fromSeq AND day >= fromDay)`;

const RECAP = `
  WITH bound AS (SELECT ? AS fromDay, ? AS toDay, ? AS fromSeq)
  SELECT product.id AS product, product_now.name, account.code, account.credits - account.debits AS net,
    ${sideOf('credit')} AS credited, ${sideOf('debit')} AS debited
  FROM bound CROSS JOIN product CROSS JOIN account ON account.ledger = product.id
    AND account.code IN ('at-vendor', 'sold', 'lost', 'found') AND account.owner = ''
  JOIN product_now ON product_now.id = product.id
  WHERE product.vendor = ? ORDER BY product.id`;

interface AccountRow {
  product: number;
  name: string;
  code: 'at-vendor' | 'sold' | 'lost' | 'found';
  net: number;
  credited: string;
  debited: string;
}

/**
 * One line for each product that held or moved anything, thousandths:
 * opening + received − sold + brought back − returned − lost + found = closing.
 */
export function stockRecap(
  sql: Statements,
  vendor: number,
  range: { readonly fromDay: string; readonly toDay: string; readonly fromSeq: number },
): StockRecapLine[] {
  const rows = sql.all<AccountRow>(RECAP, range.fromDay, range.toDay, range.fromSeq, vendor);
  const lines = new Map<number, StockRecapLine>();
  for (const row of rows) {
    const line = lines.get(row.product) ?? emptyLine(row);
    lines.set(row.product, line);
    const [credit, specialCredit, creditSince] = JSON.parse(row.credited) as [number, number, number];
    const [debit, specialDebit, debitSince] = JSON.parse(row.debited) as [number, number, number];
    const special = specialCredit - specialDebit;
    const other = credit - debit - special;
    // What left these accounts lies on the shelves: their sum is the stock, now and, without what came since, before.
    line.openingQty += row.net - (creditSince - debitSince);
    line.closingQty += row.net - (creditSince - debitSince) + (credit - debit);
    if (row.code === 'at-vendor') {
      line.receivedQty += other;
      line.returnedQty -= special;
    } else if (row.code === 'sold') {
      line.soldQty -= other;
      line.broughtBackQty += special;
    } else if (row.code === 'lost') line.lostQty -= other + special;
    else line.foundQty += other + special;
  }
  return [...lines.values()].filter(({ product: _, name: __, ...figures }) =>
    Object.values(figures).some((figure) => figure !== 0),
  );
}

function emptyLine({ product, name }: AccountRow): StockRecapLine {
  return {
    product,
    name,
    openingQty: 0,
    receivedQty: 0,
    soldQty: 0,
    broughtBackQty: 0,
    returnedQty: 0,
    lostQty: 0,
    foundQty: 0,
    closingQty: 0,
  };
}
