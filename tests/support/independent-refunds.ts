/** What came back from buyers: steps of a line, goods, money, and what is still owed to them. */
import { largestRemainder, live, type Rules, SOLD, setting, sum } from './independent-rows.ts';

/**
 * Each returned line beside the line that was sold, with how much of it was back before and after. A refund of a
 * resolved line names the sale; the resolution was not taken back before.
 */
const STEPS = `steps AS (SELECT back.*, sold.qty AS sold_qty, sold.net AS sold_net, sold.commission AS sold_commission,
    sold.product AS sold_product, sold.seq AS sold_seq, sum(back.qty) OVER lines AS after,
    sum(back.qty) OVER lines - back.qty AS before, sum(back.commission) OVER lines AS commissions
  FROM refund_line AS back LEFT JOIN sold ON sold.sale = back.sale AND sold.line = back.sale_line
  WINDOW lines AS (PARTITION BY back.sale, back.sale_line ORDER BY back.seq, back.line))`;

/** round-half-up(net × k / n), and the center's part of it rounded towards 0. */
const netAt = (k: string) => `((2 * sold_net * ${k} + sold_qty) / (2 * sold_qty))`;
const commissionAt = (k: string) =>
  `iif(sold_net = 0, sold_commission * ${k} / sold_qty, sold_commission * ${netAt(k)} / max(sold_net, 1))`;
const step = (at: (k: string) => string) => `(${at('after')} - ${at('before')})`;

/** What each way of paying bore of a sale: its amount, and of cash, at the place of the first, what was left for it. */
const BORNE = `borne AS (
  SELECT seq AS sale, n AS tender, kind, amount FROM sale_tender WHERE kind <> 'cash'
  UNION ALL SELECT seq, min(n), 'cash', sale.net - ${sum('amount', "sale_tender AS t WHERE t.seq = sale.seq AND t.kind <> 'cash'")}
    FROM sale_tender JOIN sale USING (seq) WHERE kind = 'cash' GROUP BY seq)`;

/** Each refund over each tender of its sale, with what was unreturned of it before. */
const PARTS = `parts AS (SELECT refund.seq, refund.sale, borne.tender, borne.kind, refund.net AS total,
    coalesce(part.part, 0) AS given, coalesce(part.paid, 0) AS paid, part.kind AS given_kind,
    borne.amount - ${sum(
      'earlier.part',
      `refund AS r JOIN refund_tender AS earlier USING (seq)
      WHERE r.sale = refund.sale AND r.seq < refund.seq AND earlier.tender = borne.tender`,
    )} AS weight
  FROM refund JOIN borne ON borne.sale = refund.sale
  LEFT JOIN refund_tender AS part ON part.seq = refund.seq AND part.tender = borne.tender)`;

/** Each refund with its part of the cash, what was due of cash so far, and what was handed out before. */
const CASH = `cash AS (SELECT refund.*, sale.cash_due,
    ${sum('part', "refund_tender AS t WHERE t.seq = refund.seq AND t.kind = 'cash'")} AS part,
    ${sum(
      'part',
      `refund AS r JOIN refund_tender AS t USING (seq)
      WHERE r.sale = refund.sale AND r.seq <= refund.seq AND t.kind = 'cash'`,
    )} AS due,
    ${sum('cash', 'refund AS r WHERE r.sale = refund.sale AND r.seq < refund.seq')} AS paid_before,
    sale.net - ${sum('net', 'refund AS r WHERE r.sale = refund.sale AND r.seq <= refund.seq')} AS unreturned,
    ${setting('rounding_step', 'refund.seq')} AS step
  FROM refund JOIN sale ON sale.seq = refund.sale)`;

