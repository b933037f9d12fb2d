/** Settlements: watermarks, what they open and close with, what is held, fees, approvals, payouts and runs. */

import type { Books } from '../../main/engine/store/open.ts';
import { broken } from './independent-broken.ts';
import { type Rules, SOLD, setting } from './independent-rows.ts';

/** Settlements that were not cancelled, and whose approval or payout nobody took back. */
const LIVE = `live AS (SELECT s.id, s.seq, s.vendor, s.cutoff_day, s.as_of_seq, s.opening, s.movement, s.closing,
    a.id AS approval, a.seq AS approval_seq, a.amount AS approved, coalesce(a.fees, 0) AS fees,
    p.seq AS payout_seq, p.amount AS paid, p.rest
  FROM settlement AS s LEFT JOIN settlement_approval AS a ON a.settlement = s.id
  LEFT JOIN payout AS p ON p.settlement = s.id
  WHERE s.id NOT IN (SELECT settlement FROM settlement_cancel)
    AND coalesce(a.id, 0) NOT IN (SELECT document FROM reversal)
    AND coalesce(p.id, 0) NOT IN (SELECT document FROM reversal))`;

/** Each live settlement with the live one after it. */
const CHAIN = `${LIVE}, chain AS (SELECT *, lead(id) OVER (PARTITION BY vendor ORDER BY seq) AS next FROM live)`;

/** Each settlement, also one that counts no more, with what the one before it had left when it was prepared. */
const PREPARED = `prepared AS (SELECT s.*, coalesce(last.closing, 0) - coalesce(a.fees, 0) - coalesce(p.amount, 0) AS left_over,
    coalesce(last.cutoff_day, '') AS last_day, coalesce(last.as_of_seq, 0) AS last_seq
  FROM settlement AS s LEFT JOIN settlement AS last ON last.id = (
    SELECT b.id FROM settlement AS b LEFT JOIN settlement_approval AS ba ON ba.settlement = b.id
      LEFT JOIN payout AS bp ON bp.settlement = b.id LEFT JOIN settlement_cancel AS c ON c.settlement = b.id
    WHERE b.vendor = s.vendor AND b.seq < s.seq AND coalesce(c.seq, 9e15) > s.seq
      AND NOT EXISTS (SELECT 1 FROM reversal WHERE document IN (ba.id, bp.id) AND reversal.seq < s.seq)
    ORDER BY b.seq DESC LIMIT 1)
  LEFT JOIN settlement_approval AS a ON a.settlement = last.id AND a.seq < s.seq
  LEFT JOIN payout AS p ON p.settlement = last.id AND p.seq < s.seq)`;

/** Everything posted to a vendor, up or down, except what a settlement posts for itself. */
const MOVED = `moved AS (SELECT vendor.id AS vendor, transfer.seq, transfer.day,
    iif(transfer.credit = account.id, amount, -amount) AS amount, reason
  FROM vendor JOIN account ON account.code = 'vendor' AND owner = CAST(vendor.id AS TEXT)
  JOIN transfer ON account.id IN (transfer.debit, transfer.credit))`;
/** Whose turn it is in a run: the vendors there were when it began, of its group then, or those a preparation settled. */
const TURNS = `turns AS (
  SELECT run.seq AS run, vendor.id AS vendor FROM run JOIN vendor ON vendor.seq < run.seq WHERE run.kind = 'prepare'
    AND (run.vendor_group IS NULL OR run.vendor_group = (SELECT version.vendor_group FROM vendor_version AS version
      WHERE version.vendor = vendor.id AND version.seq < run.seq ORDER BY version.seq DESC LIMIT 1))
  UNION ALL SELECT run.seq, s.vendor FROM run JOIN settlement AS s ON s.run = run."of" WHERE run.kind <> 'prepare')`;
const OWN = `('payout.approved', 'payout.rest', 'settlement.fee')`;

