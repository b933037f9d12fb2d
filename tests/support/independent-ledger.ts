/** Accounts and transfers: that they are one another's sums, and that they are what the documents say. */
import { POSTINGS } from './independent-postings.ts';
import { type Rules, TAKEN_BACK } from './independent-rows.ts';

/** Every transfer, once for each side: debit above 0, credit below. */
const BOOKED = `booked AS (
  SELECT transfer.seq, line, reason, transfer.ledger, code || '/' || owner AS account, amount
    FROM transfer JOIN account ON account.id = debit
  UNION ALL SELECT transfer.seq, line, reason, transfer.ledger, code || '/' || owner, -amount
    FROM transfer JOIN account ON account.id = credit)`;

/** What a reversal takes back: of a document that shares its command with others, what names its vendor. */
const TO_SWAP = `to_swap AS (
  SELECT taken_back.seq, taken_back.document, documents.seq AS made, documents.vendor FROM taken_back JOIN (
    SELECT approval.id, approval.seq, approval.part, vendor FROM settlement_approval AS approval
      JOIN settlement ON settlement.id = approval.settlement
    UNION ALL SELECT payout.id, payout.seq, payout.part, vendor FROM payout
      JOIN settlement ON settlement.id = payout.settlement) AS documents ON documents.id = taken_back.document
  UNION ALL SELECT seq, document, document, NULL FROM taken_back
    WHERE document NOT IN (SELECT id FROM settlement_approval UNION ALL SELECT id FROM payout))`;

export const ledgerRules: Rules = {
  'running totals are the sums of the transfers': `
    SELECT id, debits, credits FROM account WHERE
      debits <> (SELECT coalesce(sum(amount), 0) FROM transfer WHERE debit = account.id) OR
      credits <> (SELECT coalesce(sum(amount), 0) FROM transfer WHERE credit = account.id)`,
  'each ledger balances': 'SELECT ledger FROM account GROUP BY ledger HAVING sum(debits) <> sum(credits)',
  'both sides of a transfer are of its ledger': `
    SELECT transfer.id FROM transfer JOIN account AS d ON d.id = debit JOIN account AS c ON c.id = credit
    WHERE d.ledger <> transfer.ledger OR c.ledger <> transfer.ledger`,
  'a transfer is above 0 and of the day of its command': `
    SELECT transfer.id FROM transfer LEFT JOIN journal USING (seq) WHERE transfer.day IS NOT journal.day OR amount < 1`,
  'clearing is empty after each command': `
    SELECT transfer.seq FROM transfer JOIN account ON account.id IN (debit, credit) AND code = 'clearing'
    GROUP BY transfer.seq HAVING sum(iif(account.id = debit, amount, -amount)) <> 0`,
  'no drawer and no shelf holds less than nothing, and no more is paid than was approved': `
    SELECT id FROM account WHERE code IN ('cash', 'shelf', 'return-shelf', 'place') AND debits < credits
      OR code = 'payout-due' AND credits < debits`,
  'each command posted what its documents say, line by line': `
    WITH ${POSTINGS}, ${TAKEN_BACK}, ${BOOKED}, expected AS (
      SELECT seq, line, reason, ledger, account, amount FROM sides
      UNION ALL SELECT taken_back.seq, line, reason, ledger, account, -amount FROM taken_back JOIN sides USING (document))
    SELECT seq, line, reason, ledger, account, sum(amount) AS missing FROM (
      SELECT * FROM expected UNION ALL SELECT seq, line, reason, ledger, account, -amount FROM booked)
    GROUP BY seq, line, reason, ledger, account HAVING sum(amount) <> 0`,
  'each account holds what the documents that still count say': `
    WITH ${POSTINGS}, ${TAKEN_BACK}
    SELECT ledger, account, sum(amount) AS missing FROM (
      SELECT ledger, account, amount FROM sides
        WHERE document NOT IN (SELECT document FROM taken_back) OR document IS NULL
      UNION ALL SELECT ledger, code || '/' || owner, credits - debits FROM account)
    GROUP BY ledger, account HAVING sum(amount) <> 0`,
  'a reversal posts every transfer of its document with its sides swapped, and no other': `
    WITH ${TAKEN_BACK}, ${TO_SWAP}, owned AS (
      SELECT transfer.*, iif(d.code IN ('vendor', 'payout-due'), d.owner, iif(c.code IN ('vendor', 'payout-due'),
        c.owner, NULL)) AS vendor FROM transfer JOIN account AS d ON d.id = debit JOIN account AS c ON c.id = credit)
    SELECT seq, sum(n) FROM (
      SELECT to_swap.seq, line, reason, owned.credit AS debit, owned.debit AS credit, amount, 1 AS n
        FROM to_swap JOIN owned ON owned.seq = to_swap.made
        WHERE to_swap.vendor IS NULL OR owned.vendor = CAST(to_swap.vendor AS TEXT)
      UNION ALL SELECT seq, line, reason, debit, credit, amount, -1 FROM transfer JOIN reversal USING (seq))
    GROUP BY seq, line, reason, debit, credit, amount HAVING sum(n) <> 0`,
  'a reversal names a document of before it, by the command that made it': `
    SELECT reversal.seq FROM reversal LEFT JOIN journal ON journal.seq = document
      LEFT JOIN settlement_approval AS approval ON approval.id = document LEFT JOIN payout ON payout.id = document
    WHERE coalesce(payout.seq, approval.seq, document) >= reversal.seq OR reversal.name IS NOT
      coalesce(iif(payout.seq IS NULL, NULL, 'settlement.pay'), iif(approval.seq IS NULL, NULL, 'settlement.approve'),
        journal.name)`,
};