export const refundRules: Rules = {
  'a returned line is the step from what was back before, and never more than was sold': `
    WITH ${SOLD}, ${STEPS} SELECT seq, line FROM steps WHERE sold_qty IS NULL OR product <> sold_product OR qty < 1
      OR after > sold_qty OR sold_seq > seq OR net <> ${step(netAt)}
      OR commission <> iif(reason = 'goodwill', 0, ${step(commissionAt)})
      OR share <> iif(reason = 'goodwill', 0, net - commission)`,
  'a line that came back whole took back all of it': `
    WITH ${SOLD}, ${STEPS} SELECT sale, sale_line FROM steps GROUP BY sale, sale_line
    HAVING max(after) = max(sold_qty) AND (sum(net) <> max(sold_net)
      OR count(*) FILTER (WHERE reason = 'goodwill') = 0 AND sum(commission) <> max(sold_commission))`,
  'a refund is its lines, of one sale': `
    SELECT seq FROM refund WHERE net <> ${sum('net', 'refund_line AS l WHERE l.seq = refund.seq')}
      OR EXISTS (SELECT 1 FROM refund_line AS l WHERE l.seq = refund.seq AND l.sale <> refund.sale)
      OR NOT EXISTS (SELECT 1 FROM refund_line AS l WHERE l.seq = refund.seq)`,
  'a refund is split by largest remainder over what is unreturned of each tender': `
    WITH ${BORNE}, ${PARTS} SELECT seq, tender FROM (${largestRemainder('parts', 'seq', 'tender')})
      WHERE fair <> given OR given_kind <> kind
    UNION ALL SELECT seq, tender FROM refund_tender WHERE (seq, tender) NOT IN (SELECT seq, tender FROM parts)`,
  'cash goes back in whole steps, and all that was taken with the last refund': `
    WITH ${CASH} SELECT seq FROM cash WHERE rounding <> part - cash OR unreturned < 0 OR cash <>
      iif(unreturned = 0, cash_due, max(paid_before, min(due - iif(step = 0, 0, due % step), cash_due))) - paid_before`,
  'a tender was paid back in cash only where it was cash': `
    SELECT refund.seq FROM refund WHERE
      cash <> ${sum('paid', "refund_tender AS t WHERE t.seq = refund.seq AND t.kind = 'cash'")}
      OR 0 <> ${sum('paid', "refund_tender AS t WHERE t.seq = refund.seq AND t.kind <> 'cash'")}`,
  'a void takes all of the last receipt of its shift back, once': `
    WITH ${SOLD} SELECT refund.seq FROM refund JOIN sale ON sale.seq = refund.sale WHERE is_void = 1 AND (
      refund.net <> sale.net OR refund.cash <> sale.cash_due OR refund.rounding <> -sale.rounding
      OR refund.shift <> sale.shift OR EXISTS (SELECT 1 FROM refund AS r WHERE r.sale = sale.seq AND r.seq <> refund.seq)
      OR EXISTS (SELECT 1 FROM sale AS s WHERE s.shift = sale.shift AND s.seq > sale.seq AND s.seq < refund.seq)
      OR EXISTS (SELECT 1 FROM refund_line AS l WHERE l.seq = refund.seq AND l.reason <> 'resaleable')
      OR EXISTS (SELECT 1 FROM sold LEFT JOIN refund_line AS l ON l.seq = refund.seq AND l.sale_line = sold.line
        WHERE sold.sale = sale.seq AND l.qty IS NOT sold.qty))
    UNION ALL SELECT seq FROM refund WHERE is_void NOT IN (0, 1)`,
  'a refund is of the drawer of its shift, while that is open': `
    SELECT refund.seq FROM refund LEFT JOIN shift ON shift.seq = refund.shift LEFT JOIN shift_close AS c ON c.shift = shift.seq
      JOIN journal ON journal.seq = refund.seq
    WHERE refund.drawer IS NOT shift.drawer OR refund.seq < shift.seq OR refund.seq > c.seq OR refund.day <> journal.day`,
  'a buyer is paid no more than is owed': `
    SELECT refund.seq FROM refund WHERE net - cash - rounding <
      ${sum('amount', `buyer_payment AS p WHERE p.refund = refund.seq AND ${live('p.seq')}`)}
    UNION ALL SELECT seq FROM buyer_payment WHERE amount < 1 OR refund > seq OR (how = 'cash') = (drawer IS NULL)`,
  'returned goods are where their reason puts them, in batches they were sold from': `
    WITH ${SOLD}, ${STEPS} SELECT seq, line FROM steps WHERE iif(reason = 'goodwill', 0, qty) <>
      ${sum(
        'qty',
        `goods_part AS g WHERE g.seq = steps.seq AND g.line = steps.line AND g.product = steps.product
        AND g.shelf = iif(steps.reason = 'vendor-fault', 'return-shelf', 'shelf') AND g.cost IS NULL`,
      )}
      OR iif(reason = 'goodwill', 0, qty) <> ${sum('qty', 'goods_part AS g WHERE g.seq = steps.seq AND g.line = steps.line')}
    UNION ALL SELECT sale, sale_line FROM steps JOIN goods_part AS g USING (seq, line) GROUP BY sale, sale_line, g.batch
      HAVING sum(g.qty) > ${sum('qty', 'sale_line_batch AS b WHERE b.seq = max(steps.sold_seq) AND b.line = steps.sale_line AND b.batch = g.batch')}`,
};
