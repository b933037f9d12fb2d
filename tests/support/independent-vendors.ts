/** What a vendor is owed, as its statement says it, and the documents besides sales and settlements that move it. */
import { live, type Rules, SOLD, sum, TAKEN_BACK } from './independent-rows.ts';

/** Sum over the live rows of a table that names its vendor. */
const of = (table: string, column = 'amount') =>
  sum(column, `${table} AS d WHERE d.vendor = vendor.id AND ${live('d.seq')}`);
/** The same of one that names a product. */
const ofProducts = (table: string, column: string) =>
  sum(
    column,
    `${table} AS d JOIN product ON product.id = d.product WHERE product.vendor = vendor.id AND ${live('d.seq')}`,
  );
/** The same of what belongs to a settlement, whose approval or payout counts until it is taken back. */
const ofSettlements = (table: string, column: string, document: string) =>
  sum(
    column,
    `${table} AS d JOIN settlement AS s ON s.id = d.settlement JOIN settlement_approval AS a ON a.settlement = s.id
    WHERE s.vendor = vendor.id AND ${document} NOT IN (SELECT document FROM taken_back)`,
  );

const SHARES = sum(
  'share',
  'sold JOIN product ON product.id = sold.product WHERE product.vendor = vendor.id',
);
const REVERSALS = ofProducts('refund_line', 'share');
const FEES = `(${of('fee_charge')} + ${ofSettlements('settlement_fee', 'd.amount', 'a.id')})`;
const ADJUSTMENTS = `(${of('adjustment')} + ${of('debt_write_off')}
  + ${ofProducts('write_off_line', 'credit')} + ${ofProducts('stock_count_line', 'credit')}
  + ${sum('total', `intake AS d WHERE d.vendor = vendor.id AND paid = 'credit' AND ${live('d.seq')}`)} - ${of('goods_return', 'total')})`;
const PAYOUTS = `(${of('vendor_payment')} - ${ofSettlements('settlement_approval', 'd.amount', 'd.id')}
  + ${ofSettlements('payout', 'd.rest', 'd.id')})`;

const balance = (code: string) =>
  sum(
    'credits - debits',
    `account WHERE ledger = 0 AND code = '${code}' AND owner = CAST(vendor.id AS TEXT)`,
  );

export const vendorRules: Rules = {
  'a vendor is owed shares − reversals − fees ± adjustments ± payouts': `
    WITH ${SOLD}, ${TAKEN_BACK} SELECT id FROM vendor WHERE ${balance('vendor')} <>
      ${SHARES} - ${REVERSALS} - ${FEES} + ${ADJUSTMENTS} + ${PAYOUTS}`,
  'payout-due is what was approved less what was paid and what was left': `
    WITH ${TAKEN_BACK} SELECT id FROM vendor WHERE ${balance('payout-due')} <>
      ${ofSettlements('settlement_approval', 'd.amount', 'd.id')} - ${ofSettlements('payout', 'd.amount + d.rest', 'd.id')}`,
  'fees, adjustments, payments and debts are of a size that can be': `
    SELECT seq FROM fee_charge WHERE amount < 1 UNION ALL SELECT seq FROM recurring_fee WHERE amount < 1
    UNION ALL SELECT seq FROM adjustment WHERE amount = 0
    UNION ALL SELECT seq FROM vendor_payment WHERE amount < 1 OR (how = 'cash') = (drawer IS NULL)
    UNION ALL SELECT seq FROM debt_write_off WHERE amount < 1`,
  'a debt is written off by two people': `
    SELECT d.seq FROM debt_write_off AS d JOIN journal USING (seq)
    WHERE d.approver IS journal.actor OR d.approver IS NOT journal.approver`,
  'a dispute is about a line of its vendor, once at a time': `
    WITH ${SOLD} SELECT d.seq FROM dispute AS d LEFT JOIN sold ON sold.sale = d.sale AND sold.line = d.line
      LEFT JOIN product ON product.id = sold.product WHERE product.vendor IS NOT d.vendor AND NOT EXISTS (
        SELECT 1 FROM resolution AS r JOIN reversal ON reversal.document = r.seq WHERE r.sale = d.sale AND r.line = d.line)
    UNION ALL SELECT d.seq FROM dispute AS d JOIN dispute AS o ON o.vendor = d.vendor AND o.sale = d.sale AND o.line = d.line
      AND o.seq < d.seq LEFT JOIN dispute_end AS e ON e.dispute = o.seq WHERE coalesce(e.seq, 9e15) > d.seq
    UNION ALL SELECT e.seq FROM dispute_end AS e LEFT JOIN dispute AS d ON d.seq = e.dispute WHERE d.seq IS NULL OR e.seq <= d.seq`,
  'a contested line is contested for what its share was then': `
    WITH ${SOLD} SELECT d.seq FROM dispute AS d JOIN sold ON sold.sale = d.sale AND sold.line = d.line WHERE d.amount <> share -
      ${sum('back.share', 'refund_line AS back WHERE back.sale = d.sale AND back.sale_line = d.line AND back.seq < d.seq')}`,
};