export const settlementRules: Rules = {
  'closing(n) less fees and payout is opening(n+1)': `
    WITH ${PREPARED} SELECT id, opening, left_over FROM prepared WHERE opening <> left_over`,
  'closing is opening and movement': `
    SELECT id FROM settlement WHERE closing <> opening + movement`,
  'a settlement moves by what lies under its watermarks and under none before': `
    WITH ${PREPARED}, ${MOVED} SELECT id, movement FROM prepared AS s WHERE movement <> (
      SELECT coalesce(sum(amount), 0) FROM moved WHERE moved.vendor = s.vendor AND reason NOT IN ${OWN}
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
  'a draft shows the recurring fees that its approval posts, unless they changed in between': `
    SELECT s.id FROM settlement AS s JOIN settlement_approval AS a ON a.settlement = s.id WHERE coalesce(s.fees, 0) <>
      (SELECT coalesce(sum(amount), 0) FROM settlement_fee AS f WHERE f.settlement = s.id AND f.fee IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM recurring_fee AS r LEFT JOIN recurring_fee_end AS e ON e.fee = r.id
        WHERE r.vendor = s.vendor AND (r.seq BETWEEN s.seq AND a.seq OR e.seq BETWEEN s.seq AND a.seq))`,
  'the fees of an approval are its rows': `
    SELECT a.id FROM settlement_approval AS a WHERE coalesce(a.fees, 0) <>
      (SELECT coalesce(sum(amount), 0) FROM settlement_fee AS f WHERE f.settlement = a.settlement)`,
  'a period of a fee is posted once': `
    WITH ${LIVE} SELECT f.fee, f.period FROM settlement_fee AS f JOIN live ON live.id = f.settlement
    WHERE f.fee IS NOT NULL GROUP BY f.fee, f.period HAVING count(*) > 1`,
  'what is held and disputed are the exceptions': `
    SELECT s.id FROM settlement AS s LEFT JOIN settlement_exception AS e ON e.settlement = s.id GROUP BY s.id
    HAVING max(coalesce(s.held, 0)) <> coalesce(sum(amount) FILTER (WHERE kind <> 'dispute'), 0)
      OR max(coalesce(s.disputed, 0)) <> coalesce(sum(amount) FILTER (WHERE kind = 'dispute'), 0)`,
  'an exception is a line of its vendor, for no more than its share': `
    WITH ${SOLD} SELECT e.seq, e.n FROM settlement_exception AS e LEFT JOIN settlement AS s ON s.id = e.settlement
      LEFT JOIN sold ON sold.sale = e.sale AND sold.line = e.line LEFT JOIN product ON product.id = sold.product
    WHERE e.seq IS NOT s.seq OR (e.kind = 'return-window') <> (e.sale IS NULL) OR (e.sale IS NULL) <> (e.line IS NULL)
      OR e.sale IS NOT NULL AND (e.amount < 1 OR e.sale > s.as_of_seq)
      OR e.sale IS NOT NULL AND NOT EXISTS (SELECT 1 FROM resolution AS r WHERE r.sale = e.sale AND r.line = e.line)
        AND (product.vendor IS NOT s.vendor OR e.amount > sold.share)
      OR e.kind = 'qris' AND NOT EXISTS (SELECT 1 FROM sale_tender AS t WHERE t.seq = e.sale AND t.kind = 'qris')
      OR e.kind = 'dispute' AND NOT EXISTS (SELECT 1 FROM dispute AS d LEFT JOIN dispute_end AS o ON o.dispute = d.seq
        WHERE d.sale = e.sale AND d.line = e.line AND d.vendor = s.vendor AND d.seq < e.seq AND coalesce(o.seq, 9e15) > e.seq)
    UNION ALL SELECT r.seq, r.sale FROM hold_release AS r WHERE NOT EXISTS (
      SELECT 1 FROM sale_tender AS t WHERE t.seq = r.sale AND t.kind = 'qris' AND t.seq < r.seq)`,
  'a fee is posted as it was agreed, and a payout fee as it was set': `
    SELECT f.seq, f.n FROM settlement_fee AS f LEFT JOIN settlement AS s ON s.id = f.settlement
      LEFT JOIN settlement_approval AS a ON a.settlement = s.id
      LEFT JOIN recurring_fee AS r ON r.id = f.fee LEFT JOIN recurring_fee_end AS e ON e.fee = r.id AND e.seq < f.seq
    WHERE f.vendor IS NOT s.vendor OR f.seq IS NOT a.seq OR (f.fee IS NULL) <> (f.period IS NULL)
      OR f.fee IS NULL AND (f.amount > ${setting('payout_fee', 'f.seq')} OR a.amount = 0)
      OR f.fee IS NOT NULL AND (r.vendor IS NOT f.vendor OR r.amount <> f.amount OR r.name <> f.name
        OR f.period NOT BETWEEN r.from_day AND s.cutoff_day OR f.period > e.until_day)`,
  'another person approves than prepared, where two are asked for': `
    SELECT a.id FROM settlement_approval AS a JOIN settlement AS s ON s.id = a.settlement
      JOIN journal AS made ON made.seq = s.seq JOIN journal AS approved ON approved.seq = a.seq
    WHERE a.approver = made.actor AND ${setting('two_person_settlement', 'a.seq')} = 1
      OR a.part IS NULL AND a.approver <> coalesce(approved.approver, approved.actor)`,
  'a payout is of an approved settlement, in whole cash steps or through the bank': `
    SELECT p.id FROM payout AS p LEFT JOIN settlement_approval AS a USING (settlement) WHERE a.seq IS NULL OR a.seq >= p.seq
      OR p.amount < 1 OR p.rest < 0 OR (p.drawer IS NULL) <> (p.how IS 'bank')
      OR p.drawer IS NOT NULL AND p.amount % max(${setting('rounding_step', 'p.seq')}, 1) <> 0
    UNION ALL SELECT c.seq FROM payout_confirmation AS c LEFT JOIN payout AS p ON p.id = c.payout
      WHERE p.seq IS NULL OR p.seq >= c.seq
    UNION ALL SELECT c.seq FROM settlement_cancel AS c LEFT JOIN settlement_approval AS a USING (settlement)
      LEFT JOIN settlement AS s ON s.id = c.settlement WHERE a.seq IS NOT NULL OR s.seq IS NULL OR s.seq >= c.seq`,
  'watermarks are no later than the settlement': `
    SELECT s.id FROM settlement AS s JOIN journal USING (seq) WHERE as_of_seq <> s.seq - 1 OR cutoff_day > journal.day`,
  'a part of a run is the documents it made': `
    WITH made AS (SELECT seq, closing AS amount FROM settlement WHERE part IS NOT NULL
      UNION ALL SELECT seq, amount FROM settlement_approval WHERE part IS NOT NULL
      UNION ALL SELECT seq, amount FROM payout WHERE part IS NOT NULL)
    SELECT p.seq FROM run_part AS p LEFT JOIN made USING (seq) GROUP BY p.seq
      HAVING max(done) <> count(made.seq) OR max(p.amount) <> coalesce(sum(made.amount), 0)
    UNION ALL SELECT seq FROM made WHERE seq NOT IN (SELECT seq FROM run_part)
    UNION ALL SELECT s.seq FROM settlement AS s LEFT JOIN run_part AS p ON p.seq = s.seq WHERE s.run IS NOT p.run
    UNION ALL SELECT s.seq FROM settlement AS s JOIN run ON run.seq = s.run WHERE s.cutoff_day <> run.cutoff_day
    UNION ALL SELECT run.seq FROM run LEFT JOIN run AS o ON o.seq = run."of" WHERE (run.kind = 'prepare') <> (run."of" IS NULL)
      OR run."of" IS NOT NULL AND (o.kind IS NOT 'prepare' OR o.cutoff_day <> run.cutoff_day)
    UNION ALL SELECT p.seq FROM run_part AS p JOIN run ON run.seq = p.run JOIN (
        SELECT seq, settlement FROM settlement_approval UNION ALL SELECT seq, settlement FROM payout) AS d ON d.seq = p.seq
      JOIN settlement AS s ON s.id = d.settlement WHERE s.run IS NOT run."of" OR s.vendor NOT BETWEEN from_vendor AND to_vendor`,
  'a document of a run has the place of its vendor among those of its part': `
    WITH ${TURNS}, made AS (
      SELECT settlement.seq, settlement.part, settlement.vendor FROM settlement
      UNION ALL SELECT a.seq, a.part, s.vendor FROM settlement_approval AS a JOIN settlement AS s ON s.id = a.settlement
      UNION ALL SELECT p.seq, p.part, s.vendor FROM payout AS p JOIN settlement AS s ON s.id = p.settlement)
    SELECT made.seq, made.part FROM made LEFT JOIN run_part AS p ON p.seq = made.seq WHERE made.part IS NOT iif(p.seq IS NULL,
      NULL, (SELECT count(*) FROM turns WHERE turns.run = p.run AND turns.vendor BETWEEN p.from_vendor AND made.vendor))`,
  'the parts of a run follow one another, and all of them are its vendors': `
    WITH ${TURNS} SELECT run.seq FROM run WHERE vendors <> (SELECT count(*) FROM turns WHERE turns.run = run.seq)
    UNION ALL SELECT p.seq FROM run_part AS p LEFT JOIN turns ON turns.run = p.run
        AND turns.vendor BETWEEN p.from_vendor AND p.to_vendor GROUP BY p.seq
      HAVING max(done) + max(skipped) <> count(vendor) OR vendor IS NOT NULL AND
        (min(vendor) <> max(from_vendor) OR max(vendor) <> max(to_vendor))
    UNION ALL SELECT s.seq FROM run_stop AS s LEFT JOIN run ON run.seq = s.run
      LEFT JOIN run_part AS p ON p.run = run.seq AND p.is_last = 1 WHERE run.seq IS NULL OR p.seq IS NOT NULL
    UNION ALL SELECT run.seq FROM run JOIN run_part AS p ON p.run = run.seq GROUP BY run.seq
    HAVING max(part) <> count(*) OR min(part) <> 1 OR sum(is_last) > 1 OR sum(done + skipped) > run.vendors
      OR sum(is_last) = 1 AND sum(done + skipped) <> run.vendors OR min(done) < 0 OR min(skipped) < 0
    UNION ALL SELECT p.seq FROM run_part AS p JOIN run_part AS o ON o.run = p.run AND o.part < p.part
      AND (o.to_vendor > p.from_vendor OR o.seq > p.seq)
    UNION ALL SELECT seq FROM run_part WHERE from_vendor > to_vendor`,
  'no more was approved than the draft and the fees leave': `
    SELECT s.id FROM settlement AS s JOIN settlement_approval AS a ON a.settlement = s.id WHERE a.amount > 0
      AND a.amount + coalesce(a.fees, 0) > s.closing - coalesce(s.held, 0) - coalesce(s.disputed, 0)`,
};

/** Rules of settlements that do not hold, each with the rows that say so. */
export function brokenSettlements(books: Books): string[] {
  return broken(books, settlementRules);
}
