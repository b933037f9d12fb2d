/**
 * Settlements added up a second time by plain SQL over the rows, sharing no code with the engine. Each rule is a query
 * that gives no row when it holds; a row it gives says where it does not.
 */
import type { Books } from '../../main/engine/store/open.ts';

/** Settlements that were not cancelled, and whose approval or payout nobody took back. */
const LIVE = `live AS (SELECT s.id, s.seq, s.vendor, s.cutoff_day, s.as_of_seq, s.opening, s.movement, s.closing,
    a.id AS approval, a.seq AS approval_seq, a.amount AS approved, coalesce(a.fees, 0) AS fees,
    p.seq AS payout_seq, p.amount AS paid, p.rest
  FROM settlement AS s LEFT JOIN settlement_approval AS a ON a.settlement = s.id
  LEFT JOIN payout AS p ON p.settlement = s.id
  WHERE s.id NOT IN (SELECT settlement FROM settlement_cancel)
    AND coalesce(a.id, 0) NOT IN (SELECT document FROM reversal)
    AND coalesce(p.id, 0) NOT IN (SELECT document FROM reversal))`;

/** Each live settlement beside the live one before it. */
const CHAIN = `${LIVE}, chain AS (SELECT *, lag(closing - fees - coalesce(paid, 0), 1, 0) OVER own AS left_over,
    lag(cutoff_day, 1, '') OVER own AS last_day, lag(as_of_seq, 1, 0) OVER own AS last_seq,
    lead(id) OVER own AS next FROM live WINDOW own AS (PARTITION BY vendor ORDER BY seq))`;

/** Everything posted to a vendor, up or down, except what a settlement posts for itself. */
const MOVED = `moved AS (SELECT vendor.id AS vendor, transfer.seq, transfer.day,
    iif(transfer.credit = account.id, amount, -amount) AS amount, reason
  FROM vendor JOIN account ON account.code = 'vendor' AND owner = CAST(vendor.id AS TEXT)
  JOIN transfer ON account.id IN (transfer.debit, transfer.credit))`;
const OWN = `('payout.approved', 'payout.rest', 'settlement.fee')`;

const rules: Record<string, string> = {
  'closing(n) less fees and payout is opening(n+1)': `
    WITH ${CHAIN} SELECT id, opening, left_over FROM chain WHERE opening <> left_over`,
  'closing is opening and movement': `
    SELECT id FROM settlement WHERE closing <> opening + movement`,
  'a settlement moves by what lies under its watermarks and under none before': `
    WITH ${CHAIN}, ${MOVED} SELECT id, movement FROM chain WHERE movement <> (
      SELECT coalesce(sum(amount), 0) FROM moved WHERE moved.vendor = chain.vendor AND reason NOT IN ${OWN}
        AND day <= cutoff_day AND moved.seq <= as_of_seq AND NOT (day <= last_day AND moved.seq <= last_seq))`,
  'only the last settlement of a vendor may be open': `
    WITH ${CHAIN} SELECT id FROM chain WHERE next IS NOT NULL AND (approved IS NULL OR (approved > 0 AND paid IS NULL))`,
  'the balance is what the last settlement left and what came after its watermarks': `
    WITH ${CHAIN}, ${MOVED} SELECT account.owner FROM account
    LEFT JOIN chain ON CAST(chain.vendor AS TEXT) = account.owner AND chain.next IS NULL
    WHERE account.code = 'vendor' AND account.credits - account.debits <>
      coalesce(chain.closing - chain.fees - iif(chain.paid IS NULL, coalesce(chain.approved, 0), chain.paid), 0) +
      (SELECT coalesce(sum(amount), 0) FROM moved WHERE CAST(moved.vendor AS TEXT) = account.owner
        AND reason NOT IN ${OWN}
        AND NOT (day <= coalesce(chain.cutoff_day, '') AND moved.seq <= coalesce(chain.as_of_seq, 0)))`,
  'payout-due is what is approved and not paid': `
    WITH ${LIVE} SELECT account.owner FROM account WHERE code = 'payout-due' AND credits - debits <>
      (SELECT coalesce(sum(approved), 0) FROM live WHERE CAST(live.vendor AS TEXT) = account.owner AND paid IS NULL)`,
  'a payout and its rest are the approved amount': `
    SELECT p.id FROM payout AS p JOIN settlement_approval AS a USING (settlement) WHERE p.amount + p.rest <> a.amount`,
  'the fees of an approval are its rows': `
    SELECT a.id FROM settlement_approval AS a WHERE coalesce(a.fees, 0) <>
      (SELECT coalesce(sum(amount), 0) FROM settlement_fee AS f WHERE f.settlement = a.settlement)`,
  'a period of a fee is posted once': `
    WITH ${LIVE} SELECT f.fee, f.period FROM settlement_fee AS f JOIN live ON live.id = f.settlement
    WHERE f.fee IS NOT NULL GROUP BY f.fee, f.period HAVING count(*) > 1`,
  'what is held and disputed are the exceptions': `
    SELECT s.id FROM settlement AS s WHERE coalesce(s.held, 0) + coalesce(s.disputed, 0) <>
      (SELECT coalesce(sum(amount), 0) FROM settlement_exception AS e WHERE e.settlement = s.id)`,
  'no more was approved than the draft and the fees leave': `
    SELECT s.id FROM settlement AS s JOIN settlement_approval AS a ON a.settlement = s.id WHERE a.amount > 0
      AND a.amount + coalesce(a.fees, 0) > s.closing - coalesce(s.held, 0) - coalesce(s.disputed, 0)`,
};

/** The rules that do not hold, each with the rows that say so. */
export function brokenSettlements(books: Books): string[] {
  return Object.entries(rules).flatMap(([name, sql]) => {
    const rows = books.prepare(sql).all();
    return rows.length === 0 ? [] : [`${name}: ${JSON.stringify(rows.slice(0, 5))}`];
  });
}
