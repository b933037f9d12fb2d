/**
 * The books added up a second time by plain SQL over the rows, sharing no code with the engine. Each rule is a query
 * that gives no row when it holds; a row it gives says where it does not.
 */
import type { Books } from '../../main/engine/store/open.ts';

const rules: Record<string, string> = {
  'running totals are the sums of the transfers': `
    SELECT id, debits, credits FROM account WHERE
      debits <> (SELECT coalesce(sum(amount), 0) FROM transfer WHERE debit = account.id) OR
      credits <> (SELECT coalesce(sum(amount), 0) FROM transfer WHERE credit = account.id)`,
  'each ledger balances': 'SELECT ledger FROM account GROUP BY ledger HAVING sum(debits) <> sum(credits)',
  'both sides of a transfer are of its ledger': `
    SELECT transfer.id FROM transfer JOIN account AS d ON d.id = debit JOIN account AS c ON c.id = credit
    WHERE d.ledger <> transfer.ledger OR c.ledger <> transfer.ledger`,
  'clearing is empty after each command': `
    SELECT transfer.seq FROM transfer JOIN account ON account.id IN (debit, credit) AND code = 'clearing'
    GROUP BY transfer.seq HAVING sum(iif(account.id = debit, amount, -amount)) <> 0`,
  'a line is shared without a rest': `
    SELECT seq, line FROM sale_line WHERE commission + share <> net OR net <> gross OR share < 0
      OR gross <> (price * qty + 500) / 1000
      OR commission <> CASE model WHEN 'percent' THEN gross * rate_bps / 10000
                       ELSE gross - (net_price * qty + 500) / 1000 END`,
  'a sale is its lines': `
    SELECT seq FROM sale WHERE
      net <> (SELECT sum(net) FROM sale_line WHERE sale_line.seq = sale.seq) OR
      gross <> (SELECT sum(gross) FROM sale_line WHERE sale_line.seq = sale.seq)`,
  'a sale is paid': `
    SELECT seq FROM sale WHERE cash_due <> net + rounding OR rounding <= -100 OR rounding > 99 OR
      (SELECT sum(amount) FROM sale_tender WHERE sale_tender.seq = sale.seq) <> cash_due + change OR change < 0`,
  'the goods of a line come from its batches': `
    SELECT seq, line FROM sale_line WHERE qty <>
      (SELECT sum(qty) FROM sale_line_batch AS part WHERE part.seq = sale_line.seq AND part.line = sale_line.line)`,
  'a batch holds what came less what went': `
    SELECT intake_line.batch FROM intake_line LEFT JOIN account
      ON account.ledger = intake_line.product AND code = 'shelf' AND owner = CAST(intake_line.batch AS TEXT)
    WHERE coalesce(debits - credits, 0) <> qty - repaid_qty -
      (SELECT coalesce(sum(part.qty), 0) FROM sale_line_batch AS part WHERE part.batch = intake_line.batch)`,
  'on hand is intake less sold, plus what was found and not repaid': `
    SELECT id FROM product WHERE
      (SELECT coalesce(sum(debits - credits), 0) FROM account WHERE ledger = product.id AND code = 'shelf') <>
      (SELECT coalesce(sum(qty - repaid_qty), 0) FROM intake_line WHERE product = product.id) -
      (SELECT coalesce(sum(qty), 0) FROM sale_line WHERE product = product.id) +
      (SELECT coalesce(sum(part.qty), 0) FROM sale_line_batch AS part JOIN sale_line USING (seq, line)
       WHERE product = product.id AND part.batch = 0)`,
  'what is still found is what was oversold less what was repaid': `
    SELECT id FROM product WHERE
      (SELECT coalesce(sum(credits - debits), 0) FROM account WHERE ledger = product.id AND code = 'found') <>
      (SELECT coalesce(sum(part.qty), 0) FROM sale_line_batch AS part JOIN sale_line USING (seq, line)
       WHERE product = product.id AND part.batch = 0) -
      (SELECT coalesce(sum(repaid_qty), 0) FROM intake_line WHERE product = product.id)`,
  'a vendor is owed shares less what was approved, plus rests': `
    SELECT id FROM vendor WHERE
      coalesce((SELECT credits - debits FROM account WHERE code = 'vendor' AND owner = CAST(vendor.id AS TEXT)), 0) <>
      (SELECT coalesce(sum(share), 0) FROM sale_line JOIN product ON product.id = product WHERE product.vendor = vendor.id) -
      (SELECT coalesce(sum(a.amount), 0) FROM settlement_approval AS a JOIN settlement AS s ON s.seq = a.settlement
       WHERE s.vendor = vendor.id) +
      (SELECT coalesce(sum(p.rest), 0) FROM payout AS p JOIN settlement AS s ON s.seq = p.settlement WHERE s.vendor = vendor.id)`,
  'payout-due is what was approved and not yet paid': `
    SELECT id FROM vendor WHERE
      coalesce((SELECT credits - debits FROM account WHERE code = 'payout-due' AND owner = CAST(vendor.id AS TEXT)), 0) <>
      (SELECT coalesce(sum(a.amount), 0) FROM settlement_approval AS a JOIN settlement AS s ON s.seq = a.settlement
       LEFT JOIN payout AS p ON p.settlement = s.seq WHERE s.vendor = vendor.id AND p.seq IS NULL)`,
  'a payout is the approved amount less its rest': `
    SELECT p.seq FROM payout AS p JOIN settlement_approval AS a USING (settlement) WHERE p.amount + p.rest <> a.amount`,
  'a settlement opens with what the one before left': `
    SELECT seq FROM (SELECT s.seq, s.opening, lag(s.closing - coalesce(p.amount, 0), 1, 0)
      OVER (PARTITION BY s.vendor ORDER BY s.seq) AS carried
      FROM settlement AS s LEFT JOIN payout AS p ON p.settlement = s.seq) WHERE opening <> carried`,
  'a settlement moves by the shares under its watermarks that none before it held': `
    SELECT seq FROM (SELECT *, lag(cutoff_day, 1, '') OVER own AS last_day, lag(as_of_seq, 1, 0) OVER own AS last_seq
      FROM settlement WINDOW own AS (PARTITION BY vendor ORDER BY seq)) AS s
    WHERE closing <> opening + movement OR movement <>
      (SELECT coalesce(sum(share), 0) FROM sale_line JOIN sale USING (seq) JOIN product ON product.id = product
       WHERE product.vendor = s.vendor AND day <= s.cutoff_day AND sale_line.seq <= s.as_of_seq
         AND NOT (day <= last_day AND sale_line.seq <= last_seq))`,
  'a shift expects its float and what its sales and payouts moved': `
    SELECT c.seq FROM shift_close AS c JOIN shift ON shift.seq = c.shift WHERE difference <> counted - expected OR expected <>
      float + (SELECT coalesce(sum(cash_due), 0) FROM sale WHERE sale.shift = c.shift) -
      (SELECT coalesce(sum(amount), 0) FROM payout WHERE payout.drawer = shift.drawer AND payout.seq BETWEEN c.shift AND c.seq)`,
  'a closed drawer is empty, an open one holds what its shift says': `
    SELECT id FROM drawer JOIN shift ON shift.seq = (SELECT max(seq) FROM shift WHERE shift.drawer = drawer.id)
    WHERE is_safe = 0 AND
      coalesce((SELECT debits - credits FROM account WHERE code = 'cash' AND owner = CAST(drawer.id AS TEXT)), 0) <>
      iif(EXISTS (SELECT 1 FROM shift_close WHERE shift_close.shift = shift.seq), 0,
        float + (SELECT coalesce(sum(cash_due), 0) FROM sale WHERE sale.shift = shift.seq) -
        (SELECT coalesce(sum(amount), 0) FROM payout WHERE payout.drawer = drawer.id AND payout.seq > shift.seq))`,
  'all cash is what came in less what went out': `
    SELECT 1 WHERE (SELECT coalesce(sum(debits - credits), 0) FROM account WHERE code = 'cash') <>
      (SELECT coalesce(sum(credits - debits), 0) FROM account WHERE code = 'opening') +
      (SELECT coalesce(sum(cash_due), 0) FROM sale) + (SELECT coalesce(sum(difference), 0) FROM shift_close) -
      (SELECT coalesce(sum(amount), 0) FROM payout)`,
  'commission and rounding are the sums of the sales': `
    SELECT 1 WHERE (SELECT coalesce(sum(credits - debits), 0) FROM account WHERE code = 'commission') <>
      (SELECT coalesce(sum(commission), 0) FROM sale_line) OR
      (SELECT coalesce(sum(credits - debits), 0) FROM account WHERE code = 'rounding') <>
      (SELECT coalesce(sum(rounding), 0) FROM sale)`,
  'receipts count without a gap': `
    SELECT drawer, day FROM sale GROUP BY drawer, day HAVING count(*) <> max(counter) OR min(counter) <> 1`,
};

export const ruleNames = Object.keys(rules);

/** The rules that do not hold, each with the rows that say so. */
export function brokenRules(books: Books): string[] {
  return Object.entries(rules).flatMap(([name, sql]) => {
    const rows = books.prepare(sql).all();
    return rows.length === 0 ? [] : [`${name}: ${JSON.stringify(rows.slice(0, 5))}`];
  });
}
